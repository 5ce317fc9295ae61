import { existsSync } from "node:fs";

import { type Kept, readKept } from "../../catalogue/catalogueFiles.js";
import { withWarehouse } from "../../warehouse/open.js";
import type { Language } from "./languages.js";

export interface SiteCatalogue {
  language: Language;
  /** In the catalogue's order. */
  kpiLabels: Map<string, Record<Language, string>>;
  /** In the catalogue's order; the first is the page `fishbone`. */
  fishboneLabels: Map<string, Record<Language, string>>;
  /** In the catalogue's order; the first is the page `scorecards`. */
  scorecardLabels: Map<string, Record<Language, string>>;
}

/** What the site's routes and titles need of the warehouse's catalogue; no pages of KPIs where there is no warehouse. */
export async function siteCatalogue(warehouse: string): Promise<SiteCatalogue> {
  const kept: Kept | undefined = existsSync(warehouse) ? await withWarehouse(warehouse, readKept) : undefined;
  const { kpis, fishbones, scorecards } = kept?.catalogue ?? { kpis: [], fishbones: [], scorecards: [] };
  return {
    language: kept?.settings.language ?? "zh-CN",
    kpiLabels: labelsOf(kpis),
    fishboneLabels: labelsOf(fishbones),
    scorecardLabels: labelsOf(scorecards),
  };
}

function labelsOf(rows: readonly { id: string; label: { zh: string; en: string } }[]) {
  return new Map(rows.map(({ id, label }) => [id, { "zh-CN": label.zh, en: label.en }]));
}
