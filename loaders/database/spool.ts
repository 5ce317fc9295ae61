import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { literal, quoted } from "../../src/engine/sql.js";
import type { Refused } from "../source.js";
import type { Row } from "./driver.js";

/** Rows kept in a file. */
export interface Spooled {
  accepted: number;
  refused: Refused[];
  /** Of all cells, as they came. */
  sha256: string;
}

/**
 * Puts rows into a Parquet file, all cells text, in the order in which they come. A row with a NUL among its text, which no
 * text of ours can hold, is refused.
 */
export async function spool(
  file: string,
  columns: readonly string[],
  batches: AsyncIterable<readonly Row[]>,
): Promise<Spooled> {
  const scratch = `${file}.duckdb`;
  const instance = await DuckDBInstance.create(scratch, { memory_limit: "512MB", threads: "1" });
  const db = await instance.connect();
  try {
    await db.run(`create table kept (${columns.map((column) => `${quoted(column)} VARCHAR`).join(", ")})`);
    const appender = await db.createAppender("kept");
    const digest = createHash("sha256");
    const refused: Refused[] = [];
    let accepted = 0;
    for await (const rows of batches) {
      digest.update(JSON.stringify(rows));
      for (const row of rows) {
        if (row.some((cell) => cell?.includes("\0"))) {
          const raw = JSON.stringify(Object.fromEntries(columns.map((column, at) => [column, row[at]])));
          const line = accepted + refused.length + 1;
          refused.push({
            line,
            rule: "nul_byte",
            value: null,
            expected: "expected text without NUL bytes",
            raw,
          });
          continue;
        }
        for (const cell of row) {
          if (cell === null) appender.appendNull();
          else appender.appendVarchar(cell);
        }
        appender.endRow();
        accepted++;
      }
    }
    appender.closeSync();
    await db.run(`copy kept to ${literal(file)} (format parquet)`);
    return { accepted, refused, sha256: digest.digest("hex") };
  } finally {
    db.closeSync();
    instance.closeSync();
    for (const name of [scratch, `${scratch}.wal`]) rmSync(name, { force: true });
  }
}
