import { statSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { onDisk } from "../../loaders/index.js";
import { literal } from "../engine/sql.js";
import { greatest } from "../statistics/extremes.js";
import { createKeptTables } from "./kept/tables.js";
import type { FileDetails, StagingOptions } from "./options.js";
import { extractsOf, type LoadPlan } from "./plan.js";
import type { StagingReport } from "./report.js";

/** Creates the schema `ingest`, where a build keeps what it read, so that `check` can show it later. */
export async function createBookkeeping(db: DuckDBConnection): Promise<void> {
  await db.run("create schema if not exists ingest");
  await db.run(
    `create table ingest.files (
        source VARCHAR, table_name VARCHAR, file VARCHAR, bytes BIGINT, sha256 VARCHAR, encoding VARCHAR,
        rows_read BIGINT, rows_accepted BIGINT, lines_rejected BIGINT, doubts VARCHAR, modified_at TIMESTAMPTZ,
        encoding_certainty VARCHAR
    )`,
  );
  await db.run(
    `create table ingest.tables (
        source VARCHAR, table_name VARCHAR, rows_mapped BIGINT, loaded BIGINT, quarantined BIGINT, duplicates BIGINT,
        left_out BIGINT, superseded BIGINT, lines_rejected BIGINT, quarantine_share DOUBLE, max_quarantine_share DOUBLE
    )`,
  );
  await db.run(
    `create table ingest.warnings (
        table_name VARCHAR, rule VARCHAR, column_name VARCHAR, file VARCHAR, count BIGINT, sample VARCHAR
    )`,
  );
  await db.run(
    `create table ingest.sources (
        source VARCHAR, files BIGINT, modified_at TIMESTAMPTZ, full_extract BOOLEAN, expected_every VARCHAR,
        run_start TIMESTAMPTZ
    )`,
  );
  // Ids of rows that were read and that a mapping's condition leaves out: to be told of when somebody looks for them.
  await db.run(
    "create table if not exists ingest.left_out (source VARCHAR, table_name VARCHAR, key_0 VARCHAR, key_1 VARCHAR, rule VARCHAR)",
  );
  await db.run(createKeptTables);
  await db.run("create table ingest.ignored_files (file VARCHAR)");
  await db.run("create table ingest.drift (content VARCHAR)");
}

/** Writes what a load did; see `createBookkeeping`. */
export async function writeBookkeeping(
  db: DuckDBConnection,
  plan: LoadPlan,
  details: ReadonlyMap<string, FileDetails>,
  report: StagingReport,
  options: Pick<StagingOptions, "runStart">,
): Promise<void> {
  // Of one source, the catalogue, files lie in two folders: the company's own and the one below it.
  const paths = new Map(
    plan.sources
      .filter(({ kind }) => kind.fileName)
      .flatMap((source) =>
        extractsOf(source).map((file) => [`${source.name}/${file}`, onDisk(join(source.folder, file))]),
      ),
  );
  // What is no file is read as it is at the run's start.
  const modified = (source: string, file: string) => {
    const path = paths.get(`${source}/${file}`);
    return path === undefined ? options.runStart : statSync(path).mtime;
  };
  await insert(
    db,
    "ingest.files",
    report.files.map((file) => {
      const more = details.get(`${file.source}/${file.file}`);
      return [
        file.source,
        file.tables.join(", "),
        file.file,
        more?.bytes ?? null,
        more?.sha256 ?? null,
        file.encoding,
        file.rowsRead,
        file.rowsAccepted,
        file.linesRejected,
        file.doubts.join(", "),
        modified(file.source, file.file).toISOString(),
        file.certainty,
      ];
    }),
  );
  await insert(
    db,
    "ingest.tables",
    report.tables.map((table) => [
      plan.sources
        .filter((source) => source.mappings.some((mapping) => mapping.table === table.table))
        .map(({ name }) => name)
        .join(", "),
      table.table,
      table.rowsMapped,
      table.loaded,
      table.quarantined,
      table.duplicates,
      table.leftOut,
      table.superseded,
      table.linesRejected,
      table.share,
      table.limit,
    ]),
  );
  await insert(
    db,
    "ingest.warnings",
    report.warnings.map(({ table, rule, column, file, count, sample }) => [
      table,
      rule,
      column,
      file,
      count,
      sample,
    ]),
  );
  await insert(
    db,
    "ingest.sources",
    plan.sources
      .filter(({ name }, at, all) => at === all.findIndex((one) => one.name === name))
      .map(({ name, settings }) => {
        const files = plan.sources.filter((one) => one.name === name).flatMap(extractsOf);
        const newest = greatest(files.map((file) => modified(name, file).getTime()));
        return [
          name,
          files.length,
          new Date(newest).toISOString(),
          settings.full_extract ?? false,
          settings.expected_every ?? null,
          options.runStart.toISOString(),
        ];
      }),
  );
  await insert(
    db,
    "ingest.ignored_files",
    report.ignored.map((file) => [file]),
  );
}

type Value = string | number | boolean | null;

async function insert(
  db: DuckDBConnection,
  table: string,
  rows: readonly (readonly Value[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const tuples = rows.map((row) => `(${row.map(valueSql).join(", ")})`);
  await db.run(`insert into ${table} values ${tuples.join(",\n")}`);
}

function valueSql(value: Value): string {
  if (value === null) return "null";
  return typeof value === "string" ? literal(value) : String(value);
}
