import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect } from "vitest";
import { refusalOf } from "../../load/stageFolder.js";

/** A source's entry in `sources.yaml`. */
export const sourceYaml = (kind: string, variable: string, relations: string, more = "") =>
  `crm_db:\n  kind: ${kind}\n  url_env: ${variable}\n  relations: {${relations}}\n${more}`;

/** How a load of such a `sources.yaml` fails: in both languages and without what is secret, whose error is no cause either. */
export async function refusal(yaml: string, secrets: readonly string[]) {
  const { error: failed, exitCode, ...said } = await refusalOf({ "sources.yaml": yaml });
  expect(said.zh).not.toBe(said.en);
  const told = `${said.en} ${said.zh} ${failed.stack} ${JSON.stringify(failed.cause ?? "")}`;
  for (const secret of secrets) expect(told).not.toContain(secret);
  return { ...said, exitCode };
}

/** All that lies in a folder and all that a warehouse in it holds, as one text. */
export async function storedIn(folder: string, warehouse: string): Promise<string> {
  const instance = await DuckDBInstance.create(warehouse, { access_mode: "READ_ONLY" });
  const db = await instance.connect();
  try {
    const tables = (await db.runAndReadAll("select schema_name, table_name from duckdb_tables()")).getRows();
    expect(tables.length).toBeGreaterThan(20);
    const texts: string[] = [];
    for (const [schema, table] of tables) {
      texts.push(JSON.stringify((await db.runAndReadAll(`from "${schema}"."${table}"`)).getRowsJson()));
    }
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) =>
      join(folder, name),
    );
    for (const path of paths) if (statSync(path).isFile()) texts.push(readFileSync(path, "latin1"));
    return texts.join("\n");
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}
