import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { loadStaging, type StagingReport } from "../../src/load/index.js";
import { tableCounts } from "../../src/publish/documents.js";
import type { TableCount } from "../../src/published/quality.js";
import { CliError } from "../../src/run/error.js";
import { silent } from "../../src/run/progress.js";
import { type Wording, worded } from "../../src/words/wording.js";

export interface Staged {
  dataDir: string;
  report: StagingReport;
  /** What is said meanwhile, in English. */
  said: string[];
  /** Rows of a query as JSON values. */
  rows(sql: string): Promise<Record<string, unknown>[]>;
  /** The tables as pages and papers count them. */
  counts(): Promise<TableCount[]>;
  /** The quarantine: place, raw text and violations as [column, rule]. */
  quarantine(): Promise<{ place: string; raw: string; rules: [string | null, string][] }[]>;
}

export const runStart = new Date("2026-07-01T00:00:00Z");

/** Loads a folder of the given files into a fresh database and hands it to `use`. */
export async function stageFolder<T>(
  files: Readonly<Record<string, string | Buffer>>,
  use: (staged: Staged) => Promise<T>,
  timeZone = "Asia/Shanghai",
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), "herringbone-stage-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dataDir, name)), { recursive: true });
    writeFileSync(join(dataDir, name), content);
  }
  try {
    return await stageDir(dataDir, use, timeZone);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The same of a folder that is there. */
export async function stageDir<T>(
  dataDir: string,
  use: (staged: Staged) => Promise<T>,
  timeZone = "Asia/Shanghai",
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "herringbone-staged-"));
  const tempDir = join(folder, "temp");
  mkdirSync(tempDir);
  const instance = await DuckDBInstance.create(join(folder, "test.duckdb"), { threads: "2" });
  const db = await instance.connect();
  try {
    await db.run("set TimeZone = 'UTC'");
    const said: string[] = [];
    const progress = { ...silent, say: (each: Wording) => void said.push(worded(each, "en")) };
    const report = await loadStaging(db, { dataDir, timeZone, runStart, tempDir }, progress);
    const rows = (sql: string) => rowsOf(db, sql);
    return await use({
      dataDir,
      report,
      said,
      rows,
      quarantine: () => quarantineOf(db),
      counts: () => tableCounts(db),
    });
  } finally {
    db.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rowsOf(db: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  return (await db.runAndReadAll(sql)).getRowObjectsJson();
}

async function quarantineOf(db: DuckDBConnection) {
  const rows = await rowsOf(db, "select * from quarantine.rows order by file, line, rowid");
  return rows.map((row) => ({
    place: `${row.file}:${row.line}`,
    raw: String(row.raw),
    rules: (JSON.parse(String(row.violations)) as { column: string | null; rule: string }[]).map(
      ({ column, rule }): [string | null, string] => [column, rule],
    ),
  }));
}

/** A CSV text of a header and rows of cells, quoted where they have to be. */
export function csv(header: readonly string[], rows: readonly (readonly string[])[], newline = "\n"): string {
  const line = (cells: readonly string[]) =>
    cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
  return [header, ...rows].map((cells) => line(cells) + newline).join("");
}

/** How the load of a folder that cannot be read fails, in both languages. */
export async function refusalOf(
  files: Readonly<Record<string, string | Buffer>>,
  use: (staged: Staged) => Promise<unknown> = async () => undefined,
): Promise<{ en: string; zh: string; exitCode: number; error: CliError }> {
  const error = await stageFolder(files, use).then(
    () => new Error("it was taken"),
    (failure: unknown) => failure,
  );
  if (!(error instanceof CliError)) throw error;
  return { en: error.message, zh: error.in("zh-CN"), exitCode: error.exitCode, error };
}
