import { dimensionsOf } from "../../kpi/request.js";
import { type Told, told } from "../../words/told.js";
import { dimensionOf } from "../dimensions.js";
import type { Kpi } from "../kpis.js";
import { suggest } from "../suggest.js";
import type { Target } from "../targets.js";

/** What is wrong with a row that the KPI team manages. */
export interface Fault<Row> {
  row: Row;
  column: string;
  /** What was expected; what was found stands in the row's cell. */
  expected: Told;
  /** What was found, where the cell alone does not say it. */
  found?: string;
}

/**
 * What is wrong with targets, row by row, one fault a row: an unknown KPI or dimension, a bare number above 1 for a % KPI, a
 * percentage for another, limits in the wrong order for the KPI's direction, a validity that ends before it begins or overlaps
 * another's.
 *
 * @param isPercentage whether a limit is written with a per cent sign in its file
 */
export function targetFaults(
  targets: readonly Target[],
  kpis: readonly Kpi[],
  isPercentage: (row: Target, column: LimitColumn) => boolean,
): Fault<Target>[] {
  const byId = new Map(kpis.map((kpi) => [kpi.id, kpi]));
  const seen = new Map<string, Target[]>();
  return targets.flatMap((row) => {
    const kpi = byId.get(row.kpi_id);
    const fault = kpi
      ? (scopeFault(row, kpi) ??
        validityFault(row) ??
        bareFault(row, kpi, isPercentage) ??
        orderFault(row, kpi) ??
        overlapFault(row, seen))
      : {
          column: "kpi_id",
          expected: told("expected.kpi", { near: suggest(row.kpi_id, [...byId.keys()]) }),
        };
    return fault ? [{ row, ...fault }] : [];
  });
}

export type LimitColumn = "floor" | "target" | "stretch";
const limitColumns = ["floor", "target", "stretch"] as const satisfies readonly LimitColumn[];

/** What is wrong with a row, of which the caller knows. */
export type Found<Row> = Omit<Fault<Row>, "row"> | undefined;

/** Whom a row is about, of a KPI: a dimension that it has. */
export function scopeFault(
  { scope_dimension, scope_value }: Pick<Target, "scope_dimension" | "scope_value">,
  kpi: Kpi,
): Found<Target> {
  if (scope_dimension === null) {
    return scope_value === null
      ? undefined
      : { column: "scope_dimension", expected: told("expected.dimension") };
  }
  const dimension = dimensionOf(scope_dimension);
  const supported = dimensionsOf(kpi);
  if (dimension && supported.includes(dimension)) return undefined;
  const near = suggest(scope_dimension, supported);
  return {
    column: "scope_dimension",
    expected: told("expected.dimensionOf", { kpi: kpi.id, supported, near }),
  };
}

function validityFault({ valid_from, valid_to }: Target): Found<Target> {
  if (valid_to === null || valid_to > valid_from) return undefined;
  return {
    column: "valid_to",
    expected: told("expected.laterDay", { day: valid_from }),
  };
}

function bareFault(
  row: Target,
  kpi: Kpi,
  isPercentage: (row: Target, column: LimitColumn) => boolean,
): Found<Target> {
  for (const column of limitColumns) {
    const expected = percentageFault(kpi, row[column], isPercentage(row, column));
    if (expected) return { column, expected };
  }
  return undefined;
}

/** Of a % KPI a number above 1 is a percentage whose sign was left out; of another a percentage is a hundredth of what it says. */
export function percentageFault(
  { id: kpi, unit }: Kpi,
  value: number | null,
  isPercentage: boolean,
): Told | undefined {
  if (unit !== "percent") return isPercentage ? told("expected.noPercentage", { kpi, unit }) : undefined;
  return Math.abs(value ?? 0) > 1 && !isPercentage ? told("expected.percentage", { kpi }) : undefined;
}

function orderFault(row: Target, { direction }: Kpi): Found<Target> {
  if (direction === "none") return undefined;
  const sign = direction === "up" ? 1 : -1;
  const given = limitColumns.flatMap((column) => {
    const limit = row[column];
    return limit === null ? [] : [{ column, limit }];
  });
  for (const [index, { column, limit }] of given.entries()) {
    const before = given[index - 1];
    if (before && sign * (limit - before.limit) <= 0) {
      const id = direction === "up" ? "expected.higherLimit" : "expected.lowerLimit";
      return { column, expected: told(id, { column: before.column, limit: before.limit }) };
    }
  }
  return undefined;
}

function overlapFault(row: Target, seen: Map<string, Target[]>): Found<Target> {
  const dimension = row.scope_dimension && dimensionOf(row.scope_dimension);
  const key = JSON.stringify([row.kpi_id, row.grain, dimension, row.scope_value]);
  const others = seen.get(key) ?? [];
  seen.set(key, [...others, row]);
  const other = others.find(
    ({ valid_from, valid_to }) =>
      (valid_to === null || row.valid_from < valid_to) &&
      (row.valid_to === null || valid_from < row.valid_to),
  );
  if (!other) return undefined;
  const span = ({ valid_from, valid_to }: Target) => `${valid_from} to ${valid_to ?? "open end"}`;
  return {
    column: "valid_from",
    expected: told("expected.noOtherRow", { span: span(other) }),
    found: span(row),
  };
}
