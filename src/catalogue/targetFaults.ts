import { dimensionsOf } from "../kpi/request.js";
import { dimensionOf } from "./dimensions.js";
import type { Kpi } from "./kpis.js";
import { suggest, suggestZh } from "./suggest.js";
import type { Target } from "./targets.js";

/** What is wrong with a row that the KPI team manages. */
export interface Fault<Row> {
  row: Row;
  column: string;
  /** What was expected, in English and Chinese; what was found stands in the row's cell. */
  expected: string;
  zh: string;
  /** What was found, where the cell alone does not say it. */
  found?: string;
}

/**
 * What is wrong with targets, row by row, one fault a row: an unknown KPI or dimension, a bare number above 1 for a % KPI, limits
 * in the wrong order for the KPI's direction, a validity that ends before it begins or overlaps another's.
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
          expected: `a kpi of kpis.yaml${suggest(row.kpi_id, [...byId.keys()])}`,
          zh: `kpis.yaml 中的 KPI${suggestZh(row.kpi_id, [...byId.keys()])}`,
        };
    return fault ? [{ row, ...fault }] : [];
  });
}

export type LimitColumn = "floor" | "target" | "stretch";
const limitColumns = ["floor", "target", "stretch"] as const satisfies readonly LimitColumn[];

type Found = Omit<Fault<Target>, "row"> | undefined;

function scopeFault({ scope_dimension, scope_value }: Target, kpi: Kpi): Found {
  if (scope_dimension === null) {
    return scope_value === null
      ? undefined
      : { column: "scope_dimension", expected: "the value's dimension", zh: "该值所属的维度" };
  }
  const dimension = dimensionOf(scope_dimension);
  const supported = dimensionsOf(kpi);
  if (dimension && supported.includes(dimension)) return undefined;
  const names = supported.join(", ") || "none";
  return {
    column: "scope_dimension",
    expected: `a dimension of ${kpi.id} (it has ${names})${suggest(scope_dimension, supported)}`,
    zh: `${kpi.id} 的维度（有 ${supported.join("、") || "无"}）${suggestZh(scope_dimension, supported)}`,
  };
}

function validityFault({ valid_from, valid_to }: Target): Found {
  if (valid_to === null || valid_to > valid_from) return undefined;
  return {
    column: "valid_to",
    expected: `a day after valid_from, ${valid_from}`,
    zh: `晚于 valid_from（${valid_from}）的日期`,
  };
}

function bareFault(
  row: Target,
  kpi: Kpi,
  isPercentage: (row: Target, column: LimitColumn) => boolean,
): Found {
  if (kpi.unit !== "percent") return undefined;
  const column = limitColumns.find((name) => Math.abs(row[name] ?? 0) > 1 && !isPercentage(row, name));
  return (
    column && {
      column,
      expected: `a fraction or a percentage like 2.13% (${kpi.id} is one of %)`,
      zh: `小数或 2.13% 这样的百分数（${kpi.id} 以 % 计）`,
    }
  );
}

function orderFault(row: Target, { direction }: Kpi): Found {
  if (direction === "none") return undefined;
  const sign = direction === "up" ? 1 : -1;
  const given = limitColumns.flatMap((column) => {
    const limit = row[column];
    return limit === null ? [] : [{ column, limit }];
  });
  for (const [index, { column, limit }] of given.entries()) {
    const before = given[index - 1];
    if (before && sign * (limit - before.limit) <= 0) {
      const word = direction === "up" ? "above" : "below";
      return {
        column,
        expected: `a limit ${word} the ${before.column}, ${before.limit}`,
        zh: `${direction === "up" ? "高于" : "低于"} ${before.column}（${before.limit}）的界限`,
      };
    }
  }
  return undefined;
}

function overlapFault(row: Target, seen: Map<string, Target[]>): Found {
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
    expected: `no other row of its grain and scope at the same time (there is one from ${span(other)})`,
    zh: `同一时间、粒度和范围只有一行（已有一行的有效期为 ${span(other)}）`,
    found: span(row),
  };
}
