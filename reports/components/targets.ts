import type { Measured } from "./format.js";
import { round9 } from "./kpi/rounding.js";
import type { Kpi, Target } from "./siteTypes.js";

export { targetOf } from "./kpi/targets.js";

export type Status = "good" | "near" | "bad" | "none" | "untargeted";

/** A status never goes by colour alone: each has a symbol of its own. */
export const statusSymbol: Record<Status, string> = {
  good: "●",
  near: "◐",
  bad: "▼",
  none: "–",
  untargeted: "○",
};

/** How a value stands to its target: beyond it, between floor and target, or short of the floor. */
export function statusOf(kpi: Kpi, { value }: Measured, target: Target | null): Status {
  if (value === null) return "none";
  if (!target || kpi.direction === "none") return "untargeted";
  const sign = kpi.direction === "up" ? 1 : -1;
  const reaches = (limit: number) => sign * (round9(value) - round9(limit)) >= 0;
  if (reaches(target.target)) return "good";
  return target.floor !== null && reaches(target.floor) ? "near" : "bad";
}
