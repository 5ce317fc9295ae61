import { type FishboneView, fishboneView } from "../fishbone.js";
import type { Headline } from "../headline.js";
import { type ProblemView, problemView } from "../problem.js";
import { latestScore } from "../scores.js";
import type { Site } from "../site.js";
import type { Kpi } from "../siteTypes.js";
import { type Captions, captions } from "./captions.js";
import { type ReportMessages, reportMessages } from "./messages.js";

/** What the parts of a report share. */
export interface ReportView {
  site: Site;
  words: ReportMessages;
  /** The period the report is about, in words. */
  period: string;
  captions: Captions;
  departments: ReportDepartment[];
  problems: ProblemView[];
  /** Every KPI that the report names, in its order. */
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

/** Reads what a report on all fishbones and problems of the catalogue shows. */
export function reportView(site: Site): ReportView {
  const words = reportMessages[site.language];
  const drawn = new Set<string>();
  const departments = site.catalogue.fishbones.map((fishbone): ReportDepartment => {
    const bones = fishboneView(site, fishbone);
    const section = (id: string, label: string, kpis: readonly string[]): ReportSection => {
      const headlines = kpis.flatMap((kpi) => bones.headlines.get(kpi) ?? []);
      const fresh = headlines.filter(({ kpi }) => !drawn.has(kpi.id));
      for (const { kpi } of fresh) drawn.add(kpi.id);
      return { id: `section-${fishbone.id}-${id}`, label, headlines, drawn: fresh };
    };
    const sections = [
      section("success_factors", site.messages.fishbone.successFactors, fishbone.successFactors),
      ...fishbone.branches.map(({ id, label, kpis }) => section(id, label[site.language], kpis)),
    ];
    return {
      id: fishbone.id,
      label: fishbone.label[site.language],
      bones,
      sections: sections.filter(({ headlines }) => headlines.length > 0),
    };
  });
  const problems = site.catalogue.problems.map((problem) => problemView(site, problem));
  const named = [
    ...departments.flatMap(({ sections }) => sections.flatMap(({ headlines }) => headlines)),
    ...problems.flatMap(({ headlines }) => [...headlines.values()]),
  ].map(({ kpi }) => kpi);
  const scored = site.catalogue.scorecards.flatMap((card) =>
    (latestScore(site, card)?.items ?? []).flatMap(({ kpi_id }) => site.kpi(kpi_id) ?? []),
  );
  return {
    site,
    words,
    period: departments[0]?.bones.period ?? "",
    captions: captions(words, site.language),
    departments,
    problems,
    kpis: [...new Map([...named, ...scored].map((kpi) => [kpi.id, kpi])).values()],
  };
}

/** Where the report treats a KPI, for links within it: its figure, else its definition. */
export function placeOf({ departments }: ReportView, kpi: string): string {
  const isDrawn = departments.some(({ bones }) => bones.headlines.has(kpi));
  return isDrawn ? figureId(kpi) : definitionId(kpi);
}

/** The id of a KPI's figure. */
export function figureId(kpi: string): string {
  return `kpi-${kpi}`;
}

/** The id of a KPI's definition. */
export function definitionId(kpi: string): string {
  return `definition-${kpi}`;
}
