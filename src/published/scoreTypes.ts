import type { Grain } from "../kpi/periods.js";
import type { ScoredGroup, SubjectKind, TotalRange, TracedItem } from "../score/scored.js";
import type { Labels } from "../words/wording.js";
import type { ListPages } from "./listPages.js";

export type { ScoredGroup, SubjectKind, TracedItem };

/** A scorecard as the catalogue has it. */
export interface Scorecard {
  id: string;
  label: Labels;
  grain: Grain;
  subjects: SubjectKind[];
  missing: "renormalise" | "zero";
  groups: { id: string; label: Labels; kpis: string[] }[];
}

/** A grade and the total from which it is given; the best first. */
export interface Grade {
  id: string;
  label: Labels;
  from: number;
}

/** What a scorecard says of somebody in one period. */
export interface Score {
  /** 0–100; null where less than half of the weight has a score. */
  total: number | null;
  /** Share of the weight that has a score. */
  covered_weight: number;
  /** Less than 80 % of the weight stands behind the total. */
  provisional: boolean;
  grade: string | null;
  /** Where total and grade are not told, since they would tell a hidden item: what follows from the items shown. */
  between?: TotalRange;
  items: TracedItem[];
  groups: ScoredGroup[];
}

/** `scores.json`: a row a scorecard and complete period, of the whole company; the oldest period first. */
export interface CompanyScore extends Score {
  scorecard: string;
  grain: Grain;
  period_start: string;
  period_end: string;
}

/** One team or employee in a ranking, with those items that have data. */
export interface RankedScore extends Score {
  subject: string;
  rank: number | null;
}

/** `ranking.json`: a row a scorecard, period and kind of subject, the best subject first. */
export interface Ranking extends Partial<ListPages> {
  scorecard: string;
  kind: "team" | "employee";
  grain: Grain;
  period_start: string;
  period_end: string;
  /** How many there are, and how many of them have a total that is shown. */
  count: number;
  ranked: number;
  /** How many have KPIs that are not shown, and so no total that is. */
  untold?: number;
  /** How many teams of too few employees are left out of it. */
  unshown?: number;
  /** How many have a grade. */
  grades: Record<string, number>;
  /** The first of them. */
  subjects: RankedScore[];
  /** How many more there are, in documents of their own. */
  leftOut: number;
}
