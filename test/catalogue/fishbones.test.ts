import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { parseFishbones } from "../../src/catalogue/fishbones.js";
import type { Kpi } from "../../src/catalogue/kpis.js";

const { kpis, fishbones, problems } = readCatalogue("data/catalog");
const label = (text: string) => ({ zh: text, en: text });
const branch = (id: string, bones: string[]) => ({ id, label: label(id), colour: 1, kpis: bones });
const cause = (id: string, shown: string[]) => ({ id, label: label(id), kpis: shown });

const fishbone = { id: "f", label: label("F"), branches: [branch("b", ["csat"])] };
const problem = {
  id: "p",
  label: label("P"),
  branches: { system: [cause("c", ["churn_rate"])], people: [cause("d", ["csat"])] },
};
const file = {
  fishbones: [fishbone],
  problem_branches: [
    { id: "people", label: label("People"), colour: 1 },
    { id: "process", label: label("Process"), colour: 2 },
    { id: "system", label: label("System"), colour: 3 },
  ],
  problems: [problem],
};
const parse = (content: unknown, known: readonly Kpi[] = kpis) =>
  parseFishbones(stringify(content), "fishbones.yaml", known);

describe("fishbones.yaml", () => {
  it("gives a problem's branches in the order of problem_branches, those with causes only", () => {
    const [read] = parse(file).problems;
    expect(read?.branches.map(({ id, colour, causes }) => [id, colour, causes.map(({ id }) => id)])).toEqual([
      ["people", 1, ["d"]],
      ["system", 3, ["c"]],
    ]);
  });

  it("may hold no problems", () => {
    expect(parse({ fishbones: [fishbone] }).problems).toEqual([]);
  });

  it.each([
    [
      "a bone that is no KPI",
      { ...file, fishbones: [{ ...fishbone, branches: [branch("b", ["chrun_rate"])] }] },
      "f.b: not in kpis.yaml: chrun_rate (did you mean churn_rate?)",
    ],
    [
      "a success factor that is no KPI",
      { ...file, fishbones: [{ ...fishbone, success_factors: ["zzzz"] }] },
      "f.success_factors: not in kpis.yaml: zzzz",
    ],
    [
      "a KPI on two bones",
      { ...file, fishbones: [{ ...fishbone, success_factors: ["csat"] }] },
      "f: a kpi stands once in a fishbone, on a branch or among the success_factors; this one stands in b, success_factors: csat",
    ],
    ["two fishbones of one name", { ...file, fishbones: [fishbone, fishbone] }, "fishbone listed twice: f"],
    [
      "a cause's KPI that is none",
      { ...file, problems: [{ ...problem, branches: { people: [cause("c", ["csta"])] } }] },
      "p.people.c: not in kpis.yaml: csta (did you mean csat?)",
    ],
    [
      "a branch that is none",
      { ...file, problems: [{ ...problem, branches: { peple: [cause("c", ["csat"])] } }] },
      "p.branches: not in problem_branches: peple (did you mean people?)",
    ],
    [
      "two causes of one name",
      {
        ...file,
        problems: [
          { ...problem, branches: { people: [cause("c", ["csat"])], system: [cause("c", ["csat"])] } },
        ],
      },
      "p: cause listed twice: c",
    ],
    [
      "a cause without KPIs",
      { ...file, problems: [{ ...problem, branches: { people: [cause("c", [])] } }] },
      "problems.p.branches.people.c.kpis: expected at least one entry: a list",
    ],
    [
      "a problem without causes",
      { ...file, problems: [{ ...problem, branches: {} }] },
      "p.branches: no branch has a cause",
    ],
    ["two problems of one name", { ...file, problems: [problem, problem] }, "problem listed twice: p"],
  ])("refuses %s", (_, content, message) => {
    let failure: unknown;
    try {
      parse(content);
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/^fishbones\.yaml: /),
    });
    expect((failure as Error).message).toContain(message);
  });
});

describe("the catalogue", () => {
  it("has the twelve bones and four success factors of customer relations", () => {
    const found = fishbones.find(({ id }) => id === "customer_relations");
    const bones = {
      satisfaction: ["csat", "complaint_csat", "repeat_purchase_rate"],
      service_quality: ["first_response_time", "service_accuracy", "service_attitude"],
      relationship: ["follow_up_rate", "event_participation", "churn_rate"],
      growth: ["new_customers", "lead_conversion_rate", "market_share_growth"],
    };
    for (const [id, kpis] of Object.entries(bones)) {
      const branch = found?.branches.find((each) => each.id === id);
      expect(branch?.kpis).toEqual(expect.arrayContaining(kpis));
    }
    expect(found?.success_factors).toEqual(
      expect.arrayContaining([
        "retention_rate",
        "collaboration_on_time",
        "new_customer_growth",
        "market_share",
      ]),
    );
  });

  it("lists problems in both languages, with causes on all four branches", () => {
    expect(problems.length).toBeGreaterThanOrEqual(3);
    for (const { id, label: name, branches } of problems) {
      expect(name.zh, id).toMatch(/[\u4e00-\u9fff]/);
      expect(branches.map((each) => each.id)).toEqual(["people", "process", "system", "collaboration"]);
      for (const { label: text } of branches.flatMap(({ causes }) => causes)) {
        expect(text.zh, id).toMatch(/[\u4e00-\u9fff]/);
        expect(text.en, id).not.toMatch(/[\u4e00-\u9fff]/);
      }
    }
  });
});
