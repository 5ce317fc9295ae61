import type { DuckDBConnection } from "@duckdb/node-api";
import type { Dimension } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import { nestedOf } from "../warehouse/cube/nested.js";
import { rests } from "../warehouse/cube/windows.js";
import { isOf, isWhole, keySql } from "./cells.js";
import {
  createTold,
  directionsOf,
  few,
  fewBits,
  fewRest,
  firstOf,
  type Hiding,
  isAllOrNone,
  leastOf,
  mayBeSum,
  people,
  splitOf,
} from "./told.js";

export type { Hiding };

/**
 * Decides of every row of `cells` whether it is hidden (column `hidden`): because it tells of 1 to `min_cell` - 1 people,
 * or because a figure that does could be derived from it. The company's own figures never are. See DECISIONS.md.
 */
export async function hideCells(db: DuckDBConnection, hiding: Hiding): Promise<void> {
  await db.run("alter table cells add column hidden boolean default false");
  const kpis = hiding.kpis.filter(
    ({ contributors: of }) => of !== "none" && !(of === "employees" && hiding.withPersons),
  );
  if (hiding.minCell === 1 || kpis.length === 0) return;
  await db.run("create or replace temp table decided (key ubigint)");
  await db.run("create or replace temp table untold (key ubigint)");
  for (const some of await batchesOf(db, kpis)) await decide(db, hiding, some);
  await db.run(`
    update cells set hidden = true where key in (from decided union all ${await hiddenGrowths(db, hiding, kpis)})`);
  await db.run("update cells set is_spare = false where is_spare and key in (from untold)");
  for (const table of ["told", "gone", "merged", "same", "decided", "untold"])
    await db.run(`drop table if exists ${table}`);
}

/** How many cells are decided at once: few enough to stay in memory. Only KPIs of which one has part of another's cases know of each other. */
const mostCells = 2_500_000;

async function batchesOf(db: DuckDBConnection, kpis: readonly Kpi[]): Promise<Kpi[][]> {
  const reader = await db.runAndReadAll(
    `select kpi_id, count(*) from cells where ${isOf(kpis)} group by kpi_id`,
  );
  const counts = new Map(reader.getRowsJson().map(([kpi, count]) => [String(kpi), Number(count)]));
  const batches: Kpi[][] = [];
  let cells = Number.POSITIVE_INFINITY;
  for (const family of familiesOf(kpis)) {
    const count = family.reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0);
    cells += count;
    if (cells > mostCells) {
      batches.push([]);
      cells = count;
    }
    batches.at(-1)?.push(...family);
  }
  return batches;
}

/** KPIs, with those of which one has part of another's cases together. */
function familiesOf(kpis: readonly Kpi[]): Kpi[][] {
  const families = new Map(kpis.map((kpi) => [kpi.id, [kpi]]));
  for (const { id, whole, part } of kpis.flatMap((kpi) => nestedOf(kpi.id) ?? [])) {
    const joined = [...new Set([whole, part, id].flatMap((one) => families.get(one) ?? []))];
    for (const kpi of joined) families.set(kpi.id, joined);
  }
  return [...new Set(families.values())];
}

/** Adds the cells of some KPIs that are hidden to `decided`, and the sums that hidden parts no longer tell to `untold`. */
async function decide(db: DuckDBConnection, hiding: Hiding, kpis: readonly Kpi[]): Promise<void> {
  await createTold(db, hiding, kpis);
  await db.run("create or replace temp table gone as select *, 0 as turn from told where is_gone");
  const seen = new Map(directionsOf(hiding).map((direction) => [direction, -1]));
  for (let turn = 0, last = 0; [...seen.values()].some((since) => since < last); ) {
    for (const [direction, since] of seen) {
      seen.set(direction, turn);
      if (since >= last) continue;
      turn += 1;
      if ((await hideMore(db, direction, { since, turn, minCell: hiding.minCell })) > 0) last = turn;
    }
  }
  await db.run(
    "insert into decided select key from told where is_few union select key from gone where is_split",
  );
  // What months that are hidden no longer tell, their quarter, half or year says itself.
  await db.run(`
    insert into untold
    with recursive sums as (
      select line_time as key from told where line_time is not null and key in (from decided)
      union
      select line_time from told inner join sums on sums.key = told.key where line_time is not null
    )
    select key from sums`);
}

/**
 * Hides further figures in one direction where what is hidden could be derived. Of a line whose sum is shown, those that tell
 * of the fewest, until two are hidden that tell of enough people together; of one whose sum is hidden, one. A period is
 * told by its parts wholly or not at all. Where no part is left to hide, the sum is hidden. All parts of what tells of few tell
 * of few, so such lines need nothing. Looked at are the lines of which anything was hidden after the turn `since`.
 * @returns how many cells
 */
async function hideMore(
  db: DuckDBConnection,
  direction: string,
  { since, turn, minCell }: { since: number; turn: number; minCell: number },
): Promise<number> {
  const line = `"line_${direction}"`;
  const split = splitOf(direction);
  const suffices = `(hidden_count >= least and ${people("who", "counted")} >= ${minCell} and not ${fewRest(minCell)}
    and not ${few("coalesce(staff, 0)", minCell)})`;
  const isDone = isAllOrNone(direction)
    ? "false"
    : `case when sum_hidden then hidden_count > 0 else ${suffices} end`;
  const result = await db.run(`
    insert into gone
    with
    touched as (
      select ${line} as line from gone where turn > ${since} and ${line} is not null
      union select key from gone where turn > ${since} and ${mayBeSum(direction)}
    ),
    parts as (
      select ${line} as line${split}, count(*) as hidden_count, bit_or(who) as who, sum(counted) as counted, sum(staff) as staff,
        ${rests.map((rest) => `bit_or(${rest}) as ${rest}`).join(", ")}, any_value(${leastOf(direction)}) as least
      from gone where ${line} in (from touched) group by ${line}${split}
    ),
    sums as (
      select key as line, turn = 0 and number < ${minCell} as is_few, true as sum_hidden from gone
      where ${mayBeSum(direction)} and key in (from touched)
    ),
    lines as (
      select * replace (coalesce(hidden_count, 0) as hidden_count, coalesce(who, 0) as who,
        ${rests.map((rest) => `coalesce(${rest}, 0) as ${rest}`).join(", ")},
        coalesce(sum_hidden, false) as sum_hidden)
      from parts full outer join sums using (line) where is_few is not true
    ),
    unsafe as (from lines where not ${isDone}),
    candidates as (
      select told as cell, line, unsafe.least, unsafe.sum_hidden, unsafe.hidden_count + row_number() over earlier - 1 as hidden_count,
        coalesce(bit_or(told.who) over earlier, 0) | unsafe.who as who,
        coalesce(sum(told.counted) over earlier, 0) + coalesce(unsafe.counted, 0) as counted,
        coalesce(sum(told.staff) over earlier, 0) + coalesce(unsafe.staff, 0) as staff,
        ${rests.map((rest) => `coalesce(bit_or(told.${rest}) over earlier, 0) | unsafe.${rest} as ${rest}`).join(", ")}
      from told inner join unsafe on unsafe.line = told.${line} ${split && 'and unsafe."by" = told."by"'}
      where told.${line} is not null and not is_whole and key not in (select key from gone where ${line} in (select line from unsafe))
      window earlier as (partition by line${split && ', told."by"'} order by ${firstOf(direction)}told.number, told.name
        rows between unbounded preceding and 1 preceding)
    ),
    stuck as (from unsafe where not sum_hidden and line not in (select line from candidates) and not ${suffices}),
    found as (
      select unnest(cell) from candidates where not ${isDone}
      union
      from told where not is_whole and key in (select line from stuck)
    )
    select *, ${turn} from found where not is_merged
    union all
    select *, ${turn} from merged where figure in (select figure from found where is_merged)`);
  return result.rowsChanged;
}

/**
 * SQL for the keys of growths to be hidden. A growth tells two figures that other KPIs may tell too: its own window's, and that of
 * the window it is compared with. It is hidden where either is hidden of a KPI over the same cases. What an elapsed window is
 * compared with is no cell: there, one that tells of few hides the split.
 */
async function hiddenGrowths(
  db: DuckDBConnection,
  { kpis, dimensions, minCell }: Hiding,
  told: readonly Kpi[],
): Promise<string> {
  const selects = ["select null::ubigint where false"];
  const split = ['"by"', ...dimensions.map((name) => `"${name}" is null`)].join(", ");
  for (const { id, against } of kpis) {
    if (!against) continue;
    for (const twin of [id, ...(await overSameCases(db, id, dimensions, told))]) {
      const own = { kpi_id: `'${twin}'` };
      const base = {
        ...own,
        role: `case when periods.is_partial then 'elapsed_${against}' else 'period' end`,
        period_start: `periods.${against}_start`,
      };
      selects.push(
        `select key from cells where kpi_id = '${id}'::word and ${keySql(dimensions, own)} in (from decided)`,
        `select cells.key from cells
        inner join intermediate.periods as periods
          on periods.role = cells.role and periods.grain = cells.grain and periods.period_start = cells.period_start
        where cells.kpi_id = '${id}'::word and cells.role = 'period'::word and ${keySql(dimensions, base, "cells.")} in (from decided)`,
      );
    }
    selects.push(`
      select key from cells where kpi_id = '${id}'::word and role <> 'period'::word and not (${isWhole(dimensions)})
      qualify bool_or(${fewBits("base_contributors", minCell)} or ${fewRest(minCell, "base_")})
        over (partition by role, grain, period_start, ${split})`);
  }
  return selects.map((sql) => `(${sql})`).join(" union all ");
}

/** The KPIs that tell of the same people and count as many cases in every period of the company. */
async function overSameCases(
  db: DuckDBConnection,
  kpi: string,
  dimensions: readonly Dimension[],
  told: readonly Kpi[],
): Promise<string[]> {
  const reader = await db.runAndReadAll(`
    with wholes as (
      from cells where ${isOf(told)} and ${isWhole(dimensions)} and ${people("contributors", "contributor_count")} > 0
    )
    select others.kpi_id from wholes as others inner join wholes as own using (role, grain, period_start)
    where own.kpi_id = '${kpi}'::word and others.kpi_id <> '${kpi}'::word group by others.kpi_id
    having bool_and(others.n = own.n and others.contributors is not distinct from own.contributors)`);
  return reader.getRowsJson().map(([id]) => String(id));
}
