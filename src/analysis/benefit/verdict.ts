import type { Interval } from "../../statistics/intervals.js";
import { benjaminiHochberg } from "../../statistics/twoSamples.js";

/**
 * What an initiative came to, as a code, the first that applies: a window lies outside the record; it is not over yet;
 * the KPI's figures carry no interval, so that nothing can be tested; too few customers or events; improved; worsened; no
 * change that could be shown.
 */
export type Verdict =
  | "not_recorded"
  | "still_running"
  | "not_testable"
  | "too_little_data"
  | "improved"
  | "worsened"
  | "no_demonstrable_change";

/** What stands in the way of a test: windows outside the record, or not over yet. */
export type Obstacle = Extract<Verdict, "not_recorded" | "still_running">;

/** The change that the primary method found, in the KPI's machine unit. */
export interface Effect {
  delta: number;
  /** Two-sided. */
  p: number;
  interval: Interval;
  /** Δ as a share of the baseline's value; null at 0. */
  relative: number | null;
  /** Of few clusters: p by the jackknife, which a verdict needs as well. */
  steady_p?: number;
  /** Of durations: which way the second sample's ranks lie; a verdict needs them to agree. */
  ranks?: { favours: -1 | 0 | 1; p: number | null } | null;
}

/** How much there is to judge by. */
export interface Amount {
  /** Customers in each cell: scope and comparison group × baseline and follow-up. */
  customers: readonly number[];
  /** Rates: the expected successes and failures of a side under the pooled rate, the least of them. */
  leastExpected?: number;
  /** Counts: events in all. */
  events?: number;
}

const least = { customers: 30, expected: 5, events: 10 };

/** Whether this is too little for a verdict. */
export const isTooLittle = ({ customers, leastExpected, events }: Amount): boolean =>
  customers.some((count) => count < least.customers) ||
  (leastExpected !== undefined && leastExpected < least.expected) ||
  (events !== undefined && events < least.events);

/** An initiative before the tests are seen together. */
export interface Candidate {
  obstacle: Obstacle | null;
  /** Whether the KPI's kind has a method. */
  isTestable: boolean;
  isTooLittle: boolean;
  direction: "up" | "down" | "none";
  /** Null where the method found none. */
  effect: Effect | null;
  /** The place in the list of the one that asks the same; null where it is the first to. */
  copyOf?: number | null;
}

/** At most this share of the changes called so may be chance. */
const alpha = 0.05;

/**
 * Verdict and q of every initiative that is assessed; p-values are corrected over those that a test decides, of which those
 * that ask the same are one test.
 */
export function judge(candidates: readonly Candidate[]): { verdict: Verdict; q: number | null }[] {
  const open = (one: Candidate) => !one.obstacle && one.isTestable && !one.isTooLittle && one.effect !== null;
  const qs = benjaminiHochberg(
    candidates.map((one) => (open(one) && one.copyOf == null ? (one.effect?.p ?? null) : null)),
  );
  return candidates.map((one, at) => {
    const q = qs[one.copyOf ?? at] ?? null;
    if (one.obstacle) return { verdict: one.obstacle, q: null };
    if (!one.isTestable) return { verdict: "not_testable", q: null };
    if (one.isTooLittle || !one.effect || q === null) return { verdict: "too_little_data", q: null };
    return { verdict: verdictOf(one.effect, q, one.direction), q };
  });
}

function verdictOf(
  { interval, delta, ranks, steady_p }: Effect,
  q: number,
  direction: Candidate["direction"],
): Verdict {
  const { low, high } = improvementOf(interval, direction);
  if (q > alpha || direction === "none") return "no_demonstrable_change";
  if ((steady_p ?? 0) > alpha) return "no_demonstrable_change";
  // A few enormous waits move a mean; a verdict on durations needs the ranks to say the same.
  if (ranks !== undefined && !(ranks?.favours === Math.sign(delta) && (ranks.p ?? 1) <= alpha))
    return "no_demonstrable_change";
  if (low !== null && low > 0) return "improved";
  return high !== null && high < 0 ? "worsened" : "no_demonstrable_change";
}

/** An interval of a change as one of improvement: of a KPI of which less is better its negative. */
function improvementOf({ low, high }: Interval, direction: "up" | "down" | "none"): Interval {
  if (direction !== "down") return { low, high };
  return { low: high === null ? null : -high, high: low === null ? null : -low };
}

/** Whether the expected change was reached: the whole interval lies beyond it, short of it, or neither. */
export function expectedReached(interval: Interval, expected: number | null): "yes" | "no" | "open" | null {
  if (expected === null) return null;
  const { low, high } = improvementOf(interval, expected < 0 ? "down" : "up");
  const wanted = Math.abs(expected);
  if (low !== null && low >= wanted) return "yes";
  return high !== null && high < wanted ? "no" : "open";
}

/** What a change was worth, with both ends of its interval. */
export interface Worth {
  /** Null without a verdict that there was a change. */
  money: number | null;
  money_low: number | null;
  money_high: number | null;
  return: number | null;
  return_low: number | null;
  return_high: number | null;
}

/** What came back beyond the cost, as a share of it; null where either is not known. */
export const returnOf = (money: number | null, cost: number | null): number | null =>
  money === null || !cost ? null : (money - cost) / cost;

/**
 * Money is improvement × value per unit × volume; the return is (money − cost) ÷ cost.
 * @param volume the follow-up's denominator; 1 for counts
 */
export function worthOf(
  { delta, interval }: Effect,
  {
    verdict,
    direction,
    volume,
    value_per_unit: perUnit,
    cost,
  }: {
    verdict: Verdict;
    direction: Candidate["direction"];
    volume: number;
    value_per_unit: number | null;
    cost: number | null;
  },
): Worth {
  const { low, high } = improvementOf(interval, direction);
  const worth = (improvement: number | null) =>
    improvement === null || perUnit === null || direction === "none" ? null : improvement * perUnit * volume;
  const isShown = verdict === "improved" || verdict === "worsened";
  const money = isShown ? worth(direction === "down" ? -delta : delta) : null;
  // A negative value per unit turns the ends round.
  const ends = [worth(low), worth(high)].sort((one, other) => (one ?? -Infinity) - (other ?? Infinity));
  const [money_low = null, money_high = null] = ends;
  return {
    money,
    money_low,
    money_high,
    return: returnOf(money, cost),
    return_low: returnOf(money_low, cost),
    return_high: returnOf(money_high, cost),
  };
}
