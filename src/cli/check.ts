import { readCatalogue } from "../warehouse/catalogueFiles.js";
import { readCheckReport } from "../warehouse/checkReport.js";
import { checkText } from "../warehouse/checkText.js";
import { withWarehouse } from "../warehouse/open.js";
import { readSettings } from "../warehouse/settings.js";
import type { Effects } from "./effects.js";
import { type PlaceOptions, resolvePlaces } from "./places.js";

export interface CheckOptions extends PlaceOptions {
  format?: "table" | "json";
  lang?: "zh-CN" | "en";
}

/** `check`: what the last build read, loaded and refused, how fresh its sources are, which KPIs have no data and why. */
export async function checkCommand(options: CheckOptions, effects: Effects): Promise<void> {
  const { warehouse, catalogDir } = resolvePlaces(options, effects);
  const { kpis } = readCatalogue(catalogDir);
  const report = await withWarehouse(warehouse, (db) => readCheckReport(db, kpis, effects.now()));
  const language = options.lang ?? readSettings(catalogDir).language;
  effects.stdout.write(
    options.format === "json" ? `${JSON.stringify(report, null, 2)}\n` : checkText(report, language),
  );
}
