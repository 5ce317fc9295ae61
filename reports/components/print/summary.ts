import type { BenefitsDocument } from "../../src/published/benefitTypes.js";
import type { Quality } from "../../src/published/quality.js";
import { benefitSummary } from "../../src/words/benefitSummary.js";
import { benefitNames } from "../data/benefits.js";
import type { Headline } from "../data/headline.js";
import { h } from "../element.js";
import { boneHeadlines, headlineCards, overviewTitle, qualityLine } from "../pages/overview.js";
import { offTargetList } from "../pages/overviewLists.js";
import { scoreStrip } from "../pages/scoreStrip.js";
import { noteTotals, noteValues } from "./figures.js";
import { namedNotes } from "./footnotes.js";
import { firstOf, placeOf, type ReportView } from "./view.js";

/** The id of the page that says it all. */
export const summaryId = "summary";

/** How many sentences on initiatives the page has room for. */
const sentences = 4;

/** One page that says it all: the state in a sentence, totals and grades, eight KPIs, what is off target, initiatives, data. */
export function summarySection(view: ReportView, benefits: BenefitsDocument, quality: Quality): HTMLElement {
  const { title, words, job } = view;
  const scorecards = firstOf(view, view.site.catalogue.scorecards).shown;
  const { catalogue } = view.site;
  const fishbones = catalogue.fishbones.filter(({ id }) => job.pack.fishbones?.includes(id) ?? true);
  const site = { ...view.site, catalogue: { ...catalogue, fishbones, scorecards } };
  const headlines = boneHeadlines(site, job.pack.kpis);
  noteTotals(view, scorecards);
  const stated = overviewTitle(site, headlines, job.pack.kpis);
  const state = stated.querySelector("h1");
  state?.replaceWith(h("h3", {}, ...state.childNodes));
  const told = job.scope
    ? []
    : benefitSummary(benefits.initiatives, benefitNames(site, benefits), site.language);
  const cards = headlineCards(site, headlines);
  const section = h(
    "section",
    { class: "summary" },
    h("h2", { id: summaryId }, words.summary.title(title, view.period)),
    stated,
    scoreStrip(site),
    cards,
    namedNotes(view, shownIn(cards, headlines)),
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
    !job.scope &&
      h("p", { class: "shown" }, qualityLine(site, quality).firstChild?.textContent?.trim() ?? ""),
  );
  noteValues(view, words.summary.name, shownIn(section, headlines));
  for (const head of section.querySelectorAll(".lower h2")) head.replaceWith(h("h3", {}, ...head.childNodes));
  for (const link of section.querySelectorAll<HTMLAnchorElement>("a[href*='kpi/']")) {
    const id = kpiOf(link.getAttribute("href"));
    if (id) link.setAttribute("href", `#${placeOf(view, id)}`);
  }
  return section;
}

/** The headlines whose KPIs an element leads to: those whose values it shows. */
function shownIn(element: HTMLElement, headlines: readonly Headline[]): Headline[] {
  const links = element.querySelectorAll("a[href*='kpi/']");
  const shown = new Set([...links].map((link) => kpiOf(link.getAttribute("href"))));
  return headlines.filter(({ kpi }) => shown.has(kpi.id));
}

/** The KPI whose page an address is of. */
const kpiOf = (href: string | null): string | undefined => /kpi\/([^./]+)\.html/.exec(href ?? "")?.[1];
