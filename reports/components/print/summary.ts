import type { BenefitsDocument } from "../../src/published/benefitTypes.js";
import type { Quality } from "../../src/published/quality.js";
import { benefitSummary } from "../../src/words/benefitSummary.js";
import { benefitNames } from "../data/benefits.js";
import { h } from "../element.js";
import { boneHeadlines, headlineCards, overviewTitle, qualityLine } from "../pages/overview.js";
import { offTargetList } from "../pages/overviewLists.js";
import { scoreStrip } from "../pages/scoreStrip.js";
import { noteTotals, noteValues } from "./figures.js";
import { placeOf, type ReportView } from "./view.js";

/** The id of the page that says it all. */
export const summaryId = "summary";

/** How many sentences on initiatives the page has room for. */
const sentences = 4;

/** One page that says it all: the state in a sentence, totals and grades, eight KPIs, what is off target, initiatives, data. */
export function summarySection(view: ReportView, benefits: BenefitsDocument, quality: Quality): HTMLElement {
  const { site, title, words, job } = view;
  const headlines = boneHeadlines(site);
  noteValues(view, words.summary.name, headlines);
  noteTotals(view, site.catalogue.scorecards);
  const stated = overviewTitle(site, headlines);
  const state = stated.querySelector("h1");
  state?.replaceWith(h("h3", {}, ...state.childNodes));
  const told = job.scope
    ? []
    : benefitSummary(benefits.initiatives, benefitNames(site, benefits), site.language);
  const section = h(
    "section",
    { class: "summary" },
    h("h2", { id: summaryId }, words.summary.title(title, view.period)),
    stated,
    scoreStrip(site),
    headlineCards(site, headlines),
    h(
      "div",
      { class: "lower" },
      offTargetList(site, headlines),
      benefits.initiatives.length > 0 &&
        told.length > 0 &&
        h(
          "section",
          { class: "lower-list" },
          h("h2", {}, site.messages.benefits.name),
          h(
            "ul",
            { class: "told" },
            told.slice(0, sentences).map((sentence) => h("li", {}, sentence)),
          ),
        ),
    ),
    !job.scope && qualityLine(site, quality),
  );
  for (const head of section.querySelectorAll(".lower h2")) head.replaceWith(h("h3", {}, ...head.childNodes));
  for (const link of section.querySelectorAll<HTMLAnchorElement>("a[href*='kpi/']")) {
    const id = /kpi\/([^./]+)\.html/.exec(link.getAttribute("href") ?? "")?.[1];
    if (id) link.setAttribute("href", `#${placeOf(view, id)}`);
  }
  return section;
}
