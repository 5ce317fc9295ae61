import type { Reason } from "../kpi/coverage.js";
import type { Grain } from "../kpi/periods.js";
import type { Settled } from "../kpi/settle.js";
import type { StatusCode } from "../kpi/status.js";

/** Why an item of a scorecard has no score. */
export type Unscored =
  | "no_data"
  | "no_cases"
  | "partial"
  | "incomplete"
  | "immature"
  | "few_cases"
  | "no_target";

/** One KPI of a scorecard for one subject and period. */
export interface ScoredItem {
  kpi_id: string;
  /** The scorecard's group (perspective) that it stands in. */
  group: string;
  /** In the KPI's machine unit; null where there is no data. */
  value: number | null;
  n: number;
  /** Weight in force, a fraction of the scorecard. */
  weight: number;
  /** 0–100, or null with the reason in `unscored`. */
  score: number | null;
  unscored: Unscored | null;
  /** Where it has no target: the grains that there is one for. */
  target_grains?: readonly Grain[];
  /**
   * Published without value, n and score, because its cases are of few, or it would give away one that is; what it weighs in
   * has no total.
   */
  hidden?: true;
}

/** A group of a scorecard: its own weighted total over the items that have a score. */
export interface ScoredGroup {
  id: string;
  weight: number;
  total: number | null;
  covered_weight: number;
  /** Less than 80 % of the weight stands behind the total. */
  provisional: boolean;
  grade: string | null;
  /** Its total is not told, since it would tell a hidden item. */
  hidden?: true;
}

/** Between what a total lies, ends included, and whether there surely is one. */
export interface TotalRange {
  low: number;
  high: number;
  isSure: boolean;
}

export type SubjectKind = "company" | "team" | "employee";

/** A scorecard filled in for one subject and period. */
export interface ScoredSubject {
  scorecard: string;
  period_start: string;
  period_end: string;
  kind: SubjectKind;
  /** A team's name or an employee's id; null for the company. */
  subject: string | null;
  total: number | null;
  /** Share of the weight that has a score. */
  covered_weight: number;
  /** Less than 80 % of the weight stands behind the total. */
  provisional: boolean;
  grade: string | null;
  /** Where total and grade are not told, since they would tell a hidden item: what follows from the items shown. */
  between?: TotalRange;
  rank: number | null;
  items: ScoredItem[];
  groups: ScoredGroup[];
}

/** An item with what its value and score are made of. */
export interface TracedItem extends ScoredItem {
  numerator: number | null;
  denominator: number | null;
  /** The 95 % interval of the value. */
  low: number | null;
  high: number | null;
  /** The target in force for this subject, in the KPI's machine unit. */
  target: number | null;
  /** How the value stands to it, and whether the 95 % interval lies wholly on that side (see `statusOf`). */
  status: StatusCode | null;
  sure: boolean | null;
  /** What the value was settled from, where asked for. */
  settled?: Settled;
}

/** Why an item has no value, or why it is incomplete; of who has no case in what is recorded, that. */
export const reasonOfItem = ({ value, settled }: Pick<TracedItem, "value" | "settled">): Reason | null =>
  settled?.reason ?? (value === null ? { code: "no_cases", names: [] } : null);

export interface TracedSubject extends ScoredSubject {
  items: TracedItem[];
}
