import { describe, expect, it } from "vitest";
import { incompleteBeta, incompleteGamma, t95 } from "../../src/statistics/distributions.js";
import {
  netPromoter,
  orderStatisticRanks,
  poisson,
  studentT,
  wilson,
} from "../../src/statistics/intervals.js";

// Goldens: scipy 1.17.1 and statsmodels 0.15.0, the command above each block.
const close = (actual: number | null, expected: number) => {
  expect(actual).not.toBeNull();
  expect(Math.abs((actual ?? 0) - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));
};

describe("intervals", () => {
  // scipy 1.17.1: [stats.chi2.ppf(.025, 2*k)/2, stats.chi2.ppf(.975, 2*k+2)/2]
  it.each([
    [1, 0.025317807984289876, 5.571643390938898],
    [2, 0.24220927854396496, 7.22468766772396],
    [17, 9.903126469607294, 27.218646815906613],
    [100, 81.36399125092314, 121.62679379242638],
    [12345, 12128.18090789908, 12564.722206913333],
    [1000000, 998040.9833402939, 1001961.9119454322],
  ])("exact Poisson of %d", (count, low, high) => {
    close(poisson(count).low, low);
    close(poisson(count).high, high);
  });

  // statsmodels 0.15.0: proportion_confint(x, n, method="wilson")
  it.each([
    [17, 798, 0.013342584522069757, 0.033850608601605006],
    [3, 10, 0.10779126740630104, 0.6032218525388546],
    [56, 70, 0.6918335550374695, 0.8769526075163705],
    [1, 1, 0.2065493143772374, 1.0],
    [0, 20, 0.0, 0.1611251580528194],
  ])("Wilson of %d of %d", (count, n, low, high) => {
    close(wilson(count, n).low, low);
    close(wilson(count, n).high, high);
  });

  // scipy 1.17.1: stats.t.ppf(.975, df)
  it.each([
    [1, 12.706204736174694],
    [2, 4.302652729749462],
    [3, 3.1824463052837078],
    [9, 2.262157162798205],
    [29, 2.045229642132703],
    [100, 1.9839715185235518],
    [999, 1.9623414611334493],
    [1001, 1.9623367052808798],
    [1000000, 1.959966356814107],
  ])("Student t with %d degrees", (degrees, quantile) => close(t95(degrees), quantile));

  // scipy 1.17.1: special.gammainc(a, x), special.betainc(a, b, x)
  it("incomplete gamma and beta functions", () => {
    close(incompleteGamma(0.5, 0.2)[0], 0.47291074313446196);
    close(incompleteGamma(3, 7.5)[0], 0.9797432849433356);
    close(incompleteGamma(200, 210.5)[0], 0.7743725647295084);
    close(incompleteBeta(0.4, 2, 3), 0.5247999999999999);
    close(incompleteBeta(0.99, 400, 0.5), 0.004587569593366472);
    close(incompleteBeta(0.501, 5000, 5001), 0.583168161480472);
  });

  it("counts of zero begin at zero", () => {
    expect(poisson(0).low).toBe(0);
    close(poisson(0).high, -Math.log(0.025));
    expect(poisson(3, 0)).toEqual({ low: null, high: null });
  });

  it("a rate of none or all stays within 0 and 1", () => {
    expect(wilson(0, 10).low).toBe(0);
    expect(wilson(10, 10).high).toBe(1);
    expect(wilson(0, 0)).toEqual({ low: null, high: null });
  });

  it("a mean has an interval from two values that differ, clipped to its range", () => {
    // 80, 90 and 100: mean 90, sd 10, t(2) 4.302652729749464
    const half = (4.302652729749464 * 10) / Math.sqrt(3);
    const free = studentT(270, 80 ** 2 + 90 ** 2 + 100 ** 2, 3);
    close(free.low, 90 - half);
    close(free.high, 90 + half);
    expect(studentT(270, 24500, 3, [0, 100]).high).toBe(100);
    expect(studentT(90, 8100, 1)).toEqual({ low: null, high: null });
    expect(studentT(3 * (100 / 3), 3 * (100 / 3) ** 2, 3)).toEqual({ low: null, high: null });
  });

  it("a variance is not lost beside a large mean", () => {
    const values = [1e6, 1e6 + 1, 1e6 + 2];
    const sum = values.reduce((total, value) => total + value);
    const squares = values.reduce((total, value) => total + value * value, 0);
    const { low } = studentT(sum, squares, 3);
    expect((low ?? 0) - (1e6 + 1)).toBeCloseTo(-4.302652729749464 / Math.sqrt(3), 3);
  });

  it("NPS adds three quarters, one and a half and three quarters", () => {
    // 6 promoters, 1 detractor of 10: (6.75 − 1.75) / 13 and its variance
    const net = 5 / 13;
    const half = 1.959963984540054 * Math.sqrt((8.5 / 13 - net * net) / 13);
    close(netPromoter(6, 1, 10).low, 100 * (net - half));
    close(netPromoter(6, 1, 10).high, 100 * (net + half));
    expect(netPromoter(30, 0, 30).high).toBe(100);
  });

  it("order statistics enclose a quantile only where n supports them", () => {
    expect(orderStatisticRanks(5, 0.5)).toEqual({ low: null, high: null });
    expect(orderStatisticRanks(6, 0.5)).toEqual({ low: 1, high: 6 });
    expect(orderStatisticRanks(10, 0.5)).toEqual({ low: 2, high: 9 });
    expect(orderStatisticRanks(30, 0.9)).toEqual({ low: 23, high: null });
    expect(orderStatisticRanks(36, 0.9)).toEqual({ low: 29, high: 36 });
    expect(orderStatisticRanks(100_000, 0.5)).toEqual({ low: 49_690, high: 50_311 });
  });
});
