// @vitest-environment jsdom
import { expect, it } from "vitest";
import { formatter } from "../../reports/components/format.js";
import { en } from "../../reports/components/messages/en.js";
import { withoutValue } from "../../reports/components/scorecardTable.js";
import type { CompanyScore } from "../../reports/components/scoreTypes.js";
import type { Site } from "../../reports/components/site.js";
import { uncovered } from "../../src/kpi/coverage.js";

const growth = {
  id: "revenue_growth",
  label: { "zh-CN": "销售额增长率", en: "Revenue growth" },
  coverage: { ...uncovered, from: { table: "orders", day: "2025-03-30" }, against: "year" },
  range: [null, null],
  numeratorDimensions: [],
};

const site = {
  language: "en",
  messages: en,
  format: formatter("en", en),
  build: { as_of_on: "2026-05-30", periods: [] },
  catalogue: { tables: { orders: { "zh-CN": "订单行", en: "Order lines" } } },
  totals: { length: 0, words: new Map(), numbers: new Map() },
  targets: [],
  kpi: () => growth,
  href: (page: string) => page,
} as unknown as Site;

it("a scorecard says of its own period why a KPI has no value", () => {
  const score = {
    grain: "quarter",
    period_start: "2026-01-01",
    period_end: "2026-04-01",
    items: [{ kpi_id: "revenue_growth", weight: 0.1, value: null }],
  } as unknown as CompanyScore;
  expect(withoutValue(site, score)?.textContent).toContain(
    "Before the first record: orders begins on 30 Mar 2025: Revenue growth",
  );
  expect(withoutValue(site, score, {}, () => false)).toBeNull();
});
