import { expect, it } from "vitest";
import { segmented } from "../../src/statistics/segmented.js";

const periods = Array.from({ length: 40 }, (_, at) => at);
const values = periods.map(
  (i) => 50 + 0.3 * i + ((i * i * 7 + i * 13) % 23) / 4 - 3 * Number(i >= 26) - 0.5 * Math.max(0, i - 26),
);

/** statsmodels 0.15.0: OLS(y, [1, t, after, after · (t − 26)]).fit(cov_type="HAC", maxlags=3, use_correction=True, use_t=True). */
it("gives level and slope with Newey and West's errors", () => {
  const found = segmented(periods, values, 26);
  expect(found?.lags).toBe(3);
  expect(found?.level.estimate).toBeCloseTo(-4.76131868, 8);
  expect(found?.level.low).toBeCloseTo(-6.68967118, 8);
  expect(found?.level.high).toBeCloseTo(-2.83296619, 8);
  expect((found?.level.p ?? 0) / 1.4679373e-5).toBeCloseTo(1, 7);
  expect(found?.slope.estimate).toBeCloseTo(-0.30008547, 8);
  expect((found?.slope.p ?? 0) / 6.21641344e-4).toBeCloseTo(1, 8);
});

it("has nothing to say of four periods, or of none after", () => {
  expect(segmented(periods.slice(24, 28), values.slice(24, 28), 26)).toBeNull();
  expect(segmented(periods.slice(0, 20), values.slice(0, 20), 26)).toBeNull();
});
