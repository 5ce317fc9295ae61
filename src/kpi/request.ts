import { type Dimension, dimensionOf, isModelDimension } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import { folded, suggest } from "../catalogue/suggest.js";
import { CliError } from "../run/error.js";
import type { Language } from "../words/languages.js";
import { told } from "../words/told.js";
import type { Grain } from "./periods.js";

/** What is asked of the KPIs. */
export interface KpiRequest {
  /** Ids; none asks for every KPI that has the dimensions asked for. */
  kpiIds: readonly string[];
  grain: Grain;
  /** First and last month, inclusive, `YYYY-MM`; the periods they lie in are included whole. */
  from?: string;
  to?: string;
  /** Dimension names, as the answer names them. */
  by: readonly string[];
  /** Different dimensions narrow, values of one dimension widen. */
  where: readonly { dimension: string; value: string }[];
  compare?: "previous" | "year";
  /** Medians and 90th percentiles, which are taken from the cases, are left out. */
  withoutPercentiles?: boolean;
  /** Values alone, without intervals, targets and statuses. */
  withoutIntervals?: boolean;
  /** The same, of groups that have a case in the period: most have none. */
  isBare?: boolean;
  /** With what each value was settled from, for who tests it or says its reason in another language. */
  withSettled?: boolean;
  /** Of the reasons' words; by default that of the settings. */
  language?: Language;
}

/**
 * A request on one KPI, its names resolved: `employee` is the dimension that the KPI belongs to, where it has no column
 * of that name; `team` stays, and is read as `teamHolder` says.
 */
export interface KpiQuestion {
  kpi: Kpi;
  by: readonly { name: string; dimension: Dimension }[];
  where: ReadonlyMap<Dimension, readonly string[]>;
  /** Only periods that start in `[from, until)`, ISO days; an end that is absent is open. */
  span?: { from?: string; until?: string };
}

/**
 * The questions of a request, in its order.
 * @throws CliError 2 for an unknown KPI, an unknown or unsupported dimension, a month that is none
 */
export function questionsOf(request: KpiRequest, kpis: readonly Kpi[]): KpiQuestion[] {
  for (const month of [request.from, request.to]) {
    if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) {
      throw new CliError(told("month.invalid", { month }), 2);
    }
  }
  if (request.from !== undefined && request.to !== undefined && request.from > request.to) {
    throw new CliError(told("period.reversed", { from: request.from, to: request.to }), 2);
  }
  const asked =
    request.kpiIds.length > 0 ? [...new Set(request.kpiIds.map((name) => kpiOf(name, kpis)))] : kpis;
  const by = request.by.map((name) => ({ name, dimension: known(name, kpis, asked) }));
  const where = request.where.map(({ dimension, value }) => ({
    dimension: known(dimension, kpis, asked),
    value,
  }));
  const needed = [...new Set([...by, ...where].map(({ dimension }) => dimension))];
  if (request.kpiIds.length > 0) {
    for (const kpi of asked) for (const dimension of needed) requireDimension(kpi, dimension);
  }
  const answerable = asked.filter((kpi) =>
    needed.every((dimension) => dimensionsOf(kpi).includes(dimension)),
  );
  if (answerable.length === 0) {
    throw new CliError(told("dimensions.notTogether", { names: needed }), 2);
  }
  return answerable.map((kpi) => {
    const own = by.map(({ name, dimension }) => ({ name, dimension: columnOf(kpi, dimension) }));
    refuseTwice(request.by, own);
    return { kpi, by: own, where: whereOf(kpi, where) };
  });
}

function refuseTwice(names: readonly string[], columns: readonly { dimension: Dimension }[]): void {
  if (new Set(columns.map(({ dimension }) => dimension)).size < columns.length) {
    throw new CliError(told("dimension.twice", { names: names.join(",") }), 2);
  }
}

function whereOf(kpi: Kpi, conditions: readonly { dimension: Dimension; value: string }[]) {
  const names = [...new Set(conditions.map(({ dimension }) => dimension))];
  refuseTwice(
    names,
    names.map((name) => ({ dimension: columnOf(kpi, name) })),
  );
  const where = new Map<Dimension, string[]>();
  for (const { dimension, value } of conditions) {
    const column = columnOf(kpi, dimension);
    where.set(column, [...(where.get(column) ?? []), value]);
  }
  return where;
}

/** The dimensions a KPI can be split by; one that belongs to somebody has its employee and the employee's team. */
export const dimensionsOf = (kpi: Kpi): readonly Dimension[] => [
  ...new Set([...columnsOf(kpi), ...(employeeColumn(kpi) ? (["employee", "team"] as const) : [])]),
];

const columnsOf = (kpi: Kpi): readonly Dimension[] => [...kpi.dimensions, ...kpi.numerator_dimensions];

/** The dimension of a KPI that says whose it is, an employee's id; undefined where it is nobody's. */
export const employeeColumn = (kpi: Kpi): Dimension | undefined =>
  columnsOf(kpi).includes("employee") ? "employee" : kpi.belongs_to;

/** The dimension by whose employees a KPI is told by team; undefined where it has a column `team`, or is nobody's. */
export const teamHolder = (kpi: Kpi): Dimension | undefined =>
  columnsOf(kpi).includes("team") ? undefined : employeeColumn(kpi);

const columnOf = (kpi: Kpi, dimension: Dimension): Dimension =>
  dimension === "employee" ? (employeeColumn(kpi) ?? dimension) : dimension;

/** The KPI of an id, or of its name in either language. */
function kpiOf(name: string, kpis: readonly Kpi[]): Kpi {
  const asked = folded(name);
  const kpi =
    kpis.find(({ id }) => id === name) ??
    kpis.find(({ label }) => [label.zh, label.en].some((each) => folded(each) === asked));
  if (kpi) return kpi;
  const ids = kpis.map(({ id }) => id);
  throw new CliError(told("kpi.unknown", { id: name, near: suggest(name, ids) }), 2);
}

/** The dimension of a name; where there is none, those of the KPIs asked for are said. */
function known(name: string, kpis: readonly Kpi[], asked: readonly Kpi[]): Dimension {
  const dimension = dimensionOf(name);
  const isKnown = isModelDimension(dimension) || kpis.some((kpi) => dimensionsOf(kpi).includes(dimension));
  if (isKnown) return dimension;
  const names = [...new Set(asked.flatMap(dimensionsOf))];
  throw new CliError(told("dimension.unknown", { names, name, near: suggest(name, names) }), 2);
}

function requireDimension(kpi: Kpi, dimension: Dimension): void {
  if (dimensionsOf(kpi).includes(dimension)) return;
  const supported = dimensionsOf(kpi);
  throw new CliError(told("kpi.noDimension", { kpi: kpi.id, supported, dimension }), 2);
}
