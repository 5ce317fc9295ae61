import { expect, test } from "vitest";
import { missingReference } from "../../src/load/missingReference.js";

const warning = { table: "orders", column: "customer_id", rule: "unknown_reference" };

test("a reference that is not found names its table, and whether that was given", () => {
  expect(missingReference(warning, ["orders"])).toEqual({ table: "customers", isGiven: false });
  expect(missingReference(warning, ["orders", "customers"])).toEqual({ table: "customers", isGiven: true });
});

test("other warnings, columns and tables name none", () => {
  for (const other of [
    { rule: "no_line_end" },
    { column: "ordered_at" },
    { column: null },
    { table: "visits" },
  ])
    expect(missingReference({ ...warning, ...other }, ["orders"])).toBeUndefined();
});
