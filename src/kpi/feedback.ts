import type { CombinedAssessment, PartWeights, RankedReview } from "./assessment.js";
import type { Kpi } from "./catalogue.js";
import { type Change, changeOf } from "./change.js";
import { greatest } from "./extremes.js";
import type { ImprovementOutcome } from "./improvements.js";
import type { Period } from "./periods.js";
import { round9 } from "./rounding.js";
import type { Grade } from "./scorecards.js";
import type { TracedItem, TracedSubject } from "./scored.js";
import { gradeOf } from "./totals.js";

/** Who a sheet is about; the name only where settings allow it. */
export interface FeedbackEmployee {
  employee_id: string;
  name: string | null;
  department: string | null;
  team: string | null;
  role: string | null;
}

/** How an employee stands on one KPI. */
export interface Standing extends Omit<TracedItem, "numerator" | "denominator"> {
  /** Value − target, in the KPI's machine unit. */
  gap: number | null;
  /** Whether the whole 95 % interval lies on the value's side of the target; null without interval or target. */
  is_certain: boolean | null;
  /** The value of the period before, and what can be said of the change. */
  previous: { value: number; n: number; change: Change } | null;
}

/** A total with its place, and the one of the period before. */
export interface SheetTotal {
  total: number | null;
  covered_weight: number;
  grade: string | null;
  rank: number | null;
  /** How many have a rank. */
  ranked: number;
  previous: {
    total: number;
    grade: string | null;
    /** Both totals rest on the same parts with the same weights. */
    is_comparable: boolean;
  } | null;
}

/** What is said to an employee about a period; sentences are made of it by `feedbackText`. */
export interface FeedbackSheet extends FeedbackEmployee {
  period: Period;
  previous_period: Period;
  /** The period is not over: values are shown, nothing is scored, and there is no review. */
  is_partial: boolean;
  quantitative: (SheetTotal & { scorecard: string }) | null;
  /** KPIs at their target or beyond it, the best score first. */
  strengths: Standing[];
  /** KPIs short of their target, the heaviest first. */
  below_target: Standing[];
  /** KPIs that are scored by a rule without a target. */
  others: Standing[];
  /** KPIs without a score, with the reason in `unscored`. */
  not_scored: Standing[];
  qualitative: (SheetTotal & Pick<RankedReview, "groups" | "dimensions"> & { min_raters: number }) | null;
  /** The dimensions of the review with the highest score, where that earns one of the better half of the grades. */
  best_dimensions: string[];
  combined: (Omit<SheetTotal, "covered_weight"> & { weights: PartWeights }) | null;
  improvements: ImprovementOutcome[];
}

/** All assessments of one period. */
export interface AssessedPeriod {
  period: Period;
  scored: readonly TracedSubject[];
  reviews: readonly RankedReview[];
  combined: readonly CombinedAssessment[];
}

export interface FeedbackContext {
  now: AssessedPeriod & { isPartial: boolean };
  before: AssessedPeriod;
  kpis: ReadonlyMap<string, Pick<Kpi, "kind" | "direction">>;
  grades: readonly Grade[];
  weights: PartWeights;
  minRaters: number;
}

/** The sheet of one employee. */
export function feedbackSheet(
  employee: FeedbackEmployee,
  improvements: readonly ImprovementOutcome[],
  { now, before, kpis, grades, weights, minRaters }: FeedbackContext,
): FeedbackSheet {
  const of = <S extends { subject: string | null }>(all: readonly S[]) =>
    all.find(({ subject }) => subject === employee.employee_id);
  const [card, cardBefore] = [of(now.scored), of(before.scored)];
  const [review, reviewBefore] = [of(now.reviews), of(before.reviews)];
  const [combined, combinedBefore] = [of(now.combined), of(before.combined)];
  const standings = (card?.items ?? []).map((item) =>
    standing(
      item,
      cardBefore?.items.find(({ kpi_id }) => kpi_id === item.kpi_id),
      kpis.get(item.kpi_id),
    ),
  );
  const scored = standings.filter(({ score }) => score !== null);
  const isSameCard = card !== undefined && cardBefore !== undefined && basis(card) === basis(cardBefore);
  const isSameReview =
    review !== undefined && reviewBefore !== undefined && shown(review) === shown(reviewBefore);
  return {
    ...employee,
    period: now.period,
    previous_period: before.period,
    is_partial: now.isPartial,
    quantitative: card
      ? { scorecard: card.scorecard, ...sheetTotal(card, cardBefore, sharing(card, now.scored), isSameCard) }
      : null,
    strengths: scored.filter((each) => reaches(each, kpis) === true).sort(bestFirst),
    below_target: scored.filter((each) => reaches(each, kpis) === false).sort(heaviestFirst),
    others: scored.filter((each) => reaches(each, kpis) === null).sort(heaviestFirst),
    not_scored: standings.filter(({ score }) => score === null).sort(heaviestFirst),
    qualitative: review
      ? {
          ...sheetTotal(review, reviewBefore, now.reviews, isSameReview),
          groups: review.groups,
          dimensions: review.dimensions,
          min_raters: minRaters,
        }
      : null,
    best_dimensions: bestDimensions(review, grades),
    combined: combined
      ? { ...combinedTotal(combined, combinedBefore, now.combined, isSameCard && isSameReview), weights }
      : null,
    improvements: [...improvements].sort((one, other) => (key(one) < key(other) ? -1 : 1)),
  };
}

const open: readonly TracedItem["unscored"][] = ["partial", "incomplete", "immature"];

function standing(
  { numerator: _, denominator: __, ...item }: TracedItem,
  before: TracedItem | undefined,
  kpi: Pick<Kpi, "kind" | "direction"> | undefined,
): Standing {
  const { value, target, low, high } = item;
  const gap = value === null || target === null ? null : round9(value - target);
  const isOpen = [item, before].some((each) => open.includes(each?.unscored ?? null));
  const hasInterval = low !== null && high !== null && target !== null;
  return {
    ...item,
    gap,
    is_certain: hasInterval ? round9(low) >= round9(target) || round9(high) <= round9(target) : null,
    previous:
      kpi && !isOpen && before?.value != null && value !== null
        ? { value: before.value, n: before.n, change: changeOf(kpi, before, item) }
        : null,
  };
}

/** Whether the value is at its target or beyond it; null without a target. */
function reaches({ kpi_id, gap }: Standing, kpis: FeedbackContext["kpis"]): boolean | null {
  const direction = kpis.get(kpi_id)?.direction;
  if (gap === null || direction === undefined || direction === "none") return null;
  return direction === "up" ? gap >= 0 : gap <= 0;
}

interface Totalled {
  subject: string | null;
  total: number | null;
  grade: string | null;
  rank: number | null;
}

function combinedTotal(
  own: Totalled,
  before: Totalled | undefined,
  all: readonly Totalled[],
  isComparable: boolean,
): Omit<SheetTotal, "covered_weight"> {
  return {
    total: own.total,
    grade: own.grade,
    rank: own.rank,
    ranked: all.filter(({ rank }) => rank !== null).length,
    previous:
      before && before.total !== null
        ? { total: before.total, grade: before.grade, is_comparable: isComparable }
        : null,
  };
}

const sheetTotal = (
  own: Totalled & { covered_weight: number },
  before: Totalled | undefined,
  all: readonly Totalled[],
  isComparable: boolean,
): SheetTotal => ({ ...combinedTotal(own, before, all, isComparable), covered_weight: own.covered_weight });

/** Who is ranked with a subject: those whom the same scorecard judges. */
const sharing = ({ scorecard }: TracedSubject, all: readonly TracedSubject[]) =>
  all.filter((each) => each.scorecard === scorecard);

/** The KPIs that a total rests on, with their weights. */
const basis = ({ items }: TracedSubject) =>
  items
    .filter(({ score }) => score !== null)
    .map(({ kpi_id, weight }) => `${kpi_id} ${round9(weight)}`)
    .sort()
    .join();

/** The groups that a 360° total rests on. */
const shown = ({ groups }: RankedReview) =>
  groups
    .filter(({ score }) => score !== null)
    .map(({ group }) => group)
    .join();

function bestDimensions(review: RankedReview | undefined, grades: readonly Grade[]): string[] {
  if (!review || review.dimensions.length < 2) return [];
  const most = greatest(review.dimensions.map(({ score }) => score));
  const grade = grades.findIndex(({ id }) => id === gradeOf(most, grades));
  if (grade >= Math.ceil(grades.length / 2)) return [];
  const best = review.dimensions.filter(({ score }) => score === most);
  return best.length < review.dimensions.length ? best.map(({ dimension }) => dimension) : [];
}

const byId = (one: Standing, other: Standing) => (one.kpi_id < other.kpi_id ? -1 : 1);
const heaviestFirst = (one: Standing, other: Standing) => other.weight - one.weight || byId(one, other);
const bestFirst = (one: Standing, other: Standing) =>
  (other.score ?? 0) - (one.score ?? 0) || heaviestFirst(one, other);

const key = ({ agreed_on, improvement_id }: ImprovementOutcome) => `${agreed_on} ${improvement_id}`;
