import { describe, expect, it } from "vitest";
import { errorRates } from "../../src/analysis/benefit/errorRates.js";
import { errorRate, powerOfPlan, segmentedCoverage } from "./errors.js";

/** So many standard errors of a share over the kept runs lie between chance and a fault. */
const sampling = (share: number, runs: number) => 3 * Math.sqrt((share * (1 - share)) / runs);

describe("the kept results of npm run simulate", () => {
  const judged = errorRates.none.filter(({ covered }) => covered !== null);

  it("are of 2,000 runs each, for 2 to 200 customers a side, three kinds and three shares in common", () => {
    expect(new Set(errorRates.none.map(({ runs }) => runs))).toEqual(new Set([2000]));
    expect(new Set(errorRates.none.map(({ clusters }) => clusters))).toEqual(
      new Set([2, 5, 10, 20, 30, 40, 60, 100, 200]),
    );
    expect(judged).toHaveLength(3 * 3 * 5);
  });

  it("never give a verdict on fewer than 30 customers a side", () => {
    for (const row of errorRates.none.filter(({ clusters }) => clusters < 30))
      expect(row).toMatchObject({ found: 0, covered: null, too_little: 1 });
  });

  const all = [...judged, ...errorRates.alone, ...errorRates.mix_shift];

  it("find a change where there is none in about one of twenty", () => {
    for (const row of all)
      expect(row.found, JSON.stringify(row)).toBeLessThan(0.05 + sampling(0.05, row.runs));
  });

  it("hold the truth in their intervals, of fewer than 60 customers a side somewhat less often", () => {
    for (const row of all) {
      expect(row.covered, JSON.stringify(row)).toBeGreaterThan(row.clusters < 60 ? 0.92 : 0.93);
      expect(row.covered, JSON.stringify(row)).toBeLessThan(0.97);
    }
  });

  it("find a change of the size that --plan calls the smallest in about four of five", () => {
    for (const row of errorRates.planned)
      expect(Math.abs(row.found - 0.8), JSON.stringify(row)).toBeLessThan(0.05);
  });
});

it("the same seeds give the same results", () => {
  const [world] = errorRates.none.filter(
    ({ kind, clusters, icc }) => kind === "rate" && clusters === 30 && icc === 0.3,
  );
  const { kind, icc, clusters, seed } = world ?? { kind: "", icc: 0, clusters: 0, seed: 0 };
  const again = { kind: kind as "rate", icc, clusters };
  expect(errorRate(again, 40, seed)).toEqual(errorRate(again, 40, seed));
  expect(powerOfPlan(again, 20, seed)).toEqual(powerOfPlan(again, 20, seed));
  const { runs, covered, seed: ofMonths } = errorRates.segmented;
  expect(segmentedCoverage(runs, ofMonths).covered).toBe(covered);
});
