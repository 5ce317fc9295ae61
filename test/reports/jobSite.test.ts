// @vitest-environment jsdom
import { expect, test } from "vitest";
import { formatter } from "../../reports/components/data/format.js";
import { currentPeriod } from "../../reports/components/data/headline.js";
import type { Site } from "../../reports/components/data/site.js";
import { scorecardMessage } from "../../reports/components/pages/scorecardPage.js";
import { siteOfJob } from "../../reports/components/print/jobSite.js";
import { uncovered } from "../../src/kpi/coverage.js";
import type { PrintJob, ScopeCell } from "../../src/published/packTypes.js";
import type { CompanyScore, Scorecard } from "../../src/published/scoreTypes.js";
import { pages as en } from "../../src/words/en.js";

const months = ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"];
const kpi = (id: string, cross: string[]) => ({
  id,
  kind: "mean",
  unit: "minutes",
  label: { en: id, "zh-CN": id },
  published: { cross, single: [] },
  numerator_dimensions: [],
  coverage: uncovered,
});
const kpis = [kpi("by_region", ["region"]), kpi("whole", [])];
const cells = (starts: string[]) =>
  starts.map(
    (period_start): ScopeCell => ({
      kpi_id: "by_region",
      role: "period",
      grain: "month",
      period_start,
      numerator: 60,
      denominator: 20,
      n: 20,
      sum_sq: 300,
      awaiting: 0,
      hidden: 0,
    }),
  );
const column = (values: (string | number)[]) => ({
  words: [...new Set(values.map(String))],
  codes: values.map((value) => [...new Set(values)].indexOf(value)),
});
const totals = {
  length: months.length,
  words: new Map([
    ["kpi_id", column(months.map(() => "whole"))],
    ["role", column(months.map(() => "period"))],
    ["grain", column(months.map(() => "month"))],
    ["period_start", column(months)],
  ]),
  numbers: new Map(
    ["numerator", "denominator", "n", "sum_sq", "awaiting", "hidden"].map((name) => [
      name,
      months.map(() => (name === "hidden" || name === "awaiting" ? 0 : 20)),
    ]),
  ),
};
const labels = { en: "Team 1", "zh-CN": "一组" };
const company = {
  language: "en",
  messages: en,
  format: formatter("en", en),
  grain: "month",
  build: {
    as_of_on: "2026-05-10",
    min_cell: 5,
    periods: months.map((period_start, at) => ({
      role: "period",
      grain: "month",
      period_start,
      period_end: months[at + 1] ?? "2026-05-01",
      is_partial: false,
    })),
  },
  catalogue: {
    kpis,
    grades: [],
    scorecards: [],
    vocabulary: { team: { 一组: { labels } } },
    fishbones: [
      {
        id: "f",
        label: labels,
        scorecard: null,
        success_factors: ["whole"],
        branches: [{ kpis: ["by_region", "whole"] }],
      },
    ],
    problems: [
      {
        id: "p",
        label: labels,
        branches: [{ causes: [{ kpis: ["whole", "by_region"] }, { kpis: ["whole"] }] }],
      },
      { id: "q", branches: [{ causes: [{ kpis: ["whole"] }] }] },
    ],
  },
  targets: [],
  scores: [],
  totals,
  kpi: (id: string) => kpis.find((each) => each.id === id),
} as unknown as Site;

const siteOf = (job: Partial<PrintJob>) =>
  siteOfJob(company, { scope: null, period: null, ...job } as PrintJob, []);
const region = { scope: { dimension: "region", value: "East" } };
const march = { grain: "month" as const, start: "2026-03-01", end: "2026-04-01" };

test("a pack is about the period that was asked for, of however few KPIs its scope has figures then", () => {
  expect(currentPeriod(siteOf({ period: march }))).toBe("2026-03-01");
  expect(currentPeriod(siteOf({ ...region, period: march, cells: cells(months.slice(0, 2)) }))).toBe(
    "2026-03-01",
  );
});

test("without one it is about the company's period, not about that of a scope with few figures", () => {
  expect(currentPeriod(siteOf({}))).toBe("2026-04-01");
  expect(currentPeriod(siteOf({ ...region, cells: cells(months.slice(0, 1)) }))).toBe("2026-04-01");
});

test("of a scope those KPIs alone are bones and signs that it tells apart; the others still have name and unit", () => {
  const site = siteOf({ ...region, cells: cells(months) });
  expect(site.catalogue.kpis.map(({ id }) => id)).toEqual(["by_region"]);
  expect(site.catalogue.fishbones).toMatchObject([
    { success_factors: [], branches: [{ kpis: ["by_region"] }] },
  ]);
  // What none of them is a sign of is no cause, and a problem without causes none.
  expect(site.catalogue.problems).toMatchObject([{ branches: [{ causes: [{ kpis: ["by_region"] }] }] }]);
  expect(site.kpi("whole")?.unit).toBe("minutes");
});

test("a team's scorecard is said to be the team's, not the company's", () => {
  const card = { id: "c", label: labels, groups: [] } as unknown as Scorecard;
  const score = {
    grain: "month",
    period_start: months[0],
    total: 80,
    covered_weight: 1,
    items: [],
    groups: [],
  };
  const shown = (site: Site) => scorecardMessage(site, card, score as unknown as CompanyScore).shown;
  expect(shown(siteOf({ scope: { dimension: "team", value: "一组" } }))).toMatch(/^Team 1 · scores averaged/);
  expect(shown(siteOf({}))).toMatch(/^The company · scores averaged/);
});
