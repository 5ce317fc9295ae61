import { expect, it } from "vitest";
import type { BuildsDiff, DiffCases, DiffRow } from "../../src/answers/closed/diffBuilds.js";
import type { Kept } from "../../src/catalogue/catalogueFiles.js";
import { toDiffTable } from "../../src/cli/print/diffTable.js";
import { addMonths } from "../../src/kpi/periods.js";
import type { Language } from "../../src/words/languages.js";

const figure = { numerator: null, denominator: null, n: null, median: null, p90: null, grade: null };
const kpi = {
  ...{ id: "late_answers", label: { en: "Late answers", zh: "超时回复" } },
  ...{ unit: "count", kind: "count", dimensions: [], own_dimensions: [] },
};
const kept = {
  catalogue: { kpis: [kpi], scorecards: [], grades: [] },
  vocabulary: {
    acquisition_channel: { trade_fair: { labels: { en: "Trade fair", "zh-CN": "展会" }, spellings: [] } },
  },
} as unknown as Kept;

/** Of 45 months, the later the further: 100 became 101, 102, … */
const months = Array.from({ length: 45 }, (_, at) => addMonths("2022-01-01", at));
const restatements = months.map(
  (period_start, at): DiffRow => ({
    ...{ what: "kpi", id: kpi.id, dimension: null, member: null, grain: "month", period_start },
    old: { ...figure, value: 100 },
    new: { ...figure, value: 101 + at },
  }),
);
const changes = [
  { column: "acquisition_channel", old: "trade_fair", new: null },
  { column: "case_on", old: "2025-09-01", new: "2025-09-02" },
];
const cases: DiffCases[] = months.map((period_start) => ({
  ...{ id: kpi.id, cause: "rows", came: 0, went: 0, changed: 1, key: "order_id line_no", grain: "month" },
  ...{ period_start, examples: [{ move: "changed", key: "O1 2", changes }] },
}));
const build = { build_id: "b", as_of_on: "2026-01-01" };
const found: BuildsDiff = {
  ...{ older: build, newer: build, periods: 45, restatements, cases },
  rows: [
    { table: "orders", came: 0, went: 0, changed: 3 },
    { table: "survey_answers", came: 1_200, went: 1, changed: 0 },
  ],
  redefined: [
    { what: "kpi", id: kpi.id, why: "definition" },
    { what: "kpi", id: kpi.id, why: "cut", dimensions: ["acquisition_channel"] },
  ],
};
const table = (language: Language, all = false) =>
  toDiffTable(found, { kept, former: kept, groups: false, all, language });

it("what moved furthest is listed first, forty of them unless all are asked for", () => {
  const of = (text: string) => text.split("\n").filter((line) => /^ {2}\w+ 20\d\d +Late answers/.test(line));
  expect(of(table("en"))).toHaveLength(40);
  expect(of(table("en"))[0]).toMatch(/^ {2}Sep 2025 .* 100 +145 /);
  expect(table("en")).toContain("of the company: 5 figures more, listed with --all");
  expect(table("zh-CN")).toContain("全公司：另有 5 个数值，用 --all 列出");
  expect(of(table("en", true))).toHaveLength(45);
  expect(table("en", true)).not.toContain("--all");
});

it("the tables whose rows did it and what is defined otherwise are said first, in words", () => {
  const [, rows, definition, cut] = table("en").split("\n");
  expect(rows).toBe(
    "rows that came, went or changed: Order lines 3 changed; Survey answers 1,200 came, 1 went",
  );
  expect(definition).toMatch(/the definition or a setting changed: Late answers$/);
  expect(cut).toMatch(/not compared: Late answers \(acquisition.channel\)$/);
  expect(table("zh-CN").split("\n")[1]).toBe(
    "新增、消失或改动的行：订单行 改动 3；满意度回答 新增 1,200、消失 1",
  );
});

it("the reasons name rows by words and labels, not by columns and codes", () => {
  expect(table("en")).toContain(
    "(order, line – changed: O1 2 (acquisition channel Trade fair → –, day 2025-09-01 → 2025-09-02))",
  );
  expect(table("zh-CN")).toContain(
    "（订单、行号 – 改动：O1 2（获客渠道 展会 → –、日期 2025-09-01 → 2025-09-02））",
  );
});
