import { studentTwoSided, t95 } from "./distributions.js";
import type { Interval } from "./intervals.js";
import { dot, invertIndependent, multiply, times } from "./matrix.js";

/** A coefficient with its standard error, two-sided p and 95 % interval. */
export interface Coefficient extends Interval {
  estimate: number;
  p: number;
}

/** What a series did at and after a point: at once, and by each period more than before. */
export interface Segmented {
  level: Coefficient;
  slope: Coefficient;
  lags: number;
}

/**
 * Segmented regression of a series with one break (Wagner et al. 2002): y = a + b t + level · after + slope · after · (t − t₀),
 * where t₀ is the first period after. Errors by Newey and West (1987) with Bartlett weights over ⌊4 (T/100)^(2/9)⌋ lags and the
 * factor T/(T − 4), t with T − 4 degrees.
 * @param times numbers of the periods, ascending; some may be missing
 */
export function segmented(
  periods: readonly number[],
  values: readonly number[],
  start: number,
): Segmented | null {
  const count = periods.length;
  const rows = periods.map((at) => [1, at, Number(at >= start), at >= start ? at - start : 0]);
  if (count <= 4) return null;
  const sums = (weights: (row: readonly number[], at: number) => readonly number[]) =>
    rows
      .map(weights)
      .reduce((total, each) => total.map((value, at) => value + (each[at] ?? 0)), [0, 0, 0, 0]);
  const moments = [0, 1, 2, 3].map((column) => sums((row) => row.map((value) => value * (row[column] ?? 0))));
  const { inverse, kept } = invertIndependent(moments);
  if (!kept.every(Boolean)) return null;
  const coefficients = times(
    inverse,
    sums((row, at) => row.map((value) => value * (values[at] ?? 0))),
  );
  const scores = rows.map((row, at) => {
    const off = (values[at] ?? 0) - dot(row, coefficients);
    return row.map((value) => value * off);
  });
  const lags = Math.floor(4 * (count / 100) ** (2 / 9));
  const meat = [0, 1, 2, 3].map((row) =>
    [0, 1, 2, 3].map((column) => {
      let sum = 0;
      for (let lag = 0; lag <= lags; lag += 1) {
        const weight = 1 - lag / (lags + 1);
        for (let at = lag; at < count; at += 1) {
          const [now, before] = [scores[at] ?? [], scores[at - lag] ?? []];
          const product = (now[row] ?? 0) * (before[column] ?? 0);
          sum += weight * (lag === 0 ? product : product + (before[row] ?? 0) * (now[column] ?? 0));
        }
      }
      return sum;
    }),
  );
  const covariance = multiply(multiply(inverse, meat), inverse);
  const degrees = count - 4;
  const named = (term: number): Coefficient => {
    const estimate = coefficients[term] ?? 0;
    const error = Math.sqrt(Math.max(0, ((covariance[term]?.[term] ?? 0) * count) / degrees));
    const half = t95(degrees) * error;
    const p = error > 0 ? studentTwoSided(estimate / error, degrees) : Number(estimate === 0);
    return { estimate, p, low: estimate - half, high: estimate + half };
  };
  return { level: named(2), slope: named(3), lags };
}
