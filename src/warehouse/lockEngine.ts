import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../engine/sql.js";

/**
 * Shuts a database's engine in: from here on it opens the given files and what lies in the given folders (and the
 * database itself), loads no extension and takes no setting. It cannot be undone while the database is open.
 */
export async function lockEngine(
  db: DuckDBConnection,
  files: readonly string[],
  folders: readonly string[],
): Promise<void> {
  const list = (paths: readonly string[]) => `[${paths.map(literal).join(", ")}]`;
  await db.run(`set allowed_paths = ${list(files)}`);
  await db.run(`set allowed_directories = ${list(folders)}`);
  await db.run("set enable_external_access = false");
  await db.run("set lock_configuration = true");
}
