import { mean, median } from "d3-array";

/** A modified z-score beyond this is potentially an outlier: Iglewicz & Hoaglin (1993), "How to Detect and Handle Outliers", p. 12. */
const outlyingBeyond = 3.5;

/** Brings the median absolute deviation of a normal distribution to its standard deviation's scale, and the mean one. */
const ofMedian = 0.6745;
const ofMean = 1.253314;

/**
 * How far a value lies from earlier ones, by their modified z-score 0.6745 (x − median) / MAD; where at least half of them are the
 * same, MAD is 0 and (x − median) / (1.253314 · mean absolute deviation) stands in for it.
 * @returns null where the earlier ones are all the same, so that nothing says how much is usual; undefined without any
 */
export function modifiedZ(value: number, earlier: readonly number[]): number | null | undefined {
  const middle = median(earlier);
  if (middle === undefined) return undefined;
  const deviations = earlier.map((each) => Math.abs(each - middle));
  const byMedian = median(deviations) ?? 0;
  if (byMedian > 0) return (ofMedian * (value - middle)) / byMedian;
  const byMean = mean(deviations) ?? 0;
  return byMean > 0 ? (value - middle) / (ofMean * byMean) : null;
}

/** An unusual value: how far it lies from the usual one. */
export interface Unusual {
  usual: number;
  /** Null where the earlier values were all the same. */
  z: number | null;
}

/**
 * Whether a value is unusual after earlier ones.
 * @param least a change from their median that counts at all
 */
export function unusual(value: number, earlier: readonly number[], least: number): Unusual | undefined {
  const z = modifiedZ(value, earlier);
  const usual = median(earlier);
  if (z === undefined || usual === undefined || value === usual || Math.abs(value - usual) < least)
    return undefined;
  return z === null || Math.abs(z) > outlyingBeyond ? { usual, z } : undefined;
}
