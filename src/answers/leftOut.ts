import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalogue } from "../catalogue/catalogueFiles.js";
import { readTargets } from "../load/managedTables.js";
import type { CarriedFigures } from "../published/carriedFigures.js";
import type { Pack } from "../published/packTypes.js";
import { report } from "../words/languages.js";
import { grouped } from "../words/rounding.js";
import { labelIn } from "../words/wording.js";
import { assess } from "./benefit/assess.js";
import { readInitiatives } from "./benefit/readInitiatives.js";
import { numbersIn, squeezed, writtenAs } from "./printedFigures.js";
import { type Difference, placeOfScore, placeOfValue, subjectsNow, valueNow } from "./verifyFigures.js";

type Figures = CarriedFigures["figures"];

/** A PDF whose attachment is searched for what its pages show beside it. */
interface Searched {
  db: DuckDBConnection;
  catalogue: Catalogue;
  pack: Pack;
  figures: Figures;
  isNamed(text: string | undefined): boolean;
  numbers: ReadonlySet<string>;
}

/**
 * What the pages of a PDF show and its attachment has not: KPIs, scorecards, their items and initiatives that the pack treats, whose
 * name stands on a page as does the number that the warehouse gives for a period of the others.
 */
export async function leftOut(
  db: DuckDBConnection,
  catalogue: Catalogue,
  { pack, figures, text }: { pack: Pack; figures: Figures; text: string },
): Promise<Difference[]> {
  const printed = squeezed(text);
  const isNamed = (name: string | undefined) => name !== undefined && printed.includes(squeezed(name));
  const searched = { db, catalogue, pack, figures, isNamed, numbers: numbersIn(text) };
  return [...(await values(searched)), ...(await scores(searched)), ...(await initiatives(searched))];
}

/** Whether a pack shows figures of KPIs, scorecards or initiatives wherever there are any. */
export const hasFigures = ({ sections }: Pack): boolean =>
  !sections.every((one) =>
    ["assessment", "weights", "missing", "quality", "definitions", "signoff"].includes(one),
  );

/** The periods that a PDF has figures of. */
const periodsOf = ({ values, scores }: Figures) => [
  ...new Map(
    [...values, ...scores].map(({ grain, period_start }) => [
      `${grain} ${period_start}`,
      { grain, period_start },
    ]),
  ).values(),
];

async function values({ db, catalogue, pack, figures, isNamed, numbers }: Searched): Promise<Difference[]> {
  const { language, scope: by } = figures;
  const treated = new Set(pack.kpis ?? bonesOf(catalogue, pack));
  for (const { kpi_id } of figures.values) treated.delete(kpi_id);
  const found: Difference[] = [];
  const targets = await readTargets(db);
  for (const kpi of catalogue.kpis) {
    const label = labelIn(kpi.label, language);
    if (!treated.has(kpi.id) || !isNamed(label)) continue;
    for (const period of periodsOf(figures)) {
      const one = { kpi_id: kpi.id, label, by, ...period };
      const now = await valueNow(db, { kpis: catalogue.kpis, targets }, one);
      if (now?.value == null || !writtenAs(kpi.unit, now).some((text) => numbers.has(text))) continue;
      found.push({ ...placeOfValue(one), figure: "value", carried: null, now: now.value });
      break;
    }
  }
  return found;
}

/** The KPIs of the fishbones that a pack draws, or whose sections it has. */
const bonesOf = ({ fishbones }: Catalogue, { sections, fishbones: own }: Pack): string[] =>
  sections.includes("fishbones") || sections.includes("kpis")
    ? fishbones
        .filter(({ id }) => own === null || own.includes(id))
        .flatMap(({ branches, success_factors }) => [
          ...branches.flatMap(({ kpis }) => kpis),
          ...success_factors,
        ])
    : [];

async function scores({ db, catalogue, pack, figures, isNamed, numbers }: Searched): Promise<Difference[]> {
  const { language, scope } = figures;
  const [dimension, subject = null] = Object.entries(scope)[0] ?? [];
  const kind = dimension === undefined ? "company" : dimension;
  const found: Difference[] = [];
  for (const one of figures.scores) {
    const own = (await subjectsNow(db, catalogue, one)).find((each) => each.subject === one.subject);
    for (const { kpi_id, value, score } of own?.items ?? []) {
      const kpi = catalogue.kpis.find(({ id }) => id === kpi_id);
      const label = labelIn(kpi?.label, language);
      if (!kpi || one.items.some((item) => item.kpi_id === kpi_id) || value === null || !isNamed(label))
        continue;
      const isShown =
        writtenAs(kpi.unit, { value }).some((text) => numbers.has(text)) &&
        (score === null || numbers.has(grouped(score, 1)));
      const place = { ...placeOfScore(one), item: { id: kpi_id, label: label ?? kpi_id } };
      if (isShown) found.push({ ...place, figure: "value", carried: null, now: value });
    }
  }
  if (!pack.sections.includes("scorecards")) return found;
  if (kind !== "company" && kind !== "team" && kind !== "employee") return found;
  for (const card of catalogue.scorecards) {
    const label = labelIn(card.label, language);
    const isTreated = pack.scorecards === null || pack.scorecards.includes(card.id);
    const isCarried = figures.scores.some(({ scorecard }) => scorecard === card.id);
    if (!isTreated || isCarried || !isNamed(label)) continue;
    for (const { period_start } of periodsOf(figures)) {
      const one = { scorecard: card.id, label, kind, subject, grain: card.grain, period_start } as const;
      const now = (await subjectsNow(db, catalogue, one)).find((each) => each.subject === subject);
      if (now?.total == null || !numbers.has(grouped(now.total, 1))) continue;
      found.push({ ...placeOfScore(one), figure: "total", carried: null, now: now.total });
      break;
    }
  }
  return found;
}

async function initiatives({ db, catalogue, pack, figures, isNamed }: Searched): Promise<Difference[]> {
  const { language, scope } = figures;
  const isTreated = (["benefits", "benefits_brief"] as const).some((one) => pack.sections.includes(one));
  if (!isTreated) return [];
  const all = (await assess(db, await readInitiatives(db, catalogue.kpis))).filter((one) =>
    Object.entries(scope).every(([name, value]) => (one.scope as Record<string, string>)[name] === value),
  );
  const known = new Set(figures.initiatives.map(({ initiative_id }) => initiative_id));
  const missing = all.filter(({ initiative_id }) => !known.has(initiative_id));
  // Of a pack of few pages the table says how many it leaves out.
  if (pack.max_pages !== null && isNamed(report(language).andMore(grouped(missing.length, 0)))) return [];
  return missing
    .filter(({ name }) => isNamed(name))
    .map(({ initiative_id: id, name: label, kpi_id }) => ({
      kind: "initiative",
      id,
      label,
      item: null,
      of: scope,
      period: null,
      figure: "kpi_id",
      carried: null,
      now: kpi_id,
    }));
}
