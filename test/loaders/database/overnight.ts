import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { commandLine } from "../../commandLine.js";
import { folderOfTest } from "../../temporaryFolder.js";

/**
 * Expects that columns that changed overnight are named each, and that the build before stays.
 * @param source makes a `sources.yaml` of relations and what follows them
 * @param inDatabase runs statements
 */
export async function expectOvernight(
  source: (relations: string, more: string) => string,
  inDatabase: (sql: string) => Promise<void>,
): Promise<void> {
  await inDatabase(
    "create table overnight as select customer_id, name, acquired_on, region from customers where name is not null and customer_id <> 'C9'",
  );
  const folder = folderOfTest("overnight");
  const run = commandLine({ cwd: folder, warehouse: join(folder, "w.duckdb"), env: process.env });
  const columns = "{customer_id: customer_id, name: name, acquired_on: acquired_on, region: region}";
  const yaml = source("c: {table: overnight}", `  tables: {customers: {columns: ${columns}}}\n`);
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data", "sources.yaml"), yaml);
  const build = () => run("build", "--data", join(folder, "data"), "--lang", "en", "--quiet");
  expect(await build()).toMatchObject({ code: 0 });
  const before = readFileSync(join(folder, "w.duckdb"));
  for (const change of ["rename column name to full_name", "drop column region", "add column zone text"])
    await inDatabase(`alter table overnight ${change}`);
  const { code, err } = await build();
  const found = "(columns of crm_db.c: customer_id, full_name, acquired_on, zone)";
  expect([code, err.trim().split("\n")]).toEqual([
    2,
    [
      `herringbone: ${["name", "region"].map((gone) => `sources.yaml: crm_db.tables.customers.columns.${gone}: crm_db.c has no such column: ${gone}`).join("; ")} ${found}`,
    ],
  ]);
  expect(readFileSync(join(folder, "w.duckdb")).equals(before)).toBe(true);
}
