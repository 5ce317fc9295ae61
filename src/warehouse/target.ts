import { closeSync, openSync, readSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { CliError } from "../run/error.js";
import { guardOutput, refused } from "../run/outputGuard.js";
import { told } from "../words/told.js";
import { tryCarried } from "./carried.js";
import { otherVersion, withDatabase } from "./open.js";
import { foreignRelations } from "./ownRelations.js";

/** Where the warehouse is unless `--warehouse` says otherwise. What stands there is taken for one, whatever its state. */
export const defaultWarehouse = join("data", "warehouse", "herringbone.duckdb");

export interface WarehouseTarget {
  /** The file itself, links followed. */
  path: string;
  /** It cannot be told any more whose it was: the build keeps it under another name. */
  isBroken: boolean;
}

/**
 * The file that a build may put its warehouse at: none yet, an empty one, an earlier warehouse or an empty database.
 * A DuckDB file that does not open may be a warehouse that broke, so it is replaced, but kept beside.
 * @throws CliError 2 for any other file, a folder or a place below a file; 1 where another program writes into it
 */
export async function warehouseTarget(named: string): Promise<WarehouseTarget> {
  const path = guardOutput(named, { option: "--warehouse", kind: "file" });
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return { path, isBroken: false };
  const isDefault = path.endsWith(`${sep}${defaultWarehouse}`);
  if (isDuckDb(path)) return { path, isBroken: await isBroken(path, named, isDefault) };
  if (isDefault) return { path, isBroken: true };
  const why = told("warehouse.notOne");
  throw refused(why, named);
}

async function isBroken(path: string, named: string, isDefault: boolean): Promise<boolean> {
  let tables: Awaited<ReturnType<typeof foreignRelations>>;
  try {
    tables = await withDatabase(path, { readOnly: true }, async (db) => {
      const found = await foreignRelations(db);
      await tryCarried(db, found.all);
      return found;
    });
  } catch (error) {
    const other = otherVersion(error, named);
    if (other) throw other;
    if (!/could not set lock/i.test(String(error))) return true;
    if (isDefault) return false;
    throw new CliError(told("warehouse.written", { path: named }), 1, { cause: error });
  }
  const { all, foreign } = tables;
  if (all.length === 0 || foreign?.length === 0) return false;
  if (foreign) {
    const tables = [...foreign.slice(0, 5), ...(foreign.length > 5 ? ["…"] : [])];
    throw refused(told("warehouse.otherTables", { tables }), named);
  }
  const why = told("warehouse.otherDatabase", { table: all[0] ?? "" });
  throw refused(why, named);
}

/** DuckDB's sign, after the first checksum. */
function isDuckDb(path: string): boolean {
  const head = Buffer.alloc(12);
  const handle = openSync(path, "r");
  try {
    readSync(handle, head, 0, head.length, 0);
  } finally {
    closeSync(handle);
  }
  return head.toString("latin1", 8) === "DUCK";
}
