import { DuckDBInstance } from "@duckdb/node-api";

/** All that a DuckDB file says, as text: every row of every table, however it is packed. */
export async function textOf(path: string): Promise<string> {
  const instance = await DuckDBInstance.create(path, { access_mode: "READ_ONLY" });
  const db = await instance.connect();
  try {
    const tables = await db.runAndReadAll(
      'select format(\'"{}"."{}"\', schema_name, table_name) from duckdb_tables() where not internal and not temporary',
    );
    const texts: string[] = [];
    for (const [table] of tables.getRowsJson())
      texts.push(JSON.stringify((await db.runAndReadAll(`from ${table}`)).getRowsJson()));
    return texts.join("\n");
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}
