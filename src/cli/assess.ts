import { assess } from "../answers/benefit/assess.js";
import { planInitiatives } from "../answers/benefit/plan.js";
import { readInitiatives } from "../answers/benefit/readInitiatives.js";
import { readKept } from "../catalogue/catalogueFiles.js";
import { withWarehouse } from "../warehouse/open.js";
import type { Language } from "../words/languages.js";
import type { Effects } from "./effects.js";
import { type PlaceOptions, warehouseOf } from "./places.js";
import { toBenefitCsv, toBenefitJson, toBenefitTable } from "./print/benefitTable.js";
import { toPlanCsv, toPlanJson, toPlanTable } from "./print/planTable.js";

export interface AssessOptions extends PlaceOptions {
  format?: "table" | "csv" | "json";
  explain?: boolean;
  plan?: boolean;
  excel?: boolean;
  lang?: Language;
}

/** `assess`: whether initiatives helped, how sure that is, and what it was worth. */
export async function assessCommand(
  ids: readonly string[],
  options: AssessOptions,
  effects: Effects,
): Promise<void> {
  if (options.plan) return planCommand(ids, options, effects);
  const { initiatives, assessments, settings } = await withWarehouse(
    warehouseOf(options, effects),
    async (db) => {
      const { catalogue, settings } = await readKept(db);
      const all = await readInitiatives(db, catalogue.kpis);
      const initiatives = ids.length > 0 ? await readInitiatives(db, catalogue.kpis, ids) : all;
      const assessments = await assess(db, all, { ids, withCompanions: options.explain === true });
      return { initiatives, assessments, settings };
    },
  );
  if (options.format === "json") effects.stdout.write(toBenefitJson(assessments));
  else if (options.format === "csv") effects.stdout.write(toBenefitCsv(assessments, options));
  else effects.stdout.write(toBenefitTable(assessments, initiatives, options.lang ?? settings.language));
}

/** `assess --plan`: what the follow-ups could find. */
async function planCommand(ids: readonly string[], options: AssessOptions, effects: Effects): Promise<void> {
  const { initiatives, plans, settings } = await withWarehouse(warehouseOf(options, effects), async (db) => {
    const { catalogue, settings } = await readKept(db);
    const initiatives = await readInitiatives(db, catalogue.kpis, ids);
    return { initiatives, plans: await planInitiatives(db, initiatives), settings };
  });
  if (options.format === "json") effects.stdout.write(toPlanJson(plans));
  else if (options.format === "csv") effects.stdout.write(toPlanCsv(plans, options));
  else effects.stdout.write(toPlanTable(plans, initiatives, options.lang ?? settings.language));
}
