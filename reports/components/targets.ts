import type { Measured } from "./format.js";
import { monthsOf } from "./kpi/periods.js";
import { addDays } from "./series.js";
import type { Grain, Kpi, Target } from "./siteTypes.js";

export type Status = "good" | "near" | "bad" | "none" | "untargeted";

/** A status never goes by colour alone: each has a symbol of its own. */
export const statusSymbol: Record<Status, string> = {
  good: "●",
  near: "◐",
  bad: "▼",
  none: "–",
  untargeted: "○",
};

/**
 * The company-wide target of a KPI in force on the day before the period's end. Where a grain has none, rates and
 * means take the month's, counts and sums the month's times the period's months.
 */
export function targetOf(targets: readonly Target[], kpi: Kpi, grain: Grain, end: string): Target | null {
  const day = addDays(end, -1);
  const inForce = (wanted: Grain) =>
    targets
      .filter(
        (target) =>
          target.kpi_id === kpi.id &&
          target.grain === wanted &&
          target.scope_dimension === null &&
          target.valid_from <= day &&
          (target.valid_to === null || target.valid_to > day),
      )
      .sort((a, b) => (a.valid_from < b.valid_from ? 1 : -1))[0] ?? null;
  const own = inForce(grain);
  if (own || grain === "month") return own;
  const month = inForce("month");
  if (!month || (kpi.kind !== "count" && kpi.kind !== "sum")) return month;
  const times = (value: number | null) => (value === null ? null : value * monthsOf[grain]);
  return {
    ...month,
    floor: times(month.floor),
    target: month.target * monthsOf[grain],
    stretch: times(month.stretch),
  };
}

/** How a value stands to its target: beyond it, between floor and target, or short of the floor. */
export function statusOf(kpi: Kpi, { value }: Measured, target: Target | null): Status {
  if (value === null) return "none";
  if (!target || kpi.direction === "none") return "untargeted";
  const sign = kpi.direction === "up" ? 1 : -1;
  const reaches = (limit: number) => sign * (round(value) - round(limit)) >= 0;
  if (reaches(target.target)) return "good";
  return target.floor !== null && reaches(target.floor) ? "near" : "bad";
}

/** Limits are met after rounding, not by the last bit of a quotient. */
function round(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
