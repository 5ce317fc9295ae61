import { headScore } from "../data/scores.js";
import { h } from "../element.js";
import { fishbone } from "../fishbone/fishbone.js";
import { fishboneMessage, successFactors } from "../pages/fishbonePage.js";
import { pictured, sectionHead } from "./captions.js";
import { noteTotals, noteValues } from "./figures.js";
import { namedNotes } from "./footnotes.js";
import { placeOf, type ReportDepartment, type ReportView } from "./view.js";

/** Px between the margins of A4 landscape at 96 dpi. */
export const sheetWidth = 986;

/** A department's fishbone on a lying page. Its bones lead to the KPIs' figures. */
export function fishboneSheet(view: ReportView, { id, label, bones }: ReportDepartment): HTMLElement {
  const { site, captions } = view;
  noteValues(view, label, bones.headlines.values());
  noteTotals(
    view,
    site.catalogue.scorecards.filter((card) => card.id === bones.fishbone.scorecard),
  );
  const { happened, shown } = fishboneMessage(site, bones);
  const factors = successFactors(site, bones);
  factors
    ?.querySelector("h2")
    ?.replaceWith(h("div", { class: "factors-head" }, site.messages.fishbone.successFactors));
  // The words that stand for a symbol on a page are not on paper.
  for (const symbol of factors?.querySelectorAll(".symbol") ?? []) symbol.removeAttribute("aria-hidden");
  const sheet = h(
    "section",
    { class: "wide" },
    sectionHead("h2", `fishbone-${id}`, {
      happened: `${label}${site.messages.punctuation.comma}${happened}`,
      shown,
    }),
    h(
      "figure",
      {},
      pictured(
        fishbone(site, bones, { width: sheetWidth, score: headScore(site, bones.fishbone) }),
        site.messages.fishbone.label(label),
      ),
      factors && [...factors.childNodes],
      captions.figure(site.messages.fishbone.label(label)),
      namedNotes(view, bones.headlines.values()),
    ),
  );
  linkWithin(view, sheet);
  return sheet;
}

/** Lets the bones of a picture lead to where the report treats their KPIs. */
export function linkWithin(view: ReportView, sheet: HTMLElement): void {
  for (const bone of sheet.querySelectorAll("[data-kpi]")) {
    bone.setAttribute("href", `#${placeOf(view, bone.getAttribute("data-kpi") ?? "")}`);
  }
}
