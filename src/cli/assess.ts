import { assess } from "../answers/benefit/assess.js";
import type { Initiative } from "../answers/benefit/initiative.js";
import { planInitiatives } from "../answers/benefit/plan.js";
import { readInitiatives } from "../answers/benefit/readInitiatives.js";
import { readAsOf } from "../answers/queryKpis.js";
import { readKept } from "../catalogue/catalogueFiles.js";
import { dimensionOf } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import type { Settings } from "../catalogue/settings.js";
import { labelOf, type Vocabulary } from "../catalogue/vocabulary.js";
import { byLanguage } from "../publish/catalogue.js";
import { named } from "../published/benefitTypes.js";
import { CliError } from "../run/error.js";
import { withWarehouse } from "../warehouse/open.js";
import type { BenefitNames } from "../words/benefitTeller.js";
import { dimensions, type Language } from "../words/languages.js";
import { told } from "../words/told.js";
import type { Effects } from "./effects.js";
import { type PlaceOptions, warehouseOf } from "./places.js";
import { toBenefitCsv, toBenefitJson, toBenefitTable } from "./print/benefitTable.js";
import { toCompanionsText } from "./print/companionsTable.js";
import { toPlanCsv, toPlanJson, toPlanTable } from "./print/planTable.js";

export interface AssessOptions extends PlaceOptions {
  format?: "table" | "csv" | "json";
  explain?: boolean;
  plan?: boolean;
  excel?: boolean;
  lang?: Language;
}

/** `assess`: whether initiatives helped, how sure that is, and what it was worth; with `--plan` what that could find. */
export async function assessCommand(
  ids: readonly string[],
  options: AssessOptions,
  effects: Effects,
): Promise<void> {
  const { explain = false, plan = false, format = "table" } = options;
  if (explain && plan) throw new CliError(told("assess.explainOrPlan"), 2);
  if (explain && format === "csv") throw new CliError(told("assess.explainCsv"), 2);
  const text = await withWarehouse(warehouseOf(options, effects), async (db) => {
    const { catalogue, settings, vocabulary } = await readKept(db);
    const language = options.lang ?? settings.language;
    // Machines are told both names, people the one of their language.
    const isForPeople = format === "table";
    const inWords = <Row extends { name: string; name_en?: string | null }>(rows: readonly Row[]) =>
      isForPeople ? rows.map((row) => named(row, language)) : rows;
    const all = inWords(await readInitiatives(db, catalogue.kpis));
    const initiatives = ids.length > 0 ? inWords(await readInitiatives(db, catalogue.kpis, ids)) : all;
    const { asOfDay } = await readAsOf(db);
    const names = namesOf({
      kpis: catalogue.kpis,
      initiatives: all,
      vocabulary,
      language,
      asOfDay,
      settings,
    });
    if (plan) {
      const plans = await planInitiatives(
        db,
        initiatives.filter(({ isWithdrawn }) => !isWithdrawn),
      );
      if (format === "json") return toPlanJson(plans);
      return format === "csv" ? toPlanCsv(plans, options) : toPlanTable(plans, initiatives, names, language);
    }
    const rows = inWords(await assess(db, all, { ids, withCompanions: explain }));
    if (format === "json") return toBenefitJson(rows);
    if (format === "csv") return toBenefitCsv(rows, options);
    const { isTTY = false, columns } = effects.stdout;
    const table = toBenefitTable(rows, initiatives, names, language, isTTY ? columns : undefined);
    return explain && rows.length > 0
      ? `${table}\n${toCompanionsText(rows, initiatives, names, language)}`
      : table;
  });
  effects.stdout.write(text);
}

interface Named {
  kpis: readonly Kpi[];
  initiatives: readonly Initiative[];
  vocabulary: Vocabulary;
  language: Language;
  asOfDay: string;
  settings: Settings;
}

/** What initiatives' sentences call things. */
const namesOf = ({ kpis, initiatives, vocabulary, language, asOfDay, settings }: Named): BenefitNames => ({
  kpi: (id) => {
    const kpi = kpis.find((each) => each.id === id);
    return (
      kpi && {
        ...kpi,
        label: byLanguage(kpi.label),
        counts: byLanguage(kpi.counts),
        horizon_days: kpi.horizon_days ?? null,
        matures: kpi.matures ?? null,
      }
    );
  },
  initiative: (id) => initiatives.find(({ initiative_id }) => initiative_id === id)?.name ?? id,
  dimension: (name) => dimensions(language)[name as keyof ReturnType<typeof dimensions>] ?? name,
  value: (dimension, value) =>
    labelOf(vocabulary, dimensionOf(dimension) ?? dimension, value, language) ?? value,
  currency: settings.currency,
  as_of_on: asOfDay,
  min_cell: settings.min_cell,
});
