import { existsSync } from "node:fs";
import { join } from "node:path";

import { readCatalogue } from "../warehouse/catalogueFiles.js";
import { readSettings } from "../warehouse/settings.js";
import type { Language } from "./languages.js";

export interface SiteCatalogue {
  language: Language;
  kpiIds: string[];
  kpiLabels: Map<string, Record<Language, string>>;
}

/** What the site's routes and titles need of the catalogue folder; no KPI pages where there is no catalogue. */
export function siteCatalogue(folder: string): SiteCatalogue {
  const { language } = readSettings(folder);
  const kpis = existsSync(join(folder, "kpis.yaml")) ? readCatalogue(folder).kpis : [];
  return {
    language,
    kpiIds: kpis.map(({ id }) => id),
    kpiLabels: new Map(kpis.map(({ id, label }) => [id, { "zh-CN": label.zh, en: label.en }])),
  };
}
