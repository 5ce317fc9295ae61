import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain, type Groups, largest, type Sums, spread } from "../../src/kpi/explain.js";
import { greatest } from "../../src/statistics/extremes.js";

const groups = (all: Record<string, readonly [number, number]>): Groups =>
  new Map(Object.entries(all).map(([name, [numerator, denominator]]) => [name, { numerator, denominator }]));
const add = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const of = (explanation: ReturnType<typeof explain>, name: string) =>
  explanation?.groups.find(({ group }) => group === name);

/**
 * By hand. From: small 80 of 100 (0.8), large 200 of 900 (2/9); whole 280/1000 = 0.28.
 * To: small 720 of 900 (0.8 × … = 0.8), large 18 of 100 (0.18); whole 738/1000 = 0.738.
 * Both groups are level or lower, the whole rises: weights 0.1 → 0.9 and 0.9 → 0.1.
 *
 * Middle of the whole: ½(0.28 + 0.738) = 0.509.
 * small: rate ½(0.1 + 0.9)(0.8 − 0.8) = 0; mix 0.8 × (0.8 − 0.509) = 0.2328.
 * large: rate ½(0.9 + 0.1)(0.18 − 2/9) = −0.0211…; mix −0.8 × (½(0.18 + 2/9) − 0.509) = 0.2463…
 * Sum: −0.02111… + 0.2328 + 0.24631… = 0.458 = 0.738 − 0.28.
 */
const before = groups({ small: [80, 100], large: [200, 900] });
const after = groups({ small: [720, 900], large: [18, 100] });

describe("a change explained", () => {
  it("tells Simpson's paradox: no group rises, the whole does, by its mix", () => {
    const found = explain("rate", before, after);
    expect(found?.delta).toBeCloseTo(0.458, 14);
    expect(of(found, "small")).toEqual({
      group: "small",
      weight_from: 0.1,
      weight_to: 0.9,
      value_from: 0.8,
      value_to: 0.8,
      rate_effect: 0,
      mix_effect: expect.closeTo(0.2328, 14),
      contribution: expect.closeTo(0.2328, 14),
    });
    expect(of(found, "large")).toMatchObject({
      rate_effect: expect.closeTo(-19 / 900, 14),
      mix_effect: expect.closeTo(0.8 * (0.509 - (0.18 + 2 / 9) / 2), 14),
    });
    expect(found?.rate_effect).toBeCloseTo(-19 / 900, 14);
    expect(found?.mix_effect).toBeCloseTo(0.458 + 19 / 900, 14);
  });

  it("takes the other period's value for a group that appears", () => {
    // old 10 of 100; then old 10 of 100 and young 30 of 100: Δ = 0.2 − 0.1, all of it by weights:
    // old −½ × (0.1 − 0.15) = 0.025, young ½ × (0.3 − 0.15) = 0.075.
    const found = explain("rate", groups({ old: [10, 100] }), groups({ old: [10, 100], young: [30, 100] }));
    expect(found?.groups.map(({ group }) => group)).toEqual(["young", "old"]);
    expect(of(found, "young")).toMatchObject({ value_from: null, value_to: 0.3, weight_from: 0 });
    expect(of(found, "young")?.contribution).toBeCloseTo(0.075, 14);
    expect(of(found, "young")?.rate_effect).toBe(0);
    expect(of(found, "old")?.contribution).toBeCloseTo(0.025, 14);
  });

  it("counts cases of a group without a denominator to its rate effect", () => {
    // Complaints of lost customers: gone 5 of 0, then 2 of 0, beside 10 of 100 twice.
    const found = explain(
      "poisson_rate",
      groups({ here: [10, 100], gone: [5, 0] }),
      groups({ here: [10, 100], gone: [2, 0] }),
    );
    expect(found?.delta).toBeCloseTo(-0.03, 14);
    expect(of(found, "gone")).toMatchObject({
      weight_to: 0,
      value_to: null,
      rate_effect: expect.closeTo(-0.03, 14),
      mix_effect: expect.closeTo(0, 14),
      contribution: expect.closeTo(-0.03, 14),
    });
  });

  it("adds up counts without weights", () => {
    const found = explain("count", groups({ a: [3, 3], b: [2, 2] }), groups({ a: [1, 1], c: [4, 4] }));
    expect(found).toMatchObject({ from: 5, to: 5, delta: 0, rate_effect: null, mix_effect: null });
    expect(found?.groups.map(({ group, contribution }) => [group, contribution])).toEqual([
      ["c", 4],
      ["a", -2],
      ["b", -2],
    ]);
    expect(found?.groups[0]).toMatchObject({ weight_from: null, value_from: 0, value_to: 4 });
  });

  it("splits a dimension of the numerator over the whole denominator", () => {
    // Churn by reason: 3 of 100 (price 2, other 1), then 4 of 80 (price 1, service 3).
    const reasons = (all: Record<string, number>, denominator: number) =>
      groups(Object.fromEntries(Object.entries(all).map(([name, count]) => [name, [count, denominator]])));
    const found = explain(
      "customer_rate",
      reasons({ price: 2, other: 1, service: 0 }, 100),
      reasons({ price: 1, other: 0, service: 3 }, 80),
      (reason) => reason,
    );
    expect(found?.delta).toBeCloseTo(4 / 80 - 3 / 100, 14);
    expect(of(found, "service")).toEqual({
      group: "service",
      weight_from: null,
      weight_to: null,
      value_from: 0,
      value_to: 0.0375,
      rate_effect: null,
      mix_effect: null,
      contribution: 0.0375,
    });
    expect(of(found, "price")?.contribution).toBeCloseTo(1 / 80 - 2 / 100, 14);
  });

  it("weighs growth by the base: a group's value is its own growth", () => {
    // From: 60 + 60 over 50 + 50, growth 20 %. To: 55 + 90 over 50 + 60, 145/110 − 1.
    const found = explain(
      "growth",
      groups({ a: [60, 50], b: [60, 50] }),
      groups({ a: [55, 50], b: [90, 60] }),
    );
    expect(found?.from).toBeCloseTo(0.2, 14);
    expect(found?.to).toBeCloseTo(145 / 110 - 1, 14);
    expect(of(found, "a")).toMatchObject({
      value_from: expect.closeTo(0.2, 14),
      value_to: expect.closeTo(0.1, 14),
      weight_to: expect.closeTo(50 / 110, 14),
      rate_effect: expect.closeTo(((0.5 + 50 / 110) / 2) * -0.1, 14),
    });
  });

  it("splits the growth of a share into the markets' shares now and in the base", () => {
    const market = (own: number, all: number, baseOwn: number, baseAll: number): Sums => ({
      numerator: own,
      denominator: all,
      base: { numerator: baseOwn, denominator: baseAll },
    });
    // Market b never changes; a's share rises from 20 of 100 to 30 of 100 over a base of 20 of 100. Shares of the whole:
    // 0.2 → 0.25 over 0.2, growth 0 → 0.25, and all of it is a's.
    const found = explain(
      "growth",
      new Map([
        ["a", market(20, 100, 20, 100)],
        ["b", market(20, 100, 20, 100)],
      ]),
      new Map([
        ["a", market(30, 100, 20, 100)],
        ["b", market(20, 100, 20, 100)],
      ]),
    );
    expect([found?.from, found?.to]).toEqual([0, expect.closeTo(0.25, 14)]);
    expect(of(found, "a")).toMatchObject({
      value_from: 0,
      value_to: expect.closeTo(0.5, 14),
      rate_effect: expect.closeTo(0.25, 14),
      contribution: expect.closeTo(0.25, 14),
    });
    expect(of(found, "b")?.contribution).toBeCloseTo(0, 14);
  });

  it("has none where a period has no value", () => {
    expect(explain("rate", groups({ a: [0, 0] }), after)).toBeNull();
    expect(explain("mean", groups({}), groups({}))).toBeNull();
    expect(explain("count", groups({}), groups({}))).toMatchObject({ delta: 0, groups: [] });
  });

  it("gathers what is not shown", () => {
    const found = explain("count", groups({}), groups({ a: [5, 5], b: [3, 3], c: [1, 1] }));
    const { shown, others } = largest(found?.groups ?? [], 1);
    expect(shown.map(({ group }) => group)).toEqual(["a"]);
    expect(others).toEqual({ count: 2, rate_effect: null, mix_effect: null, contribution: 4 });
    expect(largest(found?.groups ?? [], 3).others).toBeNull();
    expect(spread(found ?? { groups: [] })).toBe(4);
  });
});

const kinds = [
  "rate",
  "customer_rate",
  "poisson_rate",
  "mean",
  "share",
  "nps",
  "growth",
  "count",
  "sum",
] as const;
const side = fc.dictionary(
  fc.constantFrom("a", "b", "c", "d", "e"),
  fc.tuple(
    fc.oneof(fc.integer({ min: -500, max: 500 }), fc.double({ min: -1e9, max: 1e9, noNaN: true })),
    fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 500 }) },
      fc.double({ min: 0.0001, max: 1e9, noNaN: true }),
    ),
  ),
);

/** What sums of this size leave to rounding. */
const near = (scale: number) => 1e-12 * scale;

describe("the parts add up", () => {
  it("to the change of the value, whichever groups come, go, or lack a denominator", () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), side, side, (kind, one, other) => {
        const value = (all: typeof one) => {
          const [numerator = 0, denominator = 0] = [0, 1].map((at) =>
            add(Object.values(all).map((pair) => pair[at] ?? 0)),
          );
          if (kind === "count" || kind === "sum") return numerator;
          if (denominator === 0) return null;
          return (
            { growth: numerator / denominator - 1, nps: (100 * numerator) / denominator }[kind as string] ??
            numerator / denominator
          );
        };
        const [from, to] = [value(one), value(other)];
        const found = explain(kind, groups(one), groups(other));
        if (from === null || to === null) {
          expect(found).toBeNull();
          return;
        }
        const parts = found?.groups.map(({ contribution }) => contribution) ?? [];
        const size = greatest([Math.abs(from), Math.abs(to), ...parts.map(Math.abs)]);
        expect(Math.abs(add(parts) - (to - from))).toBeLessThanOrEqual(near(size));
        for (const row of found?.groups ?? []) {
          if (row.rate_effect === null || row.mix_effect === null) continue;
          const gap = row.rate_effect + row.mix_effect - row.contribution;
          const terms = [row.rate_effect, row.mix_effect, from, to].map(Math.abs);
          expect(Math.abs(gap)).toBeLessThanOrEqual(near(greatest(terms)));
        }
      }),
      { numRuns: 2000, seed: 11 },
    );
  });

  it("to the growth of a share", () => {
    const sales = fc.integer({ min: 0, max: 1_000_000 });
    const markets = fc.dictionary(
      fc.constantFrom("a", "b", "c"),
      fc.tuple(sales, sales, sales, sales).map(
        ([own, others, baseOwn, baseOthers]): Sums => ({
          numerator: own,
          denominator: own + others,
          base: { numerator: baseOwn, denominator: baseOwn + baseOthers },
        }),
      ),
      { minKeys: 1 },
    );
    const growth = (all: Record<string, Sums>) => {
      const rows = Object.values(all);
      const share = add(rows.map((row) => row.numerator)) / add(rows.map((row) => row.denominator));
      const base =
        add(rows.map((row) => row.base?.numerator ?? 0)) / add(rows.map((row) => row.base?.denominator ?? 0));
      return share / base - 1;
    };
    fc.assert(
      fc.property(markets, markets, (one, other) => {
        const [from, to] = [growth(one), growth(other)];
        const found = explain("growth", new Map(Object.entries(one)), new Map(Object.entries(other)));
        if (!Number.isFinite(from) || !Number.isFinite(to)) {
          expect(found).toBeNull();
          return;
        }
        const parts = found?.groups.map(({ contribution }) => contribution) ?? [];
        const size = greatest([1, Math.abs(from), Math.abs(to), ...parts.map(Math.abs)]);
        expect(Math.abs(add(parts) - (to - from))).toBeLessThanOrEqual(near(size));
      }),
      { numRuns: 1000, seed: 12 },
    );
  });

  it("over two dimensions of which one splits the numerator only", () => {
    const cell = fc.integer({ min: 0, max: 50 });
    const book = fc.record({
      east: fc.integer({ min: 1, max: 200 }),
      west: fc.integer({ min: 1, max: 200 }),
    });
    const losses = fc.record({ east: fc.tuple(cell, cell), west: fc.tuple(cell, cell) });
    const period = fc.record({ book, losses });
    const crossed = ({ book, losses }: { book: Record<string, number>; losses: Record<string, number[]> }) =>
      groups(
        Object.fromEntries(
          ["east", "west"].flatMap((region) =>
            ["price", "service"].map((reason, at) => [
              `${region} ${reason}`,
              [losses[region]?.[at] ?? 0, book[region] ?? 0] as const,
            ]),
          ),
        ),
      );
    fc.assert(
      fc.property(period, period, (one, other) => {
        const rate = ({ book, losses }: typeof one) =>
          add(Object.values(losses).flat()) / add(Object.values(book));
        const found = explain(
          "customer_rate",
          crossed(one),
          crossed(other),
          (key) => key.split(" ")[1] ?? "",
        );
        expect(add(found?.groups.map(({ contribution }) => contribution) ?? [])).toBeCloseTo(
          rate(other) - rate(one),
          12,
        );
        expect(found?.delta).toBeCloseTo(rate(other) - rate(one), 12);
        expect(found?.groups.every(({ weight_from }) => weight_from !== null)).toBe(true);
      }),
      { numRuns: 300, seed: 13 },
    );
  });
});
