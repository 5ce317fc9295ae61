import { describe, expect, it } from "vitest";
import { defaultGrades } from "../../src/catalogue/scorecards.js";
import {
  changesOfWeights,
  unbalancedWeights,
  type Weight,
  weightsInForce,
} from "../../src/catalogue/weights.js";
import type { ScoredItem } from "../../src/score/scored.js";
import { gradeOf, ranked, totalChange, totalled, weightedTotal } from "../../src/score/totals.js";

const items = (...pairs: [weight: number, score: number | null][]) =>
  pairs.map(([weight, score]) => ({ weight, score }));

describe("the weighted total", () => {
  it("of the worked example is 79, good: 40 % × 80 + 30 % × 70 + 20 % × 85 + 10 % × 90", () => {
    const groups = ["satisfaction", "acquisition", "loyalty", "communication"];
    const scores = [80, 70, 85, 90];
    const weights = [0.4, 0.3, 0.2, 0.1];
    const scored = groups.map(
      (group, index): ScoredItem => ({
        kpi_id: `of_${group}`,
        group,
        value: 1,
        n: 50,
        weight: weights[index] ?? 0,
        score: scores[index] ?? 0,
        unscored: null,
      }),
    );
    const card = {
      missing: "renormalise" as const,
      groups: groups.map((id) => ({ id, label: { zh: id, en: id }, kpis: [`of_${id}`] })),
    };
    expect(totalled(scored, card, defaultGrades)).toEqual({
      total: 79,
      covered_weight: 1,
      provisional: false,
      grade: "good",
      groups: groups.map((id, index) => ({
        id,
        weight: weights[index],
        total: scores[index],
        covered_weight: 1,
        provisional: false,
        grade: ["good", "good", "excellent", "excellent"][index],
      })),
    });
  });

  it("of nothing but 85 is 85, whatever the weights' last bits", () => {
    for (const weights of [[0.1, 0.2, 0.7], [0.3333, 0.3333, 0.3334], Array<number>(10).fill(0.1)]) {
      const { total } = weightedTotal(
        items(...weights.map((weight): [number, number] => [weight, 85])),
        "zero",
      );
      expect(total).toBe(85);
      expect(gradeOf(total, defaultGrades)).toBe("excellent");
    }
  });

  // (0.4 × 80 + 0.2 × 65) ÷ 0.6 = 75; as zero: 45
  it("drops what has no score from both sums, or counts it as 0", () => {
    const list = items([0.4, 80], [0.4, null], [0.2, 65]);
    expect(weightedTotal(list, "renormalise")).toEqual({ total: 75, covered_weight: 0.6, provisional: true });
    expect(weightedTotal(list, "zero")).toEqual({ total: 45, covered_weight: 0.6, provisional: true });
  });

  it("is none below half of the weight, and one at half", () => {
    for (const missing of ["renormalise", "zero"] as const) {
      expect(weightedTotal(items([0.4999, 80], [0.5001, null]), missing).total).toBeNull();
      // 0.1 + 0.2 + 0.2 is half only after rounding
      expect(weightedTotal(items([0.1, 80], [0.2, 80], [0.2, 80], [0.5, null]), missing).total).toBe(
        missing === "zero" ? 40 : 80,
      );
      expect(weightedTotal([], missing)).toEqual({ total: null, covered_weight: 0, provisional: false });
    }
  });

  it("counts coverage by the weight of the items there are", () => {
    expect(weightedTotal(items([0.1, 60], [0.1, 70]), "renormalise")).toEqual({
      total: 65,
      covered_weight: 1,
      provisional: false,
    });
  });
});

describe("grades", () => {
  it.each([
    [100, "excellent"],
    [85, "excellent"],
    [84.9999999999, "excellent"],
    [84.99, "good"],
    [70, "good"],
    [69.99, "pass"],
    [60, "pass"],
    [59.99, "fail"],
    [0, "fail"],
    [null, null],
  ])("%d is %s", (total, grade) => expect(gradeOf(total, defaultGrades)).toBe(grade));
});

describe("ranking", () => {
  const subject = (name: string, total: number | null) => ({ subject: name, total, rank: null });

  it("gives ties the same rank, 1, 1, 3, and lists who has no total last", () => {
    const rows = ranked([
      subject("d", null),
      subject("c", 70),
      subject("b", 80),
      subject("a", 80.0000000001),
      subject("e", 0),
    ]);
    expect(rows.map(({ subject: name, rank }) => [name, rank])).toEqual([
      ["a", 1],
      ["b", 1],
      ["c", 3],
      ["e", 4],
      ["d", null],
    ]);
  });
});

describe("weights", () => {
  const weight = (kpi_id: string, effective_from: string, value: number, scorecard_id = "card"): Weight => ({
    scorecard_id,
    kpi_id,
    effective_from,
    weight: value,
  });
  const history = [
    weight("a", "2024-01-01", 0.6),
    weight("b", "2024-01-01", 0.4),
    weight("b", "2025-04-01", 0.3),
    weight("c", "2025-04-01", 0.1),
    weight("b", "2026-01-01", 0),
    weight("c", "2026-01-01", 0.4),
    weight("a", "2023-01-01", 1, "other"),
  ];
  const at = (end: string) => Object.fromEntries(weightsInForce(history, "card", end));

  it("are those of the newest row before the period's end", () => {
    expect(at("2024-01-01")).toEqual({});
    expect(at("2024-01-02")).toEqual({ a: 0.6, b: 0.4 });
    expect(at("2025-04-01")).toEqual({ a: 0.6, b: 0.4 });
    expect(at("2025-05-01")).toEqual({ a: 0.6, b: 0.3, c: 0.1 });
  });

  it("of 0 retire a kpi", () => expect(at("2026-04-01")).toEqual({ a: 0.6, c: 0.4 }));

  it("have to sum to 1 from every change on", () => {
    expect(changesOfWeights(history, "card")).toEqual(["2024-01-01", "2025-04-01", "2026-01-01"]);
    expect(unbalancedWeights(history, "card")).toBeUndefined();
    expect(unbalancedWeights([...history, weight("c", "2026-07-01", 0.45)], "card")).toEqual({
      from: "2026-07-01",
      sum: 1.05,
    });
    expect(unbalancedWeights(history.slice(1), "card")).toEqual({ from: "2024-01-01", sum: 0.4 });
    expect(unbalancedWeights([], "card")).toBeUndefined();
    const tenths = Array.from({ length: 10 }, (_, index) => weight(`k${index}`, "2024-01-01", 0.1));
    expect(unbalancedWeights(tenths, "card")).toBeUndefined();
  });
});

describe("a provisional total", () => {
  it.each([
    [items([0.5, 80], [0.5, null]), true],
    [items([0.79, 80], [0.21, null]), true],
    [items([0.8, 80], [0.2, null]), false],
    [items([0.3, 80], [0.5, 80], [0.2, null]), false],
    [items([0.4, 80], [0.6, null]), false],
    [items([1, 80]), false],
  ])("is one below 80 %% of the weight: %j", (list, provisional) => {
    expect(weightedTotal(list, "renormalise").provisional).toBe(provisional);
    expect(weightedTotal(list, "zero").provisional).toBe(provisional);
  });

  it("says so of each perspective for itself", () => {
    const at = (kpi_id: string, group: string, weight: number, score: number | null) => ({
      kpi_id,
      group,
      weight,
      score,
      value: score,
      n: 20,
      unscored: score === null ? ("immature" as const) : null,
    });
    const card = {
      missing: "renormalise" as const,
      groups: ["a", "b"].map((id) => ({ id, label: { zh: id, en: id }, kpis: [] })),
    };
    const all = totalled([at("x", "a", 0.5, 80), at("y", "b", 0.4, 70), at("z", "b", 0.1, null)], card, []);
    expect(all.provisional).toBe(false);
    expect(all.groups.map(({ provisional }) => provisional)).toEqual([false, false]);
    const less = totalled([at("x", "a", 0.5, 80), at("y", "b", 0.3, 70), at("z", "b", 0.2, null)], card, []);
    expect(less.provisional).toBe(false);
    expect(less.groups.map(({ provisional }) => provisional)).toEqual([false, true]);
  });
});

describe("the change of a total", () => {
  const side = (total: number | null, ...rows: [string, number, number | null][]) => ({
    total,
    items: rows.map(([kpi_id, weight, score]) => ({
      kpi_id,
      weight,
      score,
      group: "a",
      value: score,
      n: 20,
      unscored: null,
    })),
  });
  // By hand. Both: x and y. Before (½·80 + ¼·60) ÷ ¾ = 73.333; after (0.6·82 + 0.2·70) ÷ 0.8 = 79.
  it("is over the KPIs scored in both, each period with its own weights, and names what joined or fell out", () => {
    const before = side(60, ["x", 0.5, 80], ["y", 0.25, 60], ["z", 0.25, 20]);
    const after = side(79, ["x", 0.6, 82], ["y", 0.2, 70], ["z", 0.2, null]);
    expect(totalChange(before, after)).toEqual({
      from: 73.333333333,
      to: 79,
      delta: 5.666666667,
      // By hand: with weights of 2 to 1 as before, (2·82 + 70) ÷ 3 = 78.
      formerDelta: 4.666666667,
      joined: [],
      left: ["z"],
    });
    const alike = side(70, ["x", 0.4, 82], ["y", 0.2, 70], ["z", 0.4, null]);
    expect(totalChange(before, alike)?.formerDelta).toBeNull();
    expect(totalChange(after, before)).toMatchObject({ delta: -5.666666667, joined: ["z"], left: [] });
  });

  it("is none without both totals, or where no KPI has a score in both", () => {
    expect(totalChange(side(null, ["x", 1, 80]), side(80, ["x", 1, 80]))).toBeNull();
    expect(totalChange(side(80, ["x", 1, 80]), side(80, ["y", 1, 80]))).toBeNull();
  });
});
