import type { DuckDBConnection } from "@duckdb/node-api";
import { openingPeriod } from "../answers/openingPeriod.js";
import { requirePeriods } from "../answers/periodLimits.js";
import { readWeightReview, readWhatIf } from "../answers/weightReviews.js";
import { type Catalogue, readKept } from "../catalogue/catalogueFiles.js";
import type { Scorecard } from "../catalogue/scorecards.js";
import { suggest } from "../catalogue/suggest.js";
import { addDays } from "../kpi/periods.js";
import { CliError } from "../run/error.js";
import type { SubjectKind } from "../score/scored.js";
import { faultOfSet, weightList, withWeights } from "../score/weightReview.js";
import { withWarehouse } from "../warehouse/open.js";
import type { Language } from "../words/languages.js";
import { told } from "../words/told.js";
import type { Effects } from "./effects.js";
import { periodAsked } from "./options/periodOption.js";
import { cardsAsked, requireWeights } from "./options/scorecardArgument.js";
import { type PlaceOptions, warehouseOf } from "./places.js";
import { type ReviewedWeights, toWeightsCsv, toWeightsJson } from "./print/weightReviewFormat.js";
import { toWeightsTable } from "./print/weightReviewTable.js";

export interface WeightsOptions extends PlaceOptions {
  period?: string;
  for?: SubjectKind;
  set?: string[];
  format?: "table" | "csv" | "json";
  excel?: boolean;
  lang?: Language;
}

type Review = ReviewedWeights & { card: Scorecard };

/** `weights`: history of scorecards' weights, which change of one flips a grade or a rank, and what others would give. */
export async function weightsCommand(
  id: string | undefined,
  options: WeightsOptions,
  effects: Effects,
): Promise<void> {
  const warehouse = warehouseOf(options, effects);
  const kind = options.for ?? "company";
  const asked = periodAsked(options.period);
  const { reviews, catalogue, settings } = await withWarehouse(warehouse, async (db) => {
    const { catalogue, settings } = await readKept(db);
    const ids = catalogue.scorecards.map((card) => card.id);
    const cards = cardsAsked(id, kind, catalogue, ids);
    const set = options.set && weightsSet(options.set, id, cards);
    await requirePeriods(db, settings, [asked?.start]);
    const all: Review[] = [];
    for (const card of cards) {
      const period = asked ?? (await openingPeriod(db, catalogue.kpis, card));
      await requireWeights(db, card, addDays(period.end, -1));
      const review = await readWeightReview(db, catalogue, { card, kind, period });
      all.push(set ? { ...review, what_if: await supposed(db, catalogue, review, set) } : review);
    }
    return { reviews: all, catalogue, settings };
  });

  if (options.format === "json") effects.stdout.write(toWeightsJson(reviews));
  else if (options.format === "csv") effects.stdout.write(toWeightsCsv(reviews, options));
  else {
    const language = options.lang ?? settings.language;
    const { kpis, grades } = catalogue;
    const tables = reviews.map((review) => toWeightsTable(review, { language, kpis, grades }));
    effects.stdout.write(tables.join("\n"));
  }

  async function supposed(
    db: DuckDBConnection,
    catalogue: Catalogue,
    review: Review,
    others: ReadonlyMap<string, number>,
  ) {
    const { card, period, in_force } = review;
    const inForce = new Map(in_force.map((each) => [each.kpi_id, each.weight]));
    const fault = faultOfSet(inForce, others);
    if (fault !== undefined) throw new CliError(fault, 2);
    const weights = withWeights(inForce, others);
    const subjects = await readWhatIf(db, catalogue, { card, kind, period }, weights);
    return { weights: weightList(weights, card), subjects };
  }
}

/** `kpi=20%` or `kpi=0.2`, each for a KPI of the scorecard asked for. */
function weightsSet(
  texts: readonly string[],
  id: string | undefined,
  [card]: readonly Scorecard[],
): Map<string, number> {
  if (id === undefined || !card)
    throw new CliError(told("set.withoutScorecard", { set: texts.join(" ") }), 2);
  const kpis = card.groups.flatMap((group) => group.kpis);
  const set = new Map<string, number>();
  for (const text of texts) {
    const [, kpi = "", digits = "", sign = ""] = /^([^=]+)=(\d+(?:\.\d+)?|\.\d+)(%?)$/.exec(text) ?? [];
    if (kpi === "") throw new CliError(told("set.invalid", { text }), 2);
    if (!kpis.includes(kpi))
      throw new CliError(told("set.notItsKpi", { card: id, kpi, near: suggest(kpi, kpis) }), 2);
    if (set.has(kpi)) throw new CliError(told("set.twice", { text }), 2);
    const weight = Number(digits) / (sign === "%" ? 100 : 1);
    if (weight > 1) throw new CliError(told("weight.outside", { found: text }), 2);
    set.set(kpi, weight);
  }
  return set;
}
