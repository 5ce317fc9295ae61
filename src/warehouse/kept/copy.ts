import { chmodSync, constants, copyFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { onDisk } from "../../../loaders/index.js";
import type { TableName } from "../../contract/index.js";
import { quoted } from "../../engine/sql.js";
import { readKeptTables, type StoodTable, stampOf } from "../../load/kept/tables.js";
import type { LoadPlan } from "../../load/plan.js";
import { withDatabase } from "../open.js";
import type { BuildCache } from "./buildCache.js";

/**
 * Begins the file of a build with a copy of the warehouse before, where that is as it was written and tables of it are made of files
 * that are as large as they were.
 * @param currency of the settings
 * @returns what these tables were made of; undefined where the build begins with an empty file
 */
export async function beginWithCopy(
  before: string,
  file: string,
  plan: LoadPlan,
  { cache, currency }: { cache: BuildCache; currency: string },
): Promise<ReadonlyMap<TableName, StoodTable> | undefined> {
  if (!(await cache.isAsWritten(before))) return undefined;
  const tables = await withDatabase(before, { readOnly: true }, async (db) =>
    readKeptTables(db, await stampOf(db, cache, currency)),
  );
  const folders = new Map(plan.sources.map(({ name, folder }) => [name, folder]));
  const isThere = ({ units }: StoodTable) =>
    units.every(({ source, file, count }) => {
      const path = onDisk(join(folders.get(source) ?? "", file));
      return statSync(path, { throwIfNoEntry: false })?.size === count.bytes;
    });
  const there = new Map([...tables].filter(([, table]) => isThere(table)));
  if (there.size === 0) return undefined;
  try {
    copyFileSync(before, file, constants.COPYFILE_FICLONE);
    // A warehouse that nobody may write to is replaced as any other.
    chmodSync(file, statSync(file).mode | 0o200);
    return there;
  } catch {
    // Without room for a copy there may be some for the rows that are wanted.
    rmSync(file, { force: true });
    return undefined;
  }
}

/** Leaves of a copied warehouse some tables of extracts, and the rows that were quarantined or left out. */
export async function clearDerived(db: DuckDBConnection, kept: Iterable<TableName>): Promise<void> {
  const names = async (sql: string) => (await db.runAndReadAll(sql)).getRows().map(([name]) => String(name));
  const own = "database_name = current_database() and not internal";
  const schemas = await names(
    `select schema_name from duckdb_schemas() where ${own} and schema_name not in ('main', 'staging', 'quarantine', 'ingest')`,
  );
  for (const schema of schemas) await db.run(`drop schema ${quoted(schema)} cascade`);
  const left = ["ingest.left_out", ...[...kept].map((table) => `staging.${table}`)];
  const tables = await names(
    `select schema_name || '.' || table_name from duckdb_tables() where ${own} and schema_name in ('ingest', 'staging')`,
  );
  for (const table of tables.filter((each) => !left.includes(each)))
    await db.run(`drop table ${table.split(".").map(quoted).join(".")}`);
  for (const kind of ["macro", "table_macro"]) {
    const macros = await names(
      `select distinct function_name from duckdb_functions() where ${own} and function_type = '${kind}'`,
    );
    for (const macro of macros)
      await db.run(`drop ${kind === "macro" ? "macro" : "macro table"} ${quoted(macro)}`);
  }
  // What is free from here on is written to again.
  await db.run("checkpoint");
}
