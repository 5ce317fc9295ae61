import { type Dimension, unknown } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import { literal } from "../engine/sql.js";
import { casesOf } from "./ownSql.js";
import type { Grain } from "./periods.js";
import { type KpiQuestion, teamHolder } from "./request.js";
import { periodStartSql } from "./sql.js";

/** What the warehouse holds of a KPI. */
export interface Stored {
  /** The dimensions of each cuboid in the cube. */
  cuboids: readonly (readonly string[])[];
  /** The columns of the KPI's case model. */
  columns: readonly string[];
  /** Of a KPI whose numerator alone is anybody's: SQL for the `id` of each employee with a row that it counts among. */
  holders?: string;
}

/**
 * The smallest cuboid with the dimensions asked for. That of a dimension which only the numerator has repeats the whole
 * denominator in each value's row, so it answers nothing but the split by this dimension.
 */
export function cuboidFor(question: KpiQuestion, { cuboids }: Stored): readonly string[] | undefined {
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

export const dimensionsAsked = ({ by, where }: KpiQuestion): Dimension[] => [
  ...by.map(({ dimension }) => dimension),
  ...where.keys(),
];

/** Where a dimension is kept: a team with the employee whose it is. */
export const heldBy = (kpi: Kpi, name: Dimension): Dimension => (name === "team" && teamHolder(kpi)) || name;

/**
 * A relation with a KPI's dimensions as SQL over it; the employees' teams are joined where they are asked for. A cube's
 * dimensions are never null where its cuboid has them.
 */
export function reading(question: KpiQuestion, relation: string, alias: "cube" | "cases") {
  const holder = dimensionsAsked(question).includes("team") ? teamHolder(question.kpi) : undefined;
  const teams = ` left join intermediate.known_employees as teams on teams.employee_id = ${alias}.${holder}`;
  const orUnknown = (column: string) => `coalesce(cast(${column} as varchar), '${unknown}')`;
  return {
    from: `${relation} as ${alias}${holder ? teams : ""}`,
    column: (name: Dimension) => {
      if (holder && name === "team") return orUnknown("teams.team");
      return alias === "cube" ? `cube.${name}` : orUnknown(`cases.${name}`);
    },
  };
}

export function conditions(where: KpiQuestion["where"], column: (name: Dimension) => string): string[] {
  return [...where].map(([name, values]) => `${column(name)} in (${values.map(literal).join(", ")})`);
}

export const components = ["numerator", "denominator", "n", "sum_sq", "awaiting"];

/** The condition of the cubes' rows that are a cuboid's, of KPIs. */
export const isOfCuboid = (kpis: readonly Kpi[], cuboid: string): string =>
  `kpi_id in (${kpis.map(({ id }) => literal(id)).join(", ")}) and cuboid = ${literal(cuboid)}`;

/** The rows of a cuboid with the window they belong to, and more of their columns; those of one window and group add up. */
export function cubeRows(
  question: KpiQuestion,
  grain: Grain,
  isOfIt: string,
  more: readonly string[] = [],
): string {
  const { kpi, by, where } = question;
  const { from, column } = reading(question, "marts.kpi_cube", "cube");
  const elapsed = reading(question, "marts.kpi_period_cube", "cube");
  const columns = [...by.map(({ dimension }, index) => `${column(dimension)} as by_${index}`), ...more];
  const split = columns.map((each) => `${each},`).join(" ");
  const filter = [isOfIt, ...conditions(where, column)];
  const months = `
    select 'period' as role, ${periodStartSql(grain, "month")} as start_on, ${split} ${components.join(", ")}
    from ${from} where ${filter.join(" and ")}`;
  const windows = `
    select role, period_start as start_on, ${split} ${components.join(", ")}
    from ${elapsed.from} where grain = '${grain}' and ${filter.join(" and ")}`;
  return kpi.additive ? `${months} union all ${windows}` : windows;
}

/** The condition that keeps the windows of a question's span. */
export function inSpan({ span }: KpiQuestion): string {
  const bounds = [
    ...(span?.from ? [`start_on >= date '${span.from}'`] : []),
    ...(span?.until ? [`start_on < date '${span.until}'`] : []),
  ];
  return bounds.length > 0 ? `where ${bounds.join(" and ")}` : "";
}

const keyNames = (by: KpiQuestion["by"]) => ["role", "start_on", ...by.map((_, index) => `by_${index}`)];
export const keyList = (by: KpiQuestion["by"]) => keyNames(by).join(", ");
export const keys = (by: KpiQuestion["by"]) =>
  keyNames(by)
    .map((name) => (name === "start_on" ? "strftime(start_on, '%Y-%m-%d') as start_on," : `${name},`))
    .join(" ");

/** Every case with the window it falls into, and more of its columns. */
export function casesSql(
  question: KpiQuestion,
  grain: Grain,
  stored: Pick<Stored, "columns">,
  more: readonly string[] = [],
): string {
  const { kpi, by, where } = question;
  const { from, column } = reading(question, casesOf(kpi), "cases");
  const split = by.map(({ dimension }, index) => `${column(dimension)} as by_${index},`).join(" ");
  const filter = conditions(where, column);
  const awaiting = stored.columns.includes("is_awaiting") ? "cases.is_awaiting" : "false";
  const others = more.map((name) => `, cases.${name}`).join("");
  const values = `${split} cases.numerator, cases.denominator, ${awaiting} as is_awaiting${others}`;
  const and = filter.map((each) => ` and ${each}`).join("");
  const own = rowsInPeriods(kpi, grain, { from, values, and });
  if (kpi.cases !== "months") return own;
  return `${own}
      union all
      select periods.role, periods.period_start as start_on, ${values}
      from ${from} inner join intermediate.periods
        on cases.case_on >= periods.period_start and cases.case_on < periods.cutoff_on
      where periods.role <> 'period' and periods.grain = '${grain}'${and}`;
}

/**
 * Rows of a KPI's cases with the period of a grain that each lies in, `role, start_on`; of a KPI that is computed for each period
 * the windows beside periods, too.
 * @param read `from` a relation with the KPI's cases named `cases`, the columns to give, and conditions behind `and`
 */
export function rowsInPeriods(
  kpi: Pick<Kpi, "cases">,
  grain: Grain,
  { from, values, and = "" }: { from: string; values: string; and?: string },
): string {
  if (kpi.cases === "months")
    return `
      select 'period' as role, ${periodStartSql(grain, "cases.case_on")} as start_on, ${values}
      from ${from} where true${and}`;
  return `
    select periods.role, periods.period_start as start_on, ${values}
    from ${from} inner join intermediate.periods
      on periods.role = cases.role and periods.grain = cases.grain
      and periods.period_start >= cases.period_start
      and periods.period_start < coalesce(cases.until_start, cases.period_start + 1)
    where cases.grain = '${grain}'${and}`;
}

/** The cases of every window, each window its own. */
export function windowsOfCases(question: KpiQuestion, grain: Grain): string {
  const { kpi, by, where } = question;
  const { from, column } = reading(question, casesOf(kpi), "cases");
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
