import { describe, expect, it } from "vitest";
import {
  benjaminiHochberg,
  hodgesLehmann,
  type Moments,
  mannWhitney,
  type Ranked,
  twoProportions,
  twoRates,
  welch,
} from "../../src/statistics/twoSamples.js";

/** Figures of scipy 1.17.1 and statsmodels 0.15.0; the call is named beside each. */

describe("two proportions", () => {
  // Newcombe 1998, table II, method 10, to its four digits.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])("%i/%i − %i/%i has Newcombe's interval", (count, n, less, of, low, high) => {
    const found = twoProportions({ count: less, n: of }, { count, n });
    expect(found?.interval.low).toBeCloseTo(low, 4);
    expect(found?.interval.high).toBeCloseTo(high, 4);
  });

  it("has the p of the pooled test", () => {
    // proportions_ztest([56, 48], [70, 80])
    expect(twoProportions({ count: 48, n: 80 }, { count: 56, n: 70 })?.p).toBeCloseTo(
      0.00804508136819656,
      12,
    );
    expect(twoProportions({ count: 0, n: 29 }, { count: 5, n: 56 })?.p).toBeCloseTo(0.09718656817057973, 12);
    expect(twoProportions({ count: 0, n: 10 }, { count: 0, n: 20 })?.p).toBeNull();
    expect(twoProportions({ count: 0, n: 0 }, { count: 0, n: 20 })).toBeNull();
  });
});

const moments = (values: readonly number[]): Moments => ({
  n: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  sumSq: values.reduce((sum, value) => sum + value * value, 0),
});
const list = (length: number, of: (i: number) => number) => Array.from({ length }, (_, i) => of(i));

it("two means have Welch's p and interval", () => {
  // ttest_ind(second, first, equal_var=False)
  const found = welch(
    moments(list(60, (i) => ((i * 37) % 101) / 7)),
    moments(list(45, (i) => ((i * 53) % 89) / 6 + 0.5)),
  );
  expect(found?.p).toBeCloseTo(0.533201003493903, 11);
  expect(found?.interval.low).toBeCloseTo(-1.152512944105705, 10);
  expect(found?.interval.high).toBeCloseTo(2.212301303894067, 10);
  expect(welch(moments([5, 5]), moments([5, 5, 5]))).toMatchObject({ estimate: 0, p: null });
  expect(welch(moments([5]), moments([5, 6]))).toBeNull();
});

describe("two rates", () => {
  // 2 × the smaller of binom.cdf and binom.sf; binomtest(…).proportion_ci(method="exact") as a ratio
  it.each([
    [20, 1000, 34, 1100, 1.5454545454545454, 0.1540850503868218, 0.8644591425000289, 2.8334563331949227],
    [0, 500, 7, 400, Infinity, 0.006850974781563499, 1.801635648543712, Infinity],
    [5, 300, 0, 300, 0, 0.0625, 0, 1.091279105182546],
    [12, 100, 12, 100, 1, 1, 0.4109183802748819, 2.4335733031242235],
    [300, 9000, 240, 9100, 0.7912087912087912, 0.007598159222157589, 0.6648857036136011, 0.9407228580164372],
  ])("%i in %i, then %i in %i", (before, days, after, later, estimate, p, low, high) => {
    const found = twoRates({ events: before, exposure: days }, { events: after, exposure: later });
    const near = (value: number) => (Number.isFinite(value) ? expect.closeTo(value, 10) : value);
    expect(found).toEqual({
      estimate: near(estimate),
      p: near(p),
      interval: { low: near(low), high: near(high) },
    });
  });

  it("say nothing without events or exposure", () => {
    expect(twoRates({ events: 0, exposure: 5 }, { events: 0, exposure: 5 })).toBeNull();
    expect(twoRates({ events: 1, exposure: 0 }, { events: 0, exposure: 5 })).toBeNull();
  });
});

function ranked(first: readonly number[], second: readonly number[]): Ranked[] {
  const values = [...new Set([...first, ...second])].sort((one, other) => one - other);
  const times = (value: number, all: readonly number[]) => all.filter((each) => each === value).length;
  return values.map((value) => ({ value, first: times(value, first), second: times(value, second) }));
}

describe("two orders of values", () => {
  const first = list(60, (i) => (i * 37) % 23);
  const second = list(45, (i) => ((i * 53) % 29) + 2);

  it("have the p of Mann and Whitney, ties corrected", () => {
    // mannwhitneyu(second, first, method="asymptotic")
    expect(mannWhitney(ranked(first, second))).toEqual({
      favours: 1,
      p: expect.closeTo(0.0011954512741963236, 13),
    });
    expect(mannWhitney(ranked(second, first))).toEqual({
      favours: -1,
      p: expect.closeTo(0.0011954512741963236, 13),
    });
    expect(mannWhitney(ranked([5, 5], [5, 5, 5]))).toEqual({ favours: 0, p: null });
    expect(mannWhitney(ranked([], [5]))).toBeNull();
  });

  it("are apart by Hodges and Lehmann's shift", () => {
    // median(subtract.outer(second, first))
    expect(hodgesLehmann(ranked(first, second))).toBe(6);
    const fractions = ranked(
      list(60, (i) => ((i * 37) % 101) / 7),
      list(45, (i) => ((i * 53) % 89) / 6 + 0.5),
    );
    expect(hodgesLehmann(fractions)).toBeCloseTo(0.5357142857142856, 12);
    expect(hodgesLehmann(ranked([3], [5]))).toBe(2);
    expect(hodgesLehmann(ranked([1, 2], [5]))).toBe(3.5);
  });

  it("and that is the median of all differences, whatever the samples", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const one = list((seed % 7) + 1, (i) => (seed * 31 + i * i * 17) % (seed % 2 ? 5 : 97));
      const other = list((seed % 5) + 1, (i) => (seed * 13 + i * 29) % 61);
      const all = other.flatMap((to) => one.map((from) => to - from)).sort((a, b) => a - b);
      const half = all.length / 2;
      const median = ((all[Math.ceil(half) - 1] ?? 0) + (all[Math.floor(half)] ?? 0)) / 2;
      expect(hodgesLehmann(ranked(one, other)), `${one} / ${other}`).toBeCloseTo(median, 12);
    }
  });
});

it("p-values become q-values by their number and order, what was not tested not counting", () => {
  // multipletests([0.001, 0.04, 0.03, 0.2, 0.9, 0.04, 0.0005], method="fdr_bh")
  expect(benjaminiHochberg([0.001, 0.04, null, 0.03, 0.2, 0.9, 0.04, 0.0005])).toEqual([
    expect.closeTo(0.0035, 12),
    expect.closeTo(0.056, 12),
    null,
    expect.closeTo(0.056, 12),
    expect.closeTo(0.23333333333333336, 12),
    expect.closeTo(0.9, 12),
    expect.closeTo(0.056, 12),
    expect.closeTo(0.0035, 12),
  ]);
});
