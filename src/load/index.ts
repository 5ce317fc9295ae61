import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { createTableSql } from "../contract/ddl.js";
import { type TableName, tableNames } from "../contract/index.js";
import { literal } from "../engine/sql.js";
import type { Progress } from "../run/progress.js";
import { lockEngine } from "../warehouse/lockEngine.js";
import { defaultCurrency } from "../words/currency.js";
import { grouped } from "../words/rounding.js";
import { type Told, told } from "../words/told.js";
import { createBookkeeping, writeBookkeeping } from "./bookkeeping.js";
import { brokenReferences } from "./brokenReferences.js";
import { refuseBrokenRows } from "./catalogueRows.js";
import { Load } from "./load.js";
import { rawDatabase } from "./mapping/rawTables.js";
import type { StagingOptions } from "./options.js";
import { catalogSource, pathsOf, planLoad } from "./plan.js";
import { createQuarantine } from "./quarantine.js";
import { findWarnings } from "./references.js";
import type { StagingReport, TableReport } from "./report.js";
import { uniteSpellings } from "./spellings.js";
import { tellReport } from "./tell.js";

export type { StagingReport } from "./report.js";
export type { StagingOptions };

/**
 * Fills the schemas `staging`, `quarantine` and `ingest` of a fresh database from a folder of extracts. Every contract
 * table exists afterwards, empty where nothing was mapped.
 * @throws CliError 2 for wrong settings or a folder without extracts, 1 for an extract that cannot be read and when
 * one of the contract's two equations does not hold
 */
export async function loadStaging(
  db: DuckDBConnection,
  options: StagingOptions,
  progress: Progress,
): Promise<StagingReport> {
  const given = await planLoad(options.dataDir, options.catalogDir, options.allowOutside);
  await db.run("create schema if not exists staging");
  await createQuarantine(db);
  await createBookkeeping(db);
  const load = new Load(db, options, progress);
  const tables: TableReport[] = [];
  const loaded = new Set<TableName>();
  const plan = { ...given, sources: await load.mapped(given.sources) };
  const needsRaw =
    load.gone.size > 0 || plan.sources.some((source) => source.mappings.some((mapping) => mapping.select));
  if (needsRaw) await db.run(`attach ${literal(join(options.tempDir, "raw.duckdb"))} as ${rawDatabase}`);
  const folders = [options.tempDir, ...(options.cache ? [options.cache.folder] : [])];
  await lockEngine(db, plan.sources.flatMap(pathsOf), folders);
  try {
    for (const table of tableNames) {
      const feeds = plan.sources.flatMap((source) =>
        source.mappings.filter((mapping) => mapping.table === table).map((mapping) => ({ source, mapping })),
      );
      if (feeds.length === 0) {
        if (options.stood) await load.kept?.remove(table);
        await db.run(createTableSql(table, "staging"));
        continue;
      }
      progress.step(told("load.table", { table }));
      tables.push(await load.table(table, feeds));
      loaded.add(table);
      progress.rows(tables.at(-1)?.loaded ?? 0);
    }
    await load.tellGone();
  } finally {
    if (needsRaw) await db.run(`detach ${rawDatabase}`).catch(() => undefined);
  }
  load.unchanged();
  const spelt = await uniteSpellings(db, loaded, load.spelt);
  progress.step(told("load.references"));
  const warnings = [...load.warnings, ...(await findWarnings(db, loaded))];
  const report: StagingReport = {
    files: [...load.files.values()],
    tables,
    warnings,
    titles: plan.sources
      .filter(({ name }) => name !== catalogSource)
      .flatMap((source) => load.titles(source)),
    ignored: plan.ignored,
    beyondLimit: tables.flatMap(beyond),
    brokenReferences: await brokenReferences(db, warnings),
  };
  await refuseBrokenRows(db);
  await load.kept?.write(spelt, options.currency ?? defaultCurrency);
  await writeBookkeeping(db, plan, load.details, report, options);
  await tellReport(db, report, progress);
  return report;
}

function beyond({ table, bySource }: TableReport): Told[] {
  return bySource
    .filter(({ share, limit }) => share > limit)
    .map(({ source, share, limit }) => {
      const of = bySource.length > 1 ? told("load.ofSource", { source }) : "";
      return told("load.beyond", { table, share: percent(share), of, limit: percent(limit) });
    });
}

const percent = (value: number) => `${grouped(value * 100, value < 0.1 ? 2 : 1)} %`;
