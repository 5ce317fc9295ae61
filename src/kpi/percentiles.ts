/** Median and 90th percentile of a KPI's cases, in its unit, with the order statistics that enclose them; an end is null where it takes more cases. */
export interface Percentiles {
  median: number | null;
  median_low: number | null;
  median_high: number | null;
  p90: number | null;
  p90_low: number | null;
  p90_high: number | null;
}

/** The names of `Percentiles`, in the order of the formats. */
export const percentileNames = [
  "median",
  "median_low",
  "median_high",
  "p90",
  "p90_low",
  "p90_high",
] as const satisfies readonly (keyof Percentiles)[];

/** Of no case. */
export const noPercentiles = Object.fromEntries(
  percentileNames.map((name) => [name, null]),
) as unknown as Percentiles;
