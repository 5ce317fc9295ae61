import { expect, test } from "vitest";

import { largestContribution } from "../../reports/components/data/contributions.js";
import type { Point } from "../../reports/components/data/series.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { publishedTable } from "./publishedTable.js";

/** Rows of `recent.arrow`: dimension, value, month, numerator, denominator. */
type Row = readonly [by: string, value: string, month: string, numerator: number, denominator: number];

const kpi_id = "service_accuracy";
const recent = (rows: readonly Row[], hidden: readonly number[] = []) =>
  publishedTable(
    rows.map(([by, value, period_start, numerator, denominator], index) => {
      const is = hidden.includes(index) ? 1 : 0;
      return { kpi_id, by, value, period_start, numerator, denominator, n: denominator, hidden: is };
    }),
  );
const totals = publishedTable(
  [
    ["2025-03-01", 170, 200],
    ["2026-03-01", 142, 200],
  ].map(([period_start = "", numerator = 0, denominator = 0]) => {
    return { kpi_id, role: "period", grain: "month", period_start, numerator, denominator, hidden: 0 };
  }),
);

const kpi = { id: "service_accuracy", kind: "rate", all_months: false } as Kpi;
const point = (delta: number) =>
  ({
    grain: "month",
    start: "2026-03-01",
    lastYear: { delta, value: 0, low: null, high: null, certain: true },
  }) as Point;

const rows: Row[] = [
  ["region", "East", "2025-03-01", 90, 100],
  ["region", "West", "2025-03-01", 80, 100],
  ["region", "East", "2026-03-01", 60, 100],
  ["region", "West", "2026-03-01", 82, 100],
  ["segment", "trader", "2025-03-01", 170, 200],
  ["segment", "trader", "2026-03-01", 71, 100],
  ["segment", "other", "2026-03-01", 71, 100],
];
const cube = recent(rows);

test("names the group that adds most, of all dimensions", () => {
  // East: half the weight, 0.6 − 0.9; traders, at their mean weight of 3/4, add less by their rate.
  expect(largestContribution(kpi, cube, totals, point(-0.14))).toEqual({
    dimension: "region",
    value: "East",
    delta: expect.closeTo(-0.15, 12),
  });
});

test("names no group that is all of its dimension, for it has the whole change", () => {
  const alone: Row[] = [
    ["class", "(unknown)", "2025-03-01", 170, 200],
    ["class", "(unknown)", "2026-03-01", 142, 200],
  ];
  expect(largestContribution(kpi, recent(alone), totals, point(-0.14))).toBeNull();
});

test("only of groups that go the way of the whole", () => {
  expect(largestContribution(kpi, cube, totals, point(0.01))).toMatchObject({
    dimension: "region",
    value: "West",
  });
  expect(largestContribution({ ...kpi, all_months: true }, cube, totals, point(-0.14))).toBeNull();
});

test("no group that is not shown, and none beside others together that add more", () => {
  // Without the other traders and regions that are hidden, East adds what it adds with all of them.
  const west = [1, 3];
  expect(largestContribution(kpi, recent(rows, west), totals, point(-0.14))).toEqual({
    dimension: "region",
    value: "East",
    delta: expect.closeTo(-0.15, 12),
  });
  const east = [0, 2];
  expect(largestContribution(kpi, recent(rows, east), totals, point(-0.14))).toMatchObject({
    dimension: "segment",
  });
  const all = rows.map((_, index) => index);
  expect(largestContribution(kpi, recent(rows, all), totals, point(-0.14))).toBeNull();
});
