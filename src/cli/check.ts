import { readKept } from "../warehouse/catalogueFiles.js";
import { readCheckReport } from "../warehouse/checkReport.js";
import { checkText } from "../warehouse/checkText.js";
import { withWarehouse } from "../warehouse/open.js";
import type { Effects } from "./effects.js";
import { type PlaceOptions, warehouseOf } from "./places.js";

export interface CheckOptions extends PlaceOptions {
  format?: "table" | "json";
  lang?: "zh-CN" | "en";
}

/** `check`: what the last build read, loaded and refused, how fresh its sources are, which KPIs have no data and why. */
export async function checkCommand(options: CheckOptions, effects: Effects): Promise<void> {
  const warehouse = warehouseOf(options, effects);
  const { report, settings } = await withWarehouse(warehouse, async (db) => {
    const { catalogue, settings } = await readKept(db);
    return { settings, report: await readCheckReport(db, catalogue.kpis, effects.now()) };
  });
  const language = options.lang ?? settings.language;
  effects.stdout.write(
    options.format === "json" ? `${JSON.stringify(report, null, 2)}\n` : checkText(report, language),
  );
}
