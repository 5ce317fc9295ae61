import type { DuckDBConnection } from "@duckdb/node-api";
import type { Dimension } from "../../catalogue/dimensions.js";
import { addMonths } from "../../kpi/periods.js";
import { countSql, squaresSql, unitSql } from "../../kpi/sql.js";
import { append } from "../../statistics/extremes.js";
import { contributorBit, isCase } from "./contributors.js";
import { bitsOf, type Cuboid, cuboidSql, cuboidsOf, isOf, namesOf, numeratorCuboids } from "./cuboids.js";
import { growthHeads, growthSql } from "./growth.js";
import { splitElapsed, splitMonths } from "./numerators.js";
import type { CaseSource } from "./source.js";
import { dimensionList } from "./tables.js";

/** A window cut to the elapsed days of a partial period, which would go on to `end`; ISO days, the ends exclusive. */
export interface ElapsedWindow {
  role: string;
  grain: string;
  start: string;
  cutoff: string;
  end: string;
}

const monthOf = (day: string) => `${day.slice(0, 7)}-01`;
const monthAfter = (day: string) => addMonths(monthOf(day), 1);

/**
 * Sums the cases of one group of sources by month into `marts.kpi_cube`, in one scan; and, by a second scan of the
 * few days at the windows' ends, into the elapsed windows of `marts.kpi_period_cube`, which also holds what is compared
 * with another period's sum. `growth_parts` has to be prepared.
 */
export async function fillMonths(
  db: DuckDBConnection,
  group: readonly CaseSource[],
  published: readonly string[],
  windows: readonly ElapsedWindow[],
): Promise<void> {
  const [first] = group;
  if (!first) return;
  const cuboids = cuboidsOf(first.kpi, published);
  const all = [...cuboids, ...numeratorCuboids(first.kpi)];
  const cuts = windows.map(({ cutoff }) => cutoff).filter((cutoff) => cutoff !== monthOf(cutoff));
  for (const { kpi } of group) if (kpi.against) append(cuts, await growthHeads(db, kpi.against));
  const heads = [...new Set(cuts)];
  await db.run(`create temp table cells as ${cellsSql(group, all, [])}`);
  if (heads.length > 0) await db.run(`insert into cells ${cellsSql(group, all, heads)}`);
  for (const [index, source] of group.entries()) {
    if (source.kpi.against) {
      await db.run(`insert into marts.kpi_period_cube by name ${growthRows(source, index, cuboids)}`);
      continue;
    }
    await db.run(`insert into marts.kpi_cube by name ${monthRows(source, index, cuboids)}`);
    for (const window of windows) {
      await db.run(
        `insert into marts.kpi_period_cube by name ${elapsedRows(source, index, cuboids, window)}`,
      );
    }
    for (const dimension of source.kpi.numerator_dimensions) {
      const split = splitOf(source, index, cuboids, dimension);
      await db.run(`insert into marts.kpi_cube by name ${splitMonths(split)}`);
      for (const window of windows) {
        await db.run(
          `insert into marts.kpi_period_cube by name ${splitElapsed(split, window, { within: inWindow(window), rest: inRest(window) })}`,
        );
      }
    }
  }
  await db.run("drop table cells");
}

/**
 * One row a month (or head of a month, up to `cut_on`, and what `is_rest` of it) and cuboid cell, with the components of every
 * KPI beside each other.
 */
function cellsSql(
  group: readonly CaseSource[],
  cuboids: readonly Cuboid[],
  heads: readonly string[],
): string {
  const [first] = group as [CaseSource, ...CaseSource[]];
  const names = namesOf(first.kpi);
  const day = first.columns.get("case_on") ?? "";
  const conditions = group.every(({ where }) => where)
    ? [`(${group.map(({ where }) => `(${where})`).join(" or ")})`]
    : [];
  if (heads.length > 0) {
    const ranges = heads.map(
      (cut) => `(${day} >= date '${monthOf(cut)}' and ${day} < date '${monthAfter(cut)}')`,
    );
    conditions.push(`(${ranges.join(" or ")})`);
  }
  const rows = `
    select
      cast(date_trunc('month', ${day}) as date) as month, ${day} as case_day,
      ${names.map((name) => `coalesce(cast(${first.columns.get(name)} as varchar), '(unknown)') as ${name},`).join(" ")}
      ${group.map(caseColumns).join(", ")}
    from ${first.from}
    ${conditions.length > 0 ? `where ${conditions.join(" and ")}` : ""}`;
  const keys = heads.length > 0 ? "month, cut_on, is_rest" : "month";
  const sets = cuboids.map((cuboid) => `(${[keys, ...cuboid].join(", ")})`).join(", ");
  const cut = `
    select cases.*, heads.cut_on, cases.case_day >= heads.cut_on as is_rest
    from (${rows}) as cases
    inner join (values ${heads.map((head) => `(date '${head}')`).join(", ")}) as heads (cut_on)
      on cases.month = date_trunc('month', heads.cut_on)`;
  return `
    select month, ${heads.length > 0 ? "cut_on, is_rest" : "cast(null as date) as cut_on, false as is_rest"}, ${names.map((name) => `${name},`).join(" ")}
      ${names.length > 0 ? `grouping(${names.join(", ")})` : "0"} as cuboid_bits,
      ${group.map(componentColumns).join(", ")}
    from (${heads.length > 0 ? cut : rows}) as cases
    group by grouping sets (${sets})`;
}

function caseColumns({ kpi, columns, where }: CaseSource, index: number): string {
  const only = (sql: string) => (where ? `case when ${where} then ${sql} end` : sql);
  const bit = contributorBit(kpi, columns);
  const counts = [
    ...(where ? [`(${where})`] : []),
    isCase(`(${columns.get("numerator")})`, `(${columns.get("denominator")})`),
  ];
  const awaiting = columns.get("is_awaiting");
  return [
    `${only(columns.get("numerator") ?? "")} as num_${index}`,
    `${only(columns.get("denominator") ?? "")} as den_${index}`,
    ...(awaiting ? [`${only(awaiting)} as waits_${index}`] : []),
    ...(bit ? [`case when ${counts.join(" and ")} then ${bit} end as who_${index}`] : []),
  ].join(", ");
}

/** The sums of a KPI, name → SQL over its cases; only what differs, because each is kept for every cell of every set. */
function sumsOf({ kpi, columns }: CaseSource, index: number): Map<string, string> {
  const [numerator, denominator] = [`num_${index}`, `den_${index}`];
  const sums = new Map([
    [numerator, `sum(${numerator})`],
    [denominator, `sum(${denominator})`],
  ]);
  const count = countSql(kpi, numerator, denominator);
  if (![...sums.values()].includes(count)) sums.set(`n_${index}`, count);
  const squares = squaresSql(kpi, numerator);
  if (squares !== "0") sums.set(`sq_${index}`, squares);
  if (columns.has("is_awaiting")) sums.set(`waits_${index}`, `count(*) filter (where waits_${index})`);
  return sums;
}

function componentColumns(source: CaseSource, index: number): string {
  const who = source.kpi.contributors === "none" ? "cast(null as ubigint)" : `bit_or(who_${index})`;
  return [...sumsOf(source, index), [`who_${index}`, who]]
    .map(([name, sql]) => `${sql} as ${name}`)
    .join(", ");
}

function monthRows(source: CaseSource, index: number, cuboids: readonly Cuboid[]): string {
  const { kpi } = source;
  return `
    select ${cuboidSql("cuboid_bits", cuboids, namesOf(kpi))} as cuboid, '${kpi.id}' as kpi_id, month,
      ${dimensionList(kpi.dimensions)}
      ${components(source, index, (column) => column)}, who_${index} as contributors
    from cells where cut_on is null and ${isOf(kpi, cuboids)} and ${hasCases(source, index)}
    order by cuboid, month, ${kpi.dimensions.join(", ") || "month"}`;
}

/** A window is whole months and the head of one more. */
function elapsedRows(
  source: CaseSource,
  index: number,
  cuboids: readonly Cuboid[],
  window: ElapsedWindow,
): string {
  const { kpi } = source;
  const { role, grain, start, cutoff } = window;
  return `
    select ${cuboidSql("cuboid_bits", cuboids, namesOf(kpi))} as cuboid, '${kpi.id}' as kpi_id,
      '${role}' as role, '${grain}' as grain, date '${start}' as period_start,
      ${dimensionList(kpi.dimensions)}
      ${components(source, index, (column) => `sum(${column}) filter (where is_within)`)},
      bit_or(who_${index}) filter (where is_within) as contributors,
      bit_or(who_${index}) filter (where not is_within) as rest
    from (
      select *, ${inWindow(window)} as is_within from cells
      where ${isOf(kpi, cuboids)} and ${hasCases(source, index)} and (${inWindow(window)} or ${inRest(window)})
    )
    group by cuboid_bits${kpi.dimensions.map((name) => `, ${name}`).join("")}
    having count(*) filter (where is_within) ${kpi.all_months ? `= ${monthsBegun(start, cutoff)}` : "> 0"}
    order by cuboid, ${kpi.dimensions.join(", ") || "role"}`;
}

function growthRows(source: CaseSource, index: number, cuboids: readonly Cuboid[]): string {
  const { kpi } = source;
  const keys = ["cuboid_bits", ...kpi.dimensions];
  return `
    select ${cuboidSql("cuboid_bits", cuboids, namesOf(kpi))} as cuboid, '${kpi.id}' as kpi_id, role, grain, period_start,
      ${dimensionList(kpi.dimensions)}
      ${unitSql("numerator", kpi.scale)} as numerator, ${unitSql("denominator", kpi.scale)} as denominator,
      ${unitSql("n")} as n, 0 as sum_sq, 0 as awaiting, contributors, rest, base_contributors, base_rest
    from (${growthSql(kpi, keys, { value: `num_${index}`, count: `den_${index}`, who: `who_${index}` })}) as sums
    where coalesce(sums.numerator, 0) <> 0 or coalesce(sums.denominator, 0) <> 0 or coalesce(sums.n, 0) <> 0
    order by cuboid, role, grain, period_start, ${kpi.dimensions.join(", ") || "role"}`;
}

function splitOf(source: CaseSource, index: number, cuboids: readonly Cuboid[], dimension: Dimension) {
  const { kpi } = source;
  return {
    kpi,
    dimension,
    partBits: bitsOf([dimension], namesOf(kpi)),
    wholeBits: bitsOf(cuboids[0] ?? [], namesOf(kpi)),
    numerator: `num_${index}`,
    denominator: `den_${index}`,
    who: `who_${index}`,
  };
}

/** The cells of an elapsed window: whole months and the head of one more. */
const inWindow = ({ start, cutoff }: ElapsedWindow) => `
  ((cut_on is null and month >= date '${start}' and month < date '${monthOf(cutoff)}')
    or (cut_on = date '${cutoff}' and not is_rest))`;

/** Those of what is left of its period: the rest of that month, and whole months. */
const inRest = ({ cutoff, end }: ElapsedWindow) => `
  ((cut_on is null and month >= date '${cutoff}' and month < date '${end}')
    or (cut_on = date '${cutoff}' and is_rest))`;

/** A cell may hold cases of another KPI of the group only. */
function hasCases(source: CaseSource, index: number): string {
  return `(${[...sumsOf(source, index).keys()].map((name) => `coalesce(${name}, 0) <> 0`).join(" or ")})`;
}

function monthsBegun(start: string, cutoff: string): number {
  const number = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return number(cutoff) - number(start) + (cutoff === monthOf(cutoff) ? 0 : 1);
}

function components(source: CaseSource, index: number, wrap: (column: string) => string): string {
  const { kpi } = source;
  const sums = sumsOf(source, index);
  const count = countSql(kpi, `num_${index}`, `den_${index}`);
  const counted = [...sums].find(([, sql]) => sql === count)?.[0] ?? "";
  const part = (name: string, scale = 1) => (sums.has(name) ? unitSql(wrap(name), scale) : "0");
  return [
    `${part(`num_${index}`, kpi.scale)} as numerator`,
    `${part(`den_${index}`)} as denominator`,
    `${part(counted)} as n`,
    `${part(`sq_${index}`, kpi.scale ** 2)} as sum_sq`,
    `${part(`waits_${index}`)} as awaiting`,
  ].join(", ");
}
