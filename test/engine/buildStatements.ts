import type { DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";
import { build, extract } from "../models/extracts.js";
import { emptyStaging } from "../models/fixture.js";

/** A statement that a build runs on models or cube. */
export interface BuildStatement {
  /** What it creates or fills. */
  target: string;
  /** What stands before the select, which is empty of a table's definition. */
  head: string;
  select: string;
}

const heads = [
  /^create (?:table|view) (?:scratch\.)?((?:intermediate|marts)\.\w+) as\n/,
  /^create temp table (\w+) as\n/,
  /^insert into (marts\.\w+) \([^)]*\)\n/,
];

/** A table that models read or the cube is kept in, with its columns and their types in DuckDB. */
export interface BuildTable {
  name: string;
  columns: [name: string, type: string][];
}

/**
 * Every statement on models and cube that the build of an extract with every kind of case runs, in its order, and the tables
 * that are there before them.
 */
export async function buildStatements(): Promise<{ statements: BuildStatement[]; tables: BuildTable[] }> {
  const statements: BuildStatement[] = [];
  const db: DuckDBConnection = await emptyStaging();
  const run = db.run.bind(db);
  db.run = (sql, ...more) => {
    for (const pattern of heads) {
      const [head, target] = pattern.exec(sql) ?? [];
      if (head !== undefined && target !== undefined)
        statements.push({ target, head, select: sql.slice(head.length) });
    }
    return run(sql, ...more);
  };
  const [tables] = fc.sample(extract, { seed: 7, numRuns: 1 });
  await build(tables ?? {}, undefined, db);
  const made = new Set(
    statements.filter(({ head }) => head.startsWith("create")).map(({ target }) => target),
  );
  const reader = await db.runAndReadAll(`
    select table_schema || '.' || table_name, column_name, data_type from information_schema.columns
    where table_schema in ('staging', 'config', 'marts') order by table_schema, table_name, ordinal_position`);
  db.closeSync();
  const columns = new Map<string, [string, string][]>();
  for (const [name = "", column = "", type = ""] of reader.getRowsJson().map((row) => row.map(String)))
    if (!made.has(name)) columns.set(name, [...(columns.get(name) ?? []), [column, type]]);
  return { statements, tables: [...columns].map(([name, each]) => ({ name, columns: each })) };
}
