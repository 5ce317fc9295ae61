import { round9 } from "../statistics/rounding.js";
import type { ScoredSubject, TotalRange } from "./scored.js";

/** Ranges of subjects by their lower and upper ends. */
export interface Ranges {
  count: number;
  /** Of who surely has a total. */
  lows: readonly number[];
  highs: readonly number[];
}

/** The range of a total: a known one is its own. */
const rangeOfTotal = ({ total, between }: Pick<ScoredSubject, "total" | "between">): TotalRange | null =>
  between ?? (total === null ? null : { low: round9(total), high: round9(total), isSure: true });

const ascending = (one: number, other: number) => one - other;

export function rangesOf(all: readonly Pick<ScoredSubject, "total" | "between">[]): Ranges {
  const ranges = all.flatMap((each) => rangeOfTotal(each) ?? []);
  return {
    count: ranges.length,
    lows: ranges
      .filter(({ isSure }) => isSure)
      .map(({ low }) => low)
      .sort(ascending),
    highs: ranges.map(({ high }) => high).sort(ascending),
  };
}

/** The rank of a total that holds wherever in their ranges the totals are; null where it would tell more than the ranges do. */
export function sureRank(
  own: Pick<ScoredSubject, "total" | "between">,
  { count, lows, highs }: Ranges,
): number | null {
  const range = rangeOfTotal(own);
  if (!range?.isSure) return null;
  const { low, high } = range;
  const better = lows.length - upTo(lows, high);
  const notBetter = upTo(highs, low);
  // One's own total is not better than itself, where it is known.
  const others = low === high ? count : count - 1;
  return better + notBetter === others ? better + 1 : null;
}

/** How many of ascending numbers are at most a limit. */
function upTo(numbers: readonly number[], limit: number): number {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((numbers[middle] ?? 0) <= limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** How many have a total, shown or not; null where that is not known of all. */
export const countOfTotals = (all: readonly Pick<ScoredSubject, "total" | "between">[]): number | null =>
  all.some(({ between }) => between && !between.isSure) ? null : rangesOf(all).count;
