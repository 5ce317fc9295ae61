// @vitest-environment jsdom
import { expect, test } from "vitest";
import { formatter } from "../../reports/components/data/format.js";
import type { Site } from "../../reports/components/data/site.js";
import {
  reconciliationSections,
  reconciliationsTitle,
} from "../../reports/components/pages/reconciliationPage.js";
import { explanationOf } from "../../src/answers/reconcile/explanation.js";
import type { Kpi } from "../../src/catalogue/kpis.js";
import { reconcileTable } from "../../src/cli/print/reconcileFormat.js";
import type { ReconciledDifference, ShownReconciliation } from "../../src/published/reconciliation.js";
import { pages } from "../../src/words/languages.js";

const siteIn = (language: "en" | "zh-CN") =>
  ({
    language,
    messages: pages(language),
    format: formatter(language, pages(language)),
    build: { build_id: "B2" },
    href: (page: string) => page,
    kpi: (id: string) =>
      id === "first_response_time"
        ? {
            id,
            label: { en: "First-response time", "zh-CN": "服务响应时间" },
            definition: { en: "Time to answer.", "zh-CN": "首次响应所用时间。" },
            unit: "minutes",
            kind: "mean",
          }
        : undefined,
    catalogue: { currency: "CNY" },
  }) as unknown as Site;

const difference = (more: Partial<ReconciledDifference>): ReconciledDifference => ({
  side: "theirs",
  reason: "definition",
  detail: "type is distinct from 'praise'",
  explanation: explanationOf("definition", "type is distinct from 'praise'"),
  explained: true,
  cases: 4,
  effect: 4,
  examples: [{ id: "T1", ours: null, theirs: null, file: null, line: null }],
  ...more,
});
const found: ShownReconciliation = {
  kpi_id: "first_response_time",
  grain: "month",
  period_start: "2026-03-01",
  period_end: "2026-04-01",
  where: [],
  build_id: "B1",
  as_of_on: "2026-06-30",
  file: "march.csv",
  id_column: "Ticket",
  key: ["tickets.ticket_id"],
  value_column: null,
  time_zone: "Asia/Shanghai",
  their_time_zone: "UTC",
  measure: "cases",
  ours: 118,
  theirs: 117,
  value: 30,
  cases: 118,
  alike: 113,
  matched_by_spelling: 0,
  total_rows: 0,
  value_row: null,
  year_assumed: false,
  their_scale: 1,
  refused_lines: 0,
  differences: [
    difference({}),
    difference({
      side: "ours",
      reason: "not_in_their_list",
      detail: null,
      explained: false,
      cases: 5,
      effect: -5,
    }),
  ],
  rest: { cases: 5, effect: -5 },
  made_on: "2026-07-01",
};

test.each(["en", "zh-CN"] as const)("the page says what the command line says (%s)", (language) => {
  const site = siteIn(language);
  const section = reconciliationSections(site, [found]);
  const printed = reconcileTable(
    found,
    [
      {
        id: found.kpi_id,
        label: { en: "First-response time", zh: "服务响应时间" },
        definition: { en: "Time to answer.", zh: "首次响应所用时间。" },
        unit: "minutes",
      } as unknown as Kpi,
    ],
    language,
  );
  const cells = [...(section?.querySelectorAll("tbody tr") ?? [])].map((row) =>
    [...row.children].map((cell) => cell.textContent ?? ""),
  );
  expect(cells).toHaveLength(2);
  for (const text of cells.flat()) expect(printed).toContain(text);
  // What no reason explains stands out without its colour.
  expect(section?.querySelectorAll("th.unexplained")).toHaveLength(1);
  // Made with another build than the site's, in another time zone.
  expect(section?.textContent).toContain("B1");
  expect(section?.textContent).toContain(pages(language).reconciliations.zone("UTC", "Asia/Shanghai"));
  expect(reconciliationsTitle(site, [found]).textContent).toMatch(
    language === "en" ? /^The one figure .* is not wholly explained/ : /1 个数字中，1 个尚未/,
  );
});

test("the way from one figure to the other is drawn step by step", () => {
  const section = reconciliationSections(siteIn("en"), [found]);
  const steps = [...(section?.querySelectorAll("rect.step") ?? [])].map((step) =>
    ["x", "width"].map((name) => Number(step.getAttribute(name))),
  );
  // From 118 up to 122, then down to 117: the whole of the way is 5 wide.
  const [up = [], down = []] = steps;
  expect((up[1] ?? 0) / (down[1] ?? 1)).toBeCloseTo(4 / 5, 9);
  expect((up[0] ?? 0) + (up[1] ?? 0)).toBeCloseTo((down[0] ?? 0) + (down[1] ?? 0), 9);
});

test("without any it says how there would be one", () => {
  expect(reconciliationsTitle(siteIn("en"), []).textContent).toContain("--page show");
  expect(reconciliationSections(siteIn("en"), [])).toBeNull();
  const same = { ...found, theirs: 118, differences: [], rest: { cases: 0, effect: 0 } };
  expect(reconciliationSections(siteIn("en"), [same])?.textContent).toContain("Both figures are the same.");
  // A KPI that the catalogue has no longer.
  expect(reconciliationSections(siteIn("en"), [{ ...found, kpi_id: "gone" }])?.children).toHaveLength(0);
});
