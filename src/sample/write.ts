import type { DuckDBConnection } from "@duckdb/node-api";
import type { TableName } from "../contract/index.js";
import { literal } from "../engine/sql.js";
import type { Dice } from "./dice.js";
import {
  corrupt,
  type DirtCounts,
  type DirtKind,
  dirtKindSql,
  dirtOf,
  expectedCounts,
  linesSql,
} from "./dirt.js";
import { escaped, notation } from "./notation.js";
import { sampleColumnsOf } from "./options.js";

/** A table to write: its rows as a query with the contract's columns and a `row_index` that is unique in it. */
export interface SampleTable {
  name: TableName;
  select: string;
}

/**
 * Write one table as CSV (RFC 4180, `\n`, in the query's order). Cells vary in notation by `variety`, rows are
 * corrupted by `dirt`.
 *
 * @returns what a build should make of the planted faults, or null where the table has none
 */
export async function writeTable(
  db: DuckDBConnection,
  table: SampleTable,
  file: string,
  drawn: Dice,
  plan: { variety: number; dirt: number },
): Promise<DirtCounts | null> {
  const columns = sampleColumnsOf(table.name);
  const header = columns.map((column) => column.name).join(",");
  const kinds = plan.dirt > 0 ? dirtOf(table.name) : [];
  const dirtKind = kinds.length > 0 ? dirtKindSql(table.name, kinds, drawn, plan.dirt) : "null::varchar";
  const cells = columns.map((column) => {
    const cell = notation(column, table.name, drawn, plan.variety);
    return `${corrupt(table.name, column, cell, kinds)} as "${column.name}"`;
  });
  const line =
    kinds.length > 0 ? `unnest(${linesSql(table.name, escaped)})` : columns.map(escaped).join(" || ',' || ");
  const query = `
    with rows_of_table as (${table.select}),
    drawn as (select *, ${dirtKind} as dirt_kind from rows_of_table),
    cells as (select row_index, dirt_kind, ${cells.join(", ")} from drawn)
    select ${line} as "${header}" from cells`;
  // Lines are finished text: the writer must neither quote nor split them.
  await db.run(
    `copy (${query}) to ${literal(file)} (format csv, header true, quote '', escape '', delimiter '\x01')`,
  );
  return kinds.length > 0 ? countDirt(db, table, dirtKind) : null;
}

async function countDirt(db: DuckDBConnection, table: SampleTable, dirtKind: string): Promise<DirtCounts> {
  const reader = await db.runAndReadAll(`
    with rows_of_table as (${table.select})
    select ${dirtKind} as dirt_kind, count(*)::double from rows_of_table group by 1 order by 1`);
  const counts = reader.getRows() as [DirtKind | null, number][];
  const rows = counts.reduce((total, [, count]) => total + count, 0);
  const planted = Object.fromEntries(counts.filter(([kind]) => kind !== null));
  return expectedCounts(rows, planted as Partial<Record<DirtKind, number>>);
}
