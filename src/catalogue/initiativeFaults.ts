import { told } from "../words/told.js";
import type { Kpi } from "./kpis.js";
import { suggest } from "./suggest.js";
import { type Fault, scopeFault } from "./targetFaults.js";

/** An initiative as the extract has it. */
export interface InitiativeRow {
  initiative_id: string;
  name: string;
  started_on: string;
  kpi_id: string;
  scope_dimension: string | null;
  scope_value: string | null;
  expected_change: number | null;
  baseline_days: number;
  follow_up_days: number;
  lag_days: number | null;
  cost: number | null;
  value_per_unit: number | null;
}

/**
 * What is wrong with initiatives, row by row, one fault a row: an unknown KPI, a dimension that it has not, a dimension
 * without value, a bare number above 1 for a change of a % KPI.
 * @param isPercentage whether the expected change is written with a per cent sign in its file
 */
export function initiativeFaults(
  initiatives: readonly InitiativeRow[],
  kpis: readonly Kpi[],
  isPercentage: (row: InitiativeRow) => boolean,
): Fault<InitiativeRow>[] {
  return initiatives.flatMap((row): Fault<InitiativeRow>[] => {
    const kpi = kpis.find(({ id }) => id === row.kpi_id);
    if (!kpi) {
      const near = suggest(
        row.kpi_id,
        kpis.map(({ id }) => id),
      );
      return [{ row, column: "kpi_id", expected: told("expected.kpi", { near }) }];
    }
    const scope = scopeFault(row, kpi);
    if (scope) return [{ row, ...scope }];
    const { scope_dimension: dimension, scope_value: value, expected_change: change } = row;
    if (dimension !== null && value === null)
      return [{ row, column: "scope_value", expected: told("expected.valueOf", { dimension }) }];
    if (kpi.unit === "percent" && Math.abs(change ?? 0) > 1 && !isPercentage(row))
      return [{ row, column: "expected_change", expected: told("expected.percentage", { kpi: kpi.id }) }];
    return [];
  });
}
