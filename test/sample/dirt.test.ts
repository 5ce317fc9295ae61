import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { main } from "../../src/cli/main.js";
import { columnsOf } from "../../src/contract/index.js";
import type { DirtCounts } from "../../src/sample/dirt.js";
import { generateSample } from "../../src/sample/generate.js";
import { folderOfTest } from "../temporaryFolder.js";

// Counted here from the written lines alone, without the generator's draws.
function recount(lines: readonly string[]) {
  const columns = columnsOf("tickets").map(({ name }) => name);
  const isRejected = (line: string) =>
    line.split('"').length % 2 === 0 || line.split(",").length !== columns.length;
  const cell = (line: string, name: string) => line.split(",")[columns.indexOf(name)] ?? "";
  const whole = lines.filter((line) => !isRejected(line));
  const count = (test: (line: string) => boolean) => whole.filter(test).length;
  const wrongEnum = count((line) => cell(line, "type") === "not_a_code");
  const textInNumber = count((line) => cell(line, "handling_count") === "many");
  const missing = count((line) => cell(line, "created_at") === "");
  const future = count((line) => cell(line, "created_at").startsWith("2099"));
  const early = count((line) => {
    const created = cell(line, "created_at").replace("T", " ");
    const response = cell(line, "first_response_at").replace("T", " ");
    return !created.startsWith("2099") && response !== "" && created !== "" && response < created;
  });
  const distinct = new Set(whole).size;
  const ids = new Set(whole.map((line) => cell(line, "ticket_id"))).size;
  return {
    lines: lines.length,
    rejected_lines: lines.length - whole.length,
    quarantined: wrongEnum + textInNumber + missing + future + early,
    duplicates: whole.length - distinct,
    superseded: distinct - ids,
    unknown_customers_at_least: count((line) => cell(line, "customer_id").startsWith("X")),
    planted: {
      wrong_enum: wrongEnum,
      text_in_number: textInNumber,
      missing_required: missing,
      in_future: future,
      response_before_creation: early,
      stray_quote: lines.filter((line) => line.startsWith('"T')).length,
    },
  };
}

test("dirt.json counts what was planted", async () => {
  const directory = folderOfTest("dirt");
  await generateSample(directory, { customers: 500, months: 12, tickets: 8000, dirt: 0.06, seed: 3 });
  const lines = readFileSync(join(directory, "tickets.csv"), "utf8").trimEnd().split("\n").slice(1);
  const { share, tables } = JSON.parse(readFileSync(join(directory, "dirt.json"), "utf8"));
  const said = tables.tickets as DirtCounts;
  const seen = recount(lines);
  expect(share).toBe(0.06);
  expect(said).toMatchObject(seen);
  expect(said.loaded).toBe(
    said.lines - said.quarantined - said.rejected_lines - said.duplicates - said.superseded,
  );
  const planted = Object.values(said.planted).reduce((total, count) => total + count, 0);
  expect(Math.abs(planted / 8000 - 0.06)).toBeLessThan(0.01);
  expect(Object.keys(said.planted)).toHaveLength(10);
});

test("a build makes of the dirt what dirt.json says", async () => {
  const directory = folderOfTest("dirt-build");
  const data = join(directory, "data");
  const warehouse = join(directory, "build.duckdb");
  await generateSample(data, { customers: 600, months: 12, dirt: 0.04, seed: 4 });
  const quiet = { write: () => true };
  const effects = { stdout: quiet, stderr: quiet, env: {}, cwd: process.cwd(), now: () => new Date() };
  const build = ["build", "--data", data, "--warehouse", warehouse, "--quiet"];
  expect(await main(["node", "herringbone", ...build], effects)).toBe(0);
  const { tables } = JSON.parse(readFileSync(join(data, "dirt.json"), "utf8"));
  for (const [name, said] of Object.entries(tables as Record<string, DirtCounts>)) {
    const { lines, loaded, quarantined, rejected_lines, duplicates, superseded } = said;
    expect({ name, ...(await ingested(warehouse, name)) }).toEqual({
      ...{ name, lines, loaded, quarantined, rejected_lines, duplicates, superseded },
    });
  }
});

async function ingested(warehouse: string, table: string): Promise<Record<string, number>> {
  const instance = await DuckDBInstance.create(warehouse, { access_mode: "READ_ONLY" });
  try {
    const db = await instance.connect();
    const reader = await db.runAndReadAll(`
      select files.rows_read::double as lines, tables.loaded::double as loaded,
        (tables.quarantined - tables.superseded)::double as quarantined,
        tables.lines_rejected::double as rejected_lines, tables.duplicates::double as duplicates,
        tables.superseded::double as superseded
      from ingest.tables as tables
      join ingest.files as files on files.table_name = tables.table_name
      where tables.table_name = '${table}'`);
    db.closeSync();
    return reader.getRowObjects()[0] as Record<string, number>;
  } finally {
    instance.closeSync();
  }
}
