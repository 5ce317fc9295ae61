import { join } from "node:path";

import { readCatalogue } from "../../warehouse/catalogueFiles.js";
import { withWarehouse } from "../../warehouse/open.js";
import { readSettings } from "../../warehouse/settings.js";
import { publishCubes } from "./archive.js";
import { assessmentDocument } from "./assessment.js";
import { catalogueDocument } from "./catalogue.js";
import {
  buildDocument,
  contractDocument,
  lineageDocument,
  percentilesDocument,
  qualityDocument,
  targetsDocument,
} from "./documents.js";
import { rankingDocument, scoresDocument } from "./scores.js";
import { weightsDocument } from "./weights.js";
import { type ZipEntry, zip } from "./zip.js";

/**
 * Everything the pages know, as one archive read from the warehouse.
 *
 * @param env names the warehouse (`HERRINGBONE_WAREHOUSE`) and the catalogue folder (`HERRINGBONE_CATALOG`)
 */
export async function publish(env: NodeJS.ProcessEnv): Promise<Uint8Array> {
  const warehouse = env.HERRINGBONE_WAREHOUSE ?? join("data", "warehouse", "herringbone.duckdb");
  const catalog = env.HERRINGBONE_CATALOG ?? join("data", "catalog");
  const settings = readSettings(catalog);
  const catalogue = readCatalogue(catalog);
  return withWarehouse(warehouse, async (db) => {
    const { entries, tables } = await publishCubes(db, {
      kpis: catalogue.kpis,
      budgetBytes: settings.publish_budget_bytes,
    });
    return zip([
      ...entries,
      json("catalogue.json", await catalogueDocument(db, catalogue, tables)),
      json("build.json", await buildDocument(db)),
      json("percentiles.json", await percentilesDocument(db)),
      json("targets.json", await targetsDocument(db)),
      json("scores.json", await scoresDocument(db, catalogue)),
      json("ranking.json", await rankingDocument(db, catalogue)),
      json("quality.json", await qualityDocument(db)),
      json("lineage.json", await lineageDocument(db)),
      json("contract.json", contractDocument()),
      json(
        "assessment.json",
        await assessmentDocument(db, catalogue, {
          withNames: settings.publish_names,
          budgetBytes: settings.publish_budget_bytes,
        }),
      ),
      json("weights.json", await weightsDocument(db, catalogue, { withNames: settings.publish_names })),
      json("published.json", tables),
    ]);
  });
}

function json(path: string, document: unknown): ZipEntry {
  return { path, bytes: Buffer.from(JSON.stringify(document), "utf8") };
}
