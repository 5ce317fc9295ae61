import fc from "fast-check";
import { expect, test } from "vitest";

import { parts } from "../../reports/components/contributions.js";
import { noCases } from "../../reports/components/kpi/value.js";

const group = fc.record({
  numerator: fc.integer({ min: 0, max: 500 }),
  denominator: fc.integer({ min: 1, max: 500 }),
});
const book = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), group, { minKeys: 1 });
const mapped = (groups: Record<string, { numerator: number; denominator: number }>) =>
  new Map(Object.entries(groups).map(([name, one]) => [name, { ...noCases, ...one }]));
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

test("the parts of a ratio's change add up to it, whichever groups come or go", () => {
  fc.assert(
    fc.property(book, book, (now, before) => {
      const ratio = (groups: typeof now) =>
        sum(Object.values(groups).map((one) => one.numerator)) /
        sum(Object.values(groups).map((one) => one.denominator));
      const total = sum(parts({ kind: "rate" }, mapped(now), mapped(before)).values());
      expect(total).toBeCloseTo(ratio(now) - ratio(before), 9);
    }),
  );
});

test("a mix shift without any group moving is told as weights", () => {
  const before = mapped({
    small: { numerator: 20, denominator: 100 },
    large: { numerator: 5, denominator: 100 },
  });
  const now = mapped({
    small: { numerator: 40, denominator: 200 },
    large: { numerator: 5, denominator: 100 },
  });
  const found = parts({ kind: "rate" }, now, before);
  expect(sum(found.values())).toBeCloseTo(45 / 300 - 25 / 200, 12);
  expect(found.get("small")).toBeGreaterThan(0);
});
