import { expect, it } from "vitest";
import type { BuildsDiff } from "../../src/answers/closed/diffBuilds.js";
import { toDiffJson } from "../../src/cli/print/diffTable.js";

it("the pieces of a long difference are together the JSON of the whole", () => {
  const build = { build_id: "b", as_of_on: "2026-01-01" };
  for (const length of [0, 1, 10_000, 10_001, 20_000]) {
    const list = Array.from({ length }, (_, at) => ({ id: `line\n${at}`, changes: [], old: { value: at } }));
    const found = { older: build, newer: build, periods: 3, restatements: list, cases: list.slice(1) };
    const text = [...toDiffJson(found as unknown as BuildsDiff)].join("");
    expect(text === `${JSON.stringify(found, null, 2)}\n`).toBe(true);
  }
});
