import { addDays } from "../kpi/periods.js";
import { round9 } from "../statistics/rounding.js";

/** A row of `weights.csv`: from a day on, a KPI weighs so much of a scorecard. */
export interface Weight {
  scorecard_id: string;
  kpi_id: string;
  /** An ISO day. */
  effective_from: string;
  /** A fraction of the scorecard; 0 retires the KPI. */
  weight: number;
}

/** The same with who set it and why, as far as told. */
export interface WeightRow extends Weight {
  changed_by: string | null;
  note: string | null;
  /** The same in English. */
  note_en: string | null;
}

/**
 * What each KPI of a scorecard weighs in a period that ends (exclusively) on a day: by its newest row effective before
 * then. A KPI without such a row, or with the weight 0, is not among them.
 */
export function weightsInForce(
  weights: readonly Weight[],
  scorecard: string,
  end: string,
): Map<string, number> {
  const newest = new Map<string, Weight>();
  for (const row of weights) {
    if (row.scorecard_id !== scorecard || row.effective_from >= end) continue;
    const known = newest.get(row.kpi_id);
    if (!known || row.effective_from > known.effective_from) newest.set(row.kpi_id, row);
  }
  return new Map([...newest].filter(([, { weight }]) => weight > 0).map(([id, { weight }]) => [id, weight]));
}

/** The days on which a scorecard's weights change, in order. */
export function changesOfWeights(weights: readonly Weight[], scorecard: string): string[] {
  const own = weights.filter(({ scorecard_id }) => scorecard_id === scorecard);
  return [...new Set(own.map(({ effective_from }) => effective_from))].sort();
}

/** The first date from which a scorecard's weights do not sum to 1, with their sum, or undefined. */
export function unbalancedWeights(
  weights: readonly Weight[],
  scorecard: string,
): { from: string; sum: number } | undefined {
  for (const from of changesOfWeights(weights, scorecard)) {
    const inForce = weightsInForce(weights, scorecard, addDays(from, 1)).values();
    const sum = round9([...inForce].reduce((total, weight) => total + weight, 0));
    if (sum !== 1) return { from, sum };
  }
  return undefined;
}
