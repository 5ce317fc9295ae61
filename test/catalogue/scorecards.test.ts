import { describe, expect, it } from "vitest";
import { weightFaults } from "../../src/catalogue/faults/weightFaults.js";
import { parseKpis } from "../../src/catalogue/kpis.js";
import { parseScorecards } from "../../src/catalogue/scorecards.js";
import { worded } from "../../src/words/wording.js";

const kpis = parseKpis(
  [
    ["csat", "up"],
    ["churn", "down"],
    ["calls", "none"],
  ].reduce(
    (text, [id, direction]) => `${text}
  - { id: ${id}, label: { zh: 名, en: Name }, definition: { zh: 名, en: Name }, formula: { zh: 名, en: Name },
      unit: score, direction: ${direction}, kind: mean, cases: months, needs: [tickets], dimensions: [] }`,
    "kpis:",
  ),
  "kpis.yaml",
);
const card = (more = "", kpisOfA = "[csat]") => `scorecards:
  - id: card
    label: { zh: 卡, en: Card }
    grain: quarter
    subjects: [company]
    groups:
      - { id: a, label: { zh: 甲, en: A }, kpis: ${kpisOfA} }
      - { id: b, label: { zh: 乙, en: B }, kpis: [churn] }
${more}`;
const parse = (text: string) => parseScorecards(text, "scorecards.yaml", kpis);
const grade = (id: string, from: number) => `  - { id: ${id}, label: { zh: 级, en: G }, from: ${from} }\n`;

describe("scorecards.yaml", () => {
  it("has the usual grades and renormalises where it says nothing", () => {
    const { grades, scorecards } = parse(card());
    expect(grades.map(({ id, from }) => [id, from])).toEqual([
      ["excellent", 85],
      ["good", 70],
      ["pass", 60],
      ["fail", 0],
    ]);
    expect(scorecards[0]).toMatchObject({ id: "card", missing: "renormalise" });
  });

  it("may set its own grades", () => {
    expect(parse(`grades:\n${grade("high", 50)}${grade("low", 0)}${card()}`).grades).toHaveLength(2);
  });

  it.each([
    [card("", "[csta]"), "scorecards.yaml: card.a: not in kpis.yaml: csta (did you mean csat?)"],
    [card("", "[csat, churn]"), "scorecards.yaml: card.b: kpi listed twice: churn"],
    [card("", "[calls]"), "scorecards.yaml: card.a: a kpi without a direction has no score: calls"],
    [card("").replace("id: b,", "id: a,"), "scorecards.yaml: card: group listed twice: a"],
    [card() + card().replace("scorecards:\n", ""), "scorecards.yaml: scorecard listed twice: card"],
    [
      card().replace("[company]", "[customer]"),
      /^scorecards\.yaml: scorecards\.card\.subjects\.0: .*"customer"$/,
    ],
    [card().replace("quarter", "week"), /^scorecards\.yaml: scorecards\.card\.grain: .*"week"$/],
    [card("    weights: 1\n"), /^scorecards\.yaml: scorecards\.card: .*weights/],
    [
      `grades:\n${grade("high", 50)}${grade("low", 10)}${card()}`,
      "scorecards.yaml: grades.low.from: the last grade begins at 0: 10",
    ],
    [
      `grades:\n${grade("high", 50)}${grade("mid", 50)}${grade("low", 0)}${card()}`,
      "scorecards.yaml: grades.mid.from: not below high's 50: 50",
    ],
  ])("refuses %#", (text, message) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: typeof message === "string" ? message : expect.stringMatching(message),
      }),
    );
  });
});

describe("weights.csv", () => {
  it("names scorecards and their kpis", () => {
    const row = { scorecard_id: "card", kpi_id: "csat", effective_from: "2024-01-01", weight: 1 };
    const faults = weightFaults(
      [row, { ...row, scorecard_id: "crad" }, { ...row, kpi_id: "calls" }],
      parse(card()).scorecards,
    );
    expect(faults.map(({ column, expected }) => [column, worded(expected, "en")])).toEqual([
      ["scorecard_id", "a scorecard of scorecards.yaml, which has card (did you mean card?)"],
      ["kpi_id", "a kpi of the scorecard card"],
    ]);
  });
});
