import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type Catalogue, readKept } from "../catalogue/catalogueFiles.js";
import type { Dimension } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import { packIds, packsFolder, readPack } from "../catalogue/packs.js";
import { documents } from "../published/documents.js";
import { both } from "../run/both.js";
import { withWarehouse } from "../warehouse/open.js";
import { decideCells, publishCubes } from "./archive.js";
import { assessmentDocument, pagedAssessment } from "./assessment.js";
import { benefitsDocument } from "./benefits.js";
import { catalogueDocument } from "./catalogue.js";
import {
  buildDocument,
  contractDocument,
  lineageDocument,
  percentilesDocument,
  qualityDocument,
  targetsDocument,
} from "./documents.js";
import { fileOf } from "./onDemand.js";
import { withoutPersons } from "./persons.js";
import { reconciliationsDocument } from "./reconciliations.js";
import { rankingDocuments, scoresDocument } from "./scores.js";
import { type Unshown, unshownOf } from "./unshown.js";
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
    const { kpis } = catalogue;
    const options = {
      withNames,
      withPersons,
      minCell: settings.min_cell,
      budgetBytes: settings.publish_budget_bytes,
    };
    return beside(async (other) => {
      const published = {
        ...options,
        kpis,
        whole: kept.catalogue.kpis,
        published: settings.published_dimensions,
      };
      const [{ cuboids, dimensions }, whole] = await both(
        decideCells(other, published),
        wholeDocuments(db, kept.catalogue, { ...options, kpis, warehouse }),
      );
      const unshown = unshownOf(db, { ...options, kpis, dimensions });
      const [{ entries, tables }, split] = await both(
        publishCubes(other, cuboids, published),
        splitDocuments(db, kept.catalogue, unshown, { ...options, dimensions }),
      );
      const percentiles = percentileDocuments(
        await percentilesDocument(other, dimensions, withPersons),
        kpis,
      );
      const index = await catalogueDocument(db, { ...kept, catalogue }, tables);
      return [
        ...entries,
        fileOf(documents.catalogue, index),
        ...whole,
        ...split,
        ...percentiles,
        fileOf(documents.published, tables),
      ];
    });
  });
}

interface DocumentOptions {
  withNames: boolean;
  withPersons: boolean;
  minCell: number;
  budgetBytes: number;
}

/** The documents that tell of the company as a whole, or of nobody. */
async function wholeDocuments(
  db: DuckDBConnection,
  catalogue: Catalogue,
  { kpis, warehouse, ...options }: DocumentOptions & { kpis: readonly Kpi[]; warehouse: string },
): Promise<ZipEntry[]> {
  const { minCell } = options;
  return [
    fileOf(documents.reconciliations, await reconciliationsDocument(db, warehouse, { kpis, minCell })),
    fileOf(documents.build, await buildDocument(db, options.minCell)),
    fileOf(documents.targets, await targetsDocument(db, options.withPersons)),
    fileOf(documents.scores, await scoresDocument(db, catalogue)),
    fileOf(documents.lineage, await lineageDocument(db)),
    fileOf(documents.contract, contractDocument()),
    fileOf(
      documents.packs,
      packIds(packsFolder).map((id) => readPack(packsFolder, id)),
    ),
  ];
}

/** The documents that tell of single groups, teams and employees. */
async function splitDocuments(
  db: DuckDBConnection,
  catalogue: Catalogue,
  unshown: Unshown,
  options: DocumentOptions & { dimensions: readonly Dimension[] },
): Promise<ZipEntry[]> {
  return [
    ...(await rankingDocuments(
      db,
      // Judged by the whole catalogue: whose a KPI is does not depend on whom the site names.
      { ...catalogue, ...(!options.withPersons && { scorecards: withoutPersons(catalogue).scorecards }) },
      unshown,
      options.budgetBytes,
    )),
    ...pagedAssessment(await assessmentDocument(db, catalogue, unshown, options), options.budgetBytes),
    fileOf(documents.weights, await weightsDocument(db, catalogue, unshown, options)),
    fileOf(documents.quality, await qualityDocument(db, options)),
    fileOf(documents.benefits, await benefitsDocument(db, catalogue, unshown, options)),
  ];
}

/** A document a KPI, since its page is the only one that reads it. */
function percentileDocuments(
  rows: Awaited<ReturnType<typeof percentilesDocument>>,
  kpis: readonly Kpi[],
): ZipEntry[] {
  return kpis.map(({ id }) =>
    fileOf(
      documents.percentiles(id),
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
  const document = members.find(({ path }) => path === documents.build.path);
  return document ? String(JSON.parse(Buffer.from(document.bytes).toString("utf8")).build_id) : "";
}
