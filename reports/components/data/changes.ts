import { benjaminiHochberg, moreThanChance } from "../../src/kpi/chance.js";
import type { Headline } from "./headline.js";

/** A KPI's change to the same period last year. */
export interface Change {
  headline: Headline;
  delta: number;
  /** The change as a share of last year's value. */
  relative: number;
  /** Whether it is for the better; null for KPIs without a better direction. */
  better: boolean | null;
}

/**
 * The changes to last year that are more than chance among all that were looked at (Benjamini–Hochberg), by their share of
 * last year's value, and how many of the others had a test, how many had one in all, and of how many it says more than
 * chance where they are looked at alone. Values that are no signals, or have no test, stay out.
 */
export function biggestChanges(headlines: readonly Headline[]): {
  changes: Change[];
  within: number;
  tested: number;
  alone: number;
} {
  const tested = headlines.flatMap((headline) => {
    const lastYear = headline.point?.lastYear;
    return lastYear && lastYear.p !== null ? [{ headline, lastYear, p: lastYear.p }] : [];
  });
  const qs = benjaminiHochberg(tested.map(({ p }) => p));
  const changes = tested
    .filter((_, index) => moreThanChance(qs[index] ?? null))
    .map(({ headline, lastYear: { delta, value } }): Change => {
      const { direction } = headline.kpi;
      return {
        headline,
        delta,
        relative: value === 0 ? Number.POSITIVE_INFINITY : Math.abs(delta / value),
        better: direction === "none" ? null : delta > 0 === (direction === "up"),
      };
    })
    .sort((a, b) => b.relative - a.relative);
  return {
    changes,
    within: tested.length - changes.length,
    tested: tested.length,
    alone: tested.filter(({ p }) => moreThanChance(p)).length,
  };
}
