import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { readKept } from "../../src/catalogue/catalogueFiles.js";
import type { Kpi } from "../../src/catalogue/kpis.js";
import { tableNames } from "../../src/contract/index.js";
import { decideCells } from "../../src/publish/archive.js";
import { isWhole, type KpiCuboids } from "../../src/publish/cells.js";
import { append } from "../../src/statistics/extremes.js";
import { readCoverage } from "../../src/warehouse/readCoverage.js";

/** A rule that holds from one layer to the next: a query for the rows that break it. */
export interface Rule {
  name: string;
  sql: string;
  /** What it is asked for one by one (`for each`), else once. */
  each: string | undefined;
  /** Statements after which it no longer holds. */
  damage: string;
}

const head = (sql: string, key: string) => new RegExp(`^-- ${key}: (.+)$`, "m").exec(sql)?.[1];

export const rules: Rule[] = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".sql"))
  .map((name) => {
    const sql = readFileSync(join(import.meta.dirname, name), "utf8");
    return { name, sql, each: head(sql, "for each"), damage: head(sql, "damage") ?? "" };
  });

/** A built warehouse, with what is published of it decided. */
export interface Built {
  db: DuckDBConnection;
  kpis: readonly Kpi[];
  cuboids: Map<string, KpiCuboids>;
}

export async function published(db: DuckDBConnection): Promise<Built> {
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
export function asked({ each }: Rule, { kpis, cuboids }: Built): Record<string, string>[] {
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
export async function broken(rule: Rule, built: Built): Promise<unknown[]> {
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
