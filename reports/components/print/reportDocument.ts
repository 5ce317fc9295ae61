import type { PrintJob } from "../../src/published/packTypes.js";
import { painted } from "../charts/fitted.js";
import type { Site } from "../data/site.js";
import { fontsFor } from "../data/text.js";
import { h } from "../element.js";
import { fishboneTexts } from "../pages/fishbonePage.js";
import { problemTexts } from "../pages/problemPage.js";
import { contents } from "./contents.js";
import { cover, scopeOf } from "./cover.js";
import { fitPages, sheetOf } from "./fitPages.js";
import { withoutGlyph } from "./glyphs.js";
import { siteOfJob } from "./jobSite.js";
import { glueUnits, inDocument, lastSecond, reportFonts, runningHeads } from "./paging.js";
import { appendParts, type PackData, partsOf } from "./parts.js";
import { type ReportView, reportView } from "./view.js";

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

/** The scores of a scope are those that its ranking has. */
const needsRankings = ({ scope }: PrintJob) =>
  scope !== null && ["team", "employee"].includes(scope.dimension);

/** A printed pack, begun with its cover. */
export async function reportCover(site: Site, job: PrintJob, data: PackData): Promise<Report> {
  const view = reportView(site, siteOfJob(site, job, needsRankings(job) ? await data.rankings() : []), job);
  const { words, title } = view;
  const element = h(
    "article",
    {
      class: "report",
      "data-report": "drawing",
      "data-title": title,
      "data-subject": words.subject(scopeOf(view), view.period),
      "data-as-of": lastSecond(site.build.as_of_on, site.build.time_zone),
      "data-build-id": site.build.build_id,
    },
    job.pack.cover && cover(view),
  );
  return { element, view };
}

/**
 * Draws all that follows the cover, once that has been painted. The report says `data-report="ready"` once every letter has
 * its font; until then it says `drawing`.
 */
export async function fillReport({ element, view }: Report, data: PackData): Promise<void> {
  const { site, departments, problems, job } = view;
  await painted();
  // With the fonts of the cover, which come by themselves at one time or another: pictures are measured the same each time.
  await fontsFor([
    element.textContent ?? "",
    ...departments.flatMap(({ bones }) => fishboneTexts(site, bones)),
    ...problemTexts(site, problems),
  ]);
  const parts = await partsOf(view, data);
  const entries = parts.flatMap(({ entry }) => entry ?? []);
  element.prepend(runningHeads(view, parts));
  if (job.pack.contents) element.append(contents(view, entries));
  appendParts(element, parts);
  loosenLinks(element);
  glueUnits(element);
  globalThis.packFigures = view.figures;
  void reportFonts(element)
    .then(() => inDocument(element))
    .then(() => fitPages(element, view.figurePages, sheetOf(job.paper), view.words.continued))
    .then(() => nameUndrawn(view, element))
    .then(
      () => requestAnimationFrame(() => element.setAttribute("data-report", "ready")),
      () => element.setAttribute("data-report", "failed"),
    );
}

declare global {
  /** What the pack on this page shows, for who prints it. */
  var packFigures: ReportView["figures"] | undefined;
}

/** A link to what this pack has not leads nowhere: it is text. */
function loosenLinks(report: HTMLElement): void {
  const known = new Set([...report.querySelectorAll("[id]")].map(({ id }) => id));
  for (const link of report.querySelectorAll("a[href]")) {
    const href = link.getAttribute("href") ?? "";
    if (!href.startsWith("#") || !known.has(href.slice(1))) link.removeAttribute("href");
  }
}
