import { type FishboneView, fishboneView } from "../fishbone.js";
import type { Headline } from "../headline.js";
import type { Site } from "../site.js";
import type { Fishbone } from "../siteTypes.js";
import { type Captions, captions } from "./captions.js";
import { type ReportMessages, reportMessages } from "./messages.js";

/** What the parts of a report share. */
export interface ReportView {
  site: Site;
  words: ReportMessages;
  fishbone: Fishbone;
  bones: FishboneView;
  /** The department's name. */
  department: string;
  captions: Captions;
  sections: ReportSection[];
}

/** A group of KPIs that the report treats together: the success factors, or a branch. */
export interface ReportSection {
  id: string;
  label: string;
  headlines: Headline[];
}

/** Reads what a report on a fishbone shows. */
export function reportView(site: Site, fishbone: Fishbone): ReportView {
  const bones = fishboneView(site, fishbone);
  const words = reportMessages[site.language];
  const section = (id: string, label: string, kpis: readonly string[]): ReportSection => ({
    id: `section-${id}`,
    label,
    headlines: kpis.flatMap((kpi) => bones.headlines.get(kpi) ?? []),
  });
  const sections = [
    section("success_factors", site.messages.fishbone.successFactors, fishbone.successFactors),
    ...fishbone.branches.map(({ id, label, kpis }) => section(id, label[site.language], kpis)),
  ];
  return {
    site,
    words,
    fishbone,
    bones,
    department: fishbone.label[site.language],
    captions: captions(words),
    sections: sections.filter(({ headlines }) => headlines.length > 0),
  };
}

/** The id of a KPI's figure, for links within the report. */
export function figureId(kpi: string): string {
  return `kpi-${kpi}`;
}
