import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readKept } from "../../src/catalogue/catalogueFiles.js";
import type { Kpi } from "../../src/catalogue/kpis.js";
import { tableNames } from "../../src/contract/index.js";
import { decideCells } from "../../src/publish/archive.js";
import { isWhole, type KpiCuboids } from "../../src/publish/cells.js";
import { silent } from "../../src/run/progress.js";
import { append } from "../../src/statistics/extremes.js";
import { buildWarehouse } from "../../src/warehouse/build.js";
import { readCoverage } from "../../src/warehouse/readCoverage.js";
import { buildCase } from "../models/fixture.js";
import { temporaryFolder } from "../temporaryFolder.js";

/** A rule that holds from one layer to the next: a query for the rows that break it. */
interface Rule {
  name: string;
  sql: string;
  /** What it is asked for one by one (`for each`), else once. */
  each: string | undefined;
  /** Statements after which it no longer holds. */
  damage: string;
}

const head = (sql: string, key: string) => new RegExp(`^-- ${key}: (.+)$`, "m").exec(sql)?.[1];

const rules: Rule[] = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".sql"))
  .map((name) => {
    const sql = readFileSync(join(import.meta.dirname, name), "utf8");
    return { name, sql, each: head(sql, "for each"), damage: head(sql, "damage") ?? "" };
  });

/** A built warehouse, with what is published of it decided. */
interface Built {
  db: DuckDBConnection;
  kpis: readonly Kpi[];
  cuboids: Map<string, KpiCuboids>;
}

async function published(db: DuckDBConnection): Promise<Built> {
  const { catalogue, settings } = await readKept(db);
  const kpis: Kpi[] = [];
  for (const kpi of catalogue.kpis) if ((await readCoverage(db, kpi)).lacking === null) kpis.push(kpi);
  const { cuboids, dimensions } = await decideCells(db, {
    kpis,
    published: settings.published_dimensions,
    budgetBytes: settings.publish_budget_bytes,
    minCell: 1,
    withPersons: true,
  });
  await db.run(`
    create temp view published_totals as
    select * replace (kpi_id::varchar as kpi_id) from cells
    where not is_spare and not hidden and ${isWhole(dimensions)}`);
  return { db, kpis, cuboids };
}

/** What a rule is asked of: the values of its variables. */
function asked({ each }: Rule, { kpis, cuboids }: Built): Record<string, string>[] {
  if (each === undefined) return [{}];
  if (each === "table") return tableNames.map((table) => ({ staged: `'${table}'` }));
  const isAsked: Record<string, (kpi: Kpi) => boolean> = {
    kpi: () => true,
    "kpi by month": ({ additive }) => additive,
    "kpi that adds up": ({ all_months }) => !all_months,
    "kpi with percentiles": ({ percentiles }) => percentiles !== undefined,
  };
  return kpis.filter(isAsked[each] ?? (() => false)).map(({ id, scale, numerator_dimensions }) => ({
    kpi: `'${id}'`,
    scale: String(scale),
    numerator_dimensions: `[${numerator_dimensions.map((name) => `'${name}'`).join()}]::varchar[]`,
    whole: `'${cuboids.get(id)?.cross.name}'`,
  }));
}

/** The rows that break a rule, each with what it was asked of. */
async function broken(rule: Rule, built: Built): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (const variables of asked(rule, built)) {
    for (const [name, value] of Object.entries(variables)) {
      await built.db.run(`set variable ${name} = ${value}`);
    }
    const found = await built.db.runAndReadAll(rule.sql);
    append(
      rows,
      found.getRowObjectsJson().map((row) => ({ ...variables, ...row })),
    );
  }
  return rows;
}

describe("of the sample's warehouse", () => {
  const warehouse = join(temporaryFolder("integrity"), "sample.duckdb");
  let built: Built;
  beforeAll(async () => {
    const catalogDir = ["data/sample/catalog", "data/catalog"];
    const now = new Date("2026-07-01T00:00:00Z");
    await buildWarehouse({ dataDir: "data/sample", catalogDir, warehouse, now }, silent);
    built = await published(await (await DuckDBInstance.create(warehouse)).connect());
  });
  afterAll(() => built.db.closeSync());

  it.each(rules)("$name has no row", async (rule) => {
    expect(asked(rule, built)).not.toEqual([]);
    expect(await broken(rule, built)).toEqual([]);
  });

  it.each(rules)("$name finds damage", async (rule) => {
    await built.db.run("begin");
    try {
      await built.db.run(rule.damage);
      expect(await broken(rule, built)).not.toEqual([]);
    } finally {
      await built.db.run("rollback");
    }
  });
});

describe.each(readdirSync("test/models/cases"))("of the case %s", (name) => {
  it("no rule is broken", async () => {
    const built = await published(await buildCase(join("test", "models", "cases", name)));
    // Only a build of files keeps what it loaded and refused.
    for (const rule of rules.filter(({ sql }) => !sql.includes("ingest."))) {
      expect(await broken(rule, built), rule.name).toEqual([]);
    }
    built.db.closeSync();
  });
});
