// @vitest-environment jsdom
import { expect, test } from "vitest";
import { formatter } from "../../reports/components/data/format.js";
import type { Site } from "../../reports/components/data/site.js";
import {
  closedByList,
  closedOf,
  closedPeriods,
  closedRows,
  ofCompany,
} from "../../reports/components/pages/closed.js";
import type { ClosedPeriod, Restatement } from "../../src/published/closedTypes.js";
import type { Quality } from "../../src/published/quality.js";
import { pages } from "../../src/words/languages.js";

const labels = (en: string, zh: string) => ({ en, "zh-CN": zh });
const siteIn = (language: "en" | "zh-CN") =>
  ({
    language,
    messages: pages(language),
    format: formatter(language, pages(language)),
    build: { build_id: "B2" },
    kpi: (id: string) =>
      id === "churn_rate"
        ? { id, label: labels("Churn rate", "流失率"), unit: "percent", kind: "rate" }
        : undefined,
    catalogue: {
      currency: "CNY",
      vocabulary: {},
      dimensions: {},
      scorecards: [{ id: "card", label: labels("Card", "计分卡") }],
      grades: [
        { id: "good", label: labels("good", "良好") },
        { id: "fail", label: labels("fail", "不合格") },
      ],
    },
  }) as unknown as Site;

const figure = (numerator: number, denominator: number) => ({
  value: numerator / denominator,
  numerator,
  denominator,
  n: denominator,
  median: null,
  p90: null,
  grade: null,
});
const churn: Restatement = {
  what: "kpi",
  id: "churn_rate",
  dimension: null,
  member: null,
  old: figure(17, 800),
  new: figure(18, 800),
};
const score = (value: number, grade: string) => ({
  value,
  numerator: null,
  denominator: 0.9,
  n: null,
  median: null,
  p90: null,
  grade,
});
const period = (more: Partial<ClosedPeriod>): ClosedPeriod => ({
  number: 1,
  period: "2026-03",
  grain: "month",
  start: "2026-03-01",
  version: 1,
  closed_at: "2026-04-02T01:00:00.000Z",
  build_id: "B1",
  compared: 2015,
  not_final: 0,
  restated: 0,
  restatements: [],
  cases: [],
  ...more,
});
const rows = { came: 1, went: 0, changed: 2, key: "ticket_id" };
const restated = period({
  restated: 4,
  not_final: 3,
  restatements: [
    churn,
    { ...churn, what: "score", id: "card", old: score(71.2, "good"), new: score(58, "fail") },
    { ...churn, dimension: "region", member: "East" },
  ],
  cases: [
    { id: "churn_rate", cause: "rows", ...rows, examples: [{ move: "came", key: "T<i>9</i>" }] },
    { id: "score:card", cause: "kpis", came: null, went: null, changed: null, key: "", examples: [] },
  ],
});
const quality = (periods: ClosedPeriod[], of_other_data: string[] = []) =>
  ({ closed: { periods, of_other_data } }) as unknown as Quality;

test("where no period is closed nothing is said", () => {
  expect(closedPeriods(siteIn("en"), quality([]))).toBeNull();
});

test("of a period in which nothing changed, how many figures were compared", () => {
  const text = (language: "en" | "zh-CN") =>
    closedPeriods(siteIn(language), quality([period({})]))?.textContent;
  expect(text("en")).toBe(
    "Restatements of closed periodsMar 2026: unchanged, 2,015 closed figures compared.",
  );
  expect(text("zh-CN")).toBe("已关账期间的重述2026年3月：没有变化，已比较 2,015 个关账数值。");
  expect(closedPeriods(siteIn("en"), quality([], ["2025"]))?.textContent).toContain(
    "Closed on other data, and not compared: 2025.",
  );
});

test("each figure that is another now, closed and now, with its rows and both builds", () => {
  const section = closedPeriods(siteIn("en"), quality([restated])) as HTMLElement;
  const [sentences] = [...section.querySelectorAll("li")].map((line) => line.textContent);
  expect(sentences).toContain("4 of 2,015 closed figures have another value now.");
  expect(sentences).toContain("Closed on 2 Apr 2026 with build B1; now build B2.");
  expect(sentences).toContain("3 of the closed figures were not final");
  expect(sentences).toContain("1 more are not listed here");
  const cells = [...section.querySelectorAll("tbody tr")].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  );
  expect(cells).toEqual([
    [
      "Mar 2026",
      "Churn rate",
      "company",
      "2.13 % (17 ÷ 800)",
      "2.25 % (18 ÷ 800)",
      "rows: 1 came, 2 changed (ticket – came: T<i>9</i>)",
    ],
    [
      "Mar 2026",
      "Card",
      "company",
      "71.20 (good, weight covered 90 %)",
      "58.00 (fail, weight covered 90 %)",
      "its KPIs are restated",
    ],
    expect.arrayContaining(["Region: East", "2.13 % (17 ÷ 800)"]),
  ]);
  expect(section.querySelector("i")).toBeNull();
});

test("print lists the company's, in either language", () => {
  const [first, second, ...more] = closedRows(
    siteIn("zh-CN"),
    { periods: [restated], of_other_data: [] },
    ofCompany,
  );
  expect(more).toEqual([]);
  expect(first).toMatchObject({ period: "2026年3月", figure: "流失率", scope: "全公司" });
  expect(first?.why).toBe("行：新增 1，改动 2（工单 – 新增：T<i>9</i>）");
  expect(second).toMatchObject({
    figure: "计分卡",
    old: "71.20（良好、覆盖权重 90 %）",
    why: "其指标有重述",
  });
});

test("a pack of a region tells that region's alone: not how many others were closed, nor whose rows did it", () => {
  const of = { dimension: "region", member: "East" };
  const found = closedOf({ periods: [restated], of_other_data: ["2025"] }, of);
  expect(closedByList(siteIn("en"), found).textContent).toBe(
    "Closed on 2 Apr 2026 with build B1; now build B2. The closed figures stay what was signed; everything else here shows today's.",
  );
  expect(closedRows(siteIn("en"), found, of)).toMatchObject([{ scope: "Region: East", why: "" }]);
  expect(closedOf(found, { ...of, member: "West" }).periods).toEqual([]);
});
