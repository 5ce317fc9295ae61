import { type Cube, separator, sumCube } from "./cube.js";
import { addMonths } from "./kpi/periods.js";
import type { Components } from "./kpi/value.js";
import type { Point } from "./series.js";
import type { Kpi } from "./siteTypes.js";

/** What one group adds to the change of the whole, in the KPI's machine unit. */
export interface Contribution {
  dimension: string;
  value: string;
  delta: number;
}

/**
 * The group that adds most to a KPI's change against the same month last year, of all groups of the dimensions in
 * `recent`. A group's part of the change of a ratio is its own change at its mean weight, plus its change of weight at
 * its mean distance from the whole (the midpoint form of Kitagawa 1955); the parts of a dimension add up to the change.
 * Null where the KPI is no ratio or count, or no group goes the way of the whole.
 */
export function largestContribution(kpi: Kpi, recent: Cube, point: Point): Contribution | null {
  if (
    !["rate", "customer_rate", "poisson_rate", "mean", "count"].includes(kpi.kind) ||
    point.grain !== "month"
  )
    return null;
  const now = groupsAt(recent, kpi, point.start);
  const before = groupsAt(recent, kpi, addMonths(point.start, -12));
  const whole = point.lastYear?.delta ?? 0;
  let best: Contribution | null = null;
  for (const [dimension, values] of now) {
    const base = before.get(dimension) ?? new Map<string, Components>();
    for (const [value, delta] of parts(kpi, values, base)) {
      if (delta * whole > 0 && Math.abs(delta) > Math.abs(best?.delta ?? 0))
        best = { dimension, value, delta };
    }
  }
  return best;
}

type Groups = Map<string, Components>;

function groupsAt(recent: Cube, kpi: Kpi, start: string): Map<string, Groups> {
  const dimensions = new Map<string, Groups>();
  for (const [key, components] of sumCube(recent, { kpi_id: [kpi.id], period_start: [start] }, [
    "by",
    "value",
  ])) {
    const [dimension = "", value = ""] = key.split(separator);
    const groups = dimensions.get(dimension) ?? new Map<string, Components>();
    groups.set(value, components);
    dimensions.set(dimension, groups);
  }
  return dimensions;
}

/** Each group's part of the change; the parts add up to it. */
export function parts(kpi: Pick<Kpi, "kind">, now: Groups, before: Groups): Map<string, number> {
  const names = new Set([...now.keys(), ...before.keys()]);
  if (kpi.kind === "count") {
    return new Map(
      [...names].map((name) => [name, (now.get(name)?.numerator ?? 0) - (before.get(name)?.numerator ?? 0)]),
    );
  }
  const wholeNow = total(now);
  const wholeBefore = total(before);
  const middle =
    (wholeNow.numerator / wholeNow.denominator + wholeBefore.numerator / wholeBefore.denominator) / 2;
  return new Map(
    [...names].map((name) => {
      const one = ratioOf(now.get(name));
      const other = ratioOf(before.get(name));
      const weightNow = (now.get(name)?.denominator ?? 0) / wholeNow.denominator;
      const weightBefore = (before.get(name)?.denominator ?? 0) / wholeBefore.denominator;
      const ratioNow = one ?? other ?? middle;
      const ratioBefore = other ?? one ?? middle;
      const own = ((weightNow + weightBefore) / 2) * (ratioNow - ratioBefore);
      return [name, own + ((ratioNow + ratioBefore) / 2 - middle) * (weightNow - weightBefore)];
    }),
  );
}

const ratioOf = (group: Components | undefined) =>
  group && group.denominator > 0 ? group.numerator / group.denominator : null;

function total(groups: Groups): { numerator: number; denominator: number } {
  let numerator = 0;
  let denominator = 0;
  for (const group of groups.values()) {
    numerator += group.numerator;
    denominator += group.denominator;
  }
  return { numerator, denominator };
}
