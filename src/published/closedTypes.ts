import type { Grain } from "../kpi/periods.js";

/**
 * Why a closed figure is another now: it is no longer in the catalogue; the definition or a setting changed; rows of its cases did; its scorecard's KPIs are
 * restated; or its cases were too many, or have no key, to tell which did.
 */
export type Cause = "removed" | "definition" | "rows" | "kpis" | "uncounted";

/** A figure as it was closed, or as it is now: of a scorecard the total, the weight covered and the grade. */
export interface ClosedFigure {
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  n: number | null;
  /** Of KPIs that have them. */
  median: number | null;
  p90: number | null;
  grade: string | null;
}

/** A figure of a closed period that the build gives differently. */
export interface Restatement {
  what: "kpi" | "score";
  id: string;
  /** Null where it is the company's. */
  dimension: string | null;
  member: string | null;
  /** Null where there was, or is, no case. */
  old: ClosedFigure;
  new: ClosedFigure;
}

/** What changed of a KPI's cases in a closed period. */
export interface RestatedCases {
  /** A KPI's, or `score:` and a scorecard's. */
  id: string;
  cause: Cause;
  /** How many cases came, went or have another day, numerator, denominator or dimension; null unless the cause is rows. */
  came: number | null;
  went: number | null;
  changed: number | null;
  /** The columns that the examples are the values of. */
  key: string;
  examples: readonly {
    move: "came" | "went" | "changed";
    key: string;
    /** Between two builds: what of a case is another. */
    changes?: readonly CaseChange[];
  }[];
}

/** What of a case is another; a text that may lead to a person is masked. */
export interface CaseChange {
  column: string;
  old: string | null;
  new: string | null;
}

/** A closed period as a build found it. */
export interface ClosedPeriod {
  number: number;
  /** As it was named, `2026-03`. */
  period: string;
  grain: Grain;
  start: string;
  version: number;
  closed_at: string;
  build_id: string;
  /** How many figures were closed and compared, and how many of them were not final. */
  compared: number;
  not_final: number;
  /** How many differ. */
  restated: number;
  restatements: readonly Restatement[];
  cases: readonly RestatedCases[];
}

/** What a build found of all closed periods. */
export interface ClosedPeriods {
  periods: readonly ClosedPeriod[];
  /** Periods that were closed on other data, which are not compared. */
  of_other_data: readonly string[];
}
