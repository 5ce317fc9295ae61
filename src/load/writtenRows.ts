import type { DuckDBConnection } from "@duckdb/node-api";
import type { CatalogueFolders } from "../catalogue/cataloguePlace.js";
import { primaryKeyOf } from "../contract/ddl.js";
import { columnsOf, type TableName } from "../contract/index.js";
import { readCell } from "../contract/notation.js";
import { literal, quoted } from "../engine/sql.js";
import { columnExpressions, ordinalOf } from "./mapping/mappedColumns.js";
import { openExtract, type PlannedMapping, type PlannedSource, planLoad } from "./plan.js";

/** A row as its file has it. */
export interface WrittenRow {
  file: string;
  /** Physical line, from 1. */
  line: number;
  /** Contract column → the cell's text; null where it is empty. */
  cells: Record<string, string | null>;
}

export interface WrittenOptions {
  dataDir: string;
  catalogDir: CatalogueFolders;
  tempDir: string;
}

/** The key of a row: the values of its table's primary key, as staging has them. */
export const rowKey = (values: readonly (string | null)[]) => JSON.stringify(values);

/**
 * Reads the files of a small table once more, to tell where its rows stand and how they are written: what the KPI team
 * manages is found fault with only when all of it is loaded. Of several rows of a key the one read last is given; rows
 * that a `select` of `sources.yaml` made are not to be found.
 */
export async function writtenRows(
  db: DuckDBConnection,
  table: TableName,
  { dataDir, catalogDir, tempDir }: WrittenOptions,
): Promise<Map<string, WrittenRow>> {
  const rows = new Map<string, WrittenRow>();
  for (const source of (await planLoad(dataDir, catalogDir, true)).sources) {
    for (const mapping of source.mappings.filter((each) => each.table === table && !each.select)) {
      for (const file of source.parts.get(mapping.part) ?? []) {
        await readFile(db, source, mapping, file, tempDir, rows);
      }
    }
  }
  return rows;
}

async function readFile(
  db: DuckDBConnection,
  source: PlannedSource,
  mapping: PlannedMapping,
  file: string,
  tempDir: string,
  rows: Map<string, WrittenRow>,
): Promise<void> {
  const { table } = mapping;
  const extract = await openExtract(source, file, tempDir);
  const expressions = await columnExpressions(db, mapping, extract, file);
  const text = (name: string) => `cast(${expressions.get(name)?.value ?? "null"} as VARCHAR)`;
  const key = primaryKeyOf(table).map((name) => {
    const column = columnsOf(table).find((each) => each.name === name);
    return column ? `cast(${readCell(column, text(name))} as VARCHAR)` : "null";
  });
  const cells = columnsOf(table).map(({ name }) => `${literal(name)}: ${text(name)}`);
  const isInOrder = [...expressions.values()].some(({ isWindow }) => isWindow);
  const ordinal = quoted(ordinalOf(extract.columns));
  const numbered = `select *, row_number() over () - 1 as ${ordinal}`;
  await db.run("create or replace temp table written (row_no BIGINT, key VARCHAR[], cells JSON)");
  const count = await extract.load(db, async (relation) => {
    const from = isInOrder ? `(${numbered} from ${relation})` : relation;
    const place = isInOrder ? `${ordinal} + 1` : "row_number() over ()";
    const sql = `insert into written select ${place}, [${key.join(", ")}], to_json({${cells.join(", ")}}) from ${from} as extract`;
    return (await db.run(sql)).rowsChanged;
  });
  const reader = await db.runAndReadAll(`select to_json(key), cells from written order by row_no`);
  reader.getRowsJson().forEach(([values, found], ordinal) => {
    rows.set(rowKey(JSON.parse(String(values)) as (string | null)[]), {
      ...count.placeOf(ordinal),
      cells: JSON.parse(String(found)) as WrittenRow["cells"],
    });
  });
  await db.run("drop table written");
}
