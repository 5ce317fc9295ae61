import { fileURLToPath } from "node:url";
import type { DuckDBConnection } from "@duckdb/node-api";
import { readCatalogue } from "../catalogue/catalogueFiles.js";
import { type CatalogueFolders, pathIn } from "../catalogue/cataloguePlace.js";
import type { Kpi } from "../catalogue/kpis.js";
import { tableNames } from "../contract/index.js";
import { macroStatements } from "../engine/dialect/macros.js";
import { coverageOf } from "../kpi/coverageOf.js";
import { CliError } from "../run/error.js";
import { machineFailure } from "../run/machineFailure.js";
import type { Progress } from "../run/progress.js";
import { told } from "../words/told.js";
import { buildCubes } from "./cube/build.js";
import { checkGrains } from "./grains.js";
import type { BuildCache } from "./kept/buildCache.js";
import { writeLineage } from "./lineage.js";
import { type Model, readModels } from "./modelFiles.js";
import { withCustomers } from "./ofCustomer.js";
import { readFacts } from "./readCoverage.js";

/** The models the product ships. */
export const shippedModels = fileURLToPath(new URL("../models", import.meta.url));

/** The relations below the models: the contract's tables, the one-row settings and the business calendar. */
export const belowModels: ReadonlySet<string> = new Set([
  ...tableNames.map((table) => `staging.${table}`),
  "config.settings",
  "config.table_records",
  "config.business_stretches",
  "config.shown_reviews",
]);

export interface ModelOptions {
  catalogDir: CatalogueFolders;
  settings: { published_dimensions: readonly string[] };
  modelsDir?: string;
  /** What earlier builds kept of the cubes. */
  cache?: BuildCache;
}

/**
 * Creates every model over staging and settings, in dependency order, checks its grain, and fills the cubes of the
 * KPIs that the extracts have something of.
 * @throws CliError 1 for a model that does not parse, bind or hold its grain; 2 for a wrong catalogue
 */
export async function runModels(
  db: DuckDBConnection,
  { catalogDir, settings, modelsDir = shippedModels, cache }: ModelOptions,
  progress: Progress,
): Promise<void> {
  const { kpis } = readCatalogue(catalogDir);
  const written = await readModels(db, modelsDir, belowModels);
  requireMarts(kpis, written, catalogDir);
  progress.step(told("models.step"));
  const facts = await readFacts(db);
  const answerable = kpis.filter((kpi) => coverageOf(kpi, facts).lacking === null);
  const used = readFor(answerable, written);
  const models = await createModels(db, unkept(written, used), kpis);
  progress.step(told("models.grains"));
  await checkGrains(
    db,
    written.filter(({ relation }) => used.has(relation)),
  );
  await writeLineage(db, models, kpis);
  let kept = models.filter(({ materialized }) => materialized === "build");
  const release = async (left: readonly Kpi[]) => {
    const needed = readFor(left, models);
    await settleModels(
      db,
      kept.filter(({ relation }) => !needed.has(relation)),
    );
    kept = kept.filter(({ relation }) => needed.has(relation));
  };
  await buildCubes(db, models, answerable, settings.published_dimensions, progress, release, cache);
  await db.run("detach scratch");
}

/**
 * Creates the models, the marts of KPIs with their cases' customers: views, tables, or tables of a scratch database in
 * memory behind views, which `settleModels` has to replace. Writing a table to the file costs several times what
 * computing it does.
 */
export async function createModels(
  db: DuckDBConnection,
  models: readonly Model[],
  kpis: readonly Kpi[] = [],
): Promise<Model[]> {
  const created: Model[] = [];
  for (const schema of new Set(models.map((model) => model.schema))) {
    await db.run(`create schema if not exists ${schema}`);
  }
  for (const sql of macroStatements()) await db.run(sql);
  await db.run("attach ':memory:' as scratch");
  for (const written of models) {
    const { relation, schema, name, materialized, file } = written;
    try {
      const model = await withCustomers(db, written, kpis);
      const { sql } = model;
      created.push(model);
      if (materialized === "build") {
        await db.run(`create schema if not exists scratch.${schema}`);
        await db.run(`create table scratch.${relation} as\n${sql}`);
        await db.run(`create view ${relation} as select * from scratch.${schema}.${name}`);
      } else {
        await db.run(`create ${materialized ?? "view"} ${relation} as\n${sql}`);
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const failure = machineFailure(error);
      if (failure) throw failure;
      throw new CliError(told("sql.wrong", { place: file, reason: error.message.split("\n")[0] ?? "" }), 1, {
        cause: error,
      });
    }
  }
  return created;
}

/** The models, of which those that no figure comes from are not computed: they stay views. */
const unkept = (models: readonly Model[], used: ReadonlySet<string>): Model[] =>
  models.map((model) =>
    model.materialized === "build" && !used.has(model.relation) ? { ...model, materialized: null } : model,
  );

/** Every relation that is read on the way to the KPIs. */
function readFor(kpis: readonly Kpi[], models: readonly Model[]): Set<string> {
  const found = new Set(kpis.map(({ id }) => `marts.${id}`));
  // Each model stands before those that read it.
  for (const { relation, reads } of models.toReversed()) {
    if (found.has(relation)) for (const read of reads) found.add(read);
  }
  return found;
}

/** Turns models that were kept for the build into plain views, and frees what they hold. */
async function settleModels(db: DuckDBConnection, models: readonly Model[]): Promise<void> {
  for (const { relation, schema, name, sql } of models) {
    await db.run(`create or replace view ${relation} as\n${sql}`);
    await db.run(`drop table scratch.${schema}.${name}`);
  }
}

function requireMarts(kpis: readonly Kpi[], models: readonly Model[], catalogDir: CatalogueFolders): void {
  const marts = new Set(models.filter(({ schema }) => schema === "marts").map(({ name }) => name));
  for (const { id } of kpis) {
    if (!marts.has(id))
      throw new CliError(told("kpi.noModel", { file: pathIn(catalogDir, "kpis.yaml"), id }), 2);
  }
}
