// @vitest-environment jsdom
import { expect, it } from "vitest";
import { formatter } from "../../reports/components/data/format.js";
import type { Site } from "../../reports/components/data/site.js";
import { scorecardNotes, scorecardTitle } from "../../reports/components/pages/scorecardPage.js";
import { withoutValue } from "../../reports/components/tables/scorecardTable.js";
import { uncovered } from "../../src/kpi/coverage.js";
import type { CompanyScore, Scorecard } from "../../src/published/scoreTypes.js";
import { pages as en } from "../../src/words/en.js";

const growth = {
  id: "revenue_growth",
  label: { "zh-CN": "销售额增长率", en: "Revenue growth" },
  coverage: { ...uncovered, from: { table: "orders", day: "2025-03-30" }, against: "year" },
  range: [null, null],
  numerator_dimensions: [],
};

const site = {
  grain: "month",
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

it("a scorecard in print sends to the report for what that has, and to the site for the rest", () => {
  const own = { ...site, catalogue: { ...site.catalogue, grades: [] } } as unknown as Site;
  const card = { id: "c", missing: "renormalise", subjects: ["company"] } as unknown as Scorecard;
  const { printedTraceNote } = en.scores;
  expect(scorecardNotes(own, card).textContent).toContain("leads to its page with numerator and denominator");
  const printed = scorecardNotes(own, card, { trace: printedTraceNote }).textContent;
  expect(printed).toMatch(/figure in this report.*source columns stand on the site/);
  expect(printed).not.toContain("page with numerator");
});

it("a scorecard without weights says that it has none, not that no period is over", () => {
  const card = {
    id: "c",
    label: { "zh-CN": "绩效", en: "Service" },
    subjects: ["company"],
  } as unknown as Scorecard;
  const titled = (weighed: string[]) =>
    scorecardTitle({ ...site, catalogue: { ...site.catalogue, weighed } } as unknown as Site, card, null, [])
      .textContent;
  expect(titled(["other"])).toContain("Service: it has no weights in weights.csv yet");
  expect(titled(["c"])).toContain("no period with data is over yet");
});
