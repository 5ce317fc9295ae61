import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { columnsOf, type TableName } from "../../src/contract/index.js";
import { literal } from "../../src/engine/sql.js";

/** What differs in the SQL of two databases. */
export interface Dialect {
  quoted(name: string): string;
  types: Readonly<Record<"date" | "timestamp" | "decimal" | "int" | "bool" | "text", string>>;
}

/** Statements that put a folder of CSV files, named after the contract's tables, into tables of these names and proper types. */
export async function statementsOf(folder: string, { quoted, types }: Dialect): Promise<string> {
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  const statements: string[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".csv"))) {
    const table = file.replace(".csv", "") as TableName;
    const reader = await db.runAndReadAll(
      `from read_csv(${literal(join(folder, file))}, all_varchar = true, header = true)`,
    );
    const names = reader.columnNames();
    const typeOf = (name: string) => {
      const kind = columnsOf(table).find((column) => column.name === name)?.kind;
      return types[(kind ?? "text") as keyof typeof types] ?? types.text;
    };
    statements.push(
      `create table ${quoted(table)} (${names.map((name) => `${quoted(name)} ${typeOf(name)}`).join(", ")});`,
    );
    const rows = reader.getRows().map((row) => {
      const cells = row.map((cell, at) =>
        cell === null || cell === ""
          ? "null"
          : typeOf(names[at] ?? "") === types.bool
            ? String(/^(true|1|yes|y|是)$/i.test(String(cell)))
            : literal(String(cell)),
      );
      return `(${cells.join(", ")})`;
    });
    for (let at = 0; at < rows.length; at += 2000)
      statements.push(`insert into ${quoted(table)} values ${rows.slice(at, at + 2000).join(",\n")};`);
  }
  db.closeSync();
  instance.closeSync();
  return statements.join("\n");
}
