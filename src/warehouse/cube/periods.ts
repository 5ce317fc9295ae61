import type { DuckDBConnection } from "@duckdb/node-api";
import { unknown } from "../../catalogue/dimensions.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { casesOf } from "../../kpi/ownSql.js";
import { countSql } from "../../kpi/sql.js";
import { contributorBit } from "./contributors.js";
import { type Cuboid, cuboidName, cuboidSql, cuboidsOf, isOf, namesOf, numeratorCuboids } from "./cuboids.js";
import { dimensionList } from "./tables.js";

/**
 * Sums the cases of a KPI that does not add up over time into `marts.kpi_period_cube`, for every window. A case is about
 * one period, or about a run of periods, which is counted by where it begins and ends: a book of 200,000 customers
 * over 30 years costs no more than over three.
 */
export async function fillPeriods(
  db: DuckDBConnection,
  kpi: Kpi,
  published: readonly string[],
): Promise<void> {
  for (const cuboid of cuboidsOf(kpi, published)) {
    if (kpi.all_months)
      await db.run(`insert into marts.kpi_period_cube by name ${completeRows(kpi, cuboid)}`);
  }
  if (kpi.all_months) return;
  const cuboids = cuboidsOf(kpi, published);
  await db.run(
    `create temp table cells as ${cellsSql(kpi, [...cuboids, ...numeratorCuboids(kpi)], await bitOf(db, kpi))}`,
  );
  await db.run(`insert into marts.kpi_period_cube by name ${rowsOf(kpi, cuboids)}`);
  if (kpi.numerator_dimensions.length > 0) {
    await db.run(`insert into marts.kpi_period_cube by name ${numeratorRows(kpi, cuboids[0] ?? [])}`);
  }
  await db.run("drop table cells");
}

/** What is summed: of a share also its cases, which neither numerator nor denominator counts. */
const sumsOf = (kpi: Kpi) => ["numerator", "denominator", ...(kpi.kind === "share" ? ["n"] : [])];

/** The sums of every window and cell; `numerator_dimensions` split what both count, not only the numerator. */
function cellsSql(kpi: Kpi, cuboids: readonly Cuboid[], bit: string): string {
  const names = namesOf(kpi);
  const list = names.map((name) => `, ${name}`).join("");
  const bits = names.length > 0 ? `grouping(${names.join(", ")})` : "0";
  const sets = (keys: string) =>
    cuboids.map((cuboid) => `(${keys}${cuboid.map((name) => `, ${name}`).join("")})`).join(", ");
  const columns = names
    .map((name) => `, coalesce(cast(${name} as varchar), '${unknown}') as ${name}`)
    .join("");
  const periodKeys = "role, grain, period_start";
  const sums = sumsOf(kpi);
  const totals = sums.map((name) => `sum(${name}) as ${name}`).join(", ");
  const counted = `${totals}, sum(people) as people`;
  const who = `bit_or(who) as who, bit_or(who) filter (where numerator <> 0) as numerator_who`;
  const all = `${counted}, bit_or(who) as who, bit_or(numerator_who) as numerator_who`;
  return `
    with
    cases as not materialized (
      select role, grain, period_start, until_start${columns}, numerator, denominator, 1 as n, ${bit} as who
      from ${casesOf(kpi)}
    ),
    singles as (
      select ${periodKeys}${list}, ${bits} as cuboid_bits, ${totals}, 0 as people, ${who}
      from cases where until_start is null
      group by grouping sets (${sets(periodKeys)})
    ),
    turns as (
      select grain, period_start as turn_on${list}, ${sums.join(", ")}, 1 as people
      from cases where until_start is not null
      union all
      select grain, until_start as turn_on${list}, ${sums.map((name) => `-${name}`).join(", ")}, -1 as people
      from cases where until_start is not null
    ),
    changes as (
      select grain, turn_on${list}, ${bits} as cuboid_bits, ${counted}
      from turns group by grouping sets (${sets("grain, turn_on")})
    ),
    lives as (
      select cuboid_bits${list}, grain, min(turn_on) as first_on from changes group by cuboid_bits${list}, grain
    ),
    dense as (
      select grain, turn_on as period_start${list}, cuboid_bits, ${sums.join(", ")}, people from changes
      union all
      select lives.grain, periods.period_start${names.map((name) => `, lives.${name}`).join("")}, lives.cuboid_bits,
        ${sums.map(() => "0").join(", ")}, 0
      from lives inner join intermediate.periods
        on periods.role = 'period' and periods.grain = lives.grain and periods.period_start >= lives.first_on
    ),
    steps as (
      select grain, period_start${list}, cuboid_bits, ${counted}
      from dense group by grain, period_start${list}, cuboid_bits
    ),
    books as (
      select 'period' as role, grain, period_start${list}, cuboid_bits,
        ${[...sums, "people"].map((name) => `sum(${name}) over book as ${name}`).join(", ")},
        null::ubigint as who, null::ubigint as numerator_who
      from steps
      window book as (partition by cuboid_bits${list}, grain order by period_start rows unbounded preceding)
    )
    select role, grain, period_start${list}, cuboid_bits, ${all}
    from (select * from books where ${[...sums, "people"].map((name) => `${name} <> 0`).join(" or ")} union all by name select * from singles)
    group by role, grain, period_start${list}, cuboid_bits`;
}

/** SQL for the bit of whom a case tells of. */
async function bitOf(db: DuckDBConnection, kpi: Kpi): Promise<string> {
  const columns = await db.runAndReadAll(`describe marts.${kpi.id}`);
  const names = columns.getRowsJson().map(([name]) => String(name));
  return contributorBit(kpi, new Map(names.map((name) => [name, name]))) ?? "cast(null as ubigint)";
}

function rowsOf(kpi: Kpi, cuboids: readonly Cuboid[]): string {
  const count = sumsOf(kpi)[2] ?? (kpi.kind === "count" ? "numerator" : "denominator");
  return `
    select ${cuboidSql("cuboid_bits", cuboids, namesOf(kpi))} as cuboid, '${kpi.id}' as kpi_id, role, grain, period_start,
      ${dimensionList(kpi.dimensions)}
      cast(numerator as double) as numerator, cast(denominator as double) as denominator,
      cast(${count} as double) as n, 0 as sum_sq, 0 as awaiting,
      who as contributors, people as contributor_count
    from cells where ${isOf(kpi, cuboids)} order by cuboid, role, grain, period_start, ${kpi.dimensions.join(", ") || "role"}`;
}

/** Split by each of the dimensions that only the numerator has: their values over the whole denominator. */
function numeratorRows(kpi: Kpi, whole: Cuboid): string {
  const names = kpi.numerator_dimensions;
  const splits = numeratorCuboids(kpi);
  return `
    with
    wholes as (
      select role, grain, period_start, sum(denominator) as denominator
      from cells where ${isOf(kpi, [whole])} group by role, grain, period_start
    )
    select ${cuboidSql("parts.cuboid_bits", splits, namesOf(kpi))} as cuboid, '${kpi.id}' as kpi_id,
      parts.role, parts.grain, parts.period_start,
      ${dimensionList(names)}
      cast(parts.numerator as double) as numerator, cast(wholes.denominator as double) as denominator,
      cast(wholes.denominator as double) as n, 0 as sum_sq, 0 as awaiting,
      parts.numerator_who as contributors
    from (select * from cells where numerator <> 0 and ${isOf(kpi, splits)}) as parts inner join wholes
      on wholes.role = parts.role and wholes.grain = parts.grain and wholes.period_start = parts.period_start
    order by cuboid, parts.role, parts.grain, parts.period_start, ${names.map((name) => `parts.${name}`).join(", ")}`;
}

/** Growth of a share: the shares of the period and of the base, where no month of either lacks cases. */
function completeRows(kpi: Kpi, cuboid: Cuboid): string {
  const split = cuboid.map((name) => `, cases.${name}`).join("");
  return `
    select '${cuboidName(cuboid)}' as cuboid, '${kpi.id}' as kpi_id, cases.role, cases.grain, cases.period_start,
      ${dimensionList(cuboid)}
      ${growthSql}, cast(${countSql(kpi, "cases.numerator", "cases.denominator")} as double) as n, 0 as sum_sq, 0 as awaiting
    from (select * replace (${cuboid.map((name) => `coalesce(${name}, '${unknown}') as ${name}`).join(", ") || "role as role"})
          from ${casesOf(kpi)}) as cases
    inner join intermediate.periods
      on periods.role = cases.role and periods.grain = cases.grain and periods.period_start = cases.period_start
    group by cases.role, cases.grain, cases.period_start, periods.period_end, periods.cutoff_on${split}
    having ${completeSql}
    order by all`;
}

const growthSql = `
  cast(sum(cases.numerator) as double) / nullif(cast(sum(cases.denominator) as double), 0) as numerator,
  cast(sum(cases.base_numerator) as double) / nullif(cast(sum(cases.base_denominator) as double), 0) as denominator`;

const completeSql = `
  count(distinct cases.part_on) = case
    when cases.role = 'period' then date_diff('month', cases.period_start, periods.period_end)
    else date_diff('month', cases.period_start, periods.cutoff_on - 1) + 1
  end
  and count(distinct cases.base_part_on) = count(distinct cases.part_on)`;
