import type { Period } from "../kpi/periods.js";
import type { CombinedAssessment, PartWeights, RankedReview } from "../score/assessment.js";
import type { FeedbackEmployee, FeedbackSheet } from "../score/feedback.js";
import type { RaterGroup } from "../score/review360.js";
import type { Language } from "../words/wording.js";
import type { ListPages } from "./listPages.js";

export type { CombinedAssessment, FeedbackEmployee, FeedbackSheet, RankedReview };

/** `assessment.json`: the employees' assessments of the last complete review period and of the one before. */
export interface AssessmentDocument {
  weights: PartWeights;
  review_weights: Record<RaterGroup, number>;
  min_raters: number;
  /** From the best to the worst. */
  grades: { id: string; label: Record<Language, string>; from: number }[];
  /** Those that a quantitative part comes from. */
  scorecards: { id: string; label: Record<Language, string> }[];
  /** What departments, teams, roles and review dimensions are called; a value that is not here stands as it is. */
  labels: Record<string, Record<Language, string>>;
  /** Everybody named below; `name` is null unless settings allow names. */
  employees: FeedbackEmployee[];
  /** The newest first. */
  periods: AssessmentPeriod[];
}

export interface AssessmentPeriod {
  period: Period;
  /** Best total first, those without one last; only what anonymity lets be shown. */
  reviews: RankedReview[];
  review_pages?: ListPages;
  combined: CombinedAssessment[];
  combined_pages?: ListPages;
  /** What is said of the whole lists, where only the first of them stand here. */
  summary?: AssessmentSummary;
  /** By employee id; agreed improvements stand in them. Empty where they stand in documents of their own. */
  sheets: FeedbackSheet[];
  sheet_pages?: SheetPage[];
}

/** What is said of a period's lists as a whole. */
export interface AssessmentSummary {
  combined: { count: number; known: number; untold?: number; grades: Record<string, number> };
  reviews: {
    count: number;
    /** The groups of raters that anybody's figure is shown of. */
    groups: RaterGroup[];
    later_answers: number;
  };
}

/** A document of feedback sheets, loaded when one of them is wanted. */
export interface SheetPage {
  path: string;
  employees: string[];
}
