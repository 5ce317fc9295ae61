import { expect, test } from "vitest";

import { statuses, statusSymbol } from "../../reports/components/data/targets.js";

test("each status has a symbol of its own", () => {
  expect(new Set(statuses.map((status) => statusSymbol[status])).size).toBe(statuses.length);
});
