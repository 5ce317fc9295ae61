import type { Kpi } from "../catalogue/kpis.js";
import type { Grade } from "../catalogue/scorecards.js";
import { type Change, changeOf } from "../kpi/change.js";
import { isFinal, type Reason } from "../kpi/coverage.js";
import type { Period } from "../kpi/periods.js";
import { greatest } from "../statistics/extremes.js";
import { round9 } from "../statistics/rounding.js";
import { type CombinedAssessment, combinedTotal, type PartWeights, type RankedReview } from "./assessment.js";
import type { ImprovementOutcome } from "./improvements.js";
import { countOfTotals } from "./ranges.js";
import { reasonOfItem, type TotalRange, type TracedItem, type TracedSubject } from "./scored.js";
import { gradeOf, type TotalChange, totalChange } from "./totals.js";

/** Who a sheet is about; the name only where settings allow it. */
export interface FeedbackEmployee {
  employee_id: string;
  name: string | null;
  department: string | null;
  team: string | null;
  role: string | null;
}

/** How an employee stands on one KPI. */
export interface Standing extends Omit<TracedItem, "numerator" | "denominator" | "settled"> {
  /** Value − target, in the KPI's machine unit. */
  gap: number | null;
  /** Why there is no value, or why it is incomplete. */
  reason: Reason | null;
  /** The value of the period before, where both are final, and what can be said of the change. */
  previous: { value: number; n: number; change: Change; p: number | null } | null;
}

/** A total with its place, and the one of the period before. */
export interface SheetTotal {
  total: number | null;
  covered_weight: number;
  /** Too little of the weight stands behind it. */
  provisional: boolean;
  grade: string | null;
  rank: number | null;
  /** Where total and grade are not told, since they would tell a hidden item. */
  between?: TotalRange;
  /** How many have a total; null where that is not known. */
  ranked: number | null;
  previous: {
    total: number;
    provisional: boolean;
    grade: string | null;
    /** From that total to this one over the KPIs, or the groups of raters, scored in both; null where there are none. */
    change: TotalChange | null;
  } | null;
}

/** What is said to an employee about a period; sentences are made of it by `feedbackText`. */
export interface FeedbackSheet extends FeedbackEmployee {
  period: Period;
  previous_period: Period;
  /** The period is not over: values are shown, nothing is scored, and there is no review. */
  is_partial: boolean;
  quantitative:
    | (SheetTotal & { scorecard: string /** KPIs that it would tell. */; untold?: string[] })
    | null;
  /** KPIs surely at their target or beyond it, the best score first. */
  strengths: Standing[];
  /** KPIs surely short of their target, the heaviest first. */
  below_target: Standing[];
  /** KPIs that cannot be told from their target, the heaviest first. */
  unsure: Standing[];
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
  kpis: ReadonlyMap<string, Pick<Kpi, "kind" | "direction" | "look_back">>;
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
      { item, period: now.period },
      {
        item: cardBefore?.items.find(({ kpi_id }) => kpi_id === item.kpi_id),
        period: before.period,
      },
      kpis.get(item.kpi_id),
    ),
  );
  const scored = standings.filter(({ score }) => score !== null);
  const changes = {
    card: card && cardBefore ? totalChange(cardBefore, card) : null,
    review: review && reviewBefore ? totalChange(byGroup(reviewBefore), byGroup(review)) : null,
  };
  return {
    ...employee,
    period: now.period,
    previous_period: before.period,
    is_partial: now.isPartial,
    quantitative: card
      ? {
          scorecard: card.scorecard,
          ...(card.between && { untold: untoldOf(card) }),
          ...sheetTotal(card, cardBefore, sharing(card, now.scored), changes.card),
        }
      : null,
    strengths: scored.filter(({ status, sure }) => sure && status === "on").sort(bestFirst),
    below_target: scored
      .filter(({ status, sure }) => sure && status !== null && status !== "on")
      .sort(heaviestFirst),
    unsure: scored.filter(({ status, sure }) => status !== null && !sure).sort(heaviestFirst),
    others: scored.filter(({ status }) => status === null).sort(heaviestFirst),
    not_scored: standings.filter(({ score }) => score === null).sort(heaviestFirst),
    qualitative: review
      ? {
          ...sheetTotal(review, reviewBefore, now.reviews, changes.review),
          groups: review.groups,
          dimensions: review.dimensions,
          min_raters: minRaters,
        }
      : null,
    best_dimensions: bestDimensions(review, grades),
    combined: combined
      ? {
          ...placed(combined, combinedBefore, now.combined, combinedChange(changes, weights)),
          weights,
        }
      : null,
    improvements: [...improvements].sort((one, other) => (key(one) < key(other) ? -1 : 1)),
  };
}

const untoldOf = ({ items }: TracedSubject) =>
  items.flatMap(({ kpi_id, hidden, weight }) => (hidden && weight > 0 ? [kpi_id] : []));

interface InPeriod<Item> {
  item: Item;
  period: Period;
}

function standing(
  { item: traced, period }: InPeriod<TracedItem>,
  before: InPeriod<TracedItem | undefined>,
  kpi: Pick<Kpi, "kind" | "direction" | "look_back"> | undefined,
): Standing {
  const { numerator: _, denominator: __, settled, ...item } = traced;
  const { value, target } = item;
  const earlier = before.item?.settled;
  return {
    ...item,
    gap: value === null || target === null ? null : round9(value - target),
    reason: reasonOfItem(traced),
    previous:
      kpi && isFinal(settled) && isFinal(earlier)
        ? {
            value: earlier.value,
            n: before.item?.n ?? 0,
            ...changeOf(kpi, { ...earlier, period: before.period }, { ...settled, period }),
          }
        : null,
  };
}

type Placed = Pick<CombinedAssessment, "total" | "provisional" | "grade" | "rank" | "between">;

function placed(
  own: Placed,
  before: Placed | undefined,
  all: readonly Placed[],
  change: TotalChange | null,
): Omit<SheetTotal, "covered_weight"> {
  return {
    total: own.total,
    provisional: own.provisional,
    grade: own.grade,
    rank: own.rank,
    ranked: countOfTotals(all),
    ...(own.between && { between: own.between }),
    previous:
      before && before.total !== null
        ? { total: before.total, provisional: before.provisional, grade: before.grade, change }
        : null,
  };
}

const sheetTotal = (
  own: TracedSubject | RankedReview,
  before: Placed | undefined,
  all: readonly Placed[],
  change: TotalChange | null,
): SheetTotal => ({ ...placed(own, before, all, change), covered_weight: own.covered_weight });

/** A 360° total with the groups it rests on as items. */
const byGroup = ({ total, groups }: RankedReview) => ({
  total,
  items: groups.map(({ group, weight, score }) => ({ kpi_id: group, weight, score })),
});

/** What both parts of the combined assessment changed by gives its own change. */
function combinedChange(
  { card, review }: Record<"card" | "review", TotalChange | null>,
  weights: PartWeights,
): TotalChange | null {
  const [from, to] = (["from", "to"] as const).map((end) =>
    combinedTotal(card?.[end] ?? null, review?.[end] ?? null, weights),
  );
  if (!card || !review || from == null || to == null) return null;
  return {
    from,
    to,
    delta: round9(to - from),
    formerDelta: null,
    joined: [...card.joined, ...review.joined],
    left: [...card.left, ...review.left],
  };
}

/** Who is ranked with a subject: those whom the same scorecard judges. */
const sharing = ({ scorecard }: TracedSubject, all: readonly TracedSubject[]) =>
  all.filter((each) => each.scorecard === scorecard);

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
