import type { Kpi } from "../catalogue/kpis.js";
import type { Target } from "../catalogue/targets.js";
import { round9 } from "../statistics/rounding.js";
import type { ScoreRule } from "./scoreRule.js";

/** The limits that the rule `linear` goes between, in the KPI's machine unit. */
export type Limits = Pick<Target, "floor" | "target" | "stretch">;

/** What of a KPI decides its score. */
export type Scored = Pick<Kpi, "direction" | "unit" | "score">;

/**
 * The score of a value by the KPI's rule, 0–100, rounded to 1e-9; see `scoreRuleSchema`. Where a score jumps, at the
 * limits of `step` and `bands`, the value is compared after rounding to 1e-9.
 *
 * @param value in the KPI's machine unit
 * @param target the limits in force, which only `linear` needs
 * @returns null where the rule needs a target and there is none, and of a KPI that is neither good nor bad
 */
export function scoreOf({ direction, unit, score: rule }: Scored, value: number, target: Limits | null) {
  if (direction === "none") return null;
  const sign = direction === "up" ? 1 : -1;
  switch (rule.rule) {
    case "direct":
      return clamped(unit === "percent" ? 100 * value : value);
    case "linear":
      return target && clamped(linear(sign, value, target));
    case "step":
      return clamped(step(sign, value, rule));
    case "bands":
      return clamped(bands(sign, value, rule));
  }
}

/** Without a floor it is 0 for a KPI that should rise, and twice the target for one that should fall. */
function linear(sign: 1 | -1, value: number, limits: Limits): number {
  const at = sign * value;
  const target = sign * limits.target;
  const floor = sign * (limits.floor ?? (sign === 1 ? 0 : 2 * limits.target));
  const stretch = limits.stretch === null ? null : sign * limits.stretch;
  const atTarget = stretch === null ? 100 : 80;
  if (at >= target) {
    if (stretch === null || at >= stretch) return 100;
    return atTarget + ((100 - atTarget) * (at - target)) / (stretch - target);
  }
  return at <= floor ? 0 : (atTarget * (at - floor)) / (target - floor);
}

function step(sign: 1 | -1, value: number, { limit, deduct, per }: Extract<ScoreRule, { rule: "step" }>) {
  const beyond = sign * (round9(limit) - round9(value));
  return beyond <= 0 ? 100 : 100 - deduct * Math.ceil(round9(beyond / per));
}

function bands(sign: 1 | -1, value: number, { bands, otherwise }: Extract<ScoreRule, { rule: "bands" }>) {
  const reached = bands.find(({ limit }) => sign * (round9(value) - round9(limit)) >= 0);
  return reached?.score ?? otherwise;
}

const clamped = (score: number) => round9(Math.min(100, Math.max(0, score)));
