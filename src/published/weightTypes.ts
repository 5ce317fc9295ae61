import type { Period } from "../kpi/periods.js";
import type { KpiWeight, WeightSet } from "../score/weightReview.js";
import type { GradeFlip, RankSwap, Turn } from "../score/weightSensitivity.js";
import type { Language } from "../words/wording.js";

export type { GradeFlip, KpiWeight, RankSwap, Turn, WeightSet };

/** `weights.json`: what each scorecard's weights were and are, and how much hangs on them. */
export interface WeightsDocument {
  /** From the best to the worst. */
  grades: { id: string; label: Record<Language, string>; from: number }[];
  scorecards: WeightScorecard[];
}

export interface WeightScorecard {
  id: string;
  label: Record<Language, string>;
  /** The oldest first; `changed_by` is null unless settings allow names. */
  history: WeightSet[];
  /**
   * The newest complete period of the scorecard's grain in which the company has a total, or the last complete one where it
   * has none in any. What follows is about it.
   */
  period: Period;
  /** In the order of the scorecard. */
  in_force: KpiWeight[];
  /** Null where the scorecard does not judge the company, or nothing weighs anything. */
  company: WeighedTotal | null;
  /** Of the company's grade, a row a KPI in force. */
  flips: GradeFlip[];
  /** In the order of their ranks; empty where the scorecard does not judge teams. */
  teams: (WeighedTotal & { team: string; rank: number | null })[];
  /** A row a KPI in force and two neighbouring teams with a total. */
  swaps: RankSwap[];
}

export interface WeighedTotal {
  total: number | null;
  covered_weight: number;
  provisional: boolean;
  grade: string | null;
}
