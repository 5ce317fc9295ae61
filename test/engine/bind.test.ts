import { expect, it } from "vitest";
import { buildStatements } from "./buildStatements.js";
import { translate } from "./translate.js";
import { runOnTrino } from "./trino.js";

/** Such as http://127.0.0.1:8080, with a catalogue `memory` (`connector.name=memory`), whose schemas are the test's. */
const server = process.env.HERRINGBONE_TEST_TRINO;

const types: Readonly<Record<string, string>> = {
  "TIMESTAMP WITH TIME ZONE": "timestamp(6) with time zone",
  TIMESTAMP: "timestamp(6)",
  UBIGINT: "bigint",
  HUGEINT: "decimal(38, 0)",
  "VARCHAR[]": "array(varchar)",
};

const schemas = ["staging", "config", "intermediate", "marts", "scratch"];

it.skipIf(server === undefined)(
  `Trino binds every statement of a build${server ? "" : " (skipped: HERRINGBONE_TEST_TRINO names no server)"}`,
  async () => {
    const run = (sql: string) => runOnTrino(server ?? "", sql);
    const { statements, tables } = await buildStatements();
    for (const schema of schemas) await run(`drop schema if exists ${schema} cascade`);
    for (const schema of schemas) await run(`create schema ${schema}`);
    for (const { name, columns } of tables) {
      const list = columns.map(([column, type]) => `"${column}" ${types[type] ?? type.toLowerCase()}`);
      await run(`create table ${name} (${list.join(", ")})`);
    }
    const refused: string[] = [];
    for (const { target, head, select } of statements) {
      const query = translate(select, "trino");
      const isNew = head.startsWith("create");
      if (isNew && !target.includes(".")) await run(`drop table if exists ${target}`);
      const statement = isNew
        ? `create table ${target} as ${query} with no data`
        : `explain (type validate) ${head} ${query}`;
      await run(statement).catch((error: Error) => refused.push(`${target}: ${error.message}`));
    }
    expect(refused).toEqual([]);
  },
  900_000,
);
