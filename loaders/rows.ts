import type { DuckDBConnection } from "@duckdb/node-api";
import { quoted } from "../src/engine/sql.js";
import { CliError } from "../src/run/error.js";
import { told } from "../src/words/told.js";
import type { Count, Insert } from "./source.js";

/** A relation of no rows, to bind expressions to where DuckDB cannot read the source. */
export const emptyRelation = (columns: readonly string[]) =>
  `(select ${columns.map((column) => `null::VARCHAR as ${quoted(column)}`).join(", ")} limit 0)`;

/** Inserts rows that come as a stream, by a table that is spilt to the disk when it grows. */
export async function streamed(
  db: DuckDBConnection,
  columns: readonly string[],
  rows: AsyncIterable<readonly (string | null)[]>,
  insert: Insert,
): Promise<number> {
  if (columns.length === 0) for await (const _ of rows) throw new Error("a row without columns");
  if (columns.length === 0) return 0;
  const definitions = columns.map((column) => `${quoted(column)} VARCHAR`);
  await db.run(`create or replace temp table streamed_rows (${definitions.join(", ")})`);
  const appender = await db.createAppender("streamed_rows", "main", "temp");
  for await (const row of rows) {
    for (const cell of row) {
      if (cell === null) appender.appendNull();
      else appender.appendVarchar(cell);
    }
    appender.endRow();
  }
  appender.closeSync();
  const inserted = await insert("streamed_rows");
  await db.run("drop table streamed_rows");
  return inserted;
}

/**
 * The count of an extract all of whose rows are taken: as many as were counted for themselves.
 * @throws CliError 1 when the reader gave another number
 */
export function agreedCount(file: string, inserted: number, counted: number): Count {
  if (inserted !== counted)
    throw new CliError(
      told("load.otherCount", { file, inserted: String(inserted), counted: String(counted) }),
      1,
    );
  return {
    rowsRead: counted,
    accepted: inserted,
    rejected: [],
    placeOf: (row) => ({ file, line: row + 1 }),
    bytes: null,
    sha256: null,
    encoding: "utf-8",
    certainty: null,
    doubts: [],
    told: [],
    warnings: [],
  };
}
