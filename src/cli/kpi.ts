import { CliError } from "../error.js";
import { dimensionOf } from "../kpi/dimensions.js";
import { toCsv, toJson, toTable } from "../kpi/format.js";
import type { Grain } from "../kpi/periods.js";
import { readCatalogue } from "../warehouse/catalogueFiles.js";
import { withWarehouse } from "../warehouse/open.js";
import { labelsOf, queryKpis } from "../warehouse/queryKpis.js";
import { readSettings } from "../warehouse/settings.js";
import type { Effects } from "./effects.js";
import { type PlaceOptions, resolvePlaces } from "./places.js";

export interface KpiOptions extends PlaceOptions {
  grain?: Grain;
  from?: string;
  to?: string;
  by?: string;
  where?: string[];
  compare?: "previous" | "year";
  format?: "table" | "csv" | "json";
  lang?: "zh-CN" | "en";
}

/** `kpi`: values of KPIs, by period and dimension. */
export async function kpiCommand(ids: string[], options: KpiOptions, effects: Effects): Promise<void> {
  const { warehouse, catalogDir } = resolvePlaces(options, effects);
  const { kpis } = readCatalogue(catalogDir);
  const by = (options.by ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  const request = {
    kpiIds: ids,
    grain: options.grain ?? "month",
    by,
    where: (options.where ?? []).map(condition),
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.to === undefined ? {} : { to: options.to }),
    ...(options.compare === undefined ? {} : { compare: options.compare }),
  };
  const rows = await withWarehouse(warehouse, (db) => queryKpis(db, kpis, request));
  if (options.format === "json") effects.stdout.write(toJson(rows));
  else if (options.format === "csv") effects.stdout.write(toCsv(rows, by));
  else {
    const language = (options.lang ?? readSettings(catalogDir).language) === "en" ? "en" : "zh";
    const label = (name: string, value: string) => {
      const dimension = dimensionOf(name);
      return (language === "zh" && dimension && labelsOf(dimension)[value]) || value;
    };
    const compare = options.compare ? { compare: options.compare } : {};
    effects.stdout.write(toTable(rows, kpis, { language, by, label, ...compare }));
  }
}

function condition(text: string): { dimension: string; value: string } {
  const at = text.indexOf("=");
  if (at < 1) throw new CliError(`--where takes DIMENSION=VALUE: ${text}`, 2);
  return { dimension: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
}
