import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { type CatalogueFolders, keepCatalogue } from "../../src/catalogue/cataloguePlace.js";
import { responseLimitsSchema } from "../../src/catalogue/responseLimits.js";
import { readSettings, type Settings, writeSettings } from "../../src/catalogue/settings.js";
import { type Column, columnsOf, type TableName, tableNames } from "../../src/contract/index.js";
import { readSourcesYaml } from "../../src/load/sourcesYaml.js";
import { silent } from "../../src/run/progress.js";
import { runModels, shippedModels } from "../../src/warehouse/models.js";
import { smallCatalogue } from "../someKpis.js";

export interface FixtureOptions {
  asOf?: string;
  /** The run's start, beyond which the default of `as_of` never lies. */
  now?: Date;
  settings?: Partial<Settings>;
  modelsDir?: string;
  catalogDir?: CatalogueFolders;
  /** Of the shipped catalogue these alone: a build of all takes some times as long. */
  kpis?: readonly string[];
  /** Tables vouched for, with the first day recorded. */
  coversFrom?: Partial<Record<TableName, string>>;
}

const defaults: Settings = {
  language: "en",
  time_zone: "Asia/Shanghai",
  churn_rule: "auto",
  inactivity_days: 180,
  published_dimensions: ["segment", "region", "channel", "type"],
  publish_budget_bytes: 2_000_000,
  response_limits: responseLimitsSchema.parse(undefined),
  publish_names: false,
  record_floor: "1970-01-01",
  currency: "CNY",
  publish_persons: true,
  min_cell: 5,
  keep_builds: 5,
  block: [],
};

const sqlTypes: Record<Column["kind"], string> = {
  id: "varchar",
  text: "varchar",
  open: "varchar",
  enum: "varchar",
  int: "integer",
  decimal: "decimal(18, 4)",
  date: "date",
  timestamp: "timestamptz",
  bool: "boolean",
};

/** An in-memory database with empty staging tables of the contract. */
export async function emptyStaging(): Promise<DuckDBConnection> {
  const db = await (
    await DuckDBInstance.create(":memory:", { threads: String(Math.min(2, availableParallelism())) })
  ).connect();
  await db.run("set TimeZone = 'UTC'");
  await db.run("create schema staging");
  for (const table of tableNames) {
    const columns = columnsOf(table).flatMap(({ name, kind }) => [
      `"${name}" ${sqlTypes[kind]}`,
      ...(kind === "timestamp" ? [`"${name.replace(/_at$/, "_on")}" date`] : []),
    ]);
    await db.run(`create table staging."${table}" (${columns.join(", ")})`);
  }
  return db;
}

/** Fills one staging table from a query with columns named as in the contract; what it lacks stays null. */
export async function stage(
  db: DuckDBConnection,
  table: TableName,
  query: string,
  timeZone: string,
): Promise<void> {
  const described = await db.runAndReadAll(`describe ${query}`);
  const given = new Set(described.getRowsJson().map(([name]) => String(name)));
  const unknown = [...given].filter((name) => !columnsOf(table).some((column) => column.name === name));
  if (unknown.length > 0) throw new Error(`no columns of ${table}: ${unknown.join(", ")}`);
  const items = columnsOf(table)
    .filter(({ name }) => given.has(name))
    .flatMap(({ name, kind }) => {
      const text = `cast("${name}" as varchar)`;
      if (kind !== "timestamp") return [[name, `cast(${text} as ${sqlTypes[kind]})`]];
      const instant = `case when regexp_matches(${text}, '(Z|[+-]\\d\\d(:?\\d\\d)?)$') then cast(${text} as timestamptz)
        else timezone('${timeZone}', cast(${text} as timestamp)) end`;
      return [
        [name, instant],
        [name.replace(/_at$/, "_on"), `cast(timezone('${timeZone}', ${instant}) as date)`],
      ];
    });
  await db.run(
    `insert into staging."${table}" (${items.map(([name]) => `"${name}"`).join(", ")})
     select ${items.map(([, sql]) => sql).join(", ")} from (${query})`,
  );
}

/** Settings, models and cubes over what is staged. */
export async function buildMarts(db: DuckDBConnection, options: FixtureOptions = {}): Promise<void> {
  const { kpis, ...others } = options;
  if (kpis !== undefined) {
    const folder = mkdtempSync(join(tmpdir(), "herringbone-some-kpis-"));
    try {
      return await buildMarts(db, { ...others, catalogDir: smallCatalogue(kpis, folder) });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const settings = { ...defaults, ...options.settings };
  await writeSettings(db, settings, {
    buildId: "test",
    now: options.now ?? new Date("2026-12-31T00:00:00Z"),
    ...(options.asOf ? { asOf: options.asOf } : {}),
    staged: Object.entries(options.coversFrom ?? {}).map(([table, from]) => ({
      table: table as TableName,
      mapped: columnsOf(table as TableName).map(({ name }) => name),
      covers: [{ source: "test", from, to: null }],
    })),
  });
  await keepCatalogue(db, options.catalogDir ?? "data/catalog");
  await runModels(
    db,
    {
      catalogDir: options.catalogDir ?? "data/catalog",
      settings,
      modelsDir: options.modelsDir ?? shippedModels,
    },
    silent,
  );
}

/**
 * A database built from a case: a folder like a project's own, with CSVs named after contract tables and, where it needs
 * them, `sources.yaml` (`as_of`, `covers_from`) and `catalog`, which lies over the catalogue. Without `as_of` it is the end
 * of the newest day.
 */
export async function buildCase(dir: string, catalogue = "data/catalog"): Promise<DuckDBConnection> {
  const db = await emptyStaging();
  const catalogDir = [join(dir, "catalog"), catalogue];
  const settings = { ...defaults, ...readSettings(join(dir, "catalog")) };
  const given = readSourcesYaml(dir);
  const vouched = Object.values(given?.sources ?? {}).flatMap(({ tables }) => Object.entries(tables));
  for (const table of tableNames) {
    const file = join(dir, `${table}.csv`);
    if (!existsSync(file)) continue;
    await stage(
      db,
      table,
      `from read_csv('${file}', header = true, all_varchar = true, comment = '#', null_padding = true)`,
      settings.time_zone,
    );
  }
  await buildMarts(db, {
    catalogDir,
    settings,
    ...(given?.asOf ? { asOf: given.asOf } : {}),
    coversFrom: Object.fromEntries(
      vouched.flatMap(([table, { covers_from: from }]) => (from ? [[table, from]] : [])),
    ),
  });
  return db;
}
