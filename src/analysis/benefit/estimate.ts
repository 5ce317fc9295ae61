import {
  type Alone,
  type ClusteredCases,
  effectOf,
  type Fit,
  jackknifeP,
  jointOf,
  leastSquares,
  type Parts,
  poissonRegression,
} from "../../statistics/clustered.js";
import { incompleteBeta } from "../../statistics/distributions.js";
import type { Interval } from "../../statistics/intervals.js";

/**
 * How a KPI's change is estimated: least squares of the cases' values, or Poisson regression of the customers' counts over
 * their active days.
 */
export type Method = "least_squares" | "poisson";

/** Which cases a cell holds; segment and type are null where the KPI's cases have none. */
export interface CellKey {
  /** The scope's value, or `comparison` for any other. */
  place: string;
  /** The number of the window. */
  window: number;
  segment: string | null;
  type: string | null;
}

/** Sums of a cell over all its clusters: cases or exposure, values or events, and for means the values' squares. */
export interface CellTotals extends CellKey {
  weight: number;
  sum: number;
  squares: number;
}

/** Sums by customer and cell, in scope and in its comparison group: all that a method needs. */
export interface BenefitCases {
  cells: readonly CellTotals[];
  parts: Parts;
  alone: readonly Alone[];
}

/** What is compared: the cases of a place with those of all others, in a window with those in an earlier one. */
export interface Contrast {
  place: string;
  before: number;
  after: number;
  /** A place that is left out. */
  without?: string;
}

/** What happened in scope between the windows, beyond what happened outside it where that is known. */
export interface Estimate {
  /** Least squares: the difference, in the values' unit. Poisson: the logarithm of the ratio. */
  coefficient: number;
  error: number;
  p: number;
  interval: Interval;
  clusters: number;
  /** Where clusters are few: p by the jackknife. */
  steady_p?: number;
}

/** Whether there is a comparison group: cases outside the scope in both windows. */
export const hasComparison = (
  cells: readonly CellKey[],
  { place, before, after, without }: Contrast,
): boolean =>
  [before, after].every((window) =>
    cells.some((cell) => cell.place !== place && cell.place !== without && cell.window === window),
  );

/**
 * The primary method: the follow-up's indicator beside dummies for segment and type, so that a shift of the mix is no
 * effect; with a comparison group also the scope's indicator and the product of both, whose coefficient is the
 * difference-in-differences. Clustered by customer, as `leastSquares` and `poissonRegression` say.
 * @returns null where nothing can be estimated
 */
export function estimate(cases: BenefitCases, method: Method, contrast: Contrast): Estimate | null {
  const { place, before, after, without } = contrast;
  const isCompared = hasComparison(cases.cells, contrast);
  const data = regression(cases, method, {
    isUsed: (cell) =>
      (cell.window === before || cell.window === after) &&
      cell.place !== without &&
      (isCompared || cell.place === place),
    terms: (cell) => {
      const [scope, later] = [Number(cell.place === place), Number(cell.window === after)];
      return [later, ...(isCompared ? [scope, scope * later] : [])];
    },
  });
  const fitOf = method === "poisson" ? poissonRegression : leastSquares;
  const [fit, term] = [fitOf(data), isCompared ? 3 : 1];
  const found = fit && named(fit, term);
  if (!found || found.clusters > fewClusters) return found;
  const steady = jackknifeP(data, fitOf, term);
  return steady === null ? found : { ...found, steady_p: steady };
}

/** Up to so many clusters CR1 is checked by the jackknife: simulated, it finds too much with fewer than some 50 a side. */
const fewClusters = 100;

/** An effect by window, against that of one of them. */
export interface Study {
  /** In the order of the windows; the base's is 0. */
  effects: { window: number; estimate: Estimate | null }[];
  /** Whether the windows before the start lie apart by more than chance: p of the joint Wald test; null of fewer than one. */
  flat: { p: number; windows: number } | null;
}

/**
 * The event study: how far scope and comparison group lie apart in each window, against the window before the start; without
 * a comparison group the scope alone. With it, whether they went side by side before.
 * @param base the last window before the start
 */
export function eventStudy(cases: BenefitCases, method: Method, place: string, base: number): Study | null {
  // A logarithm of nothing is none: of counts a window without events says nothing.
  const says = (window: number, isScope: boolean) =>
    cases.cells.some(
      (cell) =>
        cell.window === window &&
        (cell.place === place) === isScope &&
        (method !== "poisson" || cell.sum > 0),
    );
  const isCompared = says(base, false);
  const all = [...new Set(cases.cells.map(({ window }) => window))]
    .filter((window) => says(window, true) && (!isCompared || says(window, false)))
    .sort((one, other) => one - other);
  const windows = all.filter((window) => window !== base);
  if (!all.includes(base) || windows.length === 0) return null;
  const data = regression(cases, method, {
    isUsed: (cell) => all.includes(cell.window) && (isCompared || cell.place === place),
    terms: (cell) => {
      const at = windows.map((window) => Number(cell.window === window));
      const scope = Number(cell.place === place);
      return isCompared ? [...at.map((is) => is * scope), scope, ...at] : at;
    },
  });
  const fit = method === "poisson" ? poissonRegression(data) : leastSquares(data);
  if (!fit) return null;
  const early = windows.flatMap((window, at) => (window < base ? [at + 1] : []));
  const joint = early.length > 0 ? jointOf(fit, early) : null;
  return {
    effects: [
      ...windows.map((window, at) => ({ window, estimate: named(fit, at + 1) })),
      { window: base, estimate: null },
    ].sort((one, other) => one.window - other.window),
    flat: joint && { p: upperF(joint.f, joint.terms, fit.degrees), windows: joint.terms },
  };
}

/** P(F ≥ f) of Fisher's F. */
const upperF = (f: number, of: number, degrees: number) =>
  incompleteBeta(degrees / (degrees + of * f), degrees / 2, of / 2);

function named(fit: Fit, term: number): Estimate | null {
  const effect = effectOf(fit, term);
  if (!effect) return null;
  const { estimate: coefficient, ...rest } = effect;
  return { coefficient, ...rest, clusters: fit.degrees + 1 };
}

interface Design {
  isUsed: (cell: CellKey) => boolean;
  /** Between the constant, which is the first, and the dummies of segment and type. */
  terms: (cell: CellKey) => number[];
}

function regression(
  { cells, parts, alone }: BenefitCases,
  method: Method,
  { isUsed, terms }: Design,
): ClusteredCases {
  const asked = cells.flatMap((cell, at) => (isUsed(cell) ? [at] : []));
  const isCounted = method === "poisson";
  // A segment without events fits whatever the others do: it is left out of the fit and counted beside it.
  const empty = isCounted
    ? emptySegments(asked.map((at) => cells[at] as CellTotals))
    : new Set<string | null>();
  const used = asked.filter((at) => !empty.has(cells[at]?.segment ?? null));
  const number = new Map(used.map((at, place) => [at, place]));
  const levels = (name: "segment" | "type") =>
    [...new Set(used.map((at) => cells[at]?.[name] ?? ""))].sort(byCode).slice(1);
  const [segments, types] = [levels("segment"), levels("type")];
  const kept = partsOf(parts, number);
  const own = alone.flatMap((one) => {
    const cell = number.get(one.cell);
    return cell === undefined ? [] : [{ ...one, cell }];
  });
  const all = empty.size === 0 ? kept : partsOf(parts, new Map(asked.map((at, place) => [at, place])));
  const certain =
    empty.size === 0
      ? undefined
      : { clusters: new Set(all.clusters).size - new Set(kept.clusters).size, terms: empty.size };
  return {
    terms: used.map((at) => {
      const cell = cells[at] as CellKey;
      return [
        1,
        ...terms(cell),
        ...segments.map((level) => Number(level === cell.segment)),
        ...types.map((level) => Number(level === cell.type)),
      ];
    }),
    parts: kept,
    alone: own,
    observations: isCounted
      ? customersOf(all, (at) => terms(cells[asked[at] ?? -1] as CellKey).join())
      : total(kept.weights) + own.reduce((sum, { cases }) => sum + cases, 0),
    ...(certain ? { certain } : {}),
  };
}

/**
 * Customers by what the terms are of: one whose days stand in several places of a comparison group is one of it.
 */
function customersOf({ clusters, cells }: Parts, termsOf: (cell: number) => string): number {
  const group = new Map<number, string>();
  const seen = new Set<string>();
  for (let at = 0; at < cells.length; at += 1) {
    const cell = cells[at] ?? -1;
    const terms = group.get(cell) ?? termsOf(cell);
    group.set(cell, terms);
    seen.add(`${clusters[at]} ${terms}`);
  }
  return seen.size;
}

/** Segments of which nothing was counted, where others have something. */
function emptySegments(cells: readonly CellTotals[]): Set<string | null> {
  const seen = new Map<string | null, number>();
  for (const { segment, sum } of cells) seen.set(segment, (seen.get(segment) ?? 0) + sum);
  return new Set([...seen].flatMap(([segment, sum]) => (sum > 0 ? [] : [segment])));
}

const byCode = (one: string, other: string) => (one < other ? -1 : Number(one !== other));

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
