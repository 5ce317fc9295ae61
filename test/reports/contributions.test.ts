import { expect, test } from "vitest";

import { largestContribution } from "../../reports/components/contributions.js";
import type { Cube } from "../../reports/components/cube.js";
import type { Point } from "../../reports/components/series.js";
import type { Kpi } from "../../reports/components/siteTypes.js";

/** Rows of `recent.arrow`: dimension, value, month, numerator, denominator. */
type Row = readonly [by: string, value: string, month: string, numerator: number, denominator: number];

function recent(rows: readonly Row[]): Cube {
  const words = (values: readonly string[]) => {
    const all = [...new Set(values)];
    return { words: all, codes: values.map((value) => all.indexOf(value)) };
  };
  const numbers = (at: 3 | 4) => rows.map((row) => row[at]);
  return {
    length: rows.length,
    words: new Map([
      ["kpi_id", words(rows.map(() => "service_accuracy"))],
      ["by", words(rows.map(([by]) => by))],
      ["value", words(rows.map(([, value]) => value))],
      ["period_start", words(rows.map(([, , month]) => month))],
    ]),
    numbers: new Map([
      ["numerator", numbers(3)],
      ["denominator", numbers(4)],
      ["n", numbers(4)],
      ["sum_sq", numbers(4).map(() => 0)],
      ["awaiting", numbers(4).map(() => 0)],
    ]),
  };
}

const kpi = { id: "service_accuracy", kind: "rate", allMonths: false } as Kpi;
const point = (delta: number) =>
  ({
    grain: "month",
    start: "2026-03-01",
    lastYear: { delta, value: 0, low: null, high: null, certain: true },
  }) as Point;

const cube = recent([
  ["region", "East", "2025-03-01", 90, 100],
  ["region", "West", "2025-03-01", 80, 100],
  ["region", "East", "2026-03-01", 60, 100],
  ["region", "West", "2026-03-01", 82, 100],
  ["segment", "trader", "2025-03-01", 170, 200],
  ["segment", "trader", "2026-03-01", 71, 100],
  ["segment", "other", "2026-03-01", 71, 100],
]);

test("names the group that adds most, of all dimensions", () => {
  // East: half the weight, 0.6 − 0.9; traders, at their mean weight of 3/4, add less by their rate.
  expect(largestContribution(kpi, cube, point(-0.14))).toEqual({
    dimension: "region",
    value: "East",
    delta: expect.closeTo(-0.15, 12),
  });
});

test("only of groups that go the way of the whole", () => {
  expect(largestContribution(kpi, cube, point(0.01))).toMatchObject({ dimension: "region", value: "West" });
  expect(largestContribution({ ...kpi, allMonths: true }, cube, point(-0.14))).toBeNull();
});
