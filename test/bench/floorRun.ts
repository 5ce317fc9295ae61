import { readdirSync, readFileSync } from "node:fs";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { literal } from "../../src/engine/sql.js";

const scripts = new URL("./floor/", import.meta.url);

/** Run the floor over `dataDir` into the new DuckDB file `output`, as one would by hand. */
export async function runFloor(dataDir: string, output: string): Promise<void> {
  await withDuckdb(output, async (db) => {
    await db.run(`set variable data_dir = ${literal(dataDir)}`);
    for (const statement of await statementsOf(db)) await db.run(statement);
    await db.run("checkpoint");
  });
}

/** Only read: every typed cell of the floor's files, counted and thrown away. */
export async function runRead(dataDir: string): Promise<void> {
  await withDuckdb(":memory:", async (db) => {
    await db.run(`set variable data_dir = ${literal(dataDir)}`);
    for (const statement of await statementsOf(db)) {
      const source = /^create table \w+ as\s+from (read_csv.*)$/s.exec(statement)?.[1];
      if (source) await db.run(`select count(columns(*)) from ${source}`);
    }
  });
}

/** The statements of the scripts, in the order of the scripts' names. */
async function statementsOf(db: DuckDBConnection): Promise<string[]> {
  const names = readdirSync(scripts)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  const lists = names.map((name) => statementsIn(db, name));
  return (await Promise.all(lists)).flat();
}

async function statementsIn(db: DuckDBConnection, name: string): Promise<string[]> {
  const text = readFileSync(new URL(name, scripts), "utf8").replace(/^--.*$/gm, "");
  const count = (await db.extractStatements(text)).count;
  const statements = text
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
  if (statements.length !== count)
    throw new Error(`${name}: a ; within a line: ${statements.length} of ${count}`);
  return statements;
}

async function withDuckdb(file: string, work: (db: DuckDBConnection) => Promise<void>): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  try {
    const db = await instance.connect();
    await work(db);
    db.closeSync();
  } finally {
    instance.closeSync();
  }
}

const [mode, dataDir, output] = process.argv.slice(2);
if (mode === "floor" && dataDir && output) await runFloor(dataDir, output);
if (mode === "read" && dataDir) await runRead(dataDir);
