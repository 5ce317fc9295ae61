import type { Grade, Scorecard } from "../catalogue/scorecards.js";
import { round9 } from "../statistics/rounding.js";
import { rangesOf, sureRank } from "./ranges.js";
import type { ScoredGroup, ScoredItem, ScoredSubject } from "./scored.js";

/** A weighted total with the share of the weight that has a score. */
export interface Total {
  total: number | null;
  covered_weight: number;
  /** There is a total, and less than 80 % of the weight stands behind it. */
  provisional: boolean;
}

/** From which share of the weight on a total is there, and is no longer provisional. */
export const enoughWeight = 0.5;
const firmWeight = 0.8;

/**
 * `Σ weight × score ÷ Σ weight`, rounded to 1e-9. An item without a score drops out of both sums (`renormalise`) or
 * counts as 0 (`zero`); where less than half of the weight has a score there is no total, below 80 % it is provisional.
 */
export function weightedTotal(
  items: readonly Pick<ScoredItem, "weight" | "score">[],
  missing: Scorecard["missing"],
): Total {
  const all = sum(items.map(({ weight }) => weight));
  const scored = items.filter(({ score }) => score !== null);
  const covered = sum(scored.map(({ weight }) => weight));
  const covered_weight = all === 0 ? 0 : round9(covered / all);
  if (covered_weight === 0 || covered_weight < enoughWeight)
    return { total: null, covered_weight, provisional: false };
  const points = sum(scored.map(({ weight, score }) => weight * (score ?? 0)));
  const total = round9(points / (missing === "zero" ? all : covered));
  return { total, covered_weight, provisional: isProvisional(total, covered_weight) };
}

/** Whether a grade has to say that too little of the weight stands behind it. */
export const isProvisional = (total: number | null, covered_weight: number) =>
  total !== null && covered_weight < firmWeight;

/** How a total moved: over the KPIs that have a score in both periods, each period with its own weights. */
export interface TotalChange {
  from: number;
  to: number;
  delta: number;
  /** What it would be with the weights of before; null where these KPIs weigh against each other as they did. */
  formerDelta: number | null;
  /** KPIs that have a score, and a weight, in the later or the earlier period only. */
  joined: string[];
  left: string[];
}

type Weighed = Pick<ScoredItem, "kpi_id" | "weight" | "score">;

/** A total with what it is made of. */
interface Summed {
  total: number | null;
  items: readonly Weighed[];
}

/** The change of a total; null where one of the periods has none, or no KPI has a score in both. */
export function totalChange(before: Summed, after: Summed): TotalChange | null {
  if (before.total === null || after.total === null) return null;
  const scored = ({ items }: Summed) =>
    new Map(
      items.filter(({ score, weight }) => score !== null && weight > 0).map((item) => [item.kpi_id, item]),
    );
  const [one, other] = [scored(before), scored(after)];
  const both = [...one.keys()].filter((id) => other.has(id));
  const mean = (scores: ReadonlyMap<string, Weighed>, weights: ReadonlyMap<string, Weighed>) => {
    const weight = (id: string) => weights.get(id)?.weight ?? 0;
    const total = sum(both.map(weight));
    return total > 0
      ? round9(sum(both.map((id) => weight(id) * (scores.get(id)?.score ?? 0))) / total)
      : null;
  };
  const [from, to, former] = [mean(one, one), mean(other, other), mean(other, one)];
  if (from === null || to === null || former === null) return null;
  return {
    from,
    to,
    delta: round9(to - from),
    formerDelta: former === to ? null : round9(former - from),
    joined: [...other.keys()].filter((id) => !one.has(id)),
    left: [...one.keys()].filter((id) => !other.has(id)),
  };
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
): Pick<ScoredSubject, "total" | "covered_weight" | "provisional" | "grade"> & { groups: ScoredGroup[] } {
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
 * Who has no total, or none that is told, stands last; a rank is given where it holds whatever is not told.
 */
export function ranked<S extends Pick<ScoredSubject, "subject" | "total" | "rank" | "between">>(
  subjects: readonly S[],
): S[] {
  const name = ({ subject }: S) => subject ?? "";
  const points = ({ total }: S) => (total === null ? Number.NEGATIVE_INFINITY : round9(total));
  const ordered = [...subjects].sort((one, other) => {
    if (points(one) !== points(other)) return points(one) > points(other) ? -1 : 1;
    return name(one) < name(other) ? -1 : 1;
  });
  const ranges = rangesOf(subjects);
  return ordered.map((subject) => ({ ...subject, rank: sureRank(subject, ranges) }));
}
