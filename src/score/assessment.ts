import type { Grade } from "../catalogue/scorecards.js";
import { round9 } from "../statistics/rounding.js";
import type { Review } from "./review360.js";
import type { ScoredSubject, TotalRange } from "./scored.js";
import { gradeOf, ranked } from "./totals.js";

/** The names under which the 360° review and the combined assessment stand beside the scorecards. */
export const assessments = ["review_360", "combined"] as const;
export type Assessment = (typeof assessments)[number];

export const isAssessment = (id: string | undefined): id is Assessment =>
  assessments.some((each) => each === id);

/** A 360° review with its grade and its place among the reviews of the period. */
export interface RankedReview extends Omit<Review, "reviewee"> {
  /** The reviewee's employee id. */
  subject: string;
  grade: string | null;
  rank: number | null;
}

/** An employee's KPI total, 360° total and what they give together. */
export interface CombinedAssessment {
  /** The employee's id. */
  subject: string;
  /** 定量: the total of the employee's scorecard. */
  quantitative: Pick<
    ScoredSubject,
    "scorecard" | "total" | "covered_weight" | "provisional" | "grade" | "between"
  > | null;
  /** 定性: the total of the 360° review. */
  qualitative: Pick<RankedReview, "total" | "covered_weight" | "provisional" | "grade"> | null;
  total: number | null;
  /** One of its two parts is. */
  provisional: boolean;
  grade: string | null;
  /** Where total and grade are not told, since they would tell a hidden item of the scorecard. */
  between?: TotalRange;
  rank: number | null;
}

export interface PartWeights {
  quantitative: number;
  qualitative: number;
}

/** Reviews of one period with grades and ranks, the best first; who has no total stands last, unranked. */
export function rankedReviews(reviews: readonly Review[], grades: readonly Grade[]): RankedReview[] {
  return ranked(
    reviews.map(({ reviewee, ...review }) => ({
      subject: reviewee,
      ...review,
      grade: gradeOf(review.total, grades),
      rank: null,
    })),
  );
}

/**
 * The combined assessments of one period, the best first: everybody who has a scorecard or a review, with a total
 * where both have one.
 */
export function combinedAssessments(
  scored: readonly ScoredSubject[],
  reviews: readonly RankedReview[],
  weights: PartWeights,
  grades: readonly Grade[],
): CombinedAssessment[] {
  const cards = new Map(scored.map((card) => [card.subject ?? "", card]));
  const reviewed = new Map(reviews.map((review) => [review.subject, review]));
  const subjects = [...new Set([...cards.keys(), ...reviewed.keys()])];
  return ranked(
    subjects.map((subject): CombinedAssessment => {
      const card = cards.get(subject);
      const review = reviewed.get(subject);
      const total = combinedTotal(card?.total ?? null, review?.total ?? null, weights);
      const between = combinedRange(card?.between, review?.total ?? null, weights);
      return {
        subject,
        quantitative: card
          ? {
              scorecard: card.scorecard,
              total: card.total,
              covered_weight: card.covered_weight,
              provisional: card.provisional,
              grade: card.grade,
              ...(card.between && { between: card.between }),
            }
          : null,
        qualitative: review
          ? {
              total: review.total,
              covered_weight: review.covered_weight,
              provisional: review.provisional,
              grade: review.grade,
            }
          : null,
        total,
        provisional: total !== null && [card, review].some((part) => part?.provisional),
        grade: gradeOf(total, grades),
        ...(between && { between }),
        rank: null,
      };
    }),
  );
}

/** The weighted mean of both totals, rounded to 1e-9; null unless both exist. */
export function combinedTotal(
  quantitative: number | null,
  qualitative: number | null,
  weights: PartWeights,
): number | null {
  if (quantitative === null || qualitative === null) return null;
  const sum = weights.quantitative + weights.qualitative;
  return round9((weights.quantitative * quantitative + weights.qualitative * qualitative) / sum);
}

function combinedRange(
  quantitative: TotalRange | undefined,
  qualitative: number | null,
  weights: PartWeights,
): TotalRange | null {
  if (!quantitative || qualitative === null) return null;
  const [low, high] = [quantitative.low, quantitative.high].map((end) =>
    combinedTotal(end, qualitative, weights),
  );
  return { low: low ?? 0, high: high ?? 100, isSure: quantitative.isSure };
}
