import { dimensions } from "../../kpi/dimensions.js";

const dimensionColumns = dimensions.map((name) => `${name} varchar`).join(", ");
const components = "numerator double, denominator double, n double, sum_sq double, awaiting double";

/** The tables that hold the KPIs' components. A dimension column is null where the cuboid is not split by it. */
export const cubeTables = [
  `create table marts.kpi_cube (cuboid varchar, kpi_id varchar, month date, ${dimensionColumns}, ${components})`,
  `create table marts.kpi_period_cube
     (cuboid varchar, kpi_id varchar, role varchar, grain varchar, period_start date, ${dimensionColumns}, ${components})`,
  `create table marts.kpi_percentiles
     (kpi_id varchar, role varchar, grain varchar, period_start date, ${dimensionColumns},
      n double, median double, p90 double,
      median_low double, median_high double, p90_low double, p90_high double)`,
];

/** The dimension columns of a select: the cuboid's own, null for the others. */
export function dimensionList(has: (name: string) => boolean): string {
  return dimensions.map((name) => (has(name) ? name : `null as ${name}`)).join(", ");
}
