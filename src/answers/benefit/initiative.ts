import type { Method } from "../../analysis/benefit/estimate.js";
import type { Dimension } from "../../catalogue/dimensions.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { daysBetween } from "../../kpi/periods.js";
import type { Days } from "../../published/benefitTypes.js";

export type {
  Assessment,
  Change,
  Companions,
  Days,
  Registered,
  WindowValue,
} from "../../published/benefitTypes.js";

/** A measure with what it is meant to change, its names resolved. */
export interface Initiative {
  initiative_id: string;
  name: string;
  /** The same in English, where it was given. */
  name_en: string | null;
  kpi: Kpi;
  /** Whom it concerns; null where everybody. `dimension` is what the KPI's cases call `name`. */
  scope: {
    name: string;
    dimension: Dimension;
    value: string;
    /** Whether the data have no such value, and the one that may be meant. */
    isUnknown: boolean;
    near: string | null;
  } | null;
  /** Whether the KPI's cases say whose customer they are. */
  hasCustomers: boolean;
  started_on: string;
  lag_days: number;
  baseline: Days;
  follow_up: Days;
  /** In the KPI's machine unit. */
  expected: number | null;
  cost: number | null;
  /** Money for 1.0 of improvement in a case. */
  value_per_unit: number | null;
  /** Whether it is no longer in the extract, which has a verdict all the same. */
  isWithdrawn: boolean;
  /** As it was when it was given its verdict, where it has been defined anew since. */
  decidedAs: Initiative | null;
}

/** A window under a name that says its days. */
export const namedWindow = (days: Days) => ({ ...days, name: `${days.start} ${days.end}` });

/** How many days a window has. */
export const daysOf = ({ start, end }: Days): number => daysBetween(start, end);

/** The method that an initiative's KPI and windows ask for; null where the KPI's figures carry no interval. */
export function methodOf({ kpi, scope, hasCustomers, baseline, follow_up }: Initiative): Method | null {
  const isNumeratorOnly = scope !== null && kpi.numerator_dimensions.includes(scope.dimension);
  switch (kpi.kind) {
    case "mean":
    case "nps":
      return "least_squares";
    case "rate":
      return isNumeratorOnly || kpi.cases === "periods" || kpi.direction === "none" ? null : "least_squares";
    case "customer_rate":
      if (kpi.accrues && daysOf(baseline) !== daysOf(follow_up)) return "poisson";
      return isNumeratorOnly ? null : "least_squares";
    case "poisson_rate":
    case "count":
      return hasCustomers ? "poisson" : null;
    default:
      return null;
  }
}
