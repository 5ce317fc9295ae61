import type { Target } from "../catalogue/targets.js";
import type { Vocabulary } from "../catalogue/vocabulary.js";
import type { Contributors, Coverage } from "../kpi/coverage.js";
import type { Grain } from "../kpi/periods.js";
import type { Labels, Language } from "../words/wording.js";
import type { Grade, Scorecard } from "./scoreTypes.js";

export type { Grain, Labels, Language, Target };
export type Role = "period" | "elapsed_previous" | "elapsed_year";

export interface Build {
  build_id: string;
  /** The exclusive instant up to which things are known, in milliseconds since 1970. */
  as_of_at: number;
  /** The latest instant from which the longest response limit has passed by then, in the same unit. */
  limits_passed_at: number;
  /** The days that the longest limit takes; null where only business time counts. */
  limit_days: number | null;
  /** The last day included. */
  as_of_on: string;
  /** What says so: the `table.column` of the newest time, `--as-of` or `sources.yaml`. */
  as_of_from: string;
  time_zone: string;
  churn_rule: "status" | "inactivity" | "contract";
  inactivity_days: number;
  /** How many customers, employees or leads a published figure is of at least. */
  min_cell: number;
  periods: Period[];
}

export interface Period {
  role: Role;
  grain: Grain;
  period_start: string;
  period_end: string;
  cutoff_on: string;
  is_partial: boolean;
}

export interface Branch {
  id: string;
  label: Labels;
  colour: number;
  kpis: string[];
}

export interface Fishbone {
  id: string;
  label: Labels;
  /** The scorecard whose total the head shows. */
  scorecard: string | null;
  branches: Branch[];
  success_factors: string[];
}

/** A problem with its possible causes, each with the KPIs that would show it. */
export interface Problem {
  id: string;
  label: Labels;
  branches: ProblemBranch[];
}

export interface ProblemBranch {
  id: string;
  label: Labels;
  colour: number;
  causes: Cause[];
}

export interface Cause {
  id: string;
  label: Labels;
  kpis: string[];
  note: Labels | null;
}

export interface Kpi {
  id: string;
  label: Labels;
  definition: Labels;
  formula: Labels;
  unit: "percent" | "score" | "minutes" | "hours" | "count" | "money" | "nps";
  /** What `n` counts: customers, tickets, answers. */
  counts: Labels;
  /** Whom its figures tell of: no split is shown of fewer than `min_cell` of them. */
  contributors: Contributors | null;
  direction: "up" | "down" | "none";
  kind: "rate" | "customer_rate" | "poisson_rate" | "mean" | "count" | "sum" | "growth" | "share" | "nps";
  range: [number | null, number | null];
  /** Null where a month of the period has no case; such a KPI adds up neither over time nor over a dimension. */
  all_months: boolean;
  additive: boolean;
  horizon_days: number | null;
  /** Looks back over whole months, so that neighbouring periods share most of their cases. */
  trailing: boolean;
  /** Final when no case still lacks the time the KPI waits for, or when the longest response limit has passed. */
  matures: "awaited" | "limits" | null;
  percentiles: boolean;
  dimensions: string[];
  numerator_dimensions: string[];
  /** By dimension the column of the contract, `table.column`, that says it of its cases, where one does. */
  columns: Record<string, string>;
  /** What of it is recorded, and what it lacks. */
  coverage: Coverage;
  /** Dimensions that pages can combine, that they can show alone, and that were left out for size. */
  published: { cross: string[]; single: string[]; leftOut: string[] };
}

export interface Catalogue {
  /** What the contract's tables are called. */
  tables: Record<string, Labels>;
  kpis: Kpi[];
  /** Within how many minutes a ticket has to be answered: complaints by severity, all others by channel. */
  response_limits: {
    complaints: Record<string, number>;
    channels: Record<string, number>;
    /** Nobody set others than those shipped. */
    areShipped: boolean;
    /** They run in business time, not around the clock. */
    inBusinessTime: boolean;
  };
  /** The scorecards that have weights. */
  weighed: readonly string[];
  /** The code of the currency that all money is in. */
  currency: string;
  /** What the catalogue's own dimensions are called, and those that it calls otherwise. */
  dimensions: Record<string, Labels>;
  /** The labels of coded values, without their other spellings. */
  vocabulary: Vocabulary;
  fishbones: Fishbone[];
  problems: Problem[];
  scorecards: Scorecard[];
  /** From the best to the worst. */
  grades: Grade[];
}
