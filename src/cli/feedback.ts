import { readFeedback } from "../answers/feedbackSheets.js";
import { lastComplete } from "../answers/lastComplete.js";
import { requirePeriods } from "../answers/periodLimits.js";
import { type Catalogue, readKept } from "../catalogue/catalogueFiles.js";
import { called } from "../contract/called.js";
import { withWarehouse } from "../warehouse/open.js";
import { type FeedbackNames, feedbackAsText, feedbackText } from "../words/feedbackText.js";
import type { Language } from "../words/languages.js";
import type { Effects } from "./effects.js";
import { periodAsked } from "./options/periodOption.js";
import { type PlaceOptions, warehouseOf } from "./places.js";
import { toFeedbackJson } from "./print/feedbackFormat.js";

export interface FeedbackOptions extends PlaceOptions {
  period?: string;
  format?: "text" | "json";
  lang?: Language;
}

/** `feedback`: what is said to employees about a period, a sheet each. */
export async function feedbackCommand(
  employees: string[],
  options: FeedbackOptions,
  effects: Effects,
): Promise<void> {
  const warehouse = warehouseOf(options, effects);
  const asked = periodAsked(options.period);
  const { sheets, catalogue, settings } = await withWarehouse(warehouse, async (db) => {
    const kept = await readKept(db);
    await requirePeriods(db, kept.settings, [asked?.start]);
    const { sheets } = await readFeedback(db, kept.catalogue, {
      period: asked ?? (await lastComplete(db, kept.catalogue.assessment.grain)),
      employees,
      withNames: kept.settings.publish_names,
    });
    return { ...kept, sheets };
  });
  const language = options.lang ?? settings.language;
  if (options.format === "json") {
    effects.stdout.write(toFeedbackJson(sheets, language));
    return;
  }
  const names = { ...namesOf(catalogue), called: called(language) };
  effects.stdout.write(feedbackAsText(sheets.map((sheet) => feedbackText(sheet, names, language))));
}

const namesOf = ({ kpis, grades, assessment }: Catalogue): FeedbackNames => ({
  kpis: new Map(kpis.map((kpi) => [kpi.id, kpi])),
  grades: new Map(grades.map(({ id, label }) => [id, label])),
  values: new Map(Object.entries(assessment.labels)),
});
