import type { Dimension } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import type { Part } from "../catalogue/targets.js";
import { employeeColumn } from "./request.js";

/**
 * The part of the company that some dimensions' values narrow a KPI to; undefined for the whole. Of several dimensions,
 * or several values of one, no target is its own.
 */
export function partOf(
  kpi: Kpi,
  narrowed: readonly (readonly [dimension: Dimension, values: readonly string[]])[],
): Part | undefined {
  if (narrowed.length === 0) return undefined;
  const holder = employeeColumn(kpi);
  const aliases = (dimension: Dimension): readonly Dimension[] =>
    holder && (dimension === holder || dimension === "employee") ? ["employee", holder] : [dimension];
  const columns = (dimension: Dimension) => [
    ...aliases(dimension),
    ...(dimension === "team" && holder ? [holder] : []),
  ];
  const isWhole = narrowed.some(([dimension]) =>
    columns(dimension).some((name) => kpi.numerator_dimensions.includes(name)),
  );
  const isShare = kpi.kind === "count" || kpi.kind === "sum" || isWhole;
  const [[dimension, values] = ["team" as Dimension, []]] = narrowed;
  const [value] = values;
  if (narrowed.length > 1 || values.length !== 1 || value === undefined)
    return { dimensions: [], value: "", isShare };
  return { dimensions: aliases(dimension), value, isShare };
}
