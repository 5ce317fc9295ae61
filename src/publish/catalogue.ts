import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kept } from "../catalogue/catalogueFiles.js";
import type { Kpi } from "../catalogue/kpis.js";
import { areShippedLimits } from "../catalogue/responseLimits.js";
import type { Vocabulary } from "../catalogue/vocabulary.js";
import { dimensionColumn } from "../contract/dimensionColumn.js";
import { contract, tableNames } from "../contract/index.js";
import { isTrailing } from "../kpi/chance.js";
import { type Coverage, uncovered } from "../kpi/coverage.js";
import { tables as paths } from "../published/documents.js";
import type { Catalogue as SiteCatalogue } from "../published/siteTypes.js";
import type { PublishedTable } from "../published/tables.js";
import { readCoverage } from "../warehouse/readCoverage.js";

/** The catalogue as the pages read it, with what of each KPI is recorded in this build and what was published of it. */
export async function catalogueDocument(
  db: DuckDBConnection,
  { catalogue, settings, vocabulary }: Kept,
  tables: readonly PublishedTable[],
): Promise<SiteCatalogue> {
  const coverages = new Map<string, Coverage>();
  for (const kpi of catalogue.kpis) coverages.set(kpi.id, await readCoverage(db, kpi));
  return {
    vocabulary: labelsOnly(vocabulary),
    response_limits: {
      ...settings.response_limits,
      areShipped: areShippedLimits(settings.response_limits),
      inBusinessTime: await hasCalendar(db),
    },
    weighed: await weighedCards(db),
    currency: catalogue.kpis[0]?.currency ?? "CNY",
    tables: Object.fromEntries(tableNames.map((name) => [name, contract[name].label])),
    dimensions: Object.fromEntries(
      catalogue.kpis.flatMap(({ own_dimensions }) =>
        own_dimensions.flatMap(({ id, label }) => (label ? [[id, byLanguage(label)]] : [])),
      ),
    ),
    kpis: catalogue.kpis.map((kpi) => ({
      id: kpi.id,
      label: byLanguage(kpi.label),
      definition: byLanguage(kpi.definition),
      formula: byLanguage(kpi.formula),
      unit: kpi.unit,
      counts: byLanguage(kpi.counts),
      contributors: kpi.contributors === "none" ? null : kpi.contributors,
      direction: kpi.direction,
      kind: kpi.kind,
      range: kpi.range,
      all_months: kpi.all_months,
      additive: kpi.additive,
      trailing: isTrailing(kpi),
      horizon_days: kpi.horizon_days ?? null,
      matures: kpi.matures ?? null,
      percentiles: kpi.percentiles !== undefined,
      dimensions: [...kpi.dimensions],
      numerator_dimensions: [...kpi.numerator_dimensions],
      columns: columnsOfDimensions(kpi),
      coverage: coverages.get(kpi.id) ?? uncovered,
      published: publishedDimensions(kpi.id, tables),
    })),
    fishbones: catalogue.fishbones.map((fishbone) => ({
      id: fishbone.id,
      label: byLanguage(fishbone.label),
      scorecard: fishbone.scorecard ?? null,
      success_factors: fishbone.success_factors,
      branches: fishbone.branches.map((branch) => ({ ...branch, label: byLanguage(branch.label) })),
    })),
    scorecards: catalogue.scorecards.map((card) => ({
      ...card,
      label: byLanguage(card.label),
      groups: card.groups.map((group) => ({ ...group, label: byLanguage(group.label) })),
    })),
    grades: catalogue.grades.map((grade) => ({ ...grade, label: byLanguage(grade.label) })),
    problems: catalogue.problems.map((problem) => ({
      id: problem.id,
      label: byLanguage(problem.label),
      branches: problem.branches.map((branch) => ({
        ...branch,
        label: byLanguage(branch.label),
        causes: branch.causes.map((cause) => ({
          id: cause.id,
          label: byLanguage(cause.label),
          kpis: cause.kpis,
          note: cause.note ? byLanguage(cause.note) : null,
        })),
      })),
    })),
  };
}

/** The scorecards that have weights; those without judge nobody, whatever is recorded. */
async function weighedCards(db: DuckDBConnection): Promise<string[]> {
  const reader = await db.runAndReadAll("select distinct scorecard_id from staging.weights order by 1");
  return reader.getRows().map(([id]) => String(id));
}

/** What a site needs of the words: their labels. */
function labelsOnly(vocabulary: Vocabulary): Vocabulary {
  return Object.fromEntries(
    Object.entries(vocabulary).map(([column, codes]) => [
      column,
      Object.fromEntries(
        Object.entries(codes).map(([code, { labels }]) => [code, { labels, spellings: [] }]),
      ),
    ]),
  );
}

/** By dimension of a KPI's cases the column of the contract that says it. */
function columnsOfDimensions({ dimensions, numerator_dimensions, cases_of, numerators_of }: Kpi) {
  const of = (tables: Kpi["cases_of"]) => (dimension: string) => {
    const column = dimensionColumn(tables, dimension);
    return column === null ? [] : [[dimension, column]];
  };
  return Object.fromEntries([
    ...dimensions.flatMap(of(cases_of)),
    ...numerator_dimensions.flatMap(of([...numerators_of, ...cases_of])),
  ]) as Record<string, string>;
}

function publishedDimensions(kpi: string, tables: readonly PublishedTable[]) {
  const cross = tables.find(({ path }) => path === paths.cube(kpi).path);
  const single = tables.find(({ path }) => path === paths.by(kpi).path);
  return {
    cross: cross?.dimensions ?? [],
    single: single?.dimensions ?? [],
    leftOut: [...(cross?.leftOut ?? []), ...(single?.leftOut ?? [])],
  };
}

/** A label of the catalogue under the languages' codes. */
export const byLanguage = ({ zh, en }: { zh: string; en: string }) => ({ "zh-CN": zh, en });

async function hasCalendar(db: DuckDBConnection): Promise<boolean> {
  const reader = await db.runAndReadAll("select has_business_calendar from config.settings");
  return reader.getRows()[0]?.[0] === true;
}
