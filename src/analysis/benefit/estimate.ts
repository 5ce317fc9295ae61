import {
  type Alone,
  type ClusteredCases,
  effectOf,
  leastSquares,
  type Parts,
  poissonRegression,
} from "../../statistics/clustered.js";
import type { Interval } from "../../statistics/intervals.js";

/**
 * How a KPI's change is estimated: least squares of the cases' values, or Poisson regression of the customers' counts over
 * their active days.
 */
export type Method = "least_squares" | "poisson";

/** Which cases a cell holds; segment and type are null where the KPI's cases have none. */
export interface CellKey {
  in_scope: boolean;
  is_follow_up: boolean;
  segment: string | null;
  type: string | null;
}

/** Sums by customer and cell of two windows, in scope and in its comparison group: all that a method needs. */
export interface BenefitCases {
  cells: readonly CellKey[];
  parts: Parts;
  alone: readonly Alone[];
}

/** What happened in scope between the windows, beyond what happened outside it where that is known. */
export interface Estimate {
  /** Least squares: the difference, in the values' unit. Poisson: the logarithm of the ratio. */
  coefficient: number;
  p: number;
  interval: Interval;
  clusters: number;
}

/** Whether there is a comparison group: cases outside the scope in both windows. */
export const hasComparison = (cells: readonly CellKey[]): boolean =>
  [true, false].every((isAfter) => cells.some((cell) => !cell.in_scope && cell.is_follow_up === isAfter));

/**
 * The primary method: the follow-up's indicator beside dummies for segment and type, so that a shift of the mix is no
 * effect; with a comparison group also the scope's indicator and the product of both, whose coefficient is the
 * difference-in-differences. Clustered by customer, as `leastSquares` and `poissonRegression` say.
 * @returns null where nothing can be estimated
 */
export function estimate(cases: BenefitCases, method: Method): Estimate | null {
  const isCompared = hasComparison(cases.cells);
  const data = regression(cases, isCompared, method);
  const fit = method === "poisson" ? poissonRegression(data) : leastSquares(data);
  const effect = fit && effectOf(fit, isCompared ? 3 : 1);
  if (!fit || !effect) return null;
  const { estimate: coefficient, p, interval } = effect;
  return { coefficient, p, interval, clusters: fit.degrees + 1 };
}

/** The regression's cells and terms: constant, follow-up, scope and both where there is a comparison group, then dummies. */
function regression(
  { cells, parts, alone }: BenefitCases,
  isCompared: boolean,
  method: Method,
): ClusteredCases {
  const used = cells.flatMap((cell, at) => (isCompared || cell.in_scope ? [at] : []));
  const number = new Map(used.map((at, place) => [at, place]));
  const levels = (name: "segment" | "type") =>
    [...new Set(used.map((at) => cells[at]?.[name] ?? null))].sort(byCode).slice(1);
  const [segments, types] = [levels("segment"), levels("type")];
  const terms = used.map((at) => {
    const { in_scope, is_follow_up, segment, type } = cells[at] as CellKey;
    const [scope, after] = [Number(in_scope), Number(is_follow_up)];
    return [
      1,
      after,
      ...(isCompared ? [scope, scope * after] : []),
      ...segments.map((level) => Number(level === segment)),
      ...types.map((level) => Number(level === type)),
    ];
  });
  const kept = partsOf(parts, number);
  const own = alone.flatMap((one) => {
    const cell = number.get(one.cell);
    return cell === undefined ? [] : [{ ...one, cell }];
  });
  const observations =
    method === "poisson"
      ? kept.cells.length
      : total(kept.weights) + own.reduce((sum, { cases }) => sum + cases, 0);
  return { terms, parts: kept, alone: own, observations };
}

const byCode = (one: string | null, other: string | null) =>
  (one ?? "") < (other ?? "") ? -1 : Number(one !== other);

function partsOf(parts: Parts, number: ReadonlyMap<number, number>): Record<keyof Parts, number[]> {
  const kept: Record<keyof Parts, number[]> = { clusters: [], cells: [], weights: [], sums: [] };
  for (let at = 0; at < parts.cells.length; at += 1) {
    const cell = number.get(parts.cells[at] ?? -1);
    if (cell === undefined) continue;
    kept.clusters.push(parts.clusters[at] ?? 0);
    kept.cells.push(cell);
    kept.weights.push(parts.weights[at] ?? 0);
    kept.sums.push(parts.sums[at] ?? 0);
  }
  return kept;
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
