import {
  betaQuantile,
  binomialCdf,
  binomialTail,
  normalTwoSided,
  studentTwoSided,
  t95,
} from "./distributions.js";
import { type Interval, noInterval, wilson } from "./intervals.js";

/** How far a second sample lies from a first, with a two-sided p and a 95 % interval. */
export interface Comparison {
  estimate: number;
  /** Null where the samples say nothing of it: none of them varies. */
  p: number | null;
  interval: Interval;
}

/** Successes among independent cases. */
export interface Share {
  count: number;
  n: number;
}

/**
 * The second share less the first: p of the pooled z-test, interval by the hybrid of two Wilson score intervals
 * (Newcombe 1998, method 10, without correction for continuity).
 */
export function twoProportions(first: Share, second: Share): Comparison | null {
  if (!(first.n > 0 && second.n > 0)) return null;
  const [one, other] = [first.count / first.n, second.count / second.n];
  const difference = other - one;
  const pooled = (first.count + second.count) / (first.n + second.n);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.n + 1 / second.n));
  const [lower, upper] = [ends(wilson(first.count, first.n)), ends(wilson(second.count, second.n))];
  return {
    estimate: difference,
    p: error > 0 ? normalTwoSided(difference / error) : null,
    interval: {
      low: difference - Math.hypot(other - upper.low, lower.high - one),
      high: difference + Math.hypot(upper.high - other, one - lower.low),
    },
  };
}

const ends = ({ low, high }: Interval) => ({ low: low ?? 0, high: high ?? 1 });

/** A sample of numbers by its sums. */
export interface Moments {
  n: number;
  sum: number;
  sumSq: number;
}

/** The second mean less the first, without the assumption of equal variances (Welch 1947). */
export function welch(first: Moments, second: Moments): Comparison | null {
  if (!(first.n >= 2 && second.n >= 2)) return null;
  const [one, other] = [meanError(first), meanError(second)];
  const estimate = second.sum / second.n - first.sum / first.n;
  const variance = one + other;
  if (!(variance > 0)) return { estimate, p: null, interval: noInterval };
  const degrees = variance ** 2 / (one ** 2 / (first.n - 1) + other ** 2 / (second.n - 1));
  const error = Math.sqrt(variance);
  const half = t95(degrees) * error;
  const interval = { low: estimate - half, high: estimate + half };
  return { estimate, p: studentTwoSided(estimate / error, degrees), interval };
}

/** The squared standard error of a mean; a variance within the rounding of its sums counts as none. */
function meanError({ n, sum, sumSq }: Moments): number {
  const squares = sumSq - (sum * sum) / n;
  return squares > sumSq * 1e-14 ? squares / (n - 1) / n : 0;
}

/** Events in an exposure. */
export interface Events {
  events: number;
  exposure: number;
}

/**
 * The second rate as a multiple of the first. Given all events, those of the second sample are binomial (Przyborowski
 * and Wilenski 1940): p is twice the smaller tail, at most 1; the interval comes from Clopper and Pearson's. The
 * estimate and an end are infinite where the first sample has no events.
 */
export function twoRates(first: Events, second: Events): Comparison | null {
  const n = first.events + second.events;
  if (!(n > 0 && first.exposure > 0 && second.exposure > 0)) return null;
  const k = second.events;
  const share = second.exposure / (first.exposure + second.exposure);
  const ratio = (part: number) => ((part / (1 - part)) * first.exposure) / second.exposure;
  return {
    estimate: ratio(k / n),
    p: Math.min(1, 2 * Math.min(binomialCdf(k, n, share), binomialTail(k, n, share))),
    interval: {
      low: k === 0 ? 0 : ratio(betaQuantile(0.025, k, n - k + 1)),
      high: k === n ? Infinity : ratio(betaQuantile(0.975, k + 1, n - k)),
    },
  };
}

/** How often each value occurs in two samples, by ascending value. */
export interface Ranked {
  value: number;
  first: number;
  second: number;
}

/**
 * The Mann–Whitney test, two-sided, by the normal approximation with the variance corrected for ties and a correction
 * for continuity (Mann and Whitney 1947; Conover 1999).
 * @returns `favours` 1 where the second sample tends to larger values, −1 to smaller, 0 neither; p null where all are equal
 */
export function mannWhitney(values: readonly Ranked[]): { favours: -1 | 0 | 1; p: number | null } | null {
  const [m, n] = [count(values, "first"), count(values, "second")];
  if (!(m > 0 && n > 0)) return null;
  let below = 0;
  let wins = 0; // pairs in which the second sample's value is larger, ties by half
  let ties = 0;
  for (const { first, second } of values) {
    wins += second * (below + first / 2);
    below += first;
    ties += (first + second) ** 3 - (first + second);
  }
  const all = m + n;
  const variance = ((m * n) / 12) * (all + 1 - ties / (all * (all - 1)));
  const off = wins - (m * n) / 2;
  const favours = Math.sign(off) as -1 | 0 | 1;
  if (!(variance > 0)) return { favours, p: null };
  return { favours, p: Math.min(1, normalTwoSided(Math.max(0, Math.abs(off) - 0.5) / Math.sqrt(variance))) };
}

/**
 * The Hodges–Lehmann shift: the median of all differences of a value of the second sample and one of the first. Found by
 * bisection on how many differences lie below, so that it takes time by the number of different values, not of pairs.
 */
export function hodgesLehmann(values: readonly Ranked[]): number | null {
  const [m, n] = [count(values, "first"), count(values, "second")];
  if (!(m > 0 && n > 0)) return null;
  const firsts = values.filter(({ first }) => first > 0).map(({ value, first }) => [value, first] as const);
  const seconds = values
    .filter(({ second }) => second > 0)
    .map(({ value, second }) => [value, second] as const);
  const pairs = m * n;
  const ranks = pairs % 2 === 1 ? [(pairs + 1) / 2] : [pairs / 2, pairs / 2 + 1];
  const found = ranks.map((rank) => differenceOfRank(firsts, seconds, rank));
  return found.reduce((sum, value) => sum + value, 0) / found.length;
}

type Counted = readonly (readonly [value: number, count: number])[];

/** The smallest difference that at least `rank` of the differences do not exceed. */
function differenceOfRank(firsts: Counted, seconds: Counted, rank: number): number {
  let low = (seconds[0]?.[0] ?? 0) - (firsts.at(-1)?.[0] ?? 0);
  let high = (seconds.at(-1)?.[0] ?? 0) - (firsts[0]?.[0] ?? 0);
  if (upTo(firsts, seconds, low).pairs >= rank) return low;
  while (true) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) return high;
    const { pairs, largest } = upTo(firsts, seconds, middle);
    if (pairs < rank) low = middle;
    else high = largest; // one of the differences itself
  }
}

/** How many differences are at most so large, and the largest of them. */
function upTo(firsts: Counted, seconds: Counted, limit: number): { pairs: number; largest: number } {
  let pairs = 0;
  let largest = -Infinity;
  let at = 0;
  let above = count(
    firsts.map(([, first]) => ({ first })),
    "first",
  );
  for (const [value, times] of seconds) {
    while (at < firsts.length && value - (firsts[at]?.[0] ?? 0) > limit) above -= firsts[at++]?.[1] ?? 0;
    if (at === firsts.length) break;
    pairs += times * above;
    largest = Math.max(largest, value - (firsts[at]?.[0] ?? 0));
  }
  return { pairs, largest };
}

/** p-values corrected for their number (Benjamini and Hochberg 1995), in the order given; null ones are no tests. */
export function benjaminiHochberg(ps: readonly (number | null)[]): (number | null)[] {
  const order = ps.flatMap((p, at) => (p === null ? [] : [{ p, at }])).sort((one, other) => other.p - one.p);
  const qs: (number | null)[] = ps.map(() => null);
  let least = 1;
  for (const [above, { p, at }] of order.entries()) {
    least = Math.min(least, (p * order.length) / (order.length - above));
    qs[at] = least;
  }
  return qs;
}

const count = <Name extends string>(values: readonly Record<Name, number>[], name: Name) =>
  values.reduce((sum, each) => sum + each[name], 0);
