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

/** Every statement on models and cube that the build of an extract with every kind of case runs, in its order. */
export async function buildStatements(): Promise<BuildStatement[]> {
  const found: BuildStatement[] = [];
  const db: DuckDBConnection = await emptyStaging();
  const run = db.run.bind(db);
  db.run = (sql, ...more) => {
    for (const pattern of heads) {
      const [head, target] = pattern.exec(sql) ?? [];
      if (head !== undefined && target !== undefined)
        found.push({ target, head, select: sql.slice(head.length) });
    }
    return run(sql, ...more);
  };
  const [tables] = fc.sample(extract, { seed: 7, numRuns: 1 });
  await build(tables ?? {}, db);
  db.closeSync();
  return found;
}
