import { describe, expect, it } from "vitest";
import {
  type Candidate,
  type Effect,
  expectedReached,
  isTooLittle,
  judge,
  type Verdict,
  worthOf,
} from "../../../src/analysis/benefit/verdict.js";

const effect = (delta: number, low: number, high: number, p: number): Effect => ({
  delta,
  p,
  interval: { low, high },
  relative: null,
});
const candidate = (more: Partial<Candidate>): Candidate => ({
  obstacle: null,
  isTestable: true,
  isTooLittle: false,
  direction: "up",
  effect: effect(3, 1, 5, 0.001),
  ...more,
});
const verdictOf = (more: Partial<Candidate>) => judge([candidate(more)])[0]?.verdict;

describe("a verdict is the first that applies", () => {
  it.each<[Verdict, Partial<Candidate>]>([
    ["not_recorded", { obstacle: "not_recorded", isTooLittle: true }],
    ["still_running", { obstacle: "still_running" }],
    ["not_testable", { isTestable: false, isTooLittle: true }],
    ["too_little_data", { isTooLittle: true }],
    ["too_little_data", { effect: null }],
    ["improved", {}],
    ["worsened", { effect: effect(-3, -5, -1, 0.001) }],
    ["improved", { direction: "down", effect: effect(-3, -5, -1, 0.001) }],
    ["worsened", { direction: "down" }],
    ["no_demonstrable_change", { effect: effect(3, 1, 5, 0.051) }],
    ["no_demonstrable_change", { effect: effect(3, 0, 6, 0.05) }],
    ["no_demonstrable_change", { direction: "none" }],
  ])("%s", (verdict, more) => {
    expect(verdictOf(more)).toBe(verdict);
  });
});

it("one change of three that chance gives in one of twenty-five is none", () => {
  const clear = candidate({ effect: effect(3, 0.1, 6, 0.04) });
  const vague = candidate({ effect: effect(0, -3, 3, 0.9) });
  expect(judge([clear])[0]).toEqual({ verdict: "improved", q: 0.04 });
  const three = judge([clear, vague, vague]);
  expect(three[0]).toEqual({ verdict: "no_demonstrable_change", q: expect.closeTo(0.12, 12) });
  // What is not tested does not count.
  const open = [candidate({ obstacle: "still_running" }), candidate({ isTooLittle: true })];
  expect(judge([clear, ...open])[0]).toEqual({ verdict: "improved", q: 0.04 });
  expect(judge([clear, ...open]).map(({ q }) => q)).toEqual([0.04, null, null]);
  // Who asks the same again is no further test, for better or worse: three times one of 0.04 beside a vague one are two tests.
  const copies = [
    { ...clear, copyOf: 0 },
    { ...clear, copyOf: 0 },
  ];
  expect(judge([clear, ...copies, vague]).map(({ q }) => q)).toEqual([
    ...Array(3).fill(expect.closeTo(0.08, 12)),
    expect.closeTo(0.9, 12),
  ]);
});

it("thirty customers in each cell, five expected each way and ten events are enough", () => {
  expect(isTooLittle({ customers: [30, 31, 40, 30], leastExpected: 5 })).toBe(false);
  expect(isTooLittle({ customers: [30, 29, 40, 30] })).toBe(true);
  expect(isTooLittle({ customers: [30], leastExpected: 4.99 })).toBe(true);
  expect(isTooLittle({ customers: [30], events: 9 })).toBe(true);
  expect(isTooLittle({ customers: [30], events: 10 })).toBe(false);
});

it("what was expected is reached, missed or open by the whole interval", () => {
  expect(expectedReached({ low: 3, high: 5 }, 3)).toBe("yes");
  expect(expectedReached({ low: 1, high: 2.9 }, 3)).toBe("no");
  expect(expectedReached({ low: 1, high: 5 }, 3)).toBe("open");
  expect(expectedReached({ low: -30, high: -21 }, -20)).toBe("yes");
  expect(expectedReached({ low: -19, high: 4 }, -20)).toBe("no");
  expect(expectedReached({ low: null, high: null }, 3)).toBe("open");
  expect(expectedReached({ low: 1, high: 5 }, null)).toBeNull();
});

describe("what a change was worth", () => {
  const of = (verdict: Verdict, direction: "up" | "down" | "none", change: Effect) =>
    worthOf(change, { verdict, direction, volume: 500, value_per_unit: 40, cost: 60_000 });

  it("is improvement by value by volume, by hand", () => {
    // 10 minutes fewer, 40 a minute, 500 tickets: 200,000; (200,000 − 60,000) ÷ 60,000 = 2⅓.
    expect(of("improved", "down", effect(-10, -15, -5, 0.001))).toEqual({
      money: 200_000,
      money_low: 100_000,
      money_high: 300_000,
      return: expect.closeTo(7 / 3, 12),
      return_low: expect.closeTo(2 / 3, 12),
      return_high: 4,
    });
  });

  it("has no value of its own without a verdict of a change, nothing without a direction, price or cost", () => {
    expect(of("no_demonstrable_change", "up", effect(1, -1, 3, 0.4))).toMatchObject({
      money: null,
      money_low: -20_000,
      money_high: 60_000,
      return: null,
    });
    expect(of("no_demonstrable_change", "none", effect(1, -1, 3, 0.4))).toMatchObject({
      money_low: null,
      money_high: null,
    });
    const free = { verdict: "improved", direction: "up", volume: 1, value_per_unit: 5, cost: 0 } as const;
    expect(worthOf(effect(2, 1, 3, 0.01), free)).toMatchObject({ money: 10, return: null });
    expect(worthOf(effect(2, 1, 3, 0.01), { ...free, value_per_unit: null })).toMatchObject({ money: null });
  });
});
