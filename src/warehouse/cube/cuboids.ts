import type { Kpi } from "../../kpi/catalogue.js";
import type { Dimension } from "../../kpi/dimensions.js";

/** What a cuboid of the cube is split by; the cube names it by its dimensions. */
export type Cuboid = readonly Dimension[];

export const cuboidName = (cuboid: Cuboid) => (cuboid.length === 0 ? "all" : cuboid.join(","));

/**
 * The cuboids of a KPI: the published dimensions crossed, and every other dimension alone. A KPI that is null where
 * a month has no case does not add up over a dimension either: it has its total and each dimension alone.
 */
export function cuboidsOf(kpi: Kpi, published: readonly string[]): Cuboid[] {
  if (kpi.all_months) return [[], ...kpi.dimensions.map((dimension) => [dimension])];
  const cross = kpi.dimensions.filter((dimension) => published.includes(dimension));
  const others = kpi.dimensions.filter((dimension) => !cross.includes(dimension));
  return [cross, ...others.map((dimension) => [dimension])];
}
