import type { Method } from "../../analysis/benefit/estimate.js";
import type { Verdict } from "../../analysis/benefit/verdict.js";
import type { Dimension } from "../../catalogue/dimensions.js";
import type { Kpi } from "../../catalogue/kpis.js";

/** Days [start, end), ISO. */
export interface Days {
  start: string;
  end: string;
}

/** A measure with what it is meant to change, its names resolved. */
export interface Initiative {
  initiative_id: string;
  name: string;
  kpi: Kpi;
  /** Whom it concerns; null where everybody. `dimension` is what the KPI's cases call `name`. */
  scope: { name: string; dimension: Dimension; value: string } | null;
  started_on: string;
  lag_days: number;
  baseline: Days;
  follow_up: Days;
  /** In the KPI's machine unit. */
  expected: number | null;
  cost: number | null;
  /** Money for 1.0 of improvement in a case. */
  value_per_unit: number | null;
}

/** Customer rates that grow with the window's length. */
const growing: readonly string[] = ["churn_rate", "retention_rate", "follow_up_rate"];

/** A window under a name that says its days. */
export const namedWindow = (days: Days) => ({ ...days, name: `${days.start} ${days.end}` });

const lengthOf = ({ start, end }: Days) => Date.parse(end) - Date.parse(start);

/** The method that an initiative's KPI and windows ask for; null where the KPI's figures carry no interval. */
export function methodOf({ kpi, scope, baseline, follow_up }: Initiative): Method | null {
  const isNumeratorOnly = scope !== null && kpi.numerator_dimensions.includes(scope.dimension);
  switch (kpi.kind) {
    case "mean":
    case "nps":
      return "least_squares";
    case "rate":
      return isNumeratorOnly || kpi.cases === "periods" || kpi.direction === "none" ? null : "least_squares";
    case "customer_rate":
      if (growing.includes(kpi.id) && lengthOf(baseline) !== lengthOf(follow_up)) return "poisson";
      return isNumeratorOnly ? null : "least_squares";
    case "poisson_rate":
    case "count":
      return "poisson";
    default:
      return null;
  }
}

/** A window's value with its cases. */
export interface WindowValue extends Days {
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  n: number | null;
}

/** A change with its interval, in the KPI's machine unit. */
export interface Change {
  delta: number;
  low: number | null;
  high: number | null;
  p: number | null;
}

/** What stands beside a verdict and never decides it. */
export interface Companions {
  /** The same comparison by a textbook test that takes cases, or events, for independent. */
  textbook: (Change & { test: "two_proportions" | "welch" | "exact" }) | null;
  /** Of durations; the Hodges–Lehmann shift in the KPI's unit. */
  mann_whitney: { p: number | null; favours: -1 | 0 | 1; shift: number | null } | null;
  /** The same windows a year before; null where they are not recorded. */
  year_earlier: (Change & { baseline: Days; follow_up: Days }) | null;
  /** How much of the change in scope comes from other weights of segments and types. */
  mix_effect: number | null;
  /** The last whole month before the start among those before it: the worst, the best, or neither. */
  extreme_month: { month: string; months: number; is: "worst" | "best" | null } | null;
  /** Customers in scope: in both windows, only before and only after. */
  customers: { both: number; left: number; joined: number } | null;
  /** Other initiatives on cases that may be the same, at the same time. */
  overlapping: string[];
  /** By month from the start, negative before; the month before the start is the base. */
  event_study: {
    months: (Days & { month: number; delta: number | null; low: number | null; high: number | null })[];
    /** Whether the months before lay apart by more than chance. */
    flat_p: number | null;
  } | null;
  /** The same estimate at earlier starts that no initiative touches. */
  placebo_time: {
    starts: (Change & { start: string })[];
    alarms: number;
    /** The smallest change that is found four times of five, by the median error. */
    found: number;
  } | null;
  /** The same estimate for each value of the scope's dimension; rank 1: nobody's change was larger in that direction. */
  placebo_space: { values: (Change & { value: string })[]; rank: number } | null;
}

/** An initiative assessed: what `assess --format json` prints. */
export interface Assessment {
  initiative_id: string;
  name: string;
  kpi_id: string;
  scope: Readonly<Record<string, string>>;
  started_on: string;
  baseline: WindowValue;
  follow_up: WindowValue;
  delta: number | null;
  low: number | null;
  high: number | null;
  relative: number | null;
  p: number | null;
  q: number | null;
  method: string | null;
  verdict: Verdict;
  expected: number | null;
  expected_reached: "yes" | "no" | "open" | null;
  value_money: number | null;
  value_money_low: number | null;
  value_money_high: number | null;
  cost: number | null;
  value_per_unit: number | null;
  return: number | null;
  return_low: number | null;
  return_high: number | null;
  companions?: Companions;
}
