import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../kpi/catalogue.js";
import { type Dimension, unknown } from "../../kpi/dimensions.js";
import { keySql } from "./cells.js";

/** What decides: the dimensions of `cells` that combine, and how few a figure may tell of. */
export interface Hiding {
  kpis: readonly Kpi[];
  dimensions: readonly Dimension[];
  minCell: number;
  /** Employees may be told of one by one: then figures about them are, and teams however small. */
  withPersons: boolean;
}

/**
 * Decides of every row of `cells` whether it is hidden (column `hidden`): because it tells of 1 to `min_cell` - 1 people,
 * or because a figure that does could be derived from it. The company's own figures never are. See DECISIONS.md.
 */
export async function hideCells(db: DuckDBConnection, hiding: Hiding): Promise<void> {
  await db.run("alter table cells add column hidden boolean");
  await db.run("update cells set hidden = false");
  const told = hiding.kpis
    .filter(({ contributors: of }) => of !== "none" && !(of === "employees" && hiding.withPersons))
    .map(({ id }) => `'${id}'`);
  if (hiding.minCell === 1 || told.length === 0) return;
  await createTold(db, hiding, told);
  await createLines(db, hiding);
  await createFigures(db, hiding);
  const seen = new Map(directionsOf(hiding).map((direction) => [direction, -1]));
  let turn = 0;
  for (let changed = 1; changed > 0; ) {
    changed = 0;
    for (const [direction, since] of seen) {
      seen.set(direction, turn);
      changed += await hideMore(db, direction, { since, turn: ++turn, minCell: hiding.minCell });
    }
  }
  await db.run(`
    create or replace temp table decided as
    select key from told inner join figures on figures.figure = told.figure
    where told.is_few or (told.is_split and figures.turn is not null)`);
  await db.run("update cells set hidden = true where key in (from decided)");
  await hideGrowths(db, hiding);
  await keepSums(db);
}

const directionsOf = ({ dimensions }: Hiding) => [...dimensions, "by", "team", "time"];

/** How many people bits and counts stand for at least. */
export const people = (bits: string, count: string) =>
  `greatest(coalesce(bit_count(${bits}), 0), coalesce(${count}, 0))`;

/** SQL condition of a number of people that a figure may not tell of. */
export const few = (number: string, minCell: number) => `(${number} between 1 and ${minCell - 1})`;
const fewBits = (bits: string, minCell: number) => few(`coalesce(bit_count(${bits}), 0)`, minCell);

/** How many employees a team has in a period: where none is told of, neither is a team of few. */
const staffSql = `
  select grain, period_start, team as name, count(*) as staff
  from intermediate.periods inner join intermediate.employees
    on coalesce(hired_on < period_end, true) and coalesce(left_on >= period_start, true)
  where role = 'period' and team is not null group by grain, period_start, team`;

/** The temp table `told`: whom each cell tells of, and whether that alone hides it. */
async function createTold(
  db: DuckDBConnection,
  { dimensions, minCell, withPersons }: Hiding,
  kpis: readonly string[],
): Promise<void> {
  const split = ['"by"', ...dimensions.map((name) => `"${name}"`)].map((name) => `${name} is not null`);
  await db.run(`
    create or replace temp table told as
    select key, key as figure, name, contributors as who, contributor_count as counted, rest, n, staff, number, is_split,
      is_split and (${few("number", minCell)} or ${few("coalesce(staff, 0)", minCell)}
        or (number = 0 and awaiting > 0) or ${fewBits("rest", minCell)}) as is_few
    from (
      select cells.*, staff, ${people("contributors", "contributor_count")} as number, ${split.join(" or ")} as is_split,
        ${keySql(dimensions, { kpi_id: "''" }, "cells.")} as name
      from cells left join (${withPersons ? "select null as grain, null::date as period_start, null as name, null as staff" : staffSql}) as staff
        on "by" = 'team' and staff.name = "value" and staff.grain = cells.grain and staff.period_start = cells.period_start
      where kpi_id in (${kpis.join(", ")})
    )`);
}

/**
 * The temp tables `lines_<direction>`: a cell with cases and the one that it adds up to with others, over all values of a
 * dimension or over the next longer period.
 */
async function createLines(db: DuckDBConnection, { kpis, dimensions }: Hiding): Promise<void> {
  const adding = kpis.filter(({ additive, against }) => additive || against).map(({ id }) => `'${id}'`);
  const start = `cast(case grain when 'month' then date_trunc('quarter', period_start)
    when 'quarter' then date_trunc('year', period_start) + to_months(case when month(period_start) > 6 then 6 else 0 end)
    else date_trunc('year', period_start) end as date)`;
  const parents: [string, Record<string, string>, string][] = [
    ...dimensions.map((name): [string, Record<string, string>, string] => [
      name,
      { [name]: "null::varchar" },
      `"${name}" is not null`,
    ]),
    ["by", { by: "null::varchar", value: "null::varchar" }, '"by" is not null'],
    [
      "time",
      {
        grain: "case grain when 'month' then 'quarter' when 'quarter' then 'half' else 'year' end",
        period_start: start,
      },
      `role = 'period' and grain <> 'year' and kpi_id in (${["''", ...adding].join(", ")})`,
    ],
  ];
  await createTeamLines(db, { kpis, dimensions });
  for (const [direction, replaced, condition] of parents) {
    const others = dimensions
      .filter((name) => name !== direction && direction !== "time")
      .map((name) => `"${name}" is not null`);
    const split = direction === "by" ? '"by"' : "''";
    await db.run(`
      create or replace temp table "lines_${direction}" as
      select child, parent, told.rest, split, least from (
        select key as child, ${keySql(dimensions, replaced)} as parent, ${split} as split,
          case when ${[...others, "false"].join(" or ")} then 3 else 2 end as least
        from cells where ${condition}
      ) inner join told on told.key = child
      where told.number > 0 and parent in (select key from told)`);
  }
}

/** The lines of employees to their teams: rankings show both. */
async function createTeamLines(
  db: DuckDBConnection,
  { kpis, dimensions }: Pick<Hiding, "kpis" | "dimensions">,
) {
  const columns = new Set(kpis.flatMap(({ belongs_to: column }) => column ?? []));
  const selects = [...columns].map((column) => {
    const ids = kpis.filter((kpi) => kpi.belongs_to === column && !kpi.dimensions.includes("team"));
    const others = dimensions.filter((name) => name !== column).map((name) => ` and "${name}" is null`);
    const crossed = dimensions.includes(column)
      ? ` or ("by" is null and "${column}" is not null${others.join("")})`
      : "";
    const employee = dimensions.includes(column) ? `coalesce("value", "${column}")` : '"value"';
    const team = {
      by: "'team'",
      value: `coalesce(employees.team, '${unknown}')`,
      ...Object.fromEntries(dimensions.map((name) => [name, "null::varchar"])),
    };
    return `
      select key as child, ${keySql(dimensions, team, "cells.")} as parent
      from cells left join intermediate.employees as employees on employees.employee_id = ${employee}
      where kpi_id in (${["''", ...ids.map(({ id }) => `'${id}'`)].join(", ")}) and ("by" = '${column}'${crossed})`;
  });
  const none = "select null::ubigint as child, null::ubigint as parent where false";
  await db.run(`
    create or replace temp table lines_team as
    select child, parent, told.rest, '' as split, 2 as least
    from (${[none, ...selects].join(" union all ")}) inner join told on told.key = child
    where told.number > 0 and parent in (select key from told)`);
}

/**
 * The temp table `figures`: cells of the same cases are one figure, because what has only one part tells that part; turn says
 * when it was hidden, 0 where it tells of few itself. The company's own is never. Then the lines are between figures; all
 * parts of what tells of few tell of few, so such lines need nothing.
 */
async function createFigures(db: DuckDBConnection, hiding: Hiding): Promise<void> {
  const directions = directionsOf(hiding);
  const only = directions.map(
    (direction) => `
      select any_value(child) as child, parent from "lines_${direction}" group by parent, split having count(*) = 1`,
  );
  await db.run(`create or replace temp table same as ${only.join(" union ")}`);
  await db.run("insert into same select parent, child from same");
  for (let changed = 1; changed > 0; ) {
    const result = await db.run(`
      update told set figure = least_of.figure from (
        select same.child, min(told.figure) as figure from same inner join told on told.key = same.parent group by same.child
      ) as least_of where least_of.child = told.key and least_of.figure < told.figure`);
    changed = result.rowsChanged;
  }
  await db.run(`
    create or replace temp table figures as
    select figure, min(name) as name, any_value(who) as who, any_value(counted) as counted, max(staff) as staff, max(number) as number,
      not bool_and(is_split) as is_whole, case when bool_and(is_split) and bool_or(is_few) then 0 end as turn
    from told group by figure`);
  for (const direction of directions) {
    await db.run(`
      create or replace temp table "figures_${direction}" as
      select lines.parent as line, split, parents.figure as parent, children.figure as child, least, lines.rest
      from "lines_${direction}" as lines
      inner join told as children on children.key = lines.child
      inner join told as parents on parents.key = lines.parent
      inner join figures on figures.figure = parents.figure
      where children.figure <> parents.figure and (figures.turn is null or figures.number >= ${hiding.minCell})`);
  }
}

/**
 * Hides further figures in one direction where what is hidden could be derived. Of a line whose sum is shown, those that tell
 * of the fewest, until two are hidden that tell of enough people together; of one whose sum is hidden, one. A period is
 * told by its parts wholly or not at all. Where no part is left to hide, the sum is hidden. Looked at are the lines of which
 * anything was hidden after the turn `since`.
 * @returns how many
 */
async function hideMore(
  db: DuckDBConnection,
  direction: string,
  { since, turn, minCell }: { since: number; turn: number; minCell: number },
): Promise<number> {
  const isTime = direction === "time";
  const suffices = `(hidden_count >= least and ${people("who", "counted")} >= ${minCell} and not ${fewBits("rest", minCell)}
    and not ${few("coalesce(staff, 0)", minCell)})`;
  const isDone = isTime ? "false" : `case when sum_hidden then hidden_count > 0 else ${suffices} end`;
  const result = await db.run(`
    update figures set turn = ${turn} where figure in (
      with
      changed as (select figure from figures where turn > ${since}),
      touched as (
        select line from "figures_${direction}" where child in (from changed) or parent in (from changed) group by line
      ),
      parts as (
        select lines.line, lines.parent, lines.split, lines.least, lines.rest, figures.figure, figures.name, figures.number, figures.who, figures.counted, figures.staff,
          figures.turn is not null as is_hidden, figures.turn is null and not figures.is_whole as is_free
        from "figures_${direction}" as lines
        inner join touched on touched.line = lines.line
        inner join figures on figures.figure = lines.child
      ),
      lines as (
        select parts.*, sums.turn is not null as sum_hidden, sums.is_whole as sum_is_whole
        from (
          select line, split, any_value(parent) as parent, max(least) as least, count(*) filter (where is_hidden) as hidden_count, count(*) filter (where is_free) as free_count,
            coalesce(bit_or(who) filter (where is_hidden), 0) as who, sum(counted) filter (where is_hidden) as counted, sum(staff) filter (where is_hidden) as staff,
            coalesce(bit_or(rest) filter (where is_hidden), 0) as rest
          from parts group by line, split
        ) as parts inner join figures as sums on sums.figure = parts.parent
        where hidden_count > 0 or sums.turn is not null
      ),
      unsafe as (from lines where not ${isDone}),
      candidates as (
        select parts.figure, unsafe.least, unsafe.sum_hidden, unsafe.hidden_count + row_number() over earlier - 1 as hidden_count,
          coalesce(bit_or(parts.who) over earlier, 0) | unsafe.who as who,
          coalesce(sum(parts.counted) over earlier, 0) + coalesce(unsafe.counted, 0) as counted,
          coalesce(sum(parts.staff) over earlier, 0) + coalesce(unsafe.staff, 0) as staff,
          coalesce(bit_or(parts.rest) over earlier, 0) | unsafe.rest as rest
        from parts inner join unsafe on unsafe.line = parts.line and unsafe.split = parts.split
        where parts.is_free
        window earlier as (partition by parts.line, parts.split order by parts.number, parts.name
          rows between unbounded preceding and 1 preceding)
      )
      select figure from candidates where not ${isDone}
      union all
      select parent from unsafe where free_count = 0 and not sum_hidden and not sum_is_whole and not ${suffices}
    )`);
  return result.rowsChanged;
}

/**
 * A growth tells two figures that other KPIs may tell too: its own window's, and that of the window it is compared with. It is
 * hidden where either is hidden of a KPI over the same cases. What an elapsed window is compared with is no cell: there, one
 * that tells of few hides the split.
 */
async function hideGrowths(db: DuckDBConnection, { kpis, dimensions, minCell }: Hiding): Promise<void> {
  for (const { id, against } of kpis) {
    if (!against) continue;
    for (const twin of [id, ...(await overSameCases(db, id))]) {
      const own = { kpi_id: `'${twin}'` };
      const base = {
        ...own,
        role: `case when periods.is_partial then 'elapsed_${against}' else 'period' end`,
        period_start: `periods.${against}_start`,
      };
      await db.run(`
        update cells set hidden = true where key in (
          select cells.key from cells
          inner join decided on decided.key = ${keySql(dimensions, own, "cells.")}
          where cells.kpi_id = '${id}'
          union
          select cells.key from cells
          inner join intermediate.periods as periods
            on periods.role = cells.role and periods.grain = cells.grain and periods.period_start = cells.period_start
          inner join decided on decided.key = ${keySql(dimensions, base, "cells.")}
          where cells.kpi_id = '${id}' and cells.role = 'period'
        )`);
    }
    const split = ['"by"', ...dimensions.map((name) => `"${name}" is null`)].join(", ");
    await db.run(`
      update cells set hidden = true where key in (
        select key from cells where kpi_id = '${id}' and role <> 'period'
          and not (${['"by"', ...dimensions.map((name) => `"${name}"`)].map((name) => `${name} is null`).join(" and ")})
        qualify bool_or(${fewBits("base_contributors", minCell)} or ${fewBits("base_rest", minCell)})
          over (partition by role, grain, period_start, ${split})
      )`);
  }
}

/** The KPIs that tell of the same people and count as many cases in every period of the company. */
async function overSameCases(db: DuckDBConnection, kpi: string): Promise<string[]> {
  const reader = await db.runAndReadAll(`
    select others.kpi_id from (
      select kpi_id, told.* from told inner join cells using (key) where not told.is_split and told.number > 0
    ) as others inner join (
      select told.* from told inner join cells using (key) where kpi_id = '${kpi}' and not told.is_split and told.number > 0
    ) as own using (name)
    where others.kpi_id <> '${kpi}' group by others.kpi_id
    having bool_and(others.n = own.n and others.who is not distinct from own.who)`);
  return reader.getRowsJson().map(([id]) => String(id));
}

/** What months that are hidden no longer tell, their quarter, half or year says itself. */
async function keepSums(db: DuckDBConnection): Promise<void> {
  await db.run(`
    update cells set is_spare = false where is_spare and key in (
      with recursive sums as (
        select parent as key from lines_time where child in (from decided)
        union
        select parent from lines_time inner join sums on sums.key = child
      )
      select key from sums
    )`);
}
