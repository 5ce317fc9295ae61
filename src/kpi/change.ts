import type { Kpi } from "./catalogue.js";
import { fewestCases } from "./status.js";

/** A value with what is known of its certainty. */
export interface Certain {
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
}

/** What can be said of two values of one KPI; the last four are reasons why nothing can. */
export type Change =
  | "better"
  | "worse"
  | "no_clear_change"
  | "no_data"
  | "few_cases"
  | "no_interval"
  | "no_direction";

/**
 * Whether a later value of a person is better or worse than an earlier one: only where their 95 % intervals do not overlap. Of equal
 * values that is seen at most once in 20 comparisons, and about once in 180 where both are equally certain. With fewer than
 * 10 cases on a side nothing is said, nor of a KPI without an interval. It says that something changed, not why.
 */
export function changeOf(kpi: Pick<Kpi, "kind" | "direction">, before: Certain, after: Certain): Change {
  if (before.value === null || after.value === null) return "no_data";
  if (kpi.kind !== "count" && Math.min(before.n, after.n) < fewestCases) return "few_cases";
  if (kpi.direction === "none") return "no_direction";
  const { low: lowBefore, high: highBefore } = before;
  const { low: lowAfter, high: highAfter } = after;
  if (lowBefore === null || highBefore === null || lowAfter === null || highAfter === null)
    return "no_interval";
  const isUp = kpi.direction === "up";
  if (lowAfter > highBefore) return isUp ? "better" : "worse";
  if (highAfter < lowBefore) return isUp ? "worse" : "better";
  return "no_clear_change";
}
