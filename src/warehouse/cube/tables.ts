import type { Dimension } from "../../catalogue/dimensions.js";
import { quoted } from "../../engine/sql.js";
import { rests } from "./windows.js";

const components =
  "numerator double, denominator double, n double, sum_sq double, awaiting double, contributors ubigint";

/** Of a period: whom the period compared with tells of, and what both are cut off from; see `cubeTables`. */
const ofPeriods = [
  "contributor_count double",
  ...[...rests, "base_contributors", ...rests.map((rest) => `base_${rest}`)].map((name) => `${name} ubigint`),
].join(", ");

/**
 * The tables that hold the KPIs' components. A dimension column is null where the cuboid is not split by it: what fills
 * the tables names its columns. `contributors` are the bits of those whom a cell tells of (see `contributorBit`), null for
 * nobody; `contributor_count` counts those of a book kept in runs, which has no bits. `rest_<grain>` are those of the days
 * that an elapsed window leaves out of the month, quarter, half or year that it is cut in; a cell that has nothing else is of a
 * cuboid of its own (see `onlyRests`). Of a growth, `base_…` are those of what
 * it is compared with. `holders` are those whose rows a numerator may count among.
 */
export function cubeTables(dimensions: readonly Dimension[]): string[] {
  const columns = dimensions.map((name) => `${quoted(name)} varchar`).join(", ");
  return [
    `create table marts.kpi_cube (cuboid varchar, kpi_id varchar, month date, ${columns}, ${components})`,
    `create table marts.kpi_period_cube
       (cuboid varchar, kpi_id varchar, role varchar, grain varchar, period_start date, ${columns}, ${components}, ${ofPeriods})`,
    `create table marts.kpi_percentiles
       (kpi_id varchar, role varchar, grain varchar, period_start date, ${columns},
        n double, median double, p90 double,
        median_low double, median_high double, p90_low double, p90_high double)`,
    "create table marts.holders (table_name varchar, column_name varchar, holder varchar)",
  ];
}
