import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../../src/engine/sql.js";
import { type CsvShape, maxRecordBytes } from "./shape.js";

/** Temp tables the reader books the lines it rejects in. */
export interface Rejects {
  errors: string;
  scans: string;
}

/** The call of `read_csv` for a file of that shape, every column as text. */
export function readCsvSql(
  path: string,
  columns: readonly string[],
  shape: CsvShape,
  how: { hasHeader: boolean; isParallel: boolean; rejects: Rejects | undefined },
): string {
  const settings = [
    literal(path),
    "auto_detect = false",
    `header = ${how.hasHeader}`,
    `delim = ${literal(String.fromCharCode(shape.delimiter))}`,
    `quote = '"'`,
    `escape = '"'`,
    `columns = {${columns.map((column) => `${literal(column)}: 'VARCHAR'`).join(", ")}}`,
    `max_line_size = ${maxRecordBytes + 1000}`,
    `parallel = ${how.isParallel}`,
    // The reader takes the first line end it meets for the file's, also one inside a quoted cell.
    ...(how.hasHeader ? [] : [`new_line = '${shape.newline === "\n" ? "\\n" : "\\r\\n"}'`]),
    "compression = 'none'",
    ...(how.rejects
      ? [
          "store_rejects = true",
          `rejects_table = ${literal(how.rejects.errors)}`,
          `rejects_scan = ${literal(how.rejects.scans)}`,
        ]
      : []),
  ];
  return `read_csv(${settings.join(", ")})`;
}

let serial = 0;

/** Names no other load uses. */
export function rejectNames(): Rejects {
  serial++;
  return { errors: `reader_errors_${serial}`, scans: `reader_scans_${serial}` };
}

export async function dropRejects(db: DuckDBConnection, rejects: Rejects): Promise<void> {
  await db.run(`drop table if exists ${rejects.errors}`);
  await db.run(`drop table if exists ${rejects.scans}`);
}
