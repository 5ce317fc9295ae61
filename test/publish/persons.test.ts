import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { tableFromIPC } from "apache-arrow";
import { expect, it } from "vitest";
import { readKept } from "../../src/catalogue/catalogueFiles.js";
import { decideCells, publishCubes } from "../../src/publish/archive.js";
import { isOfPersons, withoutPersons } from "../../src/publish/persons.js";
import { publishEntries } from "../../src/publish/publish.js";
import { withWarehouse } from "../../src/warehouse/open.js";
import { commandLine } from "../commandLine.js";
import { isLong } from "../long.js";
import { sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { forget } from "./attack.js";
import { company } from "./company.js";

const folder = temporaryFolder("persons");
const warehouse = join(folder, "persons.duckdb");
const data = join(folder, "data");
mkdirSync(join(data, "catalog"), { recursive: true });

const run = commandLine({ warehouse });

/** The published files in which a text stands; Arrow keeps words as UTF-8. */
async function filesWith(text: string): Promise<string[]> {
  const entries = await publishEntries({ HERRINGBONE_WAREHOUSE: warehouse });
  return entries.filter(({ bytes }) => Buffer.from(bytes).includes(text)).map(({ path }) => path);
}

it.skipIf(isLong)(
  "a site without persons names no employee in any file, while the command line does",
  {
    timeout: 180_000,
  },
  async () => {
    const tickets = Array.from({ length: 60 }, (_, index) => {
      const day = `2026-0${1 + (index % 5)}-1${index % 9}`;
      return `T${index},C${index % 9},repair,phone,${day} 09:00:00,${day} 09:05:00,${day} 11:00:00,EMP-7,1`;
    });
    const reviews = Array.from(
      { length: 8 },
      (_, index) =>
        `R${index},2025-07-01,EMP-7,P${index},${index < 4 ? "peer" : "superior"},attitude,${3 + (index % 3)},1,5`,
    );
    const files: Record<string, string> = {
      employees: "employee_id,name,team,department\nEMP-7,Somebody,North,Service\n",
      customers: `customer_id,name,acquired_on,owner_id\n${Array.from({ length: 9 }, (_, index) => `C${index},n,2025-01-01,EMP-7`).join("\n")}\n`,
      tickets: `ticket_id,customer_id,type,channel,created_at,first_response_at,resolved_at,agent_id,handling_count\n${tickets.join("\n")}\n`,
      reviews_360: `review_id,period_start,reviewee_id,reviewer_id,rater,dimension,score,scale_min,scale_max\n${reviews.join("\n")}\n`,
      targets:
        "kpi_id,grain,valid_from,scope_dimension,scope_value,target\nresolution_time,month,2026-01-01,agent,EMP-7,4\n",
    };
    for (const [table, text] of Object.entries(files)) writeFileSync(join(data, `${table}.csv`), text);
    const build = async (settings: string) => {
      writeFileSync(join(data, "catalog", "settings.yaml"), settings);
      const { code, err } = await run("build", "--data", data, "--lang", "en");
      expect(code, err).toBe(0);
    };

    await build("publish_persons: true\n");
    expect(await filesWith("EMP-7")).toEqual(
      expect.arrayContaining(["by/resolution_time.arrow", "targets.json", "assessment.json", "ranking.json"]),
    );
    await build("publish_persons: false\npublish_names: true\npublished_dimensions: [agent, type]\n");
    expect(await filesWith("EMP-7")).toEqual([]);
    expect(await filesWith("Somebody")).toEqual([]);
    expect((await run("kpi", "resolution_time", "--by", "agent")).out).toContain("EMP-7");
  },
);

interface Row {
  [column: string]: unknown;
}

/** The rows of every published table that are of no employee, by table and what they are split by. */
async function figures(db: DuckDBConnection, withPersons: boolean): Promise<Map<string, Row>> {
  const { catalogue, settings } = await readKept(db);
  const options = {
    kpis: (withPersons ? catalogue : withoutPersons(catalogue)).kpis,
    whole: catalogue.kpis,
    published: settings.published_dimensions,
    budgetBytes: settings.publish_budget_bytes,
    minCell: 1,
    withPersons,
  };
  await forget(db);
  const { cuboids } = await decideCells(db, options);
  const { entries } = await publishCubes(db, cuboids, options);
  const found = new Map<string, Row>();
  for (const { path, bytes } of entries.filter((entry) => entry.path.endsWith(".arrow")))
    for (const row of tableFromIPC(bytes)
      .toArray()
      .map((one): Row => one.toJSON())) {
      if (isOfPersons(String(row.by ?? ""))) continue;
      const words = Object.entries(row).filter(([, value]) => typeof value === "string");
      found.set(JSON.stringify([path, ...words]), row);
    }
  return found;
}

/** Named and unnamed: of the sample in `npm run test:long`, else of a small company. */
async function bothFigures(): Promise<[Map<string, Row>, Map<string, Row>]> {
  if (isLong) {
    const { warehouse: sample } = await sampleSite();
    const of = (withPersons: boolean) => withWarehouse(sample, (db) => figures(db, withPersons));
    return [await of(true), await of(false)];
  }
  const db = await company(5, "2025-05-10");
  try {
    return [await figures(db, true), await figures(db, false)];
  } finally {
    db.closeSync();
  }
}

it("a site's figures are the same whether or not it names employees", { timeout: 300_000 }, async () => {
  const [named, unnamed] = await bothFigures();
  expect(named.size).toBeGreaterThan(unnamed.size);
  expect(unnamed.size).toBeGreaterThan(isLong ? 10_000 : 2000);
  // Sums of doubles over other cells differ in their last bits.
  const told = (row: Row | undefined) =>
    ["numerator", "denominator", "n", "sum_sq", "awaiting", "hidden"]
      .map((name) => (row?.[name] == null ? "none" : Number(row[name]).toPrecision(10)))
      .join(" ");
  const differing = [...unnamed].filter(([key, row]) => told(row) !== told(named.get(key)));
  expect(differing.map(([key]) => key).slice(0, 5)).toEqual([]);
  const ofTotals = (rows: Map<string, Row>) =>
    [...rows.keys()].filter((key) => key.startsWith('["totals.arrow"')).sort();
  expect(ofTotals(unnamed)).toEqual(ofTotals(named));
});
