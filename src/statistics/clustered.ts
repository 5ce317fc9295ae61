import { studentTwoSided, t95 } from "./distributions.js";
import type { Interval } from "./intervals.js";

/** Cases with the same values of all terms: what a regression on discrete terms needs to know of them. */
export interface Cell {
  /** The values of the terms, the constant among them; as many in every cell. */
  terms: readonly number[];
  /** Cases, for least squares; exposure (customer-days), for counts. */
  weight: number;
  /** The sum of the cases' values, or the number of events. */
  sum: number;
}

/**
 * Sums, over the clusters, of products of what two cells hold of the same cluster. A cell's deviation in a cluster is
 * its sum there less the cell's mean times its weight there: it is small where sums are large, and nothing cancels.
 */
export interface CellPair {
  /** Numbers of the two cells, the first at most the second. */
  cells: readonly [number, number];
  /** Deviation of the first by deviation of the second. */
  deviations: number;
  /** Deviation of the first by weight of the second. */
  deviationByWeight: number;
  weightByDeviation: number;
  weights: number;
}

/** What a clustered regression is made of: as much as there are cells and pairs of them, however many cases there are. */
export interface ClusteredCases {
  cells: readonly Cell[];
  pairs: readonly CellPair[];
  clusters: number;
  /** What the correction for few clusters counts as observations: cases, or customers in a window. */
  observations: number;
}

/** A fitted regression; of terms that vary with others only, or not at all, nothing is known. */
export interface Fit {
  /** By term; null where it was left out. */
  coefficients: (number | null)[];
  /** Clustered by CR1, by term and term; 0 where one was left out. */
  covariance: number[][];
  /** Of Student's t: clusters − 1. */
  degrees: number;
}

/**
 * Least squares of the cases' values on their terms, with the variance clustered (CR1, Liang and Zeger 1986, with the
 * usual factor G/(G − 1) · (N − 1)/(N − K)).
 * @returns null where fewer than two clusters or no more cases than terms leave nothing to estimate
 */
export function leastSquares(data: ClusteredCases): Fit | null {
  const { cells } = data;
  const moments = crossed(cells, ({ weight }) => weight);
  const { inverse, kept } = invertIndependent(moments);
  const totals = projected(cells, ({ sum }) => sum);
  const coefficients = times(inverse, totals);
  const fitted = cells.map(({ terms }) => dot(terms, coefficients));
  return clustered(data, { coefficients, inverse, kept, fitted });
}

/** Rounds of Newton's method at most; it takes five to eight where the estimate is finite. */
const mostRounds = 60;

/** A rate that is this share of the whole's is on its way to zero: the likelihood grows without end. */
const vanishing = 1e-9;

/**
 * Poisson regression of counts on their terms with the exposure as offset, the variance clustered as of `leastSquares`.
 * @returns null where nothing can be estimated, or the likelihood has no greatest value (a cell of terms without events)
 */
export function poissonRegression(data: ClusteredCases): Fit | null {
  const { cells } = data;
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
    return clustered(data, { coefficients, inverse, kept, fitted });
  }
  return null;
}

/** A coefficient with its two-sided p and 95 % interval; null where the term was left out or does not vary at all. */
export function effectOf(fit: Fit, term: number): { estimate: number; p: number; interval: Interval } | null {
  const estimate = fit.coefficients[term] ?? null;
  const variance = fit.covariance[term]?.[term] ?? 0;
  if (estimate === null || !(variance > 0)) return null;
  const error = Math.sqrt(variance);
  const half = t95(fit.degrees) * error;
  return {
    estimate,
    p: studentTwoSided(estimate / error, fit.degrees),
    interval: { low: estimate - half, high: estimate + half },
  };
}

interface Solved {
  coefficients: number[];
  inverse: number[][];
  kept: readonly boolean[];
  /** What a case, or a unit of exposure, of each cell is expected to have. */
  fitted: readonly number[];
}

/** The fit with its clustered variance: the scores of a cluster are sums of what its cells deviate from the fitted. */
function clustered({ cells, pairs, clusters, observations }: ClusteredCases, solved: Solved): Fit | null {
  const { coefficients, inverse, kept, fitted } = solved;
  const terms = kept.filter(Boolean).length;
  if (clusters < 2 || observations <= terms) return null;
  const off = cells.map(({ weight, sum }, at) => (fitted[at] ?? 0) - (weight > 0 ? sum / weight : 0));
  const meat = kept.map(() => kept.map(() => 0));
  for (const { cells: at, deviations, deviationByWeight, weightByDeviation, weights } of pairs) {
    const [one, other] = [cells[at[0]]?.terms ?? [], cells[at[1]]?.terms ?? []];
    const [first, second] = [off[at[0]] ?? 0, off[at[1]] ?? 0];
    const product =
      deviations - second * deviationByWeight - first * weightByDeviation + first * second * weights;
    for (const [row, values] of meat.entries()) {
      for (const column of values.keys()) {
        const both = (one[row] ?? 0) * (other[column] ?? 0) * product;
        const mirrored = at[0] === at[1] ? 0 : (other[row] ?? 0) * (one[column] ?? 0) * product;
        values[column] = (values[column] ?? 0) + both + mirrored;
      }
    }
  }
  const factor = (clusters / (clusters - 1)) * ((observations - 1) / (observations - terms));
  const covariance = multiply(multiply(inverse, meat), inverse).map((row) =>
    row.map((value) => value * factor),
  );
  return {
    coefficients: coefficients.map((value, at) => (kept[at] ? value : null)),
    covariance,
    degrees: clusters - 1,
  };
}

/** A term that keeps less than this share of its own square beside the others is one of them. */
const independent = 1e-10;

/**
 * The inverse of a matrix of moments over the terms that the ones before do not make up, zero elsewhere
 * (Gauss–Jordan by the sweep operator, Goodnight 1979).
 */
function invertIndependent(
  moments: readonly (readonly number[])[],
  among?: readonly boolean[],
): { inverse: number[][]; kept: boolean[] } {
  const matrix = moments.map((row) => [...row]);
  const kept = moments.map((row, at) => {
    const pivot = matrix[at]?.[at] ?? 0;
    if (among?.[at] === false || !(pivot > independent * (row[at] ?? 0))) return false;
    sweep(matrix, at);
    return true;
  });
  const inverse = matrix.map((row, at) => row.map((value, to) => (kept[at] && kept[to] ? -value : 0)));
  return { inverse, kept };
}

function sweep(matrix: number[][], at: number): void {
  const pivotRow = [...(matrix[at] ?? [])];
  const pivot = pivotRow[at] ?? 1;
  for (const [row, values] of matrix.entries()) {
    if (row === at) continue;
    const share = (values[at] ?? 0) / pivot;
    for (const column of values.keys()) {
      if (column !== at) values[column] = (values[column] ?? 0) - share * (pivotRow[column] ?? 0);
    }
    values[at] = share;
  }
  matrix[at] = pivotRow.map((value, column) => (column === at ? -1 / pivot : value / pivot));
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
const dot = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
const times = (matrix: readonly (readonly number[])[], vector: readonly number[]) =>
  matrix.map((row) => dot(row, vector));
const multiply = (one: readonly (readonly number[])[], other: readonly (readonly number[])[]) =>
  one.map((row) =>
    (other[0] ?? []).map((_, column) =>
      dot(
        row,
        other.map((line) => line[column] ?? 0),
      ),
    ),
  );
