import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultGrades, type Scorecard } from "../../src/catalogue/scorecards.js";
import type { WeightRow } from "../../src/catalogue/weights.js";
import type { ScoredSubject } from "../../src/score/scored.js";
import { gradeOf, weightedTotal } from "../../src/score/totals.js";
import { faultOfSet, weightHistory, weightList, whatIf, withWeights } from "../../src/score/weightReview.js";
import { firmnessOf, type GradeFlip, gradeFlips, rankSwaps } from "../../src/score/weightSensitivity.js";
import { firmnessText } from "../../src/words/firmness.js";
import { worded } from "../../src/words/wording.js";

type Scores = Record<string, number | null>;

const items = (scores: Scores) => Object.entries(scores).map(([kpi_id, score]) => ({ kpi_id, score }));
const weightsOf = (weights: Record<string, number>) => new Map(Object.entries(weights));
/** Half of the weight is reached after rounding, which moves the weight by some 1e-9. */
const near = (weight: number) => expect.closeTo(weight, 8);
const group = (...kpis: string[]) => ({ id: "all", label: { zh: "全部", en: "all" }, kpis });

const subjectOf = (
  name: string | null,
  scores: Scores,
  weights: ReadonlyMap<string, number>,
  missing: Scorecard["missing"] = "renormalise",
): ScoredSubject => {
  const scored = items(scores).map(({ kpi_id, score }) => ({
    kpi_id,
    score,
    group: "all",
    value: 1,
    n: 50,
    weight: weights.get(kpi_id) ?? 0,
    unscored: score === null ? ("no_data" as const) : null,
  }));
  return {
    scorecard: "card",
    period_start: "2026-01-01",
    period_end: "2026-04-01",
    kind: name === null ? "company" : "team",
    subject: name,
    ...weightedTotal(scored, missing),
    grade: null,
    rank: null,
    items: scored,
    groups: [],
  };
};

describe("the smallest change of a weight that flips the grade", () => {
  const flips = (
    scores: Scores,
    weights: Record<string, number>,
    missing: Scorecard["missing"] = "renormalise",
  ) =>
    Object.fromEntries(
      gradeFlips(items(scores), weightsOf(weights), missing, defaultGrades).map(({ kpi_id, flip }) => [
        kpi_id,
        flip,
      ]),
    );

  // The worked example, 79 and good. The other three together score R, the total is x · s + (1 − x) · R:
  // a: R = 47 ÷ 0.6 = 78.33, the total stays in [78.33, 80]. b: R = 58 ÷ 0.7 = 82.86, down to 70 at x = 1, which is still good.
  // c: R = 62 ÷ 0.8 = 77.5, 85 is reached at x = 1 only. d: R = 70 ÷ 0.9; 90x + 70 ÷ 0.9 · (1 − x) = 85 at x = 6.5 ÷ 11 = 13/22.
  it("of the worked example", () => {
    expect(flips({ a: 80, b: 70, c: 85, d: 90 }, { a: 0.4, b: 0.3, c: 0.2, d: 0.1 })).toEqual({
      a: null,
      b: null,
      c: { weight: 1, change: 0.8, direction: "up", grade: "excellent" },
      d: { weight: 0.590909091, change: 0.490909091, direction: "up", grade: "excellent" },
    });
  });

  const partly = { a: 80, b: null, c: 60 };
  const weights = { a: 0.5, b: 0.3, c: 0.2 };

  // 52 ÷ 0.7 = 74.29, good.
  // a: (80x + 24(1 − x)) ÷ (x + 0.4(1 − x)) = 70 at 24 + 56x = 28 + 42x, x = 2/7; half of the weight is reached at 1/6.
  // b: the total stays, but the share with a score is 1 − x: none from 0.5 on.
  // c: (60x + 50(1 − x)) ÷ (x + 0.625(1 − x)) = 70 at 50 + 10x = 43.75 + 26.25x, x = 5/13.
  it("where an item without a score drops out", () => {
    expect(flips(partly, weights)).toEqual({
      a: { weight: 0.285714286, change: -0.214285714, direction: "down", grade: "pass" },
      b: { weight: near(0.5), change: near(0.2), direction: "up", grade: null },
      c: { weight: 0.384615385, change: 0.184615385, direction: "up", grade: "pass" },
    });
  });

  // 52, fail. a: 24 + 56x = 60 at x = 9/14. b: 52 ÷ 0.7 · (1 − x) = 60 at x = 1 − 42/52 = 5/26, nearer than 0.5, where half
  // of the weight is lost. c: 50 + 10x = 60 at x = 1.
  it("where an item without a score counts as 0", () => {
    expect(flips(partly, weights, "zero")).toEqual({
      a: { weight: 0.642857143, change: 0.142857143, direction: "up", grade: "pass" },
      b: { weight: 0.192307692, change: -0.107692308, direction: "down", grade: "pass" },
      c: { weight: 1, change: 0.8, direction: "up", grade: "pass" },
    });
  });

  // 0.5 · 100 + 0.5 · 70 = 85: excellent, but not with any less of a or any more of b.
  it("is 0 where the total stands on a limit, in the direction that leaves it", () => {
    expect(flips({ a: 100, b: 70 }, { a: 0.5, b: 0.5 })).toEqual({
      a: { weight: 0.5, change: 0, direction: "down", grade: "good" },
      b: { weight: 0.5, change: 0, direction: "up", grade: "good" },
    });
  });

  // a and b alone: 58 ÷ 0.8 = 72.5. a takes from b and c alike: (80x + 36(1 − x)) ÷ (x + 0.6(1 − x)) = 70 at 36 + 44x = 42 + 28x,
  // x = 0.375; b: (60x + 80 · 5/7 · (1 − x)) ÷ (x + 5/7 · (1 − x)) = 70 at 50(1 − x) + 70x = 400/7 · (1 − x) + 60x,
  // 10x = 50/7 · (1 − x), x = 5/12. c takes from both in proportion.
  it("of a subject that has but some of the scorecard's KPIs", () => {
    expect(flips({ a: 80, b: 60 }, weights)).toEqual({
      a: { weight: 0.375, change: -0.125, direction: "down", grade: "pass" },
      b: { weight: 0.416666667, change: 0.116666667, direction: "up", grade: "pass" },
      c: null,
    });
  });

  // 0.4 of the weight has a score, no total; from 0.5 on a's 90 counts alone.
  it("tells where a total begins", () => {
    expect(flips({ a: 90, b: null }, { a: 0.4, b: 0.6 })).toEqual({
      a: { weight: near(0.5), change: near(0.1), direction: "up", grade: "excellent" },
      b: { weight: near(0.5), change: near(-0.1), direction: "down", grade: "excellent" },
    });
  });

  it("is none where no other weight can give way", () => {
    expect(flips({ a: 90 }, { a: 1 })).toEqual({ a: null });
  });
});

describe("a weight at which two neighbours swap ranks", () => {
  const swaps = (teams: Record<string, Scores>, weights: Record<string, number>) => {
    const of = weightsOf(weights);
    const subjects = Object.entries(teams).map(([name, scores]) => subjectOf(name, scores, of));
    return rankSwaps(subjects, of, "renormalise").map(({ kpi_id, ahead, behind, swap }) => [
      kpi_id,
      `${ahead} ${behind}`,
      swap,
    ]);
  };

  // A 0.6 · 90 + 0.4 · 50 = 74, B 64, C 30. A − B = 30x − 20(1 − x) = 0 at x = 0.4 of a. B − C is 30x + 40(1 − x), never 0.
  it("is where their totals meet", () => {
    expect(
      swaps({ A: { a: 90, b: 50 }, B: { a: 60, b: 70 }, C: { a: 30, b: 30 } }, { a: 0.6, b: 0.4 }),
    ).toEqual([
      ["a", "A B", { weight: 0.4, change: -0.2, direction: "down", leads: "B" }],
      ["a", "B C", null],
      ["b", "A B", { weight: 0.6, change: 0.2, direction: "up", leads: "B" }],
      ["b", "B C", null],
    ]);
  });

  // A (32 + 18) ÷ 0.7 = 71.43, B (24 + 21) ÷ 0.7 = 64.29. a: both divide by x + 0.5(1 − x); 20x = 5(1 − x) at x = 0.2.
  // b: A falls to B's 64.29 at x = 0.677 only, where more than half of B's weight has no score. c: B stays below 70, A at 71.43.
  // D has no total and no neighbours.
  it("only where both have a total", () => {
    const teams = {
      A: { a: 80, b: 60, c: null },
      B: { a: 60, b: null, c: 70 },
      D: { a: 99, b: null, c: null },
    };
    expect(swaps(teams, { a: 0.4, b: 0.3, c: 0.3 })).toEqual([
      ["a", "A B", { weight: 0.2, change: -0.2, direction: "down", leads: "B" }],
      ["b", "A B", null],
      ["c", "A B", null],
    ]);
  });

  // Both 70; A has more of a.
  it("of two that tie is where they part", () => {
    expect(swaps({ A: { a: 80, b: 60 }, B: { a: 60, b: 80 } }, { a: 0.5, b: 0.5 })).toEqual([
      ["a", "A B", { weight: 0.5, change: 0, direction: "up", leads: "A" }],
      ["b", "A B", { weight: 0.5, change: 0, direction: "up", leads: "B" }],
    ]);
  });
});

/** Weights rescaled without the code under test. */
function totalWith(
  scores: readonly (number | null)[],
  weights: readonly number[],
  kpi: number,
  x: number,
  missing: Scorecard["missing"],
): number | null {
  const others = weights.reduce((sum, weight, index) => (index === kpi ? sum : sum + weight), 0);
  const weighed = scores.map((score, index) => ({
    score,
    weight: index === kpi ? x : ((weights[index] ?? 0) * (1 - x)) / others,
  }));
  return weightedTotal(weighed, missing).total;
}

// Weights and scores are whole, so that a total that depends on a weight at all moves by more than 1e-9 within epsilon.
const epsilon = 1e-6;
const parts = fc.integer({ min: 2, max: 6 }).chain((count) =>
  fc.record({
    weights: fc
      .array(fc.integer({ min: 1, max: 20 }), { minLength: count, maxLength: count })
      .map((all) => all.map((weight) => weight / all.reduce((sum, each) => sum + each, 0))),
    one: scoresOf(count),
    other: scoresOf(count),
    missing: fc.constantFrom("renormalise" as const, "zero" as const),
  }),
);

function scoresOf(count: number) {
  return fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 100 }) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    { minLength: count, maxLength: count },
  );
}

const named = (scores: readonly (number | null)[]): Scores =>
  Object.fromEntries(scores.map((score, index) => [`k${index}`, score]));
const namedWeights = (weights: readonly number[]) =>
  new Map(weights.map((weight, index): [string, number] => [`k${index}`, weight]));

/** Every hundredth of [0, 1] nearer than a distance to a weight. */
const grid = (weight: number, distance: number) =>
  Array.from({ length: 101 }, (_, step) => step / 100).filter(
    (x) => Math.abs(x - weight) < distance - epsilon,
  );

// 11 : 1 : 16 : 5 with k1 at 5 ÷ 21: half of the weight has a score, and (75 × 11 + 96 × 10) ÷ 21 = 85 is the limit of excellent.
const coveredAtLimit = {
  weights: [11 / 33, 1 / 33, 16 / 33, 5 / 33],
  one: [75, 96, null, null],
  other: [0, 0, 0, 0],
  missing: "renormalise" as const,
};
// Where two totals meet, one of them loses half of its weight.
const metWhereCovered = {
  weights: [1 / 19, 7 / 19, 6 / 19, 3 / 19, 2 / 19],
  one: [70, 35, 10, 70, null],
  other: [null, 32, null, 36, 89],
  missing: "renormalise" as const,
};

describe("sensitivity, whatever the scores", () => {
  it("the grade is the same up to the flip and another beyond it", () => {
    let flipped = 0;
    fc.assert(
      fc.property(parts, ({ weights, one, missing }) => {
        const gradeAt = (kpi: number, x: number) =>
          gradeOf(totalWith(one, weights, kpi, x, missing), defaultGrades);
        const found = gradeFlips(items(named(one)), namedWeights(weights), missing, defaultGrades);
        expect(found).toHaveLength(weights.length);
        found.forEach(({ weight, flip }, kpi) => {
          const now = gradeAt(kpi, weight);
          const nearer = grid(weight, flip ? Math.abs(flip.change) : 2);
          expect(nearer.filter((x) => gradeAt(kpi, x) !== now)).toEqual([]);
          if (!flip) return;
          flipped++;
          const sign = flip.direction === "up" ? 1 : -1;
          if (Math.abs(flip.change) > epsilon) expect(gradeAt(kpi, flip.weight - sign * epsilon)).toBe(now);
          const beyond = Math.min(1, Math.max(0, flip.weight + sign * epsilon));
          expect(gradeAt(kpi, beyond)).toBe(flip.grade);
          expect(flip.grade).not.toBe(now);
        });
      }),
      { numRuns: 300, examples: [[coveredAtLimit]] },
    );
    expect(flipped).toBeGreaterThan(100);
  });

  it("two neighbours keep their order up to the swap and have the other beyond it", () => {
    let swapped = 0;
    fc.assert(
      fc.property(parts, ({ weights, one, other, missing }) => {
        const of = namedWeights(weights);
        const subjects = [subjectOf("A", named(one), of, missing), subjectOf("B", named(other), of, missing)];
        const leadAt = (kpi: number, x: number) => {
          const [first, second] = [one, other].map((each) => totalWith(each, weights, kpi, x, missing));
          return first == null || second == null ? null : first - second;
        };
        rankSwaps(subjects, of, missing).forEach(({ weight, swap }, kpi) => {
          const now = Math.sign(leadAt(kpi, weight) ?? 0);
          // Two totals that differ by no more than 1e-9 tie.
          const reversed = grid(weight, swap ? Math.abs(swap.change) : 2).filter((x) => {
            const lead = leadAt(kpi, x);
            return lead !== null && Math.abs(lead) > 2e-9 && Math.sign(lead) !== now;
          });
          expect(reversed).toEqual([]);
          if (!swap) return;
          swapped++;
          const beyond = swap.weight + (swap.direction === "up" ? epsilon : -epsilon);
          const lead = leadAt(kpi, Math.min(1, Math.max(0, beyond)));
          expect(lead).not.toBeNull();
          expect((lead ?? 0) > 0 ? "A" : "B").toBe(swap.leads);
        });
      }),
      { numRuns: 300, examples: [[metWhereCovered]] },
    );
    expect(swapped).toBeGreaterThan(100);
  });
});

describe("weights set by hand", () => {
  // The others keep their proportions: 0.5 and 0.2 share 1 − 0.44 = 0.56 as 0.4 and 0.16.
  it("rescale the others to sum to 1", () => {
    const set = withWeights(weightsOf({ a: 0.5, b: 0.3, c: 0.2 }), weightsOf({ b: 0.44 }));
    expect(Object.keys(Object.fromEntries(set)).sort()).toEqual(["a", "b", "c"]);
    expect(set.get("a")).toBeCloseTo(0.4, 12);
    expect(set.get("b")).toBe(0.44);
    expect(set.get("c")).toBeCloseTo(0.16, 12);
  });

  it("are refused where they cannot sum to 1", () => {
    const weights = weightsOf({ a: 0.5, b: 0.5 });
    const fault = (set: Record<string, number>) => {
      const found = faultOfSet(weights, weightsOf(set));
      return found && worded(found, "en");
    };
    expect(fault({ a: 0.6, b: 0.6 })).toBe("weights set sum to more than 1: 1.2");
    expect(fault({ a: 0.6, b: 0.3 })).toMatch(/do not sum to 1: 0\.9$/);
    expect([fault({ a: 1 }), fault({ a: 0.7, b: 0.3 })]).toEqual([undefined, undefined]);
    expect(withWeights(weights, weightsOf({ a: 0.7, b: 0.3 }))).toEqual(weightsOf({ a: 0.7, b: 0.3 }));
  });

  // In force: A 0.6 · 90 + 0.4 · 50 = 74 good, B 64 pass. Other: A 0.2 · 90 + 0.8 · 50 = 58 fail, B 0.2 · 60 + 0.8 · 70 = 68 pass.
  it("give totals, grades and ranks beside those in force", () => {
    const inForce = weightsOf({ a: 0.6, b: 0.4 });
    const subjects = [
      subjectOf("A", { a: 90, b: 50 }, inForce),
      subjectOf("B", { a: 60, b: 70 }, inForce),
      subjectOf("C", { a: null, b: null }, inForce),
    ];
    const other = weightsOf({ a: 0.2, b: 0.8 });
    const card = { groups: [group("a", "b")], missing: "renormalise" as const };
    const rows = whatIf(subjects, { inForce, other }, card, defaultGrades);
    expect(
      rows.map(({ subject, total, grade, rank, in_force }) => [subject, total, grade, rank, in_force]),
    ).toEqual([
      ["B", 68, "pass", 1, { total: 64, covered_weight: 1, provisional: false, grade: "pass", rank: 2 }],
      ["A", 58, "fail", 2, { total: 74, covered_weight: 1, provisional: false, grade: "good", rank: 1 }],
      [
        "C",
        null,
        null,
        null,
        { total: null, covered_weight: 0, provisional: false, grade: null, rank: null },
      ],
    ]);
    const [company] = whatIf(
      [subjectOf(null, { a: 90, b: 50 }, inForce)],
      { inForce, other },
      card,
      defaultGrades,
    );
    expect(company).toMatchObject({ total: 58, rank: null, in_force: { total: 74, rank: null } });
  });
});

describe("the history of weights", () => {
  const row = (kpi_id: string, effective_from: string, weight: number, by: string | null): WeightRow => ({
    scorecard_id: "card",
    kpi_id,
    effective_from,
    weight,
    changed_by: by,
    note: by && `${by}的理由`,
    note_en: by === "Wu" ? "Wu's reason" : null,
  });
  const rows = [
    row("a", "2025-01-01", 0.6, "Lin"),
    row("c", "2026-01-01", 0.4, "Wu"),
    row("b", "2025-01-01", 0.4, null),
    row("b", "2026-01-01", 0, "Wu"),
    row("a", "2026-01-01", 0.6, "Wu"),
    { ...row("a", "2025-07-01", 1, "X"), scorecard_id: "another" },
  ];

  it("tells each set with its differences to the one before, who and why", () => {
    const by = (who: string | null) => ({
      changed_by: who,
      note: who && `${who}的理由`,
      note_en: who === "Wu" ? "Wu's reason" : null,
    });
    expect(weightHistory(rows, { id: "card", groups: [group("a", "b", "c")] })).toEqual([
      {
        effective_from: "2025-01-01",
        changes: [
          { kpi_id: "a", before: 0, weight: 0.6, ...by("Lin") },
          { kpi_id: "b", before: 0, weight: 0.4, ...by(null) },
        ],
        weights: [
          { kpi_id: "a", weight: 0.6 },
          { kpi_id: "b", weight: 0.4 },
        ],
      },
      {
        effective_from: "2026-01-01",
        changes: [
          { kpi_id: "b", before: 0.4, weight: 0, ...by("Wu") },
          { kpi_id: "c", before: 0, weight: 0.4, ...by("Wu") },
        ],
        weights: [
          { kpi_id: "a", weight: 0.6 },
          { kpi_id: "c", weight: 0.4 },
        ],
      },
    ]);
  });

  it("lists weights in the order of the scorecard", () => {
    const list = weightList(weightsOf({ c: 0.4, a: 0.6 }), { groups: [group("a", "b"), group("c")] });
    expect(list.map(({ kpi_id }) => kpi_id)).toEqual(["a", "c"]);
  });
});

describe("how firm a grade is", () => {
  const flip = (kpi_id: string, change: number | null): GradeFlip => ({
    kpi_id,
    weight: 0.5,
    flip:
      change === null
        ? null
        : { weight: 0.5 + change, change, direction: change > 0 ? "up" : "down", grade: "good" },
  });

  it("is the smallest change of one weight that gives another grade, unstable below 5 points", () => {
    expect(firmnessOf([flip("a", 0.2), flip("b", -0.026), flip("c", null)])).toEqual({
      least_change: 0.026,
      unstable: true,
    });
    expect(firmnessOf([flip("a", 0.05)])).toEqual({ least_change: 0.05, unstable: false });
    expect(firmnessOf([flip("a", null)])).toEqual({ least_change: null, unstable: false });
  });

  it("is said in words that name no weight to turn", () => {
    expect(firmnessText({ least_change: 0.026, unstable: true }, "en")).toBe(
      "unstable: 2.6 points of weight flip it",
    );
    expect(firmnessText({ least_change: 0.026, unstable: true }, "zh-CN")).toBe(
      "结论不稳：权重变动 2.6 个百分点即改变等级",
    );
  });
});
