import type { Grain } from "../kpi/periods.js";

/**
 * Why a case counts on one side only, or with another value. Those of `unexplained` are no reasons: what is left when no other holds.
 *
 * - `time_zone`: its instant falls into the other period in their time zone
 * - `other_date`: their report goes by another date of the row
 * - `superseded`: a later row of its key replaced the one that they count
 * - `other_period`: it is a case of ours in another period
 * - `other_scope`: a case of ours whose dimensions are others than those asked for
 * - `awaiting`: it still lacks what the KPI waits for; `immature`: its horizon has not passed
 * - `not_counted`: a case in the period that its own rule does not count
 * - `definition`: a row that a rule of the model makes no case
 * - `quarantined`, `left_out`, `not_extracted`: refused when it was read; read, but left out by its mapping's `where`; nowhere in what was read
 * - `repeated`, `respelt`: their list has it twice, or under two spellings; `no_id`: a row of their list that names nothing
 * - `two_spellings`: we count two spellings of what their list has once
 * - `rounded`, `no_value`: their value is ours rounded; their row has none
 * - `few`: on a page only: reasons that hold of fewer cases than a site may tell of, together; `few_unexplained`: what none explains of so few
 */
export type ReconciledReason =
  | "time_zone"
  | "other_date"
  | "superseded"
  | "other_period"
  | "other_scope"
  | "awaiting"
  | "immature"
  | "not_counted"
  | "definition"
  | "quarantined"
  | "left_out"
  | "not_extracted"
  | "repeated"
  | "respelt"
  | "no_id"
  | "two_spellings"
  | "rounded"
  | "no_value"
  | "few"
  | (typeof unexplained)[number];

/** What is left: a case that their list lacks, another value, a row that is no case though no rule says why, a difference of totals. */
export const unexplained = [
  "not_in_their_list",
  "other_value",
  "no_rule",
  "total",
  "few_unexplained",
] as const;

/** A case by its id, never with a column that tells of a person. */
export interface ReconciledCase {
  /** As their list has it, else as ours. */
  id: string;
  /** Of the case, in the KPI's unit; null where there is none. */
  ours: number | null;
  theirs: number | null;
  /** Of a refused row. */
  file: string | null;
  line: number | null;
}

/** A text in every language. */
export type Explanation = { "zh-CN": string; en: string };

/** Cases that differ for one reason. */
export interface ReconciledDifference {
  /** Whose count they are part of. */
  side: "theirs" | "ours" | "both";
  reason: ReconciledReason;
  /** The zone, the date column, the other period, the rule of the model, of the quarantine, or of the mapping. */
  detail: string | null;
  /** What the detail means, where that is not said by itself. */
  explanation: Explanation | null;
  explained: boolean;
  cases: number;
  /** What they add to our figure on the way to theirs; null where there is no figure of theirs. */
  effect: number | null;
  /** At most ten. */
  examples: ReconciledCase[];
}

/** What some differences add together; null where the effect of one is not known. */
export const effectTogether = (differences: readonly ReconciledDifference[]): number | null =>
  differences.reduce<number | null>(
    (sum, { effect }) => (sum === null || effect === null ? null : sum + effect),
    0,
  );

/** Our figure and another system's, and what leads from one to the other: `ours + Σ effects = theirs`. */
export interface Reconciliation {
  kpi_id: string;
  grain: Grain;
  period_start: string;
  period_end: string;
  where: { dimension: string; value: string }[];
  build_id: string;
  as_of_on: string;
  file: string | null;
  id_column: string | null;
  /** The contract's columns that ids are of; none where only totals are compared. */
  key: string[];
  value_column: string | null;
  /** What the row of their sheet is called that their one figure stands in. */
  value_row: string | null;
  /** It stands under a month or quarter whose year their sheet does not say. */
  year_assumed: boolean;
  /** In which our periods begin and end, and theirs as far as it was told or found. */
  time_zone: string;
  their_time_zone: string | null;
  /** What is compared: how many cases there are, or the KPI's value. */
  measure: "cases" | "value";
  ours: number | null;
  theirs: number | null;
  /** Our value and its cases, whatever is compared. */
  value: number | null;
  cases: number | null;
  /** Cases on both sides, counted alike. */
  alike: number | null;
  /** Of all matched, those whose ids are spelt differently on the two sides. */
  matched_by_spelling: number;
  /** Lines of their file that could not be read, which are in no figure. */
  refused_lines: number;
  /** Rows of their list that are totals or means of others, and no cases. */
  total_rows: number;
  /** By what their values were multiplied to be in the KPI's unit; 1 where they are in it. */
  their_scale: number;
  differences: ReconciledDifference[];
  /** What no reason explains. */
  rest: { cases: number; effect: number | null };
}

/** A reconciliation that somebody asked to be shown on the site. */
export interface ShownReconciliation extends Reconciliation {
  /** The day on which it was made. */
  made_on: string;
}
