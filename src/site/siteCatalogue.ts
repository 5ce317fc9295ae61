import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

import type { Language } from "./languages.js";

export interface SiteCatalogue {
  language: Language;
  kpiIds: string[];
  kpiLabels: Map<string, Record<Language, string>>;
}

interface LabelledKpi {
  id: string;
  label: { zh: string; en: string };
}

/** What the site's routes and titles need of the catalogue folder. */
export async function siteCatalogue(folder: string): Promise<SiteCatalogue> {
  const settings = (await readYaml(join(folder, "settings.yaml"))) as { language?: Language } | null;
  const file = (await readYaml(join(folder, "kpis.yaml"))) as { kpis: LabelledKpi[] } | LabelledKpi[] | null;
  const kpis = Array.isArray(file) ? file : (file?.kpis ?? []);
  return {
    language: settings?.language ?? "zh-CN",
    kpiIds: kpis.map(({ id }) => id),
    kpiLabels: new Map(kpis.map(({ id, label }) => [id, { "zh-CN": label.zh, en: label.en }])),
  };
}

async function readYaml(path: string): Promise<unknown> {
  return existsSync(path) ? parse(await readFile(path, "utf8")) : null;
}
