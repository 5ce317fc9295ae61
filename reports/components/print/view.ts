import type { PackFigures } from "../../src/published/packFigures.js";
import type { PackSection, PrintJob } from "../../src/published/packTypes.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { type ReportMessages, report } from "../../src/words/languages.js";
import { isShareOnly } from "../charts/titles.js";
import { currentPeriod, type Headline, headlineOf, isKnown } from "../data/headline.js";
import { kpiOf } from "../data/labels.js";
import { latestScore } from "../data/scores.js";
import type { Site } from "../data/site.js";
import { isJudged } from "../data/targets.js";
import { type FishboneView, fishboneView } from "../fishbone/fishboneView.js";
import { type ProblemView, printedHeadlines, problemView } from "../fishbone/problem.js";
import { needsOthers } from "../pages/missing.js";
import { isTold } from "../pages/problemPage.js";
import { type Captions, captions } from "./captions.js";
import type { FigurePage } from "./fitPages.js";
import { scopeNames } from "./jobSite.js";

/** What the parts of a report share. */
export interface ReportView {
  /** The site as the pack sees it: of its scope, up to its period. */
  site: Site;
  /** The whole site, for what things are called. */
  company: Site;
  job: PrintJob;
  words: ReportMessages;
  title: string;
  /** What is shown, written down as it is drawn. */
  figures: PackFigures;
  /** The period the report is about, in words. */
  period: string;
  captions: Captions;
  /** Pages whose charts take what is left of them. */
  figurePages: FigurePage[];
  /** The fishbones that have a bone with a value. */
  departments: ReportDepartment[];
  /** The KPIs beside the fishbones, where those have few values. */
  others: ReportSection | null;
  /** All KPIs without a value. */
  missing: Headline[];
  problems: ProblemView[];
  /** Every KPI with a value that the report names, in its order. */
  kpis: Kpi[];
}

/** A fishbone with the sections that treat its KPIs. */
export interface ReportDepartment {
  id: string;
  label: string;
  bones: FishboneView;
  sections: ReportSection[];
}

/** A group of KPIs that the report treats together: the success factors, or a branch. */
export interface ReportSection {
  id: string;
  label: string;
  headlines: Headline[];
  /** Those whose figure stands in this section: a KPI of two departments is drawn once. */
  drawn: Headline[];
}

/** Whether a pack that lists what it treats, or treats all, has something. */
const isTreated = (list: readonly string[] | null, { id }: { id: string }) =>
  list === null || list.includes(id);

/** Reads what a pack shows. */
export function reportView(company: Site, site: Site, job: PrintJob): ReportView {
  const { pack } = job;
  const words = report(site.language);
  const title = pack.title[site.language];
  const drawn = new Set<string>();
  const has = (part: PackSection) => pack.sections.includes(part);
  // A pack that lists KPIs treats no department, unless it draws their fishbones.
  const treated = site.catalogue.fishbones.filter(
    (fishbone) => (pack.kpis === null || has("fishbones")) && isTreated(pack.fishbones, fishbone),
  );
  const all = treated.map((fishbone): ReportDepartment => {
    const bones = fishboneView(site, fishbone);
    const section = (id: string, label: string, kpis: readonly string[]): ReportSection => {
      const headlines = kpis.flatMap((kpi) => bones.headlines.get(kpi) ?? []).filter(isKnown);
      const fresh = headlines.filter(({ kpi }) => !drawn.has(kpi.id));
      for (const { kpi } of fresh) drawn.add(kpi.id);
      return { id: `section-${fishbone.id}-${id}`, label, headlines, drawn: fresh };
    };
    const sections = [
      section("success_factors", site.messages.fishbone.successFactors, fishbone.success_factors),
      ...fishbone.branches.map(({ id, label, kpis }) => section(id, label[site.language], kpis)),
    ];
    return {
      id: fishbone.id,
      label: fishbone.label[site.language],
      bones,
      sections: sections.filter(({ headlines }) => headlines.length > 0),
    };
  });
  const departments = all.filter(({ sections }) => sections.length > 0);
  const headlines = site.catalogue.kpis.map((kpi) => headlineOf(site, kpi));
  const others = pack.kpis ? chosen(title, headlines, pack.kpis) : othersOf(words, headlines, all);
  const problems = site.catalogue.problems
    .filter((problem) => isTreated(pack.problems, problem))
    .map((problem) => problemView(site, problem))
    .filter(isHeld);
  const cards = site.catalogue.scorecards.filter((card) => isTreated(pack.scorecards, card));
  const start = currentPeriod(site);
  const period = start === null ? "" : site.format.period(site.grain, start);
  const named = [
    ...(has("fishbones") || has("kpis")
      ? departments.flatMap(({ sections }) => sections.flatMap((section) => section.headlines))
      : []),
    ...(has("kpis") ? (others?.headlines ?? []) : []),
    ...(has("problems") ? problems.flatMap(printedHeadlines) : []),
  ]
    .filter(isKnown)
    .map(({ kpi }) => kpi);
  const scored = (has("scorecards") ? cards : [])
    .flatMap((card) => latestScore(site, card)?.items ?? [])
    .flatMap((item) => {
      const headline = headlines.find(({ kpi }) => kpi.id === item.kpi_id);
      // What nothing tells apart by the pack's scope has no value but in the scorecard.
      return (headline ? isKnown(headline) : item.value !== null) ? kpiOf(site, item.kpi_id) : [];
    });
  return {
    site,
    company,
    job,
    words,
    title,
    figures: noFigures(site, job, title, period),
    period,
    captions: captions(words, site.language),
    figurePages: [],
    departments,
    others,
    missing: headlines.filter((headline) => !isKnown(headline)),
    problems,
    kpis: [...new Map([...named, ...scored].map((kpi) => [kpi.id, kpi])).values()],
  };
}

/** The KPIs that a pack names, in its order. */
function chosen(
  label: string,
  headlines: readonly Headline[],
  kpis: readonly string[],
): ReportSection | null {
  const known = kpis
    .flatMap((id) => headlines.find(({ kpi }) => kpi.id === id) ?? [])
    .filter((headline) => isKnown(headline) && !isShareOnly(headline.kpi));
  return known.length === 0 ? null : { id: "section-kpis", label, headlines: known, drawn: known };
}

const noFigures = (
  site: Site,
  { pack, scope, command }: PrintJob,
  title: string,
  period: string,
): PackFigures => ({
  format: 1,
  pack: pack.id,
  title,
  language: site.language,
  scope: scope ? { [scope.dimension]: scope.value } : {},
  names: {
    ...scopeNames(site, scope ? { [scope.dimension]: scope.value } : {}),
    kpis: {},
    grades: Object.fromEntries(site.catalogue.grades.map(({ id, label }) => [id, label[site.language]])),
  },
  period,
  build_id: site.build.build_id,
  as_of_on: site.build.as_of_on,
  currency: site.catalogue.currency,
  command,
  values: [],
  trends: [],
  scores: [],
  initiatives: [],
  definitions: [],
});

/** Whether any KPI that would show a cause has a value to hold against a target; else a sheet had nothing but dashes. */
const isHeld = (problem: ProblemView): boolean =>
  isTold(problem) &&
  problem.causes.some(({ readings }) => readings.some(({ standing }) => isJudged(standing)));

/** The KPIs with a value that no fishbone has, where fewer than half of the fishbones' KPIs have one. */
function othersOf(
  words: ReportMessages,
  headlines: readonly Headline[],
  departments: readonly ReportDepartment[],
): ReportSection | null {
  const bones = new Map(departments.flatMap((department) => [...department.bones.headlines]));
  const others = headlines.filter(
    (headline) => isKnown(headline) && !bones.has(headline.kpi.id) && !isShareOnly(headline.kpi),
  );
  if (others.length === 0 || !needsOthers([...bones.values()])) return null;
  return { id: "section-others", label: words.others, headlines: others, drawn: others };
}

/** The first entries of a list, as many as a pack of few pages has room for, and how many more there are. */
export function firstOf<T>(
  { job }: Pick<ReportView, "job">,
  list: readonly T[],
): { shown: T[]; more: number } {
  const shown = list.slice(0, job.rows ?? list.length);
  return { shown, more: list.length - shown.length };
}

/** Whether any KPI of a fishbone's branches has a value, so that there is a picture. */
export const hasBones = ({ bones }: ReportDepartment): boolean => bones.fishbone.branches.length > 0;

/** Where the report treats a KPI, for links within it: its figure, else its definition, else what it waits for. */
export function placeOf({ job, departments, others, missing }: ReportView, kpi: string): string {
  if (missing.some((headline) => headline.kpi.id === kpi)) return missingId;
  if (!job.pack.sections.includes("kpis")) return definitionId(kpi);

  const sections = [...departments.flatMap((department) => department.sections), ...(others ? [others] : [])];
  const isDrawn = sections.some(({ drawn }) => drawn.some((headline) => headline.kpi.id === kpi));
  return isDrawn ? figureId(kpi) : definitionId(kpi);
}

/** The id of the list of KPIs without a value. */
export const missingId = "missing";

/** The id of a KPI's figure. */
export function figureId(kpi: string): string {
  return `kpi-${kpi}`;
}

/** The id of a KPI's definition. */
export function definitionId(kpi: string): string {
  return `definition-${kpi}`;
}
