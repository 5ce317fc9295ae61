import type { DuckDBConnection } from "@duckdb/node-api";

import type { Catalogue as SiteCatalogue } from "../../../reports/components/siteTypes.js";
import type { Catalogue } from "../../warehouse/catalogueFiles.js";

/** The catalogue as the pages read it, with the tables each KPI lacks in this build. */
export async function catalogueDocument(db: DuckDBConnection, catalogue: Catalogue): Promise<SiteCatalogue> {
  const loaded = await loadedTables(db);
  return {
    kpis: catalogue.kpis.map((kpi) => ({
      id: kpi.id,
      label: byLanguage(kpi.label),
      definition: byLanguage(kpi.definition),
      formula: byLanguage(kpi.formula),
      unit: kpi.unit,
      direction: kpi.direction,
      kind: kpi.kind,
      range: kpi.range,
      scale: kpi.scale,
      additive: kpi.additive,
      horizonDays: kpi.horizon_days ?? null,
      percentiles: kpi.percentiles !== undefined,
      dimensions: kpi.dimensions,
      numeratorDimensions: kpi.numerator_dimensions,
      missingTables: kpi.needs
        .filter((names) => !names.split("|").some((name) => loaded.has(name)))
        .map((names) => names.replaceAll("|", " / ")),
    })),
    fishbones: catalogue.fishbones.map((fishbone) => ({
      id: fishbone.id,
      label: byLanguage(fishbone.label),
      successFactors: fishbone.success_factors,
      branches: fishbone.branches.map((branch) => ({ ...branch, label: byLanguage(branch.label) })),
    })),
  };
}

const byLanguage = ({ zh, en }: { zh: string; en: string }) => ({ "zh-CN": zh, en });

async function loadedTables(db: DuckDBConnection): Promise<Set<string>> {
  const reader = await db.runAndReadAll("select distinct table_name from ingest.tables where loaded > 0");
  return new Set(reader.getRowsJS().map(([name]) => String(name)));
}
