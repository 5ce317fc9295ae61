import type { DuckDBConnection } from "@duckdb/node-api";
import type { Count, Extract } from "../../../loaders/index.js";
import { quoted } from "../../engine/sql.js";
import type { SqlNode } from "../../engine/sqlTree.js";
import type { Place } from "../loadTable.js";
import { requireWidth } from "../width.js";
import { rawRow } from "./blocks.js";
import { readSelect } from "./mappingGuard.js";
import { rawColumn, withOwnRowId } from "./ownRowId.js";

/** A raw table: the rows of one kind of file of a source, as text, in a scratch database. */
export interface RawTable {
  name: string;
  rows: number;
  /** The file has a column that is called otherwise here, see `ownRowId`. */
  hasOwnRowId: boolean;
  placeOf(rowId: number): Place;
}

/** Name of the scratch database the raw tables of `select` mappings live in. */
export const rawDatabase = "raw_extracts";

/**
 * Loads extracts as text into one raw table; a column only some of the files have is null in the others.
 * `onCount` is told what each file gave.
 */
export async function loadRawTable(
  db: DuckDBConnection,
  source: string,
  name: string,
  extracts: readonly { file: string; extract: Extract }[],
  onCount: (file: string, count: Count) => Promise<void>,
): Promise<RawTable> {
  const columns = new Map<string, string>();
  for (const { extract } of extracts) {
    for (const column of extract.columns) {
      if (!columns.has(column.toLowerCase())) columns.set(column.toLowerCase(), rawColumn(column));
    }
  }
  requireWidth(columns.size, extracts.map(({ file }) => file).join(", "));
  const target = `${rawDatabase}.${quoted(source)}.${quoted(name)}`;
  const definitions = [...columns.values()].map((column) => `${quoted(column)} VARCHAR`);
  await db.run(`create table ${target} (${definitions.join(", ")})`);
  const parts: { base: number; count: Count }[] = [];
  let rows = 0;
  for (const { file, extract } of extracts) {
    const names = extract.columns.map((column) => quoted(columns.get(column.toLowerCase()) ?? column));
    const selected = extract.columns.map(quoted).join(", ");
    const count = await extract.load(db, async (relation) => {
      if (names.length === 0) return 0;
      const inserted = await db.run(
        `insert into ${target} (${names.join(", ")}) select ${selected} from ${relation}`,
      );
      return inserted.rowsChanged;
    });
    parts.push({ base: rows, count });
    rows += count.accepted;
    await onCount(file, count);
  }
  return {
    name,
    rows,
    hasOwnRowId: columns.has(rawRow),
    placeOf(rowId) {
      const part = parts.findLast(({ base }) => base <= rowId);
      return part ? part.count.placeOf(rowId - part.base) : { file: null, line: null };
    },
  };
}

/** Does something with a source's raw tables called by their bare names. */
export async function inRawTables<T>(
  db: DuckDBConnection,
  source: string,
  use: () => Promise<T>,
): Promise<T> {
  const before = await db.runAndReadAll("select current_catalog(), current_schema()");
  await db.run(`use ${rawDatabase}.${quoted(source)}`);
  try {
    return await use();
  } finally {
    await db.run(`use ${quoted(String(before.value(0, 0)))}.${quoted(String(before.value(1, 0)))}`);
  }
}

/** The tree of a mapping's `select`, with columns called as in the raw tables. */
export async function selectOver(
  db: DuckDBConnection,
  select: string,
  raws: ReadonlyMap<string, RawTable>,
  label: string,
): Promise<SqlNode> {
  const tree = await readSelect(db, select, raws.keys(), label);
  return [...raws.values()].some(({ hasOwnRowId }) => hasOwnRowId) ? withOwnRowId(tree) : tree;
}
