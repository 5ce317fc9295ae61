import type { Kpi } from "../catalogue/kpis.js";
import { round9 } from "../statistics/rounding.js";
import { type Finality, isFinal } from "./coverage.js";
import { fewestCases } from "./fewestCases.js";

/** At or beyond target, between floor and target, beyond the floor; null where there is none. */
export type StatusCode = "on" | "near" | "off";

/** Why a value has no status. */
export type NoStatus = "no_data" | "not_final" | "no_target" | "few_cases";

export interface Status {
  status: StatusCode | null;
  /** The 95 % interval lies wholly on that side of the target; null without a status. */
  sure: boolean | null;
  /** Why there is no status; null where there is one. */
  without: NoStatus | null;
}

/** Kinds whose n are cases, of which too few decide nothing. */
const ofCases: readonly Kpi["kind"][] = ["rate", "customer_rate", "poisson_rate", "mean", "nps"];

/**
 * How a value stands to the target in force. By the value it is on target, near (from the floor to the target) or off;
 * sure where the 95 % interval lies wholly on that side of the target: a value without an interval is. Without a floor
 * what misses the target is off. Partial, immature and incomplete values have no status, nor have rates and means of
 * fewer than `fewestCases`.
 */
export function statusOf(
  kpi: Pick<Kpi, "kind" | "direction">,
  value: (Finality & { n: number; low?: number | null; high?: number | null }) | null,
  limits: { target: number; floor: number | null } | null,
): Status {
  const none = (without: NoStatus): Status => ({ status: null, sure: null, without });
  if (value === null || value.value === null) return none("no_data");
  if (!isFinal(value)) return none("not_final");
  if (limits === null || kpi.direction === "none") return none("no_target");
  if (ofCases.includes(kpi.kind) && value.n < fewestCases) return none("few_cases");
  const measured: number = value.value;
  const sign = kpi.direction === "up" ? 1 : -1;
  const reaches = (one: number, limit: number) => sign * (round9(one) - round9(limit)) >= 0;
  const isOn = reaches(measured, limits.target);
  const isNear = limits.floor !== null && reaches(measured, limits.floor);
  return {
    status: isOn ? "on" : isNear ? "near" : "off",
    sure: isSure(value, (end) => reaches(end, limits.target) === isOn),
    without: null,
  };
}

function isSure(
  { low = null, high = null }: { low?: number | null; high?: number | null },
  holds: (end: number) => boolean,
): boolean {
  if (low === null && high === null) return true;
  return low !== null && high !== null && holds(low) && holds(high);
}

/** How a value stands as pages and print group it; what the interval cannot tell from the target is a group of its own. */
export type Standing = "good" | "near" | "bad" | "unsure" | "few" | "untargeted" | "none";

const standings = { on: "good", near: "near", off: "bad" } as const;
const unjudged = {
  no_data: "none",
  not_final: "untargeted",
  no_target: "untargeted",
  few_cases: "few",
} as const;

/** By the value alone, as its symbol says; and with what is sure of it. */
export function standingOf({ status, sure, without }: Status): { byValue: Standing; standing: Standing } {
  if (status === null) {
    const standing = unjudged[without ?? "no_data"];
    return { byValue: standing, standing };
  }
  return { byValue: standings[status], standing: sure ? standings[status] : "unsure" };
}
