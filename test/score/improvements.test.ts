import { describe, expect, it } from "vitest";
import type { KpiValue } from "../../src/kpi/answer.js";
import { changeOf } from "../../src/kpi/change.js";
import { periodOf } from "../../src/kpi/periods.js";
import type { Components } from "../../src/kpi/value.js";
import { type Improvement, type OutcomeContext, outcomeOf } from "../../src/score/improvements.js";

const half = (start: string) => periodOf(start, "half");

/** What 0/1 cases add up to. */
const cases = (numerator: number, n: number): Components => ({
  numerator,
  denominator: n,
  n,
  sumSq: numerator,
  awaiting: 0,
});
/** What n values of a mean and a sample variance add up to. */
const values = (mean: number, variance: number, n: number): Components => ({
  numerator: mean * n,
  denominator: n,
  n,
  sumSq: n * mean ** 2 + (n - 1) * variance,
  awaiting: 0,
});

describe("a change", () => {
  const up = { kind: "rate", direction: "up" } as const;
  const down = { kind: "mean", direction: "down" } as const;
  const final = (start: string, components: Components) => ({
    components,
    value: components.numerator / components.denominator,
    period: half(start),
  });
  const change = (kpi: Parameters<typeof changeOf>[0], before: Components, after: Components) =>
    changeOf(kpi, final("2025-07-01", before), final("2026-01-01", after));

  it("is tested by itself, though the intervals overlap", () => {
    // 60 % [39, 78] and 90 % [70, 97]; pooled 30 of 40: z = 0.3 ÷ √(0.75 · 0.25 · 2/20) = 2.1909, p = 0.0285.
    const tested = change(up, cases(12, 20), cases(18, 20));
    expect(tested).toEqual({ change: "better", p: expect.closeTo(0.02846, 5) });
  });

  it.each([
    ["down", up, cases(18, 20), cases(12, 20), "worse"],
    // Welch: t = 4 ÷ √(2 · 4/20) = 6.3.
    ["up, lower is better", down, values(10, 4, 20), values(14, 4, 20), "worse"],
    ["down, lower is better", down, values(14, 4, 20), values(10, 4, 20), "better"],
    ["by one case", up, cases(12, 20), cases(13, 20), "within_chance"],
    ["of nothing", up, cases(12, 20), cases(12, 20), "within_chance"],
    ["of 4 cases, by a test like any other", up, cases(0, 4), cases(4, 4), "better"],
    [
      "of a count",
      { kind: "count", direction: "down" } as const,
      { ...cases(30, 1), n: 30 },
      { ...cases(2, 1), n: 2 },
      "better",
    ],
    ["of money", { kind: "sum", direction: "up" } as const, cases(30, 1), cases(90, 1), "no_test"],
    [
      "of a window that shares most of its months with the other",
      { ...up, look_back: { months: 12 } } as const,
      cases(12, 20),
      cases(18, 20),
      "no_test",
    ],
    [
      "without a direction",
      { kind: "rate", direction: "none" } as const,
      cases(12, 20),
      cases(18, 20),
      "no_direction",
    ],
  ])("%s", (_, kpi, before, after, said) => {
    expect(change(kpi, before, after).change).toBe(said);
  });
});

const halfYear = (start: string, right: number | null, more: Partial<KpiValue> = {}): KpiValue => {
  const value = right === null ? null : right / 20;
  const { partial = false, mature = true, incomplete = false } = more;
  return {
    kpi_id: "service_accuracy",
    grain: "half",
    period_start: start,
    period_end: half(start).end,
    by: { employee: "E1" },
    value,
    numerator: right,
    denominator: 20,
    n: 20,
    low: null,
    high: null,
    target: null,
    status: null,
    sure: null,
    mature,
    partial,
    incomplete,
    reason: null,
    reason_text: null,
    compare: null,
    settled: {
      value,
      low: null,
      high: null,
      components: right === null ? null : cases(right, 20),
      partial,
      mature,
      incomplete,
      reason: more.reason ? { code: more.reason, names: [], table: "tickets", day: "2025-02-03" } : null,
    },
    ...more,
  };
};

const item: Improvement = {
  improvement_id: "I1",
  employee_id: "E1",
  kpi_id: "service_accuracy",
  dimension: null,
  agreed_on: "2025-07-15",
  due_on: "2025-12-31",
  measure: "复盘",
  measure_en: null,
  status: "done",
};

const context = (values: readonly KpiValue[], more: Partial<OutcomeContext> = {}): OutcomeContext => ({
  kpis: new Map([["service_accuracy", { kind: "rate", direction: "up" }]]),
  grain: "half",
  end: "2026-07-01",
  values,
  reviewGrain: "half",
  reviews: new Map(),
  ...more,
});

// Of 20: 60 % and 90 %, p = 0.0285.
const low = 12;
const high = 18;

describe("an improvement", () => {
  it("compares the last period before the agreement with the last one over since it was due", () => {
    // Agreed on 15 July 2025: the first half of 2025, not the second; due on 31 December: the first half of 2026.
    const values = [
      halfYear("2026-01-01", high),
      halfYear("2024-07-01", high),
      halfYear("2025-01-01", low),
      halfYear("2025-07-01", 2),
    ];
    expect(outcomeOf(item, context(values))).toEqual({
      improvement_id: "I1",
      kpi_id: "service_accuracy",
      dimension: null,
      agreed_on: "2025-07-15",
      due_on: "2025-12-31",
      measure: "复盘",
      measure_en: null,
      status: "done",
      grain: "half",
      verdict: "better",
      p: expect.closeTo(0.02846, 5),
      before: {
        period: { grain: "half", start: "2025-01-01", end: "2025-07-01" },
        value: 0.6,
        low: null,
        high: null,
        n: 20,
        reason: null,
      },
      after: {
        period: { grain: "half", start: "2026-01-01", end: "2026-07-01" },
        value: 0.9,
        low: null,
        high: null,
        n: 20,
        reason: null,
      },
      judged_from: "2026-07-01",
    });
  });

  it("agreed and due on a period's first day has that day on the side of after", () => {
    const values = [halfYear("2025-01-01", low), halfYear("2025-07-01", high)];
    const onTheEdge = { ...item, agreed_on: "2025-07-01", due_on: "2025-07-01" };
    expect(outcomeOf(onTheEdge, context(values))).toMatchObject({
      verdict: "better",
      judged_from: "2026-01-01",
    });
    expect(outcomeOf({ ...onTheEdge, agreed_on: "2025-06-30" }, context(values))).toMatchObject({
      verdict: "no_data",
      before: null,
    });
  });

  it("still runs until a whole period has passed since it was due, by the sheet's end", () => {
    const values = [halfYear("2025-01-01", low), halfYear("2026-01-01", high)];
    expect(outcomeOf(item, context(values, { end: "2026-01-01" }))).toMatchObject({
      verdict: "still_running",
      after: null,
      judged_from: "2026-07-01",
    });
    expect(outcomeOf({ ...item, due_on: "2026-01-02" }, context(values))).toMatchObject({
      verdict: "still_running",
      judged_from: "2027-01-01",
    });
  });

  it("says why it cannot be judged", () => {
    const before = halfYear("2025-01-01", low);
    const verdict = (values: readonly KpiValue[], more: Partial<Improvement> = {}) =>
      outcomeOf({ ...item, ...more }, context(values)).verdict;
    expect(verdict([before, halfYear("2026-01-01", high, { mature: false })])).toBe("immature");
    // No period that begins since it was due is over.
    expect(verdict([before, halfYear("2026-01-01", high, { partial: true })])).toBe("still_running");
    expect(verdict([before])).toBe("no_data");
    expect(verdict([before, halfYear("2026-01-01", null)])).toBe("no_data");
    expect(verdict([before, halfYear("2026-01-01", 13)])).toBe("within_chance");
    expect(verdict([halfYear("2025-01-01", high), halfYear("2026-01-01", low)])).toBe("worse");
    expect(verdict([before, halfYear("2026-01-01", high)], { status: "dropped" })).toBe("dropped");
    expect(verdict([before, halfYear("2026-01-01", high)], { kpi_id: null })).toBe("not_measured");
  });

  it("looks at recorded periods, and says of the others why not", () => {
    const incomplete = { incomplete: true, reason: "incomplete" as const };
    const cut = halfYear("2025-01-01", low, incomplete);
    expect(outcomeOf(item, context([cut, halfYear("2026-01-01", high)]))).toMatchObject({
      verdict: "incomplete",
      p: null,
      before: { value: 0.6, reason: { code: "incomplete", day: "2025-02-03" } },
    });
    const unrecorded = halfYear("2025-01-01", null, { reason: "before_record" });
    expect(outcomeOf(item, context([unrecorded, halfYear("2026-01-01", high)]))).toMatchObject({
      verdict: "no_data",
      before: { value: null, reason: { code: "before_record" } },
    });
    // The record ends within the first half of 2026: the second half of 2025 is the last one since the due day.
    const ended = [
      halfYear("2025-01-01", low),
      halfYear("2025-07-01", high),
      halfYear("2026-01-01", low, incomplete),
    ];
    expect(
      outcomeOf({ ...item, due_on: "2025-07-01", agreed_on: "2025-07-01" }, context(ended)),
    ).toMatchObject({ verdict: "better", after: { period: { start: "2025-07-01" } } });
  });

  it("on a dimension of the review shows its figures without a verdict", () => {
    const review = (score: number) => ({ dimensions: [{ dimension: "沟通", score, groups: [] }] });
    const reviews = new Map([
      ["2025-01-01", review(60)],
      ["2025-07-01", review(65)],
      ["2026-01-01", review(80)],
    ]);
    const onDimension = { ...item, kpi_id: null, dimension: "沟通" };
    expect(outcomeOf(onDimension, context([], { reviews }))).toMatchObject({
      verdict: "no_test",
      before: { period: { start: "2025-01-01" }, value: 60, low: null, high: null, n: null },
      after: { period: { start: "2026-01-01" }, value: 80 },
    });
    expect(outcomeOf({ ...onDimension, dimension: "协作" }, context([], { reviews })).verdict).toBe(
      "no_data",
    );
  });
});
