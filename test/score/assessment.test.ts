import { describe, expect, it } from "vitest";
import { defaultAssessment, parseAssessment, scorecardOf } from "../../src/catalogue/assessmentSettings.js";
import { defaultGrades } from "../../src/catalogue/scorecards.js";
import {
  type CombinedAssessment,
  combinedAssessments,
  combinedTotal,
  rankedReviews,
} from "../../src/score/assessment.js";
import type { Review } from "../../src/score/review360.js";
import type { ScoredSubject } from "../../src/score/scored.js";

const scored = (subject: string, total: number | null): ScoredSubject => ({
  scorecard: "customer_relations",
  period_start: "2026-01-01",
  period_end: "2026-07-01",
  kind: "employee",
  subject,
  total,
  covered_weight: total === null ? 0.4 : 1,
  provisional: false,
  grade: null,
  rank: null,
  items: [],
  groups: [],
});

const review = (reviewee: string, total: number | null): Review => ({
  reviewee,
  rounds: ["2026-01-01"],
  total,
  covered_weight: 0.85,
  provisional: false,
  groups: [],
  dimensions: [],
});

const places = (all: readonly CombinedAssessment[]) =>
  all.map(({ subject, total, grade, rank }) => [subject, total, grade, rank]);

describe("combined assessment", () => {
  it("is 70 parts KPIs and 30 parts review, graded, ties sharing a rank", () => {
    // E1 0.7·80 + 0.3·90 = 83; E2 0.7·86 + 0.3·76 = 83; E3 0.7·90 + 0.3·80 = 87; E4 0.7·50 + 0.3·70 = 56.
    const reviews = [review("E1", 90), review("E2", 76), review("E3", 80), review("E4", 70)];
    const cards = [scored("E1", 80), scored("E2", 86), scored("E3", 90), scored("E4", 50)];
    const all = combinedAssessments(
      cards,
      rankedReviews(reviews, defaultGrades),
      defaultAssessment.weights,
      defaultGrades,
    );
    expect(places(all)).toEqual([
      ["E3", 87, "excellent", 1],
      ["E1", 83, "good", 2],
      ["E2", 83, "good", 2],
      ["E4", 56, "fail", 4],
    ]);
  });

  it("exists only where both totals do; who has none is listed, not ranked", () => {
    const reviews = rankedReviews([review("E1", 90), review("E3", null), review("E4", 70)], defaultGrades);
    const cards = [scored("E2", 80), scored("E1", null), scored("E3", 80)];
    const all = combinedAssessments(cards, reviews, defaultAssessment.weights, defaultGrades);
    expect(places(all)).toEqual(["E1", "E2", "E3", "E4"].map((subject) => [subject, null, null, null]));
    expect(all[1]).toMatchObject({ quantitative: { total: 80 }, qualitative: null });
    expect(all[0]).toMatchObject({
      quantitative: { total: null, covered_weight: 0.4 },
      qualitative: { total: 90, grade: "excellent" },
    });
  });

  it("is decided after rounding: all 85 is 85", () => {
    for (const [quantitative, qualitative] of [
      [70, 30],
      [35, 65],
      [1, 99],
    ] as const) {
      expect(combinedTotal(85, 85, { quantitative, qualitative })).toBe(85);
    }
  });
});

describe("ranked reviews", () => {
  it("share ranks (1, 1, 3) and leave out who has no total", () => {
    const reviews = [review("E4", null), review("E1", 70), review("E2", 84.9999999999), review("E3", 85)];
    expect(
      rankedReviews(reviews, defaultGrades).map(({ subject, grade, rank }) => [subject, grade, rank]),
    ).toEqual([
      ["E2", "excellent", 1],
      ["E3", "excellent", 1],
      ["E1", "good", 3],
      ["E4", null, null],
    ]);
  });
});

describe("assessment settings", () => {
  const cards = [
    { id: "after_sales", subjects: ["company", "team", "employee"] as const },
    { id: "customer_relations", subjects: ["employee"] as const },
    { id: "balanced", subjects: ["company"] as const },
  ].map(({ id, subjects }) => ({ id, subjects: [...subjects] }));
  const read = (yaml: string) => parseAssessment(yaml, "assessment.yaml", cards);

  it("have defaults", () => {
    expect(read("")).toEqual(defaultAssessment);
    expect(defaultAssessment).toEqual({
      labels: {},
      grain: "half",
      scorecards: [],
      weights: { quantitative: 70, qualitative: 30 },
      review_weights: { customer: 30, superior: 30, peer: 25, subordinate: 15 },
      min_raters: 3,
      improvement_grain: "half",
    });
    expect(read("{ grain: quarter }\n").improvement_grain).toBe("quarter");
  });

  it("choose the scorecard by department, the first entry that fits", () => {
    const settings = read(
      "scorecards:\n  - { scorecard: after_sales, departments: [售后服务部] }\n  - { scorecard: customer_relations }\n",
    );
    expect(scorecardOf(settings, "售后服务部")).toBe("after_sales");
    expect(scorecardOf(settings, "销售部")).toBe("customer_relations");
    expect(scorecardOf(settings, null)).toBe("customer_relations");
    expect(scorecardOf({ scorecards: settings.scorecards.slice(0, 1) }, "销售部")).toBeNull();
  });

  it.each([
    ["{ min_raters: 2 }", /^assessment\.yaml: min_raters: .*: 2$/],
    [
      "{ weights: { quantitative: 70, qualitative: 20 } }",
      /^assessment\.yaml: weights: expected weights that sum to 100/,
    ],
    [
      "{ review_weights: { customer: 30, superior: 30, peer: 30, subordinate: 15 } }",
      /^assessment\.yaml: review_weights: expected weights that sum to 100/,
    ],
    ["{ review_weights: { customer: 100 } }", /^assessment\.yaml: review_weights\.superior: /],
    ["{ weigths: {} }", /^assessment\.yaml: .*weigths/],
    [
      "{ scorecards: [{ scorecard: afer_sales }] }",
      "assessment.yaml: scorecards: no such scorecard (scorecards.yaml has after_sales, customer_relations, balanced): afer_sales (did you mean after_sales?)",
    ],
    ["{ scorecards: [{ scorecard: balanced }] }", /does not judge employees: balanced$/],
  ])("refuse %s", (yaml, message) => {
    expect(() => read(`${yaml}\n`)).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: typeof message === "string" ? message : expect.stringMatching(message),
      }),
    );
  });
});
