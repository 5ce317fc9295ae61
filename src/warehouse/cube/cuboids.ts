import type { Dimension } from "../../catalogue/dimensions.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { literal, quoted } from "../../engine/sql.js";

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

/** The dimensions that the cells of a KPI are summed by, those of the numerator only last. */
export const namesOf = (kpi: Kpi): readonly Dimension[] => [...kpi.dimensions, ...kpi.numerator_dimensions];

/** Each dimension that only the numerator has, alone. */
export const numeratorCuboids = (kpi: Kpi): Cuboid[] =>
  kpi.numerator_dimensions.map((dimension) => [dimension]);

/** SQL that marks, in a query grouped by some of `names`, which of them a row is not split by; see `bitsOf`. */
export const groupingSql = (names: Cuboid) =>
  names.length > 0 ? `grouping(${names.map(quoted).join(", ")})` : "0";

/** The value of `groupingSql` over `names` for a cuboid: a bit is set for each that it is not split by. */
function bitsOf(cuboid: Cuboid, names: Cuboid): number {
  return names.reduce((bits, name) => bits * 2 + (cuboid.includes(name) ? 0 : 1), 0);
}

/** SQL condition of the cells of some cuboids of a KPI. */
export const isOf = (kpi: Kpi, cuboids: readonly Cuboid[]) =>
  `cuboid_bits in (${cuboids.map((cuboid) => bitsOf(cuboid, namesOf(kpi))).join(", ")})`;

/** SQL for the name of the cuboid whose `bitsOf` a column holds. */
export function cuboidSql(bits: string, cuboids: readonly Cuboid[], names: Cuboid): string {
  const cases = cuboids.map((cuboid) => `when ${bitsOf(cuboid, names)} then ${literal(cuboidName(cuboid))}`);
  return `case ${bits} ${cases.join(" ")} end`;
}
