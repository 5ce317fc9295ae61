import { h } from "../element.js";
import type { Quality } from "../quality.js";
import type { Site } from "../site.js";
import { fontsFor } from "../text.js";
import { contents } from "./contents.js";
import { cover } from "./cover.js";
import { definitionsSection } from "./definitions.js";
import { fishboneSheet } from "./fishboneSheet.js";
import { lastSecond, reportFonts, runningHeads } from "./paging.js";
import { qualitySection } from "./quality.js";
import { kpiSection } from "./sections.js";
import { reportView } from "./view.js";

/** What only the report needs beyond the data all pages share. */
export interface ReportData {
  quality: Quality;
}

/**
 * The printed report on the first fishbone of the catalogue. It is in the document, with `data-report="ready"`,
 * once every letter has its font; until then it says `drawing`.
 */
export async function reportDocument(site: Site, { quality }: ReportData): Promise<HTMLElement> {
  const { catalogue, build } = site;
  const [fishbone] = catalogue.fishbones;
  if (!fishbone) throw new Error("the catalogue has no fishbone");
  await fontsFor(
    [...catalogue.kpis, ...fishbone.branches, fishbone].map(({ label }) => label[site.language]),
  );
  const view = reportView(site, fishbone);
  const { words, department, bones } = view;
  const report = h(
    "article",
    {
      class: "report",
      "data-report": "drawing",
      "data-title": words.title(department),
      "data-subject": words.subject(site.messages.trend.allCases, bones.period),
      "data-as-of": lastSecond(build.as_of_on, build.time_zone),
      "data-build-id": build.build_id,
    },
    runningHeads(view),
    cover(view),
    contents(view),
    fishboneSheet(view),
    view.sections.map((section) => kpiSection(view, section)),
    qualitySection(view, quality),
    definitionsSection(view),
  );
  void reportFonts(report).then(
    () => requestAnimationFrame(() => report.setAttribute("data-report", "ready")),
    () => report.setAttribute("data-report", "failed"),
  );
  return report;
}
