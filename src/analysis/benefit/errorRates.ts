import { greatest, least } from "../../statistics/extremes.js";
import rates from "./errorRates.json" with { type: "json" };

/** What `npm run simulate` found: how often the methods err, by what is simulated. */
export const errorRates = rates;

/** How often the 95 % interval of a segmented regression's level holds the truth, where months depend on those before. */
export const segmentedCoverage: number = rates.segmented.covered;

const between = (values: readonly number[]): [number, number] => [least(values), greatest(values)];
const judged = [...rates.none.filter(({ covered }) => covered !== null), ...rates.alone, ...rates.mix_shift];

/** How often the method errs, over all that is simulated: the least and the most. */
export const errorSummary = {
  runs: rates.segmented.runs,
  /** Changes that are none and are called one. */
  found: between(judged.map(({ found }) => found)),
  /** 95 % intervals that hold the truth. */
  covered: between(judged.map(({ covered }) => covered ?? 1)),
  /** Changes of the smallest size that a plan names and that are found. */
  planned: between(rates.planned.map(({ found }) => found)),
};
