import { told } from "../../words/told.js";
import type { Kpi } from "../kpis.js";
import { suggest } from "../suggest.js";
import { type Fault, percentageFault, scopeFault } from "./targetFaults.js";

/** An initiative as the extract has it. */
export interface InitiativeRow {
  initiative_id: string;
  name: string;
  name_en: string | null;
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

/** Days that an initiative may start on: its windows, and what stands beside them, are days of four-digit years. */
const starts = { first: "1900-01-01", last: "2999-12-31" };

/**
 * What is wrong with initiatives, row by row, one fault a row: an unknown KPI, a dimension that it has not, a dimension
 * without value, a start beyond all calendars, a change of a % KPI as a bare number above 1, one of another as a percentage.
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
    const {
      scope_dimension: dimension,
      scope_value: value,
      expected_change: change,
      started_on: start,
    } = row;
    if (dimension !== null && value === null)
      return [{ row, column: "scope_value", expected: told("expected.valueOf", { dimension }) }];
    if (start < starts.first || start > starts.last)
      return [{ row, column: "started_on", expected: told("expected.dayWithin", starts) }];
    const fault = percentageFault(kpi, change, isPercentage(row));
    return fault ? [{ row, column: "expected_change", expected: fault }] : [];
  });
}

/** Initiatives that expect what their KPI does not call better: perhaps a sign was forgotten. */
export const expectsWorse = (initiatives: readonly InitiativeRow[], kpis: readonly Kpi[]): InitiativeRow[] =>
  initiatives.filter(({ kpi_id, expected_change: change }) => {
    const { direction = "none" } = kpis.find(({ id }) => id === kpi_id) ?? {};
    return direction === "up" ? (change ?? 0) < 0 : direction === "down" && (change ?? 0) > 0;
  });
