// @vitest-environment jsdom
import { expect, it } from "vitest";
import { trendTitle } from "../../reports/components/charts/titles.js";
import { filterBar } from "../../reports/components/controls/filterBar.js";
import { formatter } from "../../reports/components/data/format.js";
import type { Site } from "../../reports/components/data/site.js";
import { uncovered } from "../../src/kpi/coverage.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { pages as en } from "../../src/words/en.js";

const site = {
  grain: "month",
  language: "en",
  messages: en,
  format: formatter("en", en),
  catalogue: { vocabulary: {}, dimensions: {} },
} as unknown as Site;

const share = {
  id: "channel_utilisation",
  label: { "zh-CN": "沟通渠道利用率", en: "Channel utilisation" },
  unit: "percent",
  kind: "rate",
  direction: "none",
  counts: { "zh-CN": "工单", en: "tickets" },
  coverage: uncovered,
  dimensions: ["region"],
  numerator_dimensions: ["channel"],
  published: { cross: ["region"], single: ["channel"], leftOut: [] },
} as unknown as Kpi;

it("a KPI that only tells how cases divide opens divided, and claims no 100 %", () => {
  history.replaceState(null, "", "/kpi/channel_utilisation.html");
  const { value } = filterBar(site, share, () => []);
  expect(value.by).toBe("channel");
  expect(location.search).toBe("");
  const point = { value: 1, low: 0.9, high: 1, n: 89, grain: "month", start: "2026-02-01" };
  const { happened, shown } = trendTitle(site, share, point as never, "all", "");
  expect(happened).toBe("Channel utilisation");
  expect(shown).toContain("89");
});

it("its split can be taken back", () => {
  history.replaceState(null, "", "/kpi/channel_utilisation.html?by=");
  expect(filterBar(site, share, () => []).value.by).toBe("");
});

it("a title says of a value that is not final what keeps it from being so", () => {
  const rate = {
    ...share,
    direction: "down",
    numerator_dimensions: [],
    label: { en: "Complaint rate" },
  } as unknown as Kpi;
  const final = {
    value: 0.42,
    low: 0.14,
    high: 0.97,
    n: 12,
    grain: "month",
    start: "2026-04-01",
    mature: true,
  };
  const told = (more: object) => trendTitle(site, rate, { ...final, ...more } as never, "all", "").happened;
  expect(told({})).toBe("Complaint rate 42\u00a0%");
  expect(told({ incomplete: true })).toBe("Complaint rate 42\u00a0% (incomplete)");
  expect(told({ mature: false })).toBe("Complaint rate 42\u00a0% (immature)");
  expect(told({ partial: true, mature: false })).toBe("Complaint rate 42\u00a0% (partial)");
});
