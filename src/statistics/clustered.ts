import { studentTwoSided, t95 } from "./distributions.js";
import { greatest } from "./extremes.js";
import type { Interval } from "./intervals.js";
import { dot, invertIndependent, multiply, times } from "./matrix.js";

/** What a clustered regression is made of: sums by cluster and cell, however many cases there are. */
export interface ClusteredCases {
  /** Of each cell, cases with the same values of all terms, these values: the constant among them, as many in every cell. */
  terms: readonly (readonly number[])[];
  /** What the clusters have in the cells; those of one cluster stand together. */
  parts: Parts;
  /** Cases that are clusters of their own, by cell. */
  alone?: readonly Alone[];
  /** What the correction for few clusters counts as observations: cases, or customers in a window. */
  observations: number;
  /** Clusters and terms of observations that a fit cannot miss (a level without events), which count and are not here. */
  certain?: { clusters: number; terms: number };
}

/** As many columns as numbers: cluster, cell, weight (cases, or for counts exposure), and sum of values or events. */
export interface Parts {
  clusters: ArrayLike<number>;
  cells: ArrayLike<number>;
  weights: ArrayLike<number>;
  sums: ArrayLike<number>;
}

/** Cases of a cell that are clusters of their own. */
export interface Alone {
  cell: number;
  cases: number;
  sum: number;
  /** The sum of the squares by which their values differ from their mean. */
  squares: number;
}

/** A cell with its terms and totals. */
interface Cell {
  terms: readonly number[];
  weight: number;
  sum: number;
}

/** The cells of cases with what all clusters have in them. */
export function cellsOf({ terms, parts, alone = [] }: ClusteredCases): Cell[] {
  const cells = terms.map((each) => ({ terms: each, weight: 0, sum: 0 }));
  const add = (at: number, weight: number, sum: number) => {
    const cell = cells[at];
    if (!cell) return;
    cell.weight += weight;
    cell.sum += sum;
  };
  for (let at = 0; at < parts.cells.length; at += 1)
    add(parts.cells[at] ?? -1, parts.weights[at] ?? 0, parts.sums[at] ?? 0);
  for (const { cell, cases, sum } of alone) add(cell, cases, sum);
  return cells;
}

/** A fitted regression; of terms that vary with others only, or not at all, nothing is known. */
export interface Fit {
  /** By term; null where it was left out. */
  coefficients: (number | null)[];
  /** Clustered by CR1, by term and term; 0 where one was left out. */
  covariance: number[][];
  /** Of Student's t: clusters − 1. */
  degrees: number;
  /** The largest mean of a cell; of counts 1, their coefficients being logarithms. */
  size: number;
}

/**
 * Least squares of the cases' values on their terms, with the variance clustered (CR1, Liang and Zeger 1986, with the
 * usual factor G/(G − 1) · (N − 1)/(N − K)).
 * @returns null where fewer than two clusters or no more cases than terms leave nothing to estimate
 */
export function leastSquares(data: ClusteredCases): Fit | null {
  const cells = cellsOf(data);
  const moments = crossed(cells, ({ weight }) => weight);
  const { inverse, kept } = invertIndependent(moments);
  const totals = projected(cells, ({ sum }) => sum);
  const coefficients = times(inverse, totals);
  const fitted = cells.map(({ terms }) => dot(terms, coefficients));
  return clustered(data, { coefficients, inverse, kept, fitted, size: greatest(cells.map(meanSize)) });
}

const meanSize = ({ weight, sum }: Cell) => (weight > 0 ? Math.abs(sum / weight) : 0);

/** Rounds of Newton's method at most; it takes five to eight where the estimate is finite. */
const mostRounds = 60;

/** A rate that is this share of the whole's is on its way to zero: the likelihood grows without end. */
const vanishing = 1e-9;

/**
 * Poisson regression of counts on their terms with the exposure as offset, the variance clustered as of `leastSquares`.
 * @returns null where nothing can be estimated, or the likelihood has no greatest value (a cell of terms without events)
 */
export function poissonRegression(data: ClusteredCases): Fit | null {
  const cells = cellsOf(data);
  const [events, exposure] = [total(cells, "sum"), total(cells, "weight")];
  if (!(events > 0 && exposure > 0)) return null;
  const { kept } = invertIndependent(crossed(cells, ({ weight }) => weight));
  let coefficients = kept.map(() => 0);
  const constant = cells[0]?.terms.findIndex((_, at) => cells.every(({ terms }) => terms[at] === 1)) ?? -1;
  if (constant >= 0) coefficients[constant] = Math.log(events / exposure);
  for (let round = 0; round < mostRounds; round += 1) {
    const rates = cells.map(({ terms }) => Math.exp(dot(terms, coefficients)));
    const expected = cells.map(({ weight }, at) => weight * (rates[at] ?? 0));
    const { inverse } = invertIndependent(
      crossed(cells, (_, at) => expected[at] ?? 0),
      kept,
    );
    const score = projected(cells, ({ sum }, at) => sum - (expected[at] ?? 0));
    const step = times(inverse, score);
    if (!step.every(Number.isFinite)) return null;
    coefficients = coefficients.map((value, at) => value + (step[at] ?? 0));
    if (dot(step, score) > 1e-20 * events) continue;
    const fitted = cells.map(({ terms }) => Math.exp(dot(terms, coefficients)));
    if (fitted.some((rate) => !(rate > (vanishing * events) / exposure))) return null;
    return clustered(data, { coefficients, inverse, kept, fitted, size: 1 });
  }
  return null;
}

/** A share of the figures' size that lies below what a double can tell from nothing. */
const negligible = 1e-12;

/**
 * A coefficient with its standard error, two-sided p and 95 % interval; null where the term was left out. Where nothing varies,
 * a coefficient that is nothing has p 1, any other p 0.
 */
export function effectOf(
  fit: Fit,
  term: number,
): { estimate: number; error: number; p: number; interval: Interval } | null {
  const estimate = fit.coefficients[term] ?? null;
  if (estimate === null) return null;
  const error = Math.sqrt(Math.max(0, fit.covariance[term]?.[term] ?? 0));
  const isNothing = (value: number) => Math.abs(value) <= negligible * fit.size;
  if (isNothing(error)) {
    const value = isNothing(estimate) ? 0 : estimate;
    return { estimate: value, error: 0, p: value === 0 ? 1 : 0, interval: { low: value, high: value } };
  }
  const half = t95(fit.degrees) * error;
  return {
    estimate,
    error,
    p: studentTwoSided(estimate / error, fit.degrees),
    interval: { low: estimate - half, high: estimate + half },
  };
}

/**
 * The Wald statistic of some coefficients being all 0, divided by their number: Fisher's F with as many and the clusters'
 * degrees of freedom. Terms that were left out, or that others make up, do not count.
 */
export function jointOf(fit: Fit, terms: readonly number[]): { f: number; terms: number } | null {
  const { inverse, kept } = invertIndependent(
    terms.map((row) => terms.map((column) => fit.covariance[row]?.[column] ?? 0)),
  );
  const count = kept.filter(Boolean).length;
  if (count === 0) return null;
  const values = terms.map((term) => fit.coefficients[term] ?? 0);
  return { f: dot(values, times(inverse, values)) / count, terms: count };
}

/**
 * A coefficient's two-sided p by the jackknife over clusters (CR3: Bell and McCaffrey 2002; MacKinnon, Nielsen and Webb 2023),
 * which holds its level where clusters are few or of very different size. It takes a fit for each cluster.
 * @returns null where a fit without one of the clusters leaves it open
 */
export function jackknifeP(
  data: ClusteredCases,
  fitOf: (data: ClusteredCases) => Fit | null,
  term: number,
): number | null {
  const { parts, alone = [] } = data;
  const whole = fitOf(data)?.coefficients[term] ?? null;
  if (whole === null) return null;
  let [squares, count] = [0, 0];
  // A coefficient is linear in the value of a case left out: the sum of squares over the cases of a cell depends on their
  // number, sum and sum of squares alone, and is that of two values that share them.
  for (const [at, { cell, cases, sum, squares: spread }] of alone.entries())
    for (const side of [-1, 1]) {
      const value = sum / cases + side * Math.sqrt(spread / cases);
      const others = alone.with(at, { cell, cases: cases - 1, sum: sum - value, squares: spread });
      const estimate = fitOf({ ...data, alone: others })?.coefficients[term] ?? null;
      if (estimate === null) return null;
      squares += (cases / 2) * (estimate - whole) ** 2;
      count += cases / 2;
    }
  for (let at = 0; at < parts.clusters.length; ) {
    const first = at;
    while (at < parts.clusters.length && parts.clusters[at] === parts.clusters[first]) at += 1;
    const without = (column: ArrayLike<number>) =>
      Array.from(column).filter((_, place) => place < first || place >= at);
    const others = {
      clusters: without(parts.clusters),
      cells: without(parts.cells),
      weights: without(parts.weights),
      sums: without(parts.sums),
    };
    const estimate = fitOf({ ...data, parts: others })?.coefficients[term] ?? null;
    if (estimate === null) return null;
    squares += (estimate - whole) ** 2;
    count += 1;
  }
  const error = Math.sqrt(((count - 1) / count) * squares);
  return error > 0 ? studentTwoSided(whole / error, count - 1) : Number(whole === 0);
}

interface Solved {
  coefficients: number[];
  inverse: number[][];
  kept: readonly boolean[];
  /** What a case, or a unit of exposure, of each cell is expected to have. */
  fitted: readonly number[];
  size: number;
}

/** The fit with its clustered variance: the outer products of what each cluster deviates from the fitted, by term. */
function clustered(
  { terms, parts, alone = [], observations, certain = { clusters: 0, terms: 0 } }: ClusteredCases,
  solved: Solved,
): Fit | null {
  const { coefficients, inverse, kept, fitted, size } = solved;
  const count = kept.filter(Boolean).length + certain.terms;
  const meat = kept.map(() => kept.map(() => 0));
  const addOuter = (vector: readonly number[], times: number) => {
    for (const [row, values] of meat.entries()) {
      const scaled = times * (vector[row] ?? 0);
      if (scaled === 0) continue;
      for (const column of values.keys())
        values[column] = (values[column] ?? 0) + scaled * (vector[column] ?? 0);
    }
  };
  let { clusters } = certain;
  for (let at = 0; at < parts.clusters.length; ) {
    const cluster = parts.clusters[at];
    const score = kept.map(() => 0);
    for (; at < parts.clusters.length && parts.clusters[at] === cluster; at += 1) {
      const cell = parts.cells[at] ?? -1;
      const off = (parts.sums[at] ?? 0) - (parts.weights[at] ?? 0) * (fitted[cell] ?? 0);
      for (const [term, value] of (terms[cell] ?? []).entries())
        score[term] = (score[term] ?? 0) + value * off;
    }
    addOuter(score, 1);
    clusters += 1;
  }
  for (const { cell, cases, sum, squares } of alone) {
    const off = sum / cases - (fitted[cell] ?? 0);
    addOuter(terms[cell] ?? [], squares + cases * off * off);
    clusters += cases;
  }
  if (clusters < 2 || observations <= count) return null;
  const factor = (clusters / (clusters - 1)) * ((observations - 1) / (observations - count));
  const covariance = multiply(multiply(inverse, meat), inverse).map((row) =>
    row.map((value) => value * factor),
  );
  return {
    coefficients: coefficients.map((value, at) => (kept[at] ? value : null)),
    covariance,
    degrees: clusters - 1,
    size,
  };
}

/** Σ value · terms termsᵀ. */
function crossed(cells: readonly Cell[], value: (cell: Cell, at: number) => number): number[][] {
  const size = cells[0]?.terms.length ?? 0;
  const sums = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
  for (const [at, cell] of cells.entries()) {
    const weight = value(cell, at);
    for (const [row, values] of sums.entries()) {
      const scaled = weight * (cell.terms[row] ?? 0);
      if (scaled === 0) continue;
      for (const column of values.keys())
        values[column] = (values[column] ?? 0) + scaled * (cell.terms[column] ?? 0);
    }
  }
  return sums;
}

/** Σ value · terms. */
function projected(cells: readonly Cell[], value: (cell: Cell, at: number) => number): number[] {
  const sums = (cells[0]?.terms ?? []).map(() => 0);
  for (const [at, cell] of cells.entries()) {
    const amount = value(cell, at);
    for (const term of sums.keys()) sums[term] = (sums[term] ?? 0) + amount * (cell.terms[term] ?? 0);
  }
  return sums;
}

const total = (cells: readonly Cell[], name: "sum" | "weight") =>
  cells.reduce((sum, cell) => sum + cell[name], 0);
