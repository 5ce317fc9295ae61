import { readCheckReport } from "../answers/checkReport.js";
import { readKept } from "../catalogue/catalogueFiles.js";
import { countForgotten } from "../warehouse/forgottenPersons.js";
import { readAttempt } from "../warehouse/lastAttempt.js";
import { withWarehouse } from "../warehouse/open.js";
import { attemptText, checkText } from "../words/checkText.js";
import type { Language } from "../words/languages.js";
import { told } from "../words/told.js";
import { worded } from "../words/wording.js";
import type { Effects } from "./effects.js";
import { forgottenLine } from "./kept/forget.js";
import { languageFor } from "./language.js";
import { type PlaceOptions, warehouseOf } from "./places.js";

export interface CheckOptions extends PlaceOptions {
  format?: "table" | "json";
  /** What a build that failed since had read, loaded and refused. */
  lastAttempt?: boolean;
  lang?: Language;
}

/** `check`: what the last build read, loaded and refused, how fresh its sources are, which KPIs have no data and why. */
export async function checkCommand(options: CheckOptions, effects: Effects): Promise<void> {
  const warehouse = warehouseOf(options, effects);
  if (options.lastAttempt) return tellAttempt(warehouse, options, effects);
  const { report, settings, names } = await withWarehouse(warehouse, async (db) => {
    const { catalogue: names, settings } = await readKept(db);
    return { names, settings, report: await readCheckReport(db, names.kpis, effects.now()) };
  });
  const language = options.lang ?? settings.language;
  effects.stdout.write(
    options.format === "json"
      ? `${JSON.stringify({ ...report, forgotten_persons: countForgotten(warehouse) }, null, 2)}\n`
      : checkText(report, names, language) + forgottenLine(warehouse, language),
  );
}

function tellAttempt(warehouse: string, options: CheckOptions, effects: Effects): void {
  const attempt = readAttempt(warehouse);
  const language = options.lang ?? attempt?.language ?? languageFor(options, effects);
  const none = `${worded(told("attempt.none"), language)}\n`;
  if (options.format === "json") effects.stdout.write(`${JSON.stringify(attempt ?? null, null, 2)}\n`);
  else effects.stdout.write(attempt ? attemptText(attempt, language) : none);
}
