import type { Dimension } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import { literal } from "../engine/sql.js";
import { percentileEnds, percentileNames, rankRows } from "../statistics/percentiles.js";
import { casesOf } from "./ownSql.js";
import { type Grain, monthsOf } from "./periods.js";
import {
  casesSql,
  components,
  conditions,
  cubeRows,
  cuboidFor,
  dimensionsAsked,
  heldBy,
  inSpan,
  isOfCuboid,
  keyList,
  keys,
  reading,
  type Stored,
  windowsOfCases,
} from "./queryRows.js";
import { employeeColumn, type KpiQuestion } from "./request.js";
import { countSql, periodStartSql, squaresSql, unitSql } from "./sql.js";

/**
 * SQL for the cells of a question at a grain, over all periods: `role, start_on, by_0 …, numerator, denominator, n,
 * sum_sq, awaiting`. It reads the smallest cuboid that holds the dimensions asked for, else the KPI's cases.
 */
export function cellsSql(question: KpiQuestion, grain: Grain, stored: Stored): string {
  const { kpi } = question;
  const needed = dimensionsAsked(question).map((name) => heldBy(kpi, name));
  const cuboid = cellsCuboid(question, stored);
  if (cuboid !== undefined) return fromCube(question, grain, isOfCuboid([kpi], cuboid));
  if (kpi.all_months) return completeCells(question, grain);
  if (kpi.against) return growthCells(question, grain);
  const numeratorOnly = needed.some((name) => kpi.numerator_dimensions.includes(name));
  return numeratorOnly
    ? splitNumerator(question, grain, stored)
    : sumCases(question, casesSql(question, grain, stored));
}

/** The name of the cuboid that a question's cells are read from; undefined where none holds them. */
function cellsCuboid(question: KpiQuestion, stored: Stored): string | undefined {
  const cuboid = question.kpi.all_months ? undefined : cuboidFor(question, stored);
  return cuboid && (cuboid.join(",") || "all");
}

interface Asked {
  question: KpiQuestion;
  stored: Stored;
}

/**
 * Of some questions those that the cubes answer and that differ in nothing but the KPI, with SQL for all their cells after
 * `kpi_id`, KPI by KPI.
 */
export function together(wanted: readonly Asked[], grain: Grain): { asked: Asked[]; sql: string }[] {
  interface Alike {
    first: KpiQuestion;
    asked: Asked[];
    byCuboid: Map<string, Kpi[]>;
  }
  const alike = new Map<string, Alike>();
  for (const each of wanted) {
    const { question } = each;
    const cuboid = cellsCuboid(question, each.stored);
    if (cuboid === undefined) continue;
    const form = fromCube(question, grain, "");
    const list: Alike = alike.get(form) ?? { first: question, asked: [], byCuboid: new Map() };
    list.asked.push(each);
    list.byCuboid.set(cuboid, [...(list.byCuboid.get(cuboid) ?? []), question.kpi]);
    alike.set(form, list);
  }
  return [...alike.values()].map(({ first, asked, byCuboid }) => {
    const cuboids = [...byCuboid].map(([cuboid, kpis]) => `(${isOfCuboid(kpis, cuboid)})`);
    const sql = fromCube(first, grain, `(${cuboids.join(" or ")})`, ["kpi_id"]);
    return { asked, sql: `${sql} order by kpi_id` };
  });
}

/**
 * Doubles are summed in their own order and compensated, so that the sum depends on nothing but them; what counts cases
 * is whole, or half a head, and any order gives the same.
 */
function fromCube(
  question: KpiQuestion,
  grain: Grain,
  condition: string,
  more: readonly string[] = [],
): string {
  const { kind } = question.kpi;
  const counts = ["n", "awaiting", ...(kind === "mean" ? ["denominator"] : [])];
  const isCounted = (name: string) => counts.includes(name) || countedKinds.includes(kind);
  const sums = components.map(
    (name) => `${isCounted(name) ? `sum(${name})` : `fsum(${name} order by ${name})`} as ${name}`,
  );
  return `
    select ${more.map((name) => `${name}, `).join("")}${keys(question.by)} ${sums.join(", ")}
    from (${cubeRows(question, grain, condition, more)}) ${inSpan(question)}
    group by ${[...more, keyList(question.by)].join(", ")}`;
}

/** Kinds whose numerator and denominator both count. */
const countedKinds: readonly Kpi["kind"][] = ["rate", "customer_rate", "poisson_rate", "count", "nps"];

function sumCases(question: KpiQuestion, cases: string): string {
  const { kpi, by } = question;
  return `
    select ${keys(by)}
      ${unitSql("sum(numerator)", kpi.scale)} as numerator,
      ${unitSql("sum(denominator)")} as denominator,
      ${unitSql(countSql(kpi, "numerator", "denominator"))} as n,
      ${unitSql(squaresSql(kpi, "numerator"), kpi.scale ** 2)} as sum_sq,
      cast(count(*) filter (where is_awaiting) as double) as awaiting
    from (${cases}) ${inSpan(question)} group by ${keyList(by)}`;
}

/** A growth: the cases of the window beside those of the window it is compared with. */
function growthCells(question: KpiQuestion, grain: Grain): string {
  const { kpi, by, where } = question;
  const { from: cases, column } = reading(question, casesOf(kpi), "cases");
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
    ) ${inSpan(question)} group by ${keyList(by)}`;
}

/**
 * SQL for the groups `by_0 …` that a question's KPI has a case of in any period, whatever its span; undefined where a group
 * without a case has no value either. A count, or a sum, of a group that has cases at other times is 0, not unknown.
 */
export function groupsSql(question: KpiQuestion, grain: Grain, stored: Stored): string | undefined {
  const { kpi, by, span } = question;
  if ((kpi.kind !== "count" && kpi.kind !== "sum") || by.length === 0 || span === undefined) return undefined;
  const groups = by.map((_, index) => `by_${index}`).join(", ");
  const cuboid = cuboidFor(question, stored);
  const rows = cuboid
    ? cubeRows(question, grain, isOfCuboid([kpi], cuboid.join(",") || "all"))
    : casesSql(question, grain, stored);
  return `select distinct ${groups} from (${rows}) where role = 'period'`;
}

/**
 * A dimension that only the numerator has: its cases over the whole denominator, 0 where a group has none in a period. The
 * groups are those with a case in any period, and of employees and teams all that have a row it counts among.
 */
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
  const { numerators, denominators, scale } =
    splitOfCube(question, grain, stored) ??
    splitOfCases(question, { kpi, by, where: wholeWhere }, grain, stored);
  return `
    with
    counted as (
      select role, start_on${columns(split)}, sum(numerator) as numerator
      from (${numerators}) where numerator <> 0 group by role, start_on${columns(split)}
    ),
    wholes as (
      select role, start_on${columns(shared)}, sum(denominator) as denominator
      from (${denominators}) ${inSpan(question)} group by role, start_on${columns(shared)}
    ),
    groups as (${own.length > 0 ? `select distinct ${columns(own).slice(2)} from counted${holding(kpi, own, stored)}` : "select true as everything"}),
    cells as (
      select wholes.* exclude (denominator)${own.map(({ index }) => `, groups.by_${index}`).join("")}, denominator
      from wholes cross join groups
    )
    select one.role, strftime(one.start_on, '%Y-%m-%d') as start_on,
      ${split.map(({ index }) => `one.by_${index},`).join(" ")}
      ${unitSql("other.numerator", scale)} as numerator,
      ${unitSql("one.denominator")} as denominator, ${unitSql("one.denominator")} as n,
      0 as sum_sq, 0 as awaiting
    from cells as one left join counted as other
      on one.role = other.role and one.start_on = other.start_on${matches(split)}`;
}

/** SQL that adds the holders of rows, or their teams, to the groups of a split by nothing else that the numerator alone has. */
function holding(
  kpi: Kpi,
  own: readonly { dimension: Dimension; index: number }[],
  { holders }: Stored,
): string {
  const [{ dimension, index } = { dimension: undefined, index: 0 }, ...more] = own;
  if (
    !holders ||
    more.length > 0 ||
    dimension === undefined ||
    heldBy(kpi, dimension) !== employeeColumn(kpi)
  )
    return "";
  const group = dimension === "team" ? "team" : "employee_id";
  return `
      union select ${group} as by_${index} from intermediate.known_employees
      where ${group} is not null and employee_id in (select id from (${holders}))`;
}

/** Where a split's numerators and denominators are read; what the numerators are divided by to be in the KPI's unit. */
interface Split {
  numerators: string;
  denominators: string;
  scale: number;
}

/** Of the cube, where one dimension is asked for that only the numerator has, and nothing else. */
function splitOfCube(question: KpiQuestion, grain: Grain, stored: Stored): Split | undefined {
  const { kpi, by } = question;
  const [held, ...more] = new Set(dimensionsAsked(question).map((name) => heldBy(kpi, name)));
  const all: KpiQuestion = { kpi, by: [], where: new Map() };
  const everything = cuboidFor(all, stored);
  if (held === undefined || more.length > 0 || by.length !== 1 || everything === undefined) return undefined;
  if (!kpi.numerator_dimensions.includes(held) || !stored.cuboids.some((names) => names.join() === held))
    return undefined;
  return {
    numerators: cubeRows(question, grain, isOfCuboid([kpi], held)),
    denominators: cubeRows(all, grain, isOfCuboid([kpi], everything.join(",") || "all")),
    scale: 1,
  };
}

function splitOfCases(question: KpiQuestion, whole: KpiQuestion, grain: Grain, stored: Stored): Split {
  return {
    numerators: casesSql(question, grain, stored),
    denominators: casesSql(whole, grain, stored),
    scale: question.kpi.scale,
  };
}

/** Null where a month of the window has no case; of a growth, where a month of the base has none either, or there is no share. */
function completeCells(question: KpiQuestion, grain: Grain): string {
  const { kpi, by } = question;
  const isGrowth = kpi.kind === "growth";
  const months = `case when role = 'period' then ${monthsOf[grain]} else begun end`;
  const sum = (name: string) => `cast(sum(${name}) as double)`;
  const share = (top: string, bottom: string) => `${sum(top)} / nullif(${sum(bottom)}, 0)`;
  const complete = [
    `count(distinct part_on) = any_value(${months})`,
    ...(isGrowth ? [`count(distinct base_part_on) = any_value(${months})`, "sum(denominator) <> 0"] : []),
  ].join(" and ");
  const known = (sql: string) => `case when ${complete} then ${sql} end`;
  return `
    select ${keys(by)}
      ${known(isGrowth ? share("numerator", "denominator") : sum("numerator"))} as numerator,
      ${known(isGrowth ? share("base_numerator", "base_denominator") : sum("denominator"))} as denominator,
      cast(${countSql(kpi, "numerator", "denominator")} as double) as n, 0 as sum_sq, 0 as awaiting
    from (${windowsOfCases(question, grain)}) ${inSpan(question)} group by ${keyList(by)}`;
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
    from (${windowsOfCases(question, grain)}) ${inSpan(question)} group by ${keyList(by)}`;
}

/**
 * SQL for the median and the 90th percentile of the cells and the order statistics that enclose them, with the keys of
 * `cellsSql`.
 * @param sizes how many cases the cells have: of other numbers no order statistics are known
 */
export function percentilesSql(
  question: KpiQuestion,
  grain: Grain,
  stored: Stored,
  sizes: Iterable<number>,
): string {
  const { kpi, by, where } = question;
  const [split, ...more] = dimensionsAsked(question);
  const isStored =
    more.length === 0 && (split === undefined || kpi.percentiles?.includes(split)) && where.size === 0;
  if (isStored) {
    const is = (kpi.percentiles ?? []).map((name) => `${name} is ${name === split ? "not null" : "null"}`);
    return `
      select 'period' as role, strftime(period_start, '%Y-%m-%d') as start_on,
        ${by.map(({ dimension }, index) => `${dimension} as by_${index},`).join(" ")} ${percentileNames.join(", ")}
      from marts.kpi_percentiles
      where kpi_id = ${literal(kpi.id)} and grain = '${grain}' and ${["true", ...is].join(" and ")}`;
  }
  const names = by.map((_, index) => `by_${index},`).join(" ");
  return `
    with
    ranks (size, median_low, median_high, p90_low, p90_high) as (values ${rankRows(sizes)}),
    measured as (
      select ${keys(by)} count(*) as size, quantile_cont(numerator, [0.5, 0.9]) as quantiles,
        list_sort(list(numerator)) as sorted
      from (select * from (${casesSql(question, grain, stored)}) where denominator is not null)
      ${inSpan(question)} group by ${keyList(by)}
    )
    select role, start_on, ${names} quantiles[1] / ${kpi.scale} as median, quantiles[2] / ${kpi.scale} as p90,
      ${percentileEnds.map((name) => `cast(sorted[${name}] as double) / ${kpi.scale} as ${name}`).join(", ")}
    from measured left join ranks using (size)`;
}
