import { explain } from "../../src/kpi/explain.js";
import { addMonths } from "../../src/kpi/periods.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { type Cells, type Cube, separator, sumCube } from "./cube.js";
import { largestPart, withRemainder } from "./remainder.js";
import type { Point } from "./series.js";

/** What one group adds to the change of the whole, in the KPI's machine unit. */
export interface Contribution {
  dimension: string;
  value: string;
  delta: number;
}

/**
 * The group that adds most to a KPI's change against the same month last year, of all groups of the dimensions in
 * `recent`. Null where the KPI does not add up over its dimensions, no group goes the way of the whole, or the groups
 * that are not shown may add more.
 *
 * @param totals all KPIs over all cases
 */
export function largestContribution(kpi: Kpi, recent: Cube, totals: Cube, point: Point): Contribution | null {
  if (kpi.all_months || point.grain !== "month") return null;
  const lastYear = addMonths(point.start, -12);
  const now = groupsAt(recent, kpi, point.start);
  const before = groupsAt(recent, kpi, lastYear);
  const totalAt = (start: string) =>
    sumCube(totals, { kpi_id: [kpi.id], role: ["period"], grain: ["month"], period_start: [start] }, []).get(
      "",
    );
  const whole = point.lastYear?.delta ?? 0;
  let best: Contribution | null = null;
  for (const [dimension, groups] of now) {
    const sides = withRemainder(before.get(dimension) ?? new Map(), groups, () => ({
      from: totalAt(lastYear),
      to: totalAt(point.start),
    }));
    const explanation = sides && explain(kpi.kind, sides.from, sides.to);
    // A dimension of one group, as one that no row carries, has all of it, which explains nothing.
    const first =
      explanation && explanation.groups.length > 1 ? largestPart(explanation.groups, whole) : null;
    if (first && Math.abs(first.contribution) > Math.abs(best?.delta ?? 0))
      best = { dimension, value: first.group, delta: first.contribution };
  }
  return best;
}

function groupsAt(recent: Cube, kpi: Kpi, start: string): Map<string, Cells> {
  const dimensions = new Map<string, Cells>();
  for (const [key, cell] of sumCube(recent, { kpi_id: [kpi.id], period_start: [start] }, ["by", "value"])) {
    const [dimension = "", value = ""] = key.split(separator);
    const groups: Cells = dimensions.get(dimension) ?? new Map();
    groups.set(value, cell);
    dimensions.set(dimension, groups);
  }
  return dimensions;
}
