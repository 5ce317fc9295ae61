import { studentQuantile } from "../../statistics/distributions.js";

/** How likely a real change has to be found, and how likely none may be taken for one. */
const [power, alpha] = [0.8, 0.05];

/** By how many standard errors a change has to lie from 0 to be found with 80 % power at 5 %, two-sided. */
export const foundErrors = (degrees: number): number =>
  studentQuantile(1 - alpha / 2, degrees) + studentQuantile(power, degrees);

/** The squared standard error of an estimate by the length of its follow-up, of a baseline that stays. */
export interface ErrorOfLength {
  days: number;
  variance: number;
}

/**
 * The variance as what stays however long the follow-up is (the baseline's, and what customers have of their own) and what
 * shrinks with it: a + b ÷ days, by least squares with neither below 0.
 */
export function varianceByLength(found: readonly ErrorOfLength[]): { stays: number; shrinks: number } | null {
  if (found.length === 0) return null;
  const xs = found.map(({ days }) => 1 / days);
  const ys = found.map(({ variance }) => variance);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  const products = mean(xs.map((each, at) => each * (ys[at] ?? 0)));
  const squares = mean(xs.map((each) => each * each));
  const spread = squares - x * x;
  const slope = spread > 0 ? (products - x * y) / spread : 0;
  const stays = y - slope * x;
  if (slope < 0 || found.length === 1) return { stays: 0, shrinks: products / squares };
  if (stays < 0) return { stays: 0, shrinks: products / squares };
  return { stays, shrinks: slope };
}

/** Days of follow-up, at least, after which a change of this size is found; null where no length is enough. */
export function daysToFind(
  change: number,
  errors: number,
  { stays, shrinks }: { stays: number; shrinks: number },
): number | null {
  const room = (change / errors) ** 2 - stays;
  return room > 0 ? Math.max(1, Math.ceil(shrinks / room)) : null;
}
