import type { AssessmentDocument } from "../../src/published/assessmentTypes.js";
import type { BenefitsDocument } from "../../src/published/benefitTypes.js";
import type { Quality } from "../../src/published/quality.js";
import type { Ranking } from "../../src/published/scoreTypes.js";
import type { WeightsDocument } from "../../src/published/weightTypes.js";
import { painted } from "../charts/fitted.js";
import type { Site } from "../data/site.js";
import { fontsFor } from "../data/text.js";
import { append, h } from "../element.js";
import { fishboneTexts } from "../pages/fishbonePage.js";
import { problemTexts } from "../pages/problemPage.js";
import { benefitSection } from "./benefits.js";
import { contents } from "./contents.js";
import { cover, scopeOf } from "./cover.js";
import { definitionsSection } from "./definitions.js";
import { fishboneSheet } from "./fishboneSheet.js";
import { fitPages } from "./fitPages.js";
import { withoutGlyph } from "./glyphs.js";
import { glueUnits, inDocument, lastSecond, reportFonts, runningHeads } from "./paging.js";
import { problemSheets } from "./problemSheets.js";
import { qualitySection } from "./quality.js";
import { assessmentSection, scorecardSections, weightSection } from "./scorecards.js";
import { kpiSection, missingSection } from "./sections.js";
import { hasBones, type ReportView, reportView } from "./view.js";

/** What only the report needs beyond the data all pages share. */
export interface ReportData {
  quality: Quality;
  rankings: Ranking[];
  assessment: AssessmentDocument;
  weights: WeightsDocument;
  benefits: BenefitsDocument;
}

/** Says at the report's end which of its characters no font here draws. */
function nameUndrawn({ words }: ReportView, report: HTMLElement): void {
  const undrawn = withoutGlyph(report.textContent ?? "", '"Noto Sans SC", sans-serif');
  if (undrawn.length === 0) return;
  const code = (character: string) => `U+${character.codePointAt(0)?.toString(16).toUpperCase()}`;
  const named = undrawn.map((character) => `${character} (${code(character)})`).join(", ");
  report.dataset.undrawn = named;
  report.append(h("p", { class: "notes" }, words.undrawn(named)));
}

/** A report that is being drawn, and what its parts share. */
export interface Report {
  element: HTMLElement;
  view: ReportView;
}

/** The printed report on all fishbones and problems of the catalogue, begun with its cover. */
export function reportCover(site: Site): Report {
  const view = reportView(site);
  const { words } = view;
  if (site.catalogue.fishbones.length === 0) throw new Error("the catalogue has no fishbone");
  const element = h(
    "article",
    {
      class: "report",
      "data-report": "drawing",
      "data-title": words.title,
      "data-subject": words.subject(scopeOf(view), view.period),
      "data-as-of": lastSecond(site.build.as_of_on, site.build.time_zone),
      "data-build-id": site.build.build_id,
    },
    runningHeads(view),
    cover(view),
  );
  return { element, view };
}

/**
 * Draws all that follows the cover, once that has been painted. The report says `data-report="ready"` once every letter has
 * its font; until then it says `drawing`.
 */
export async function fillReport(
  { element, view }: Report,
  { quality, rankings, assessment, weights, benefits }: ReportData,
): Promise<void> {
  const { site, departments, others, problems } = view;
  await painted();
  // With the fonts of the cover, which come by themselves at one time or another: pictures are measured the same each time.
  await fontsFor([
    element.textContent ?? "",
    ...departments.flatMap(({ bones }) => fishboneTexts(site, bones)),
    ...problemTexts(site, problems),
  ]);
  append(element, [
    contents(view, { assessment, weights, benefits }),
    scorecardSections(view, rankings),
    assessmentSection(view, assessment),
    weightSection(view, weights),
    benefitSection(view, benefits),
    departments.map((department) => [
      hasBones(department) && fishboneSheet(view, department),
      department.sections.map((section) => kpiSection(view, department, section)),
    ]),
    others && kpiSection(view, null, others),
    problemSheets(view),
    missingSection(view),
    qualitySection(view, quality),
    definitionsSection(view),
  ]);
  if (site.language === "zh-CN") glueUnits(element);
  void reportFonts(element)
    .then(() => inDocument(element))
    .then(() => fitPages(element, view.figurePages))
    .then(() => nameUndrawn(view, element))
    .then(
      () => requestAnimationFrame(() => element.setAttribute("data-report", "ready")),
      () => element.setAttribute("data-report", "failed"),
    );
}
