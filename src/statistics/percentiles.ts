import { orderStatisticRanks } from "./intervals.js";

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

/** The ends of their intervals, in the order of `rankRows`. */
export const percentileEnds = ["median_low", "median_high", "p90_low", "p90_high"] as const;

/** Rows of how many cases there are and which of them, in order, enclose their median and their 90th percentile. */
export function rankRows(sizes: Iterable<number>): string {
  const rows = [...new Set(sizes)]
    .filter((size) => size >= 1 && size <= mostForInterval)
    .map((size) => {
      const [median, p90] = [orderStatisticRanks(size, 0.5), orderStatisticRanks(size, 0.9)];
      const ranks = [median.low, median.high, p90.low, p90.high];
      return `(${[size, ...ranks].map((rank) => (rank === null ? "cast(null as integer)" : rank)).join(", ")})`;
    });
  return rows.length > 0 ? rows.join(", ") : `(0${", cast(null as integer)".repeat(4)})`;
}

/** Percentiles of more cases than this have no interval: finding its ends would mean sorting them all. */
export const mostForInterval = 10_000;
