import type { DuckDBConnection } from "@duckdb/node-api";

import type { Dimension } from "../catalogue/dimensions.js";
import { type Coded, type PublishedColumn, readCoded, rowsOf } from "./arrow.js";
import { combined, components, isWhole, type KpiCuboids } from "./cells.js";

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

/** What a KPI's two tables are read from. */
export interface Split {
  kpi: string;
  /** The dimensions that combine. */
  cross: readonly Dimension[];
  /** The others. */
  singles: readonly Dimension[];
}

/**
 * KPIs split by several dimensions at once: every combination of them has rows of its own, in which the others are null.
 * @param gone dimensions that are left out of what the KPIs' cells combine
 */
export async function crossTables(
  cells: Cells,
  splits: readonly Split[],
  gone: readonly Dimension[] = [],
): Promise<Map<string, PublishedColumn[]>> {
  const alike = new Map<string, Split[]>();
  for (const split of splits) {
    const form = split.cross.join();
    alike.set(form, [...(alike.get(form) ?? []), split]);
  }
  const found = new Map<string, PublishedColumn[]>();
  for (const some of alike.values()) {
    const keys = ["role", "grain", "period_start", ...(some[0]?.cross ?? [])];
    const kpis = some.map(({ kpi }) => kpi);
    const condition = `kpi_id in (${kpis.map(word).join(", ")}) and ${isWhole(gone)}`;
    for (const [kpi, table] of await tablesOf(cells, kpis, keys, condition)) found.set(kpi, table);
  }
  return found;
}

/** KPIs by one dimension at a time: the dimension's name and value are columns. */
export function singlesTables(
  cells: Cells,
  splits: readonly Split[],
): Promise<Map<string, PublishedColumn[]>> {
  const are = splits.flatMap(({ kpi, singles }) =>
    singles.length === 0 ? [] : [`(kpi_id = ${word(kpi)} and "by" in (${singles.map(word).join(", ")}))`],
  );
  return tablesOf(
    cells,
    splits.map(({ kpi }) => kpi),
    ["role", "grain", "period_start", "by", "value"],
    `(${[...are, "false"].join(" or ")})`,
  );
}

const word = (text: string) => `'${text}'::word`;

/** The rows of each of some KPIs, read at once: a look at the cells takes as long for one as for many. */
async function tablesOf(
  cells: Cells,
  kpis: readonly string[],
  keys: string[],
  condition: string,
): Promise<Map<string, PublishedColumn[]>> {
  const [own, ...columns] = await tableOf(cells, ["kpi_id", ...keys], `not is_spare and ${condition}`);
  const codes = own?.kind === "word" ? own.codes : new Int32Array();
  return new Map(
    kpis.map((kpi) => {
      const code = cells.words.indexOf(kpi);
      const from = codes.indexOf(code);
      const to = codes.lastIndexOf(code) + 1;
      return [kpi, columns.map((column) => rowsOf(column, Math.max(from, 0), to))];
    }),
  );
}

/** How many rows each KPI's tables have. */
export async function rowCounts({ db }: Cells): Promise<Map<string, number>> {
  const reader = await db.runAndReadAll(
    "select kpi_id::varchar, count(*) from cells where not is_spare group by kpi_id",
  );
  return new Map(reader.getRowsJson().map(([kpi, count]) => [String(kpi), Number(count)]));
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
