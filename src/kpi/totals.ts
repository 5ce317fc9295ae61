import { round9 } from "./rounding.js";
import type { Grade, Scorecard } from "./scorecards.js";
import type { ScoredGroup, ScoredItem, ScoredSubject } from "./scored.js";

/** A weighted total with the share of the weight that has a score. */
export interface Total {
  total: number | null;
  covered_weight: number;
}

/**
 * `Σ weight × score ÷ Σ weight`, rounded to 1e-9. An item without a score drops out of both sums (`renormalise`) or
 * counts as 0 (`zero`); where less than half of the weight has a score there is no total.
 */
export function weightedTotal(
  items: readonly Pick<ScoredItem, "weight" | "score">[],
  missing: Scorecard["missing"],
): Total {
  const all = sum(items.map(({ weight }) => weight));
  const scored = items.filter(({ score }) => score !== null);
  const covered = sum(scored.map(({ weight }) => weight));
  const covered_weight = all === 0 ? 0 : round9(covered / all);
  if (covered_weight === 0 || covered_weight < 0.5) return { total: null, covered_weight };
  const points = sum(scored.map(({ weight, score }) => weight * (score ?? 0)));
  return { total: round9(points / (missing === "zero" ? all : covered)), covered_weight };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The grade of a total: the first, best first, that the rounded total reaches; null without a total. */
export function gradeOf(total: number | null, grades: readonly Grade[]): string | null {
  if (total === null) return null;
  return grades.find(({ from }) => round9(total) >= round9(from))?.id ?? null;
}

/** Totals and grades of a subject's items, over all and by group; groups without a weighing item are left out. */
export function totalled(
  items: readonly ScoredItem[],
  card: Pick<Scorecard, "groups" | "missing">,
  grades: readonly Grade[],
): Pick<ScoredSubject, "total" | "covered_weight" | "grade"> & { groups: ScoredGroup[] } {
  const graded = (part: readonly ScoredItem[]) => {
    const total = weightedTotal(part, card.missing);
    return { ...total, grade: gradeOf(total.total, grades) };
  };
  const groups = card.groups.flatMap(({ id }): ScoredGroup[] => {
    const own = items.filter(({ group }) => group === id);
    const weight = round9(sum(own.map((item) => item.weight)));
    return weight > 0 ? [{ id, weight, ...graded(own) }] : [];
  });
  return { ...graded(items), groups };
}

/**
 * Ranks subjects of one period by their totals, the best first; ties share the rank (1, 1, 3) and stand by name.
 * Who has no total stands last, without a rank.
 */
export function ranked<S extends Pick<ScoredSubject, "subject" | "total" | "rank">>(
  subjects: readonly S[],
): S[] {
  const name = ({ subject }: S) => subject ?? "";
  const points = ({ total }: S) => (total === null ? Number.NEGATIVE_INFINITY : round9(total));
  const ordered = [...subjects].sort((one, other) => {
    if (points(one) !== points(other)) return points(one) > points(other) ? -1 : 1;
    return name(one) < name(other) ? -1 : 1;
  });
  let rank = 0;
  return ordered.map((subject, index) => {
    const better = ordered[index - 1];
    if (!better || points(better) !== points(subject)) rank = index + 1;
    return { ...subject, rank: subject.total === null ? null : rank };
  });
}
