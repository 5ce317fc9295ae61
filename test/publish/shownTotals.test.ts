import { describe, expect, it } from "vitest";
import type { Kpi } from "../../src/catalogue/kpis.js";
import { defaultGrades, type Scorecard } from "../../src/catalogue/scorecards.js";
import { shownSubjects } from "../../src/publish/scores.js";
import type { Unshown } from "../../src/publish/unshown.js";
import type { TracedItem, TracedSubject } from "../../src/score/scored.js";
import { totalled } from "../../src/score/totals.js";

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
const publish = (own: Scorecard, ofA: [number, number, number, number]) =>
  shownSubjects(
    [team("A", own, ofA), team("B", own, [80, 80, 80, 80])],
    { scorecards: [own], grades: defaultGrades },
    { kind: "team", grain: "quarter" },
    unshown,
  );

describe.each(["renormalise", "zero"] as const)("totals of teams with hidden KPIs (%s)", (missing) => {
  // (0.4 × 90 + 0.3 × 70) ÷ 0.7 = 81.428571429, which beats B's 80, whatever the hidden scores are
  it("are those of what is shown, and so are ranks and grades", async () => {
    for (const hidden of [
      [0, 0],
      [100, 100],
      [0, 100],
    ] as const) {
      const shown = await publish(card(missing), [90, 70, ...hidden]);
      expect(shown.map(({ subject, total, rank, grade }) => [subject, total, rank, grade])).toEqual([
        ["A", 81.428571429, 1, "good"],
        ["B", 80, 2, "good"],
      ]);
    }
  });

  it("are the same document whatever is hidden", async () => {
    const [one, other] = [
      await publish(card(missing), [90, 70, 3, 55]),
      await publish(card(missing), [90, 70, 99, 12]),
    ];
    expect(one).toEqual(other);
  });
});
