import { existsSync } from "node:fs";

import type { DuckDBConnection } from "@duckdb/node-api";
import { readRows } from "../../answers/benefit/readInitiatives.js";
import { readKept } from "../../catalogue/catalogueFiles.js";
import { addressOf } from "../../published/benefitTypes.js";
import { withWarehouse } from "../../warehouse/open.js";
import { isOfPersons } from "../persons.js";
import type { Language } from "./languages.js";

export interface SiteCatalogue {
  language: Language;
  /** In the catalogue's order. */
  kpiLabels: Map<string, Record<Language, string>>;
  /** In the catalogue's order; the first is the page `fishbone`. */
  fishboneLabels: Map<string, Record<Language, string>>;
  /** In the catalogue's order; the first is the page `scorecards`. */
  scorecardLabels: Map<string, Record<Language, string>>;
  /** By the last part of their pages' addresses. */
  initiativeLabels: Map<string, Record<Language, string>>;
}

/** What the site's routes and titles need of the warehouse's catalogue; no pages of KPIs where there is no warehouse. */
export async function siteCatalogue(warehouse: string): Promise<SiteCatalogue> {
  const read = async (db: DuckDBConnection) => ({
    ...(await readKept(db)),
    ...(await readRows(db)),
  });
  const kept = existsSync(warehouse) ? await withWarehouse(warehouse, read) : undefined;
  const { kpis, fishbones, scorecards } = kept?.catalogue ?? { kpis: [], fishbones: [], scorecards: [] };
  return {
    language: kept?.settings.language ?? "zh-CN",
    kpiLabels: labelsOf(kpis),
    fishboneLabels: labelsOf(fishbones),
    scorecardLabels: labelsOf(scorecards),
    initiativeLabels: new Map(
      (kept?.rows ?? [])
        .filter(
          ({ scope_dimension: scope }) => kept?.settings.publish_persons || !scope || !isOfPersons(scope),
        )
        .map(({ initiative_id, name, name_en }) => [
          addressOf(initiative_id),
          { "zh-CN": name, en: name_en ?? name },
        ]),
    ),
  };
}

function labelsOf(rows: readonly { id: string; label: { zh: string; en: string } }[]) {
  return new Map(rows.map(({ id, label }) => [id, { "zh-CN": label.zh, en: label.en }]));
}
