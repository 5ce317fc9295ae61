// @vitest-environment jsdom
import { expect, test } from "vitest";
import { filterBar } from "../../reports/components/controls/filterBar.js";
import { formatter } from "../../reports/components/data/format.js";
import type { Site } from "../../reports/components/data/site.js";
import { changeFigure, changeTable, changeTitle } from "../../reports/components/pages/changeSection.js";
import type { ChangeView } from "../../reports/components/pages/changeView.js";
import { uncovered } from "../../src/kpi/coverage.js";
import { explain } from "../../src/kpi/explain.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { pages as en } from "../../src/words/en.js";
import { pages as zhCN } from "../../src/words/zh-CN.js";

const siteIn = (language: "en" | "zh-CN") => {
  const messages = language === "en" ? en : zhCN;
  return {
    grain: "month",
    language,
    messages,
    format: formatter(language, messages),
    catalogue: { vocabulary: {}, dimensions: {} },
  } as unknown as Site;
};

const kpiOf = (more: Partial<Kpi>) =>
  ({
    id: "revenue",
    label: { "zh-CN": "销售额", en: "Revenue" },
    unit: "money",
    kind: "sum",
    direction: "up",
    coverage: uncovered,
    dimensions: ["region"],
    numerator_dimensions: [],
    published: { cross: ["region"], single: ["channel"], leftOut: [] },
    ...more,
  }) as unknown as Kpi;

type Cells = Record<string, [numerator: number, denominator: number]>;

function viewOf(
  kpi: Kpi,
  dimension: string,
  [from, to]: [Cells, Cells],
  whole: [number, number],
): ChangeView {
  const groups = (cells: Cells) =>
    new Map(
      Object.entries(cells).map(([group, [numerator, denominator]]) => [group, { numerator, denominator }]),
    );
  const delta = whole[1] - whole[0];
  return {
    kpi,
    choice: { grain: "month", by: "", where: {} },
    point: { grain: "month", start: "2026-06-01", value: whole[1], n: 100, partial: false },
    compare: "year",
    from: "2025-06-01",
    difference: { value: whole[0], delta, low: null, high: null, p: null, certain: null },
    dimension,
    isWidest: false,
    explanation: explain(kpi.kind, groups(from), groups(to)),
    unshown: 0,
  } as unknown as ChangeView;
}

test("a group that adds more than the whole change is no part of it", () => {
  const within = viewOf(
    kpiOf({}),
    "region",
    [
      { East: [100, 1], West: [100, 1] },
      { East: [160, 1], West: [140, 1] },
    ],
    [200, 300],
  );
  expect(changeTitle(siteIn("en"), within).textContent).toContain("above last year, of which East +60");
  const beyond = viewOf(
    kpiOf({}),
    "region",
    [
      { East: [100, 1], West: [100, 1] },
      { East: [250, 1], West: [50, 1] },
    ],
    [200, 300],
  );
  expect(changeTitle(siteIn("en"), beyond).textContent).toContain("above last year, East alone +150");
  expect(changeTitle(siteIn("zh-CN"), beyond).textContent).toContain("，仅 East 就 +150");
});

test.each(["zh-CN", "en"] as const)("within chance no group is named: %s", (language) => {
  const view = viewOf(
    kpiOf({}),
    "region",
    [
      { East: [100, 1], West: [100, 1] },
      { East: [160, 1], West: [140, 1] },
    ],
    [200, 300],
  );
  const titleOf = (certain: boolean) =>
    changeTitle(siteIn(language), { ...view, difference: { ...view.difference, certain } }).querySelector(
      "h2",
    )?.textContent ?? "";
  expect(titleOf(true)).toContain("East");
  expect(titleOf(false)).not.toContain("East");
  expect(titleOf(false)).toContain(siteIn(language).messages.change.chance);
});

const share = kpiOf({
  id: "channel_utilisation",
  label: { "zh-CN": "沟通渠道利用率", en: "Channel utilisation" },
  unit: "percent",
  kind: "rate",
  direction: "none",
  numerator_dimensions: ["channel"],
});

test("of a KPI whose whole is 100 % the change tells which shares moved, or by what to split it", () => {
  const site = siteIn("en");
  const cells: [Cells, Cells] = [
    { phone: [60, 100], email: [30, 100], fax: [10, 100] },
    { phone: [50, 100], email: [38, 100], fax: [12, 100] },
  ];
  const byChannel = viewOf(share, "channel", cells, [1, 1]);
  expect(changeTitle(site, byChannel).querySelector("h2")?.textContent).toMatch(
    /^Channel utilisation against last year: phone −.*\spp, email \+.*\spp$/,
  );
  const byRegion = viewOf(share, "region", [{ East: [100, 100] }, { East: [100, 100] }], [1, 1]);
  expect(changeTitle(site, byRegion).querySelector("h2")?.textContent).toBe("Channel utilisation");
  expect(changeFigure(site, byRegion, { width: 800 }).textContent).toContain("only a split by channel");
  expect(changeTable(site, byRegion)).toBeNull();
});

test("what a page opens with is no filter to clear", () => {
  history.replaceState(null, "", "/kpi/channel_utilisation.html");
  const bar = filterBar(siteIn("en"), share, () => [{ value: "East", isShown: true }]);
  const reset = bar.querySelector<HTMLButtonElement>("button.reset");
  expect(reset?.hidden).toBe(true);
  const split = bar.querySelector("select") as HTMLSelectElement;
  split.value = "region";
  split.dispatchEvent(new Event("change"));
  expect(reset?.hidden).toBe(false);
  reset?.click();
  expect([bar.value.by, split.value, reset?.hidden]).toEqual(["channel", "channel", true]);
});
