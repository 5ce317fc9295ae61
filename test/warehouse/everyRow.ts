import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

/** Every table and view of a warehouse, by its name: how many rows it has, and two sums of their hashes, whatever their order. */
export async function everyRow(path: string): Promise<Record<string, string>> {
  const instance = await DuckDBInstance.create(path, { access_mode: "READ_ONLY" });
  const db = await instance.connect();
  try {
    await db.run("set TimeZone = 'UTC'");
    const names = await db.runAndReadAll(
      `select format('"{}"."{}"', schema_name, name) from (
          select schema_name, table_name as name from duckdb_tables() where not internal
          union all select schema_name, view_name from duckdb_views() where not internal
      ) as relations order by all`,
    );
    const found: Record<string, string> = {};
    for (const [name] of names.getRowsJson()) found[String(name)] = await printOf(db, String(name));
    return found;
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

/** The names of what two of them do not have alike. */
export const differing = (one: Record<string, string>, other: Record<string, string>): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]);

async function printOf(db: DuckDBConnection, relation: string): Promise<string> {
  const reader = await db.runAndReadAll(
    `select count(*) || ' rows ' || coalesce(sum(hash(every)), 0) || ' ' || coalesce(bit_xor(hash(every)), 0) from ${relation} as every`,
  );
  return String(reader.value(0, 0));
}
