import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { benjaminiHochberg, chanceOf, isTrailing, moreThanChance, type Side } from "../../src/kpi/chance.js";

// Goldens: Python 3.11.7, scipy 1.17.1, statsmodels 0.15.0 (pip install scipy statsmodels), the command above each block.
const close = (actual: number | null, expected: number) => {
  expect(actual).not.toBeNull();
  expect(Math.abs((actual ?? 0) - expected)).toBeLessThanOrEqual(1e-10 * expected);
};
const side = (numerator: number, denominator: number, more: Partial<Side> = {}): Side => ({
  numerator,
  denominator,
  n: denominator,
  sumSq: numerator,
  days: 30,
  ...more,
});
const rate = { kind: "rate", trailing: false } as const;

describe("the chance of one change", () => {
  // statsmodels 0.15.0: proportions_ztest([after, before], [n_after, n_before])[1]
  it.each([
    [17, 798, 9, 810, 0.10519403518281374],
    [40, 100, 55, 100, 0.03367206885634577],
    [3, 30, 9, 28, 0.03750162976479185],
    [1, 2000, 12, 2100, 0.0029925477453226273],
    [900, 1000, 700, 1000, 5.08946897381411e-29],
    [0, 20, 4, 22, 0.044986680742652004],
  ])("rates: %d of %d, then %d of %d", (a, n, b, m, p) => {
    close(chanceOf(rate, side(a, n), side(b, m)), p);
    close(chanceOf({ ...rate, kind: "customer_rate" }, side(b, m), side(a, n)), p);
  });

  // scipy 1.17.1: min(1, 2 * min(binom.cdf(b, a + b, f / (e + f)), binom.sf(b - 1, a + b, f / (e + f))))
  it.each([
    [12, 31, 25, 30, 0.037017211032447164],
    [3, 500, 11, 520, 0.06763682244902741],
    [100, 365, 140, 366, 0.012385034784470889],
    [0, 28, 5, 31, 0.08009002083170212],
    [4, 31, 4, 31, 1],
    [12000, 31, 12300, 30, 7.684268262936213e-6],
    [40, 900, 10, 950, 1.025294844162379e-5],
  ])("two Poisson counts: %d in %d, then %d in %d", (a, e, b, f, p) => {
    close(chanceOf({ kind: "poisson_rate", trailing: false }, side(a, e), side(b, f)), p);
    const count = { kind: "count", trailing: false } as const;
    close(chanceOf(count, side(a, 0, { days: e }), side(b, 0, { days: f })), p);
  });

  // scipy 1.17.1: ttest_ind(before, after, equal_var=False).pvalue; sums and sums of squares of the same values
  it.each([
    [[595, 65575, 8], [168, 7090, 5], 0.0865279960436655],
    [[435, 8555, 29], [810, 22110, 36], 0.00232577342598244],
    [[320.5, 25682.25, 4], [420, 35650, 5], 0.41974373933453435],
  ] as const)("means: %j, then %j", ([a, aa, n], [b, bb, m], p) => {
    const mean = { kind: "mean", trailing: false } as const;
    close(chanceOf(mean, side(a, n, { sumSq: aa }), side(b, m, { sumSq: bb })), p);
  });

  // numpy 2.4.6, scipy 1.17.1: u = (p + .75) / (n + 3); d likewise; se2 = (u + d - (u - d)**2) / (n + 3);
  // 2 * norm.sf(abs(nps1 - nps0) / sqrt(se2_0 + se2_1))
  it.each([
    [[60, 20, 120], [80, 15, 125], 0.04170982511720161],
    [[10, 10, 30], [18, 4, 33], 0.020785080017330076],
    [[400, 300, 1000], [420, 280, 1000], 0.2790077228041624],
  ] as const)("NPS: %j, then %j", (before, after, p) => {
    const of = ([up, down, n]: readonly [number, number, number]) =>
      side(up - down, n, { n, sumSq: up + down });
    close(chanceOf({ kind: "nps", trailing: false }, of(before), of(after)), p);
  });

  it("there is no test of money, growth, shares and trailing windows, nor on an empty side", () => {
    for (const kind of ["sum", "growth", "share"] as const)
      expect(chanceOf({ kind, trailing: false }, side(1, 100), side(90, 100))).toBeNull();
    expect(chanceOf({ ...rate, trailing: true }, side(1, 100), side(90, 100))).toBeNull();
    expect(chanceOf(rate, side(0, 0), side(9, 10))).toBeNull();
    expect(chanceOf({ kind: "mean", trailing: false }, side(5, 1, { sumSq: 25 }), side(9, 1))).toBeNull();
    expect(isTrailing({ look_back: { months: 12 } })).toBe(true);
    expect(isTrailing({ look_back: { days: 30 } })).toBe(false);
    expect(isTrailing({})).toBe(false);
  });

  it("what overlapping intervals hide is seen: 40 % and 55 % of a hundred each", () => {
    expect(moreThanChance(chanceOf(rate, side(40, 100), side(55, 100)))).toBe(true);
    expect(moreThanChance(chanceOf(rate, side(480, 1000), side(520, 1000)))).toBe(false);
    expect(moreThanChance(null)).toBeNull();
  });

  it("the order of the periods does not matter, and p is a probability", () => {
    const kinds = fc.constantFrom("rate", "poisson_rate", "count", "mean", "nps");
    const sides = fc
      .tuple(fc.nat(300), fc.nat(300), fc.integer({ min: 28, max: 31 }))
      .map(([a, rest, days]) => side(a, a + rest, { days }));
    fc.assert(
      fc.property(kinds, sides, sides, (kind, one, other) => {
        const tested = { kind, trailing: false } as const;
        const [p, mirrored] = [chanceOf(tested, one, other), chanceOf(tested, other, one)];
        if (p === null || mirrored === null) return p === mirrored;
        return p >= 0 && p <= 1 + 1e-12 && Math.abs(p - mirrored) <= 1e-9;
      }),
    );
  });
});

describe("the largest of many", () => {
  // statsmodels 0.15.0: multipletests(p, method="fdr_bh")[1]; p of Benjamini and Hochberg 1995
  it("has the q-values of Benjamini and Hochberg", () => {
    const ps = [
      0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34,
    ];
    const qs = [
      0.015, 0.06, 0.126, 0.126, 0.126, 0.15, 0.15857142857142856, 0.29464285714285715, 0.29464285714285715,
      0.29464285714285715, 0.29464285714285715, 0.29464285714285715, 0.29464285714285715, 0.29464285714285715,
      0.34,
    ];
    benjaminiHochberg(ps).forEach((q, index) => {
      close(q, qs[index] ?? Number.NaN);
    });
  });

  it("does not count what has no test, and does not depend on the order", () => {
    expect(benjaminiHochberg([null, 0.04, null])).toEqual([null, 0.04, null]);
    expect(benjaminiHochberg([0.04, 0.01])).toEqual([0.04, 0.02]);
    expect(benjaminiHochberg([])).toEqual([]);
  });
});
