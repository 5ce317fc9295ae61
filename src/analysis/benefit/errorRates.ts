import rates from "./errorRates.json" with { type: "json" };

/** What `npm run simulate` found: how often the methods err, by what is simulated. */
export const errorRates = rates;

/** How often the 95 % interval of a segmented regression's level holds the truth, where months depend on those before. */
export const segmentedCoverage: number = rates.segmented.covered;
