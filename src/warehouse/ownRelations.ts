import type { DuckDBConnection } from "@duckdb/node-api";

const kept = "config.own_relations";

const relations = "select table_schema || '.' || table_name as name from information_schema.tables";

/** Keeps the names of all that a build has made, itself among them: what comes to it later is somebody else's. */
export async function keepOwnRelations(db: DuckDBConnection): Promise<void> {
  await db.run(`create table ${kept} (name varchar)`);
  await db.run(`insert into ${kept} ${relations} where table_catalog = current_database()`);
}

/** The tables and views of a database, and which of them no build has made; null where it is no warehouse. */
export async function foreignRelations(
  db: DuckDBConnection,
): Promise<{ all: string[]; foreign: string[] | null }> {
  const names = async (sql: string) => (await db.runAndReadAll(sql)).getRows().map(([name]) => String(name));
  const all = await names(`${relations} order by 1`);
  if (!all.includes("ingest.files")) return { all, foreign: null };
  // A build of before these names were kept had nothing in `main`.
  const own = all.includes(kept)
    ? await names(`select name from ${kept}`)
    : all.filter((name) => !name.startsWith("main."));
  return { all, foreign: all.filter((name) => !own.includes(name)) };
}
