import type { Kpi } from "./catalogue.js";
import { type Dimension, unknown } from "./dimensions.js";
import { type Grain, monthsOf } from "./periods.js";
import { type KpiQuestion, teamHolder } from "./request.js";
import { countSql, periodStartSql, quote, squaresSql, unitSql } from "./sql.js";

/** What the warehouse holds of a KPI. */
export interface Stored {
  /** The dimensions of each cuboid in the cube. */
  cuboids: readonly (readonly string[])[];
  /** The columns of the KPI's case model. */
  columns: readonly string[];
}

/**
 * SQL for the cells of a question at a grain, over all periods: `role, start_on, by_0 …, numerator, denominator, n,
 * sum_sq, awaiting`. It reads the smallest cuboid that holds the dimensions asked for, else the KPI's cases.
 */
export function cellsSql(question: KpiQuestion, grain: Grain, stored: Stored): string {
  const { kpi } = question;
  const needed = dimensionsAsked(question).map((name) => heldBy(kpi, name));
  const cuboid = kpi.all_months ? undefined : cuboidFor(question, stored);
  if (cuboid) return fromCube(question, grain, cuboid.join(",") || "all");
  if (kpi.all_months) return completeCells(question, grain);
  if (kpi.against) return growthCells(question, grain);
  const numeratorOnly = needed.some((name) => kpi.numerator_dimensions.includes(name));
  return numeratorOnly
    ? splitNumerator(question, grain, stored)
    : sumCases(question, casesSql(question, grain, stored));
}

/**
 * The smallest cuboid with the dimensions asked for. That of a dimension which only the numerator has repeats the whole
 * denominator in each value's row, so it answers nothing but the split by this dimension.
 */
function cuboidFor(question: KpiQuestion, { cuboids }: Stored): readonly string[] | undefined {
  const { kpi, by } = question;
  const asked = dimensionsAsked(question);
  const needed = asked.map((name) => heldBy(kpi, name));
  const numeratorOnly = kpi.numerator_dimensions.find((name) => needed.includes(name));
  if (numeratorOnly) {
    const isSplit = kpi.additive && by.length === 1 && asked.every((name) => name === numeratorOnly);
    return isSplit ? cuboids.find((names) => names.join() === numeratorOnly) : undefined;
  }
  return [...cuboids]
    .filter((names) => !names.some((name) => kpi.numerator_dimensions.includes(name as Dimension)))
    .sort((one, other) => one.length - other.length)
    .find((names) => needed.every((name) => names.includes(name)));
}

const dimensionsAsked = ({ by, where }: KpiQuestion): Dimension[] => [
  ...by.map(({ dimension }) => dimension),
  ...where.keys(),
];

/** Where a dimension is kept: a team with the employee whose it is. */
export const heldBy = (kpi: Kpi, name: Dimension): Dimension => (name === "team" && teamHolder(kpi)) || name;

/**
 * A relation with a KPI's dimensions as SQL over it; the employees' teams are joined where they are asked for. A cube's
 * dimensions are never null where its cuboid has them.
 */
function reading(question: KpiQuestion, relation: string, alias: "cube" | "cases") {
  const holder = dimensionsAsked(question).includes("team") ? teamHolder(question.kpi) : undefined;
  const teams = ` left join intermediate.employees as teams on teams.employee_id = ${alias}.${holder}`;
  const orUnknown = (column: string) => `coalesce(cast(${column} as varchar), '${unknown}')`;
  return {
    from: `${relation} as ${alias}${holder ? teams : ""}`,
    column: (name: Dimension) => {
      if (holder && name === "team") return orUnknown("teams.team");
      return alias === "cube" ? `cube.${name}` : orUnknown(`cases.${name}`);
    },
  };
}

function conditions(where: KpiQuestion["where"], column: (name: Dimension) => string): string[] {
  return [...where].map(([name, values]) => `${column(name)} in (${values.map(quote).join(", ")})`);
}

/** Doubles are summed in their own order and compensated, so that the sum depends on nothing but them. */
function fromCube(question: KpiQuestion, grain: Grain, cuboid: string): string {
  const { kpi, by, where } = question;
  const { from, column } = reading(question, "marts.kpi_cube", "cube");
  const elapsed = reading(question, "marts.kpi_period_cube", "cube");
  const split = by.map(({ dimension }, index) => `${column(dimension)} as by_${index},`).join(" ");
  const filter = [`kpi_id = ${quote(kpi.id)}`, `cuboid = ${quote(cuboid)}`, ...conditions(where, column)];
  const components = ["numerator", "denominator", "n", "sum_sq", "awaiting"];
  const sums = components.map((name) => `fsum(${name} order by ${name}) as ${name}`);
  const months = `
    select 'period' as role, ${periodStartSql(grain, "month")} as start_on, ${split} ${components.join(", ")}
    from ${from} where ${filter.join(" and ")}`;
  const windows = `
    select role, period_start as start_on, ${split} ${components.join(", ")}
    from ${elapsed.from} where grain = '${grain}' and ${filter.join(" and ")}`;
  return `
    select ${keys(by)} ${sums.join(", ")}
    from (${kpi.additive ? `${months} union all ${windows}` : windows})
    group by ${keyList(by)}`;
}

const keyNames = (by: KpiQuestion["by"]) => ["role", "start_on", ...by.map((_, index) => `by_${index}`)];
const keyList = (by: KpiQuestion["by"]) => keyNames(by).join(", ");
const keys = (by: KpiQuestion["by"]) =>
  keyNames(by)
    .map((name) => (name === "start_on" ? "strftime(start_on, '%Y-%m-%d') as start_on," : `${name},`))
    .join(" ");

/** Every case with the window it falls into. */
function casesSql(question: KpiQuestion, grain: Grain, stored: Pick<Stored, "columns">): string {
  const { kpi, by, where } = question;
  const { from, column } = reading(question, `marts.${kpi.id}`, "cases");
  const split = by.map(({ dimension }, index) => `${column(dimension)} as by_${index},`).join(" ");
  const filter = conditions(where, column);
  const awaiting = stored.columns.includes("is_awaiting") ? "cases.is_awaiting" : "false";
  const values = `${split} cases.numerator, cases.denominator, ${awaiting} as is_awaiting`;
  const and = filter.map((each) => ` and ${each}`).join("");
  if (kpi.cases === "months") {
    return `
      select 'period' as role, ${periodStartSql(grain, "cases.case_on")} as start_on, ${values}
      from ${from} where true${and}
      union all
      select periods.role, periods.period_start as start_on, ${values}
      from ${from} inner join intermediate.periods
        on cases.case_on >= periods.period_start and cases.case_on < periods.cutoff_on
      where periods.role <> 'period' and periods.grain = '${grain}'${and}`;
  }
  return `
    select periods.role, periods.period_start as start_on, ${values}
    from ${from} inner join intermediate.periods
      on periods.role = cases.role and periods.grain = cases.grain
      and periods.period_start >= cases.period_start
      and periods.period_start < coalesce(cases.until_start, cases.period_start + 1)
    where cases.grain = '${grain}'${and}`;
}

function sumCases({ kpi, by }: KpiQuestion, cases: string): string {
  return `
    select ${keys(by)}
      ${unitSql("sum(numerator)", kpi.scale)} as numerator,
      ${unitSql("sum(denominator)")} as denominator,
      ${unitSql(countSql(kpi, "numerator", "denominator"))} as n,
      ${unitSql(squaresSql(kpi, "numerator"), kpi.scale ** 2)} as sum_sq,
      cast(count(*) filter (where is_awaiting) as double) as awaiting
    from (${cases}) group by ${keyList(by)}`;
}

/** A growth: the cases of the window beside those of the window it is compared with. */
function growthCells(question: KpiQuestion, grain: Grain): string {
  const { kpi, by, where } = question;
  const { from: cases, column } = reading(question, `marts.${kpi.id}`, "cases");
  const split = by.map(({ dimension }, index) => `${column(dimension)} as by_${index},`).join(" ");
  const filter = conditions(where, column);
  const and = filter.map((each) => ` and ${each}`).join("");
  const months = kpi.against === "year" ? 12 : monthsOf[grain];
  const start = periodStartSql(grain, "cases.case_on");
  const own = `${split} cases.numerator, null as base, cases.denominator as cases`;
  const base = `${split} null as numerator, cases.numerator as base, null as cases`;
  const from = `from ${cases} inner join intermediate.periods on periods.grain = '${grain}'`;
  return `
    select ${keys(by)} ${unitSql("sum(numerator)", kpi.scale)} as numerator,
      ${unitSql("sum(base)", kpi.scale)} as denominator, ${unitSql("sum(cases)")} as n, 0 as sum_sq, 0 as awaiting
    from (
      select 'period' as role, ${start} as start_on, ${own} from ${cases} where true${and}
      union all
      select periods.role, periods.period_start as start_on, ${own}
      ${from} and cases.case_on >= periods.period_start and cases.case_on < periods.cutoff_on
      where periods.role <> 'period'${and}
      union all
      select periods.role, periods.period_start as start_on, ${base}
      ${from} and cast(${start} + to_months(${months}) as date) = periods.period_start
      where periods.role = 'period' and not periods.is_partial${and}
      union all
      select periods.role, periods.period_start as start_on, ${base}
      ${from} and cases.case_on >= periods.${kpi.against}_start and cases.case_on < periods.${kpi.against}_cutoff_on
      where (periods.role <> 'period' or periods.is_partial)${and}
    ) group by ${keyList(by)}`;
}

/** A dimension that only the numerator has: its cases over the whole denominator, 0 where a group has none. */
function splitNumerator(question: KpiQuestion, grain: Grain, stored: Stored): string {
  const { kpi, by, where } = question;
  const whole = (name: Dimension) => !kpi.numerator_dimensions.includes(heldBy(kpi, name));
  const wholeWhere = new Map([...where].filter(([name]) => whole(name)));
  const split = by.map((each, index) => ({ ...each, index }));
  const shared = split.filter(({ dimension }) => whole(dimension));
  const own = split.filter(({ dimension }) => !whole(dimension));
  const columns = (list: typeof split) => list.map(({ index }) => `, by_${index}`).join("");
  const matches = (list: typeof split) =>
    list.map(({ index }) => ` and one.by_${index} = other.by_${index}`).join("");
  const everything = casesSql({ kpi, by, where: wholeWhere }, grain, stored);
  return `
    with
    counted as (
      select role, start_on${columns(split)}, sum(numerator) as numerator
      from (${casesSql(question, grain, stored)}) where numerator <> 0 group by role, start_on${columns(split)}
    ),
    wholes as (
      select role, start_on${columns(shared)}, sum(denominator) as denominator
      from (${everything}) group by role, start_on${columns(shared)}
    ),
    groups as (select distinct ${own.length > 0 ? columns(own).slice(2) : "true as everything"}${own.length > 0 ? " from counted" : ""}),
    cells as (
      select wholes.* exclude (denominator)${own.map(({ index }) => `, groups.by_${index}`).join("")}, denominator
      from wholes cross join groups
    )
    select one.role, strftime(one.start_on, '%Y-%m-%d') as start_on,
      ${split.map(({ index }) => `one.by_${index},`).join(" ")}
      ${unitSql("other.numerator", kpi.scale)} as numerator,
      ${unitSql("one.denominator")} as denominator, ${unitSql("one.denominator")} as n,
      0 as sum_sq, 0 as awaiting
    from cells as one left join counted as other
      on one.role = other.role and one.start_on = other.start_on${matches(split)}`;
}

/** Null where a month of the window has no case; of a growth, where a month of the base has none either. */
function completeCells(question: KpiQuestion, grain: Grain): string {
  const { kpi, by } = question;
  const isGrowth = kpi.kind === "growth";
  const months = `case when role = 'period' then ${monthsOf[grain]} else begun end`;
  const sum = (name: string) => `cast(sum(${name}) as double)`;
  const share = (top: string, bottom: string) => `${sum(top)} / nullif(${sum(bottom)}, 0)`;
  const complete = [
    `count(distinct part_on) = any_value(${months})`,
    ...(isGrowth ? [`count(distinct base_part_on) = any_value(${months})`] : []),
  ].join(" and ");
  const known = (sql: string) => `case when ${complete} then ${sql} end`;
  return `
    select ${keys(by)}
      ${known(isGrowth ? share("numerator", "denominator") : sum("numerator"))} as numerator,
      ${known(isGrowth ? share("base_numerator", "base_denominator") : sum("denominator"))} as denominator,
      cast(${countSql(kpi, "numerator", "denominator")} as double) as n, 0 as sum_sq, 0 as awaiting
    from (${windowsOfCases(question, grain)}) group by ${keyList(by)}`;
}

function windowsOfCases(question: KpiQuestion, grain: Grain): string {
  const { kpi, by, where } = question;
  const { from, column } = reading(question, `marts.${kpi.id}`, "cases");
  const split = by.map(({ dimension }, index) => `${column(dimension)} as by_${index},`).join(" ");
  const filter = conditions(where, column)
    .map((each) => ` and ${each}`)
    .join("");
  const inWindow =
    kpi.cases === "months"
      ? "cases.case_on >= periods.period_start and cases.case_on < periods.cutoff_on"
      : "cases.role = periods.role and cases.grain = periods.grain and cases.period_start = periods.period_start";
  return `
      select periods.role, periods.period_start as start_on, ${split} cases.*,
        date_diff('month', periods.period_start, periods.cutoff_on - 1) + 1 as begun
      from ${from} inner join intermediate.periods on ${inWindow}
      where periods.grain = '${grain}'${filter}`;
}

/**
 * SQL for what groups add to the whole: `role, start_on, by_0 …, numerator, denominator`, and of the growth of a share
 * `base_numerator, base_denominator`. A group that lacks a month has no value of its own, but its cases are in the whole.
 */
export function partsSql(question: KpiQuestion, grain: Grain, stored: Stored): string {
  const { kpi, by } = question;
  if (!kpi.all_months) return cellsSql(question, grain, stored);
  const names = ["numerator", "denominator"].flatMap((name) =>
    kpi.kind === "growth" ? [name, `base_${name}`] : [name],
  );
  const sums = names.map((name) => `${unitSql(`sum(${name})`)} as ${name}`);
  return `
    select ${keys(by)} ${sums.join(", ")}
    from (${windowsOfCases(question, grain)}) group by ${keyList(by)}`;
}

/** SQL for the median and the 90th percentile of the cells, with the keys of `cellsSql`. */
export function percentilesSql(question: KpiQuestion, grain: Grain, stored: Stored): string {
  const { kpi, by, where } = question;
  const [split, ...more] = dimensionsAsked(question);
  const isStored =
    more.length === 0 && (split === undefined || kpi.percentiles?.includes(split)) && where.size === 0;
  if (isStored) {
    const is = (kpi.percentiles ?? []).map((name) => `${name} is ${name === split ? "not null" : "null"}`);
    return `
      select 'period' as role, strftime(period_start, '%Y-%m-%d') as start_on,
        ${by.map(({ dimension }, index) => `${dimension} as by_${index},`).join(" ")} median, p90
      from marts.kpi_percentiles
      where kpi_id = ${quote(kpi.id)} and grain = '${grain}' and ${["true", ...is].join(" and ")}`;
  }
  return `
    select ${keys(by)} quantile_cont(numerator, 0.5) / ${kpi.scale} as median,
      quantile_cont(numerator, 0.9) / ${kpi.scale} as p90
    from (${casesSql(question, grain, stored)}) where denominator is not null group by ${keyList(by)}`;
}
