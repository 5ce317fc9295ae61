import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Count } from "../../../loaders/index.js";
import { XlsxExtract, type XlsxOptions } from "../../../loaders/xlsx/extract.js";
import { worded } from "../../../src/words/wording.js";

export interface ReadSheet {
  columns: string[];
  rows: (string | null)[][];
  /** Excel's number of each row. */
  lines: number[];
  count: Count;
  /** What is told, in English. */
  told: string[];
}

/** Reads a sheet of a workbook by itself, without a contract. */
export async function readSheet(
  workbook: Buffer,
  options: Partial<XlsxOptions> = {},
  name = "台账.xlsx",
): Promise<ReadSheet> {
  const folder = mkdtempSync(join(tmpdir(), "herringbone-xlsx-"));
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const db = await instance.connect();
  try {
    const path = join(folder, name);
    writeFileSync(path, workbook);
    const extract = await XlsxExtract.open(path, { name, sought: [], tempDir: folder, ...options });
    const count = await extract.load(db, async (relation) => {
      await db.run(`create or replace table taken as select * from ${relation}`);
      return Number((await db.runAndReadAll("select count(*) from taken")).value(0, 0));
    });
    const rows = (await db.runAndReadAll("select * from taken")).getRowsJson() as (string | null)[][];
    const again = await extract.rowsAt(rows.map((_, index) => index));
    for (const [index, row] of again.entries())
      if (JSON.stringify(Object.values(row)) !== JSON.stringify(rows[index]))
        throw new Error(`row ${index} is read otherwise once more: ${JSON.stringify(row)}`);
    extract.unchanged();
    return {
      columns: [...extract.columns],
      rows,
      lines: rows.map((_, index) => count.placeOf(index).line),
      count,
      told: count.told.map((each) => worded(each, "en")),
    };
  } finally {
    db.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}
