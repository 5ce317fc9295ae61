// @vitest-environment jsdom
import { expect, test } from "vitest";

import { formatter } from "../../reports/components/data/format.js";
import type { Site } from "../../reports/components/data/site.js";
import { groupTiles, scorecardTable, weightColumn } from "../../reports/components/tables/scorecardTable.js";
import { weightTable } from "../../reports/components/tables/weightTables.js";
import type { CompanyScore, Scorecard } from "../../src/published/scoreTypes.js";
import type { WeightScorecard } from "../../src/published/weightTypes.js";
import { pages as en } from "../../src/words/en.js";

const kpi = (id: string, unit: string) => ({
  id,
  unit,
  label: { en: `Name of ${id}`, "zh-CN": id },
  counts: { en: "cases", "zh-CN": "例" },
});
const kpis = new Map(
  [
    ...["scored_0.25", "half_0.1", "half_0.15", "mixed_0.0834", "mixed_0.1666"].map((id) => kpi(id, "score")),
    kpi("immature_0.125", "percent"),
  ].map((each) => [each.id, each]),
);
const site = {
  grain: "month",
  language: "en",
  messages: en,
  format: formatter("en", en),
  catalogue: { vocabulary: {}, grades: [] },
  kpi: (id: string) => kpis.get(id),
} as unknown as Site;

const group = (id: string, total: number | null, weight = 0.25) => ({
  id,
  weight,
  total,
  provisional: false,
  grade: null,
});
const item = (group: string, weight: number, score: number | null, unscored: string | null) => ({
  kpi_id: `${group}_${weight}`,
  group,
  weight,
  value: 1,
  n: 20,
  target: 1,
  score,
  unscored,
  target_grains: [],
  hidden: false,
  numerator: null,
  denominator: null,
});

const card = {
  id: "c",
  grain: "quarter",
  groups: ["scored", "half", "immature", "mixed"].map((id) => ({ id, label: { en: id, "zh-CN": id } })),
} as unknown as Scorecard;
const score = {
  groups: [group("scored", 80), group("half", null), group("immature", null), group("mixed", null)],
  items: [
    item("scored", 0.25, 80, null),
    item("half", 0.1, 70, null),
    item("half", 0.15, null, "immature"),
    item("immature", 0.125, null, "immature"),
    item("immature", 0.125, null, "immature"),
    item("mixed", 0.0834, null, "immature"),
    item("mixed", 0.1666, null, "no_target"),
  ],
} as unknown as CompanyScore;

test("a group without a total says why, in the table and on its tile", () => {
  const table = scorecardTable(site, card, score, { kpi: (id) => id });
  const said = [...table.querySelectorAll("tr.group td:last-child")].map((cell) => cell.textContent);
  expect(said).toEqual(["", "less than half of its weight has a score", "immature", "no KPI has a score"]);
  const tiles = [...groupTiles(site, card, score).querySelectorAll(".tile")].map((tile) => tile.textContent);
  expect(tiles[0]).not.toContain("has a score");
  expect(tiles[1]).toContain("less than half of its weight has a score");
  expect(tiles[2]).toContain("immature");
});

test("an item is called and counted as its KPI, and one that the catalogue has not is in no unit", () => {
  const rows = [...scorecardTable(site, card, score, { kpi: (id) => id }).querySelectorAll("tr")];
  const row = rows.find(({ textContent }) => textContent?.startsWith("Name of immature_0.125"));
  expect(row?.textContent).toMatch(/100.0\u00a0%100\u00a0%/);
  const unknown = {
    ...score,
    items: [item("scored", 0.25, 80, null)].map((one) => ({ ...one, kpi_id: "x" })),
  };
  expect(() => scorecardTable(site, card, unknown as unknown as CompanyScore, { kpi: (id) => id })).toThrow(
    "KPI x",
  );
});

test("the weights of a column have the same digits, none where none needs any", () => {
  const written = (weights: number[]) => weights.map(weightColumn(site, weights));
  expect(written([0.125, 0.0833, 0.25])).toEqual(["12.50\u00a0%", "8.33\u00a0%", "25.00\u00a0%"]);
  expect(written([0.15, 0.08, 0.07])).toEqual(["15\u00a0%", "8\u00a0%", "7\u00a0%"]);
  const review = { in_force: [0.125, 0.0833].map((weight) => ({ kpi_id: `k${weight}`, weight })), flips: [] };
  const cells = weightTable(site, review as unknown as WeightScorecard, new Map()).querySelectorAll("td");
  expect([...cells].map((cell) => cell.textContent)).toEqual(["12.50\u00a0%", "8.33\u00a0%"]);
});
