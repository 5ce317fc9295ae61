import type { Headline } from "./headline.js";
import { isFinal } from "./kpi/coverage.js";

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
 * The changes to last year that are more than chance, by their share of last year's value. Values that are
 * not final, and those without an interval, are no signals and stay out.
 */
export function biggestChanges(headlines: readonly Headline[]): Change[] {
  return headlines
    .flatMap((headline): Change[] => {
      const { point, kpi } = headline;
      const lastYear = point?.lastYear;
      if (!isFinal(point) || !lastYear?.certain) return [];
      const { delta, value } = lastYear;
      const better = kpi.direction === "none" ? null : delta > 0 === (kpi.direction === "up");
      return [
        {
          headline,
          delta,
          relative: value === 0 ? Number.POSITIVE_INFINITY : Math.abs(delta / value),
          better,
        },
      ];
    })
    .sort((a, b) => b.relative - a.relative);
}
