import type { DuckDBConnection } from "@duckdb/node-api";

import type { Dimension } from "../catalogue/dimensions.js";
import { type Coded, type PublishedColumn, readCoded } from "./arrow.js";
import { type Cuboid, combined, components, isWhole, type KpiCuboids } from "./cells.js";

/** The connection that holds `cells`, and its words. */
export interface Cells {
  db: DuckDBConnection;
  words: readonly string[];
}

/** Every KPI over all cases: one row a KPI, role and period. */
export function totalsTable(cells: Cells, cuboids: Map<string, KpiCuboids>): Promise<PublishedColumn[]> {
  const keys = ["kpi_id", "role", "grain", "period_start"];
  return tableOf(cells, keys, `not is_spare and ${isWhole(combined(cuboids))}`);
}

/** A KPI split by several dimensions at once: every combination of them has rows of its own, in which the others are null. */
export function crossTable(
  cells: Cells,
  kpi: string,
  cuboid: Cuboid,
  keep: readonly Dimension[],
): Promise<PublishedColumn[]> {
  const gone = cuboid.dimensions.filter((name) => !keep.includes(name));
  return tableOf(
    cells,
    ["role", "grain", "period_start", ...keep],
    `kpi_id = '${kpi}'::word and not is_spare and ${isWhole(gone)}`,
  );
}

/** A KPI by one dimension at a time: the dimension's name and value are columns. */
export function singlesTable(
  cells: Cells,
  kpi: string,
  cuboids: readonly Cuboid[],
): Promise<PublishedColumn[]> {
  const names = cuboids.map(({ dimensions }) => `'${dimensions[0]}'`);
  const is = names.length > 0 ? `"by" in (${names.join(", ")})` : "false";
  return tableOf(
    cells,
    ["role", "grain", "period_start", "by", "value"],
    `kpi_id = '${kpi}'::word and not is_spare and ${is}`,
  );
}

/** The last 25 months of every KPI that adds up over its dimensions, by each of the dimensions that combine. */
export async function recentTable(
  cells: Cells,
  cuboids: Map<string, KpiCuboids>,
): Promise<PublishedColumn[]> {
  const names = combined(cuboids);
  const filled = names.map((name) => `("${name}" is not null)::int`).join(" + ") || "0";
  const split = `case ${names.map((name) => `when "${name}" is not null then '${name}'::word`).join(" ")} end`;
  const rows = `(
    select * replace (${names.length > 0 ? split : "null::word"} as "by",
      coalesce(${[...names.map((name) => `"${name}"`), "null::word"].join(", ")}) as "value")
    from cells where "by" is null and ${filled} = 1 and role = 'period' and grain = 'month'
      and period_start >= (select as_of_on - interval 25 month from config.settings)
  )`;
  return tableOf(cells, ["kpi_id", "period_start", "by", "value"], "not is_spare", rows);
}

/** Rows of `cells` by some of its columns; a hidden one has no components. */
function tableOf(
  { db, words }: Cells,
  keys: string[],
  condition: string,
  from = "cells",
): Promise<PublishedColumn[]> {
  const selects = keys.map((name) =>
    name === "period_start"
      ? "(period_start - date '1970-01-01')::integer"
      : `coalesce(enum_code("${name}")::integer, -1)`,
  );
  const values = components.map((name) => `coalesce(case when not hidden then ${name} end, 'nan'::double)`);
  const columns = [
    ...keys.map(
      (name): Coded => (name === "period_start" ? { name, kind: "day" } : { name, kind: "word", words }),
    ),
    ...[...components, "hidden"].map((name): Coded => ({ name, kind: "number" })),
  ];
  return readCoded(
    db,
    `select ${[...selects, ...values, "hidden::integer"].join(", ")} from ${from} where ${condition}
     order by ${keys.map((name) => `"${name}"`).join(", ")}`,
    columns,
  );
}
