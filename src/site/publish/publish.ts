import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";

import type { Kpi } from "../../kpi/catalogue.js";
import { type Catalogue, readKept } from "../../warehouse/catalogueFiles.js";
import { withWarehouse } from "../../warehouse/open.js";
import { publishCubes } from "./archive.js";
import { assessmentDocument, pagedAssessment } from "./assessment.js";
import { catalogueDocument } from "./catalogue.js";
import {
  buildDocument,
  contractDocument,
  lineageDocument,
  percentilesDocument,
  qualityDocument,
  targetsDocument,
} from "./documents.js";
import { withoutPersons } from "./persons.js";
import { rankingDocuments, scoresDocument } from "./scores.js";
import { weightsDocument } from "./weights.js";
import { type ZipEntry, zip } from "./zip.js";

/** Everything the pages know, as one archive: `publishEntries` in a file. */
export async function publish(env: NodeJS.ProcessEnv): Promise<Uint8Array> {
  return zip(await publishEntries(env));
}

/**
 * Everything the pages know, read from one state of the warehouse: cubes and documents at once, over two connections.
 *
 * @param env names the warehouse (`HERRINGBONE_WAREHOUSE`)
 */
export async function publishEntries(env: NodeJS.ProcessEnv): Promise<ZipEntry[]> {
  const warehouse = env.HERRINGBONE_WAREHOUSE ?? join("data", "warehouse", "herringbone.duckdb");
  return withWarehouse(warehouse, async (db, beside) => {
    const kept = await readKept(db);
    const { settings } = kept;
    const withPersons = settings.publish_persons;
    const catalogue = withPersons ? kept.catalogue : withoutPersons(kept.catalogue);
    const withNames = withPersons && settings.publish_names;
    const options = {
      withNames,
      withPersons,
      minCell: settings.min_cell,
      budgetBytes: settings.publish_budget_bytes,
    };
    const [{ entries, tables }, documents] = await Promise.all([
      beside((other) =>
        publishCubes(other, { kpis: catalogue.kpis, published: settings.published_dimensions, ...options }),
      ),
      documentsOf(db, kept.catalogue, options),
    ]);
    const index = await catalogueDocument(db, { ...kept, catalogue }, tables);
    return [...entries, json("catalogue.json", index), ...documents, json("published.json", tables)];
  });
}

async function documentsOf(
  db: DuckDBConnection,
  catalogue: Catalogue,
  options: { withNames: boolean; withPersons: boolean; minCell: number; budgetBytes: number },
): Promise<ZipEntry[]> {
  return [
    json("build.json", await buildDocument(db, options.minCell)),
    ...percentileDocuments(await percentilesDocument(db, options.withPersons), catalogue.kpis),
    json("targets.json", await targetsDocument(db, options.withPersons)),
    json("scores.json", await scoresDocument(db, catalogue)),
    ...(await rankingDocuments(
      db,
      options.withPersons ? catalogue : withoutPersons(catalogue),
      options.budgetBytes,
    )),
    json("quality.json", await qualityDocument(db)),
    json("lineage.json", await lineageDocument(db)),
    json("contract.json", contractDocument()),
    ...pagedAssessment(await assessmentDocument(db, catalogue, options), options.budgetBytes),
    json("weights.json", await weightsDocument(db, catalogue, options)),
  ];
}

/** A document a KPI, since its page is the only one that reads it. */
function percentileDocuments(
  rows: Awaited<ReturnType<typeof percentilesDocument>>,
  kpis: readonly Kpi[],
): ZipEntry[] {
  return kpis.map(({ id }) =>
    json(
      `percentiles/${id}.json`,
      rows.filter(({ kpi_id }) => kpi_id === id),
    ),
  );
}

/** The build that a warehouse holds. */
export async function readBuildId(warehouse: string): Promise<string> {
  return withWarehouse(warehouse, async (db) => {
    const reader = await db.runAndReadAll("select build_id from config.settings");
    return String(reader.value(0, 0));
  });
}

/** The build that published data says it is of. */
export function buildIdOf(members: readonly ZipEntry[]): string {
  const document = members.find(({ path }) => path === "build.json");
  return document ? String(JSON.parse(Buffer.from(document.bytes).toString("utf8")).build_id) : "";
}

function json(path: string, document: unknown): ZipEntry {
  return { path, bytes: Buffer.from(JSON.stringify(document), "utf8") };
}
