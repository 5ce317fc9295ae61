import type { DuckDBConnection } from "@duckdb/node-api";

/** Keeps a query's rows under a name until `dropScratch`. */
export async function createScratch(db: DuckDBConnection, name: string, query: string): Promise<void> {
  await db.run(`create temp table ${name} as\n${query}`);
}

export async function dropScratch(db: DuckDBConnection, ...names: readonly string[]): Promise<void> {
  for (const name of names) await db.run(`drop table ${name}`);
}
