import { type Cube, separator, sumCube } from "./cube.js";
import { explain } from "./kpi/explain.js";
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
 * `recent`. Null where the KPI does not add up over its dimensions, or no group goes the way of the whole.
 */
export function largestContribution(kpi: Kpi, recent: Cube, point: Point): Contribution | null {
  if (kpi.allMonths || point.grain !== "month") return null;
  const now = groupsAt(recent, kpi, point.start);
  const before = groupsAt(recent, kpi, addMonths(point.start, -12));
  const whole = point.lastYear?.delta ?? 0;
  let best: Contribution | null = null;
  for (const [dimension, groups] of now) {
    const explanation = explain(kpi.kind, before.get(dimension) ?? new Map(), groups);
    const first = explanation?.groups.find(({ contribution }) => contribution * whole > 0);
    if (first && Math.abs(first.contribution) > Math.abs(best?.delta ?? 0))
      best = { dimension, value: first.group, delta: first.contribution };
  }
  return best;
}

function groupsAt(recent: Cube, kpi: Kpi, start: string): Map<string, Map<string, Components>> {
  const dimensions = new Map<string, Map<string, Components>>();
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
