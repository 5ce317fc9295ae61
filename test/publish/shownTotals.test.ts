import { describe, expect, it } from "vitest";
import type { Kpi } from "../../src/catalogue/kpis.js";
import { defaultGrades, type Scorecard } from "../../src/catalogue/scorecards.js";
import { shownSubjects } from "../../src/publish/scores.js";
import type { Unshown } from "../../src/publish/unshown.js";
import { totalledOfShown } from "../../src/score/hiddenItems.js";
import { countOfTotals, rangesOf, sureRank } from "../../src/score/ranges.js";
import type { TracedItem, TracedSubject } from "../../src/score/scored.js";
import { ranked, totalled } from "../../src/score/totals.js";

const label = { zh: "名", en: "Name" };
const card = (missing: Scorecard["missing"]): Scorecard => ({
  id: "card",
  label,
  grain: "quarter",
  subjects: ["team"],
  missing,
  groups: [{ id: "all", label, kpis: ["a", "b", "c", "d"] }],
});
const item = (kpi_id: string, weight: number, score: number): TracedItem => ({
  kpi_id,
  group: "all",
  weight,
  score,
  value: score / 100,
  n: 20,
  unscored: null,
  numerator: 1,
  denominator: 2,
  low: null,
  high: null,
  target: null,
  status: null,
  sure: null,
});
const team = (subject: string, own: Scorecard, scores: [number, number, number, number]): TracedSubject => {
  const items = ["a", "b", "c", "d"].map((id, at) =>
    item(id, [0.4, 0.3, 0.2, 0.1][at] ?? 0, scores[at] ?? 0),
  );
  return {
    scorecard: "card",
    period_start: "2026-01-01",
    period_end: "2026-04-01",
    kind: "team",
    subject,
    rank: null,
    items,
    ...totalled(items, own, defaultGrades),
  };
};
/** Of team A the KPIs c and d are not to be told. */
const unshown: Unshown = {
  minCell: 5,
  of: async () => new Map([["A", new Set(["c", "d"])]]),
  months: async () => new Set<string>(),
  teams: async () => new Set(),
  kpi: () => undefined as Kpi | undefined,
};
type Scores = [number, number, number, number];
const publish = (own: Scorecard, ofA: Scores, others: Record<string, number> = { B: 80 }) =>
  shownSubjects(
    [
      team("A", own, ofA),
      ...Object.entries(others).map(([name, score]) => team(name, own, [score, score, score, score])),
    ],
    { scorecards: [own], grades: defaultGrades },
    { kind: "team", grain: "quarter" },
    unshown,
  );

/** What may be hidden of A's c and d. */
const hiddenScores = [0, 3, 55, 80, 100].flatMap((c) => [0, 12, 60, 100].map((d) => [c, d] as const));

describe.each(["renormalise", "zero"] as const)("totals of teams with hidden KPIs (%s)", (missing) => {
  const own = card(missing);

  // 0.4 × 90 + 0.3 × 70 = 57, and 30 more at most
  it("are not told, but for the range that follows from what is shown", async () => {
    const [b, a] = await publish(own, [90, 70, 3, 55]);
    expect(b).toMatchObject({ subject: "B", total: 80, grade: "good", rank: null });
    expect(a).toMatchObject({
      ...{ subject: "A", total: null, grade: null, rank: null, provisional: false, covered_weight: 0.7 },
      between: { low: 57, high: 87, isSure: true },
      groups: [{ id: "all", total: null, grade: null, hidden: true }],
    });
  });

  it("leave ranks that hold whatever is hidden, and these are the true ones", async () => {
    // A lies between 57 and 87, so not before C, but perhaps beside D.
    const others = { B: 95, C: 87, D: 57, E: 40, F: 40 };
    const among = async (hidden: readonly [number, number], without: readonly string[] = []) => {
      const rest = Object.fromEntries(Object.entries(others).filter(([name]) => !without.includes(name)));
      const shown = await publish(own, [90, 70, ...hidden], rest);
      const all = [
        team("A", own, [90, 70, ...hidden]),
        ...Object.entries(rest).map(([name, score]) => team(name, own, [score, score, score, score])),
      ];
      const truth = new Map(ranked(all).map(({ subject, rank }) => [subject, rank]));
      for (const { subject, rank } of shown) if (rank !== null) expect(rank).toBe(truth.get(subject));
      return Object.fromEntries(shown.map(({ subject, rank }) => [subject, rank]));
    };
    for (const hidden of hiddenScores) {
      expect(await among(hidden)).toEqual({ A: null, B: 1, C: 2, D: null, E: 5, F: 5 });
      // Of who is surely better than some and worse than the others, the rank tells nothing.
      expect(await among(hidden, ["C", "D"])).toEqual({ A: 2, B: 1, E: 3, F: 3 });
    }
  });

  it("are the same document whatever is hidden", async () => {
    const one = await publish(own, [90, 70, 3, 55]);
    for (const hidden of hiddenScores) expect(await publish(own, [90, 70, ...hidden])).toEqual(one);
  });

  it("are what a report's figures are verified against, item by item", () => {
    const items = team("A", own, [90, 70, 3, 55]).items.map((each) =>
      ["c", "d"].includes(each.kpi_id) ? { ...each, score: null, hidden: true as const } : each,
    );
    expect(totalledOfShown(items, own, defaultGrades)).toMatchObject({
      total: null,
      grade: null,
      covered_weight: 0.7,
    });
  });
});

it("of who may or may not have half of the weight nobody knows how many have a total", () => {
  const own = card("renormalise");
  const items = [item("a", 0.4, 90), { ...item("b", 0.6, 0), score: null, hidden: true as const }];
  const { between } = totalledOfShown(items, own, defaultGrades);
  expect(between).toEqual({ low: 36, high: 96, isSure: false });
  const unsure = { total: null, between: between as NonNullable<typeof between> };
  expect(countOfTotals([unsure, { total: 99 }])).toBeNull();
  expect(sureRank(unsure, rangesOf([unsure, { total: 99 }]))).toBeNull();
  // Whoever is above all that it can be is the first, below it nobody knows.
  expect(sureRank({ total: 99 }, rangesOf([unsure, { total: 99 }]))).toBe(1);
  expect(sureRank({ total: 9 }, rangesOf([unsure, { total: 9 }]))).toBeNull();
});
