import { describe, expect, it } from "vitest";
import type { KpiValue } from "../../src/kpi/answer.js";
import { type Certain, changeOf } from "../../src/kpi/change.js";
import { type Improvement, type OutcomeContext, outcomeOf } from "../../src/kpi/improvements.js";
import { periodOf } from "../../src/kpi/periods.js";

const certain = (value: number | null, low: number | null, high: number | null, n = 20): Certain => ({
  value,
  low,
  high,
  n,
});

describe("a change", () => {
  const up = { kind: "rate", direction: "up" } as const;
  const down = { kind: "mean", direction: "down" } as const;
  const [small, large] = [certain(0.5, 0.4, 0.6), certain(0.8, 0.7, 0.9)];

  it.each([
    ["up", up, small, large, "better"],
    ["down", up, large, small, "worse"],
    ["up, lower is better", down, small, large, "worse"],
    ["down, lower is better", down, large, small, "better"],
    ["to intervals that touch", up, small, certain(0.7, 0.6, 0.8), "no_clear_change"],
    ["to intervals that overlap", up, small, certain(0.7, 0.55, 0.85), "no_clear_change"],
    ["from 9 cases", up, certain(0.5, 0.4, 0.6, 9), large, "few_cases"],
    ["to 9 cases", up, small, certain(0.8, 0.7, 0.9, 9), "few_cases"],
    [
      "of a count of 2",
      { kind: "count", direction: "down" } as const,
      certain(30, 20, 43, 30),
      certain(2, 0.2, 7.2, 2),
      "better",
    ],
    ["to nothing", up, small, certain(null, null, null, 0), "no_data"],
    ["without an interval", up, small, certain(0.8, null, null), "no_interval"],
    ["without a direction", { kind: "rate", direction: "none" } as const, small, large, "no_direction"],
  ])("%s", (_, kpi, before, after, change) => {
    expect(changeOf(kpi, before, after)).toBe(change);
  });
});

const halfYear = (
  start: string,
  [value, low, high]: [number | null, number | null, number | null],
  more: Partial<KpiValue> = {},
): KpiValue => ({
  kpi_id: "service_accuracy",
  grain: "half",
  period_start: start,
  period_end: periodOf(start, "half").end,
  by: { employee: "E1" },
  value,
  numerator: null,
  denominator: null,
  n: 20,
  low,
  high,
  target: null,
  status: null,
  sure: null,
  mature: true,
  partial: false,
  incomplete: false,
  reason: null,
  reason_text: null,
  compare: null,
  ...more,
});

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

const low: [number, number, number] = [0.6, 0.5, 0.7];
const high: [number, number, number] = [0.9, 0.8, 0.95];

describe("an improvement", () => {
  it("compares the last period before the agreement with the last one over since it was due", () => {
    // Agreed on 15 July 2025: the first half of 2025, not the second; due on 31 December: the first half of 2026.
    const values = [
      halfYear("2026-01-01", high),
      halfYear("2024-07-01", high),
      halfYear("2025-01-01", low),
      halfYear("2025-07-01", [0.1, 0, 0.2]),
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
      before: {
        period: { grain: "half", start: "2025-01-01", end: "2025-07-01" },
        value: 0.6,
        low: 0.5,
        high: 0.7,
        n: 20,
      },
      after: {
        period: { grain: "half", start: "2026-01-01", end: "2026-07-01" },
        value: 0.9,
        low: 0.8,
        high: 0.95,
        n: 20,
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
    expect(verdict([before, halfYear("2026-01-01", high, { partial: true })])).toBe("no_data");
    expect(verdict([before, halfYear("2026-01-01", high, { n: 9 })])).toBe("few_cases");
    expect(verdict([before])).toBe("no_data");
    expect(verdict([before, halfYear("2026-01-01", [null, null, null])])).toBe("no_data");
    expect(verdict([before, halfYear("2026-01-01", [0.65, 0.5, 0.8])])).toBe("no_clear_change");
    expect(verdict([halfYear("2025-01-01", high), halfYear("2026-01-01", low)])).toBe("worse");
    expect(verdict([before, halfYear("2026-01-01", high)], { status: "dropped" })).toBe("dropped");
    expect(verdict([before, halfYear("2026-01-01", high)], { kpi_id: null })).toBe("not_measured");
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
      verdict: "no_interval",
      before: { period: { start: "2025-01-01" }, value: 60, low: null, high: null, n: null },
      after: { period: { start: "2026-01-01" }, value: 80 },
    });
    expect(outcomeOf({ ...onDimension, dimension: "协作" }, context([], { reviews })).verdict).toBe(
      "no_data",
    );
  });
});
