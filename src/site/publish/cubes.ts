import type { DuckDBConnection } from "@duckdb/node-api";

import type { Dimension } from "../../kpi/dimensions.js";
import { type PublishedColumn, readColumns } from "./arrow.js";
import { type Cuboid, combined, components, type KpiCuboids } from "./cells.js";

/** Every KPI over all cases: one row a KPI, role and period. */
export function totalsTable(
  db: DuckDBConnection,
  cuboids: Map<string, KpiCuboids>,
): Promise<PublishedColumn[]> {
  const keys = ["kpi_id", "role", "grain", "period_start"];
  const whole = ['"by"', ...combined(cuboids).map((name) => `"${name}"`)].map((name) => `${name} is null`);
  return tableOf(db, keys, `not is_spare and ${whole.join(" and ")}`);
}

/** A KPI split by several dimensions at once: every combination of them has rows of its own, in which the others are null. */
export function crossTable(
  db: DuckDBConnection,
  kpi: string,
  cuboid: Cuboid,
  keep: readonly Dimension[],
): Promise<PublishedColumn[]> {
  const gone = cuboid.dimensions.filter((name) => !keep.includes(name));
  const only = ['"by"', ...gone.map((name) => `"${name}"`)].map((name) => `${name} is null`);
  return tableOf(
    db,
    ["role", "grain", "period_start", ...keep],
    `kpi_id = '${kpi}' and not is_spare and ${only.join(" and ")}`,
  );
}

/** A KPI by one dimension at a time: the dimension's name and value are columns. */
export function singlesTable(
  db: DuckDBConnection,
  kpi: string,
  cuboids: readonly Cuboid[],
): Promise<PublishedColumn[]> {
  const names = cuboids.map(({ dimensions }) => `'${dimensions[0]}'`);
  const is = names.length > 0 ? `"by" in (${names.join(", ")})` : "false";
  return tableOf(
    db,
    ["role", "grain", "period_start", "by", "value"],
    `kpi_id = '${kpi}' and not is_spare and ${is}`,
  );
}

/** The last 25 months of every KPI that adds up over its dimensions, by each of the dimensions that combine. */
export async function recentTable(
  db: DuckDBConnection,
  cuboids: Map<string, KpiCuboids>,
): Promise<PublishedColumn[]> {
  const names = combined(cuboids);
  const filled = names.map((name) => `("${name}" is not null)::int`).join(" + ") || "0";
  const split = `case ${names.map((name) => `when "${name}" is not null then '${name}'`).join(" ")} end`;
  const rows = `(
    select * replace (${names.length > 0 ? split : "null::varchar"} as "by",
      coalesce(${[...names.map((name) => `"${name}"`), "null::varchar"].join(", ")}) as "value")
    from cells where "by" is null and ${filled} = 1 and role = 'period' and grain = 'month'
      and period_start >= (select as_of_on - interval 25 month from config.settings)
  )`;
  return tableOf(db, ["kpi_id", "period_start", "by", "value"], "not is_spare", rows);
}

/** Rows of `cells` by some of its columns; a hidden one has no components. */
function tableOf(
  db: DuckDBConnection,
  keys: string[],
  condition: string,
  from = "cells",
): Promise<PublishedColumn[]> {
  const columns = keys.map((name) =>
    name === "period_start" ? "strftime(period_start, '%Y-%m-%d') as period_start" : `"${name}"`,
  );
  const values = components.map((name) => `case when not hidden then ${name} end as ${name}`);
  return readColumns(
    db,
    `select ${[...columns, ...values, "hidden::int as hidden"].join(", ")} from ${from} where ${condition} order by ${keys.map((name) => `"${name}"`).join(", ")}`,
    keys,
  );
}
