import { expect, it } from "vitest";
import { readCatalogue } from "../../../src/catalogue/catalogueFiles.js";
import { width } from "../../../src/cli/print/align.js";
import { explainedTable } from "../../../src/cli/print/explainFormat.js";
import type { ExplainedChange } from "../../../src/kpi/explained.js";

const { kpis } = readCatalogue("data/catalog");

it("shows the twelve largest groups and the sum of the others", () => {
  const side = { period_end: "2026-03-01", mature: true, partial: false, incomplete: false };
  const change: ExplainedChange = {
    kpi_id: "new_customers",
    grain: "month",
    from: { ...side, period_start: "2026-01-01", value: 0 },
    to: { ...side, period_start: "2026-02-01", value: 105 },
    delta: 105,
    p: null,
    reason: null,
    reason_text: null,
    by: ["owner"],
    groups: Array.from({ length: 14 }, (_, index) => ({
      group: [`员工${index}`],
      weight_from: null,
      weight_to: null,
      value_from: 0,
      value_to: 14 - index,
      rate_effect: null,
      mix_effect: null,
      contribution: 14 - index,
      p: null,
      q: null,
    })),
    rate_effect: null,
    mix_effect: null,
  };
  const text = explainedTable([change], kpis, { language: "zh-CN", label: (_, value) => value });
  const lines = text.split("\n");
  const rows = lines.slice(3, 17);
  expect(lines[0]).toBe("新客户开发数量 new_customers（个）：2026年1月 0 → 2026年2月 105，+105");
  expect(rows[11]).toMatch(/员工11 .*\+3$/);
  expect(rows[12]).toMatch(/其余 2 组 .*\+3$/);
  expect(rows[13]).toMatch(/合计 .*105 .*\+105$/);
  expect(new Set(rows.map((text) => width(text))).size).toBe(1);
});
