import { existsSync } from "node:fs";
import { join } from "node:path";

import { readCatalogue } from "../warehouse/catalogueFiles.js";
import { readSettings } from "../warehouse/settings.js";
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

/** What the site's routes and titles need of the catalogue folder; no pages of KPIs where there is no catalogue. */
export function siteCatalogue(folder: string): SiteCatalogue {
  const { language } = readSettings(folder);
  const { kpis, fishbones, scorecards } = existsSync(join(folder, "kpis.yaml"))
    ? readCatalogue(folder)
    : { kpis: [], fishbones: [], scorecards: [] };
  return {
    language,
    kpiLabels: labelsOf(kpis),
    fishboneLabels: labelsOf(fishbones),
    scorecardLabels: labelsOf(scorecards),
  };
}

function labelsOf(rows: readonly { id: string; label: { zh: string; en: string } }[]) {
  return new Map(rows.map(({ id, label }) => [id, { "zh-CN": label.zh, en: label.en }]));
}
