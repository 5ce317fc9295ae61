import type { BenefitsDocument, PublishedInitiative } from "../../src/published/benefitTypes.js";
import { benefitSummary, errorRatesText } from "../../src/words/benefitSummary.js";
import { benefitNames } from "../data/benefits.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { benefitTable, planCounts, planTable, riskTable } from "../tables/benefitTables.js";
import { pagedList } from "../tables/pagedList.js";
import { stack } from "../tables/table.js";
import { message, notes } from "./message.js";

/** How many initiatives there are, by what came of them. */
export function benefitsMessage(site: Site, doc: BenefitsDocument): { happened: string; shown: string } {
  const words = site.messages.benefits;
  const [counts = words.none] = benefitSummary(doc.initiatives, benefitNames(site, doc), site.language);
  return {
    happened: doc.initiatives.length === 0 ? words.none : counts.replace(/[.。]$/, ""),
    shown: words.shown,
  };
}

export function benefitsTitle(site: Site, doc: BenefitsDocument): HTMLElement {
  const { happened, shown } = benefitsMessage(site, doc);
  return message(happened, shown);
}

/** The sentences of the summary after the count that the title says. */
export function summaryPart(site: Site, doc: BenefitsDocument): HTMLElement | null {
  const [, ...sentences] = benefitSummary(doc.initiatives, benefitNames(site, doc), site.language);
  if (sentences.length === 0) return null;
  return h(
    "ul",
    { class: "told" },
    sentences.map((sentence) => h("li", {}, sentence)),
  );
}

/** Summary, initiatives, plan and risks. */
export function benefitsParts(site: Site, doc: BenefitsDocument): HTMLElement[] {
  const words = site.messages.benefits;
  const scrolled = (table: HTMLElement) => h("div", { class: "scroll", tabindex: 0 }, stack(table));
  const parts: HTMLElement[] = [];
  const summary = summaryPart(site, doc);
  if (summary) parts.push(h("section", { class: "benefit-summary" }, summary));
  if (doc.initiatives.length > 0)
    parts.push(h("section", {}, message(words.tableTitle, words.tableShown, "h2"), pagedBenefits(site, doc)));
  const plan = planMessage(site, doc);
  if (plan)
    parts.push(
      h(
        "section",
        { id: "plan" },
        message(plan.happened, plan.shown, "h2"),
        scrolled(planTable(site, doc.milestones)),
      ),
    );
  const risks = riskMessage(site, doc);
  if (risks)
    parts.push(
      h(
        "section",
        { id: "risks" },
        message(risks.happened, risks.shown, "h2"),
        scrolled(riskTable(site, doc.risks, (kpi) => site.href(`kpi/${kpi}`))),
      ),
    );
  if (doc.initiatives.length > 0) parts.push(notes(words.notes(errorRatesText(doc.error_rates))));
  return parts;
}

/** How many initiatives a page of the table has. */
const pageLength = 100;

/** The table of initiatives; of very many a page at a time, with a search for a name. */
function pagedBenefits(site: Site, doc: BenefitsDocument): HTMLElement {
  const { initiatives } = doc;
  const from = (at: number) => initiatives.slice(at, at + pageLength);
  const nameOf = new Map(initiatives.map(({ initiative_id, name }) => [initiative_id, name]));
  const starts = initiatives.map((_, at) => at).filter((at) => at > 0 && at % pageLength === 0);
  // All of them are in the document already: what the list asks for is cut out of it.
  const load = async <T>(path: string) =>
    (path === "names" ? [...nameOf.keys()] : from(Number(path))) as unknown as T;
  return pagedList(
    site,
    { rows: from(0), pages: starts.map(String), names: "names", pageLength },
    {
      table: (rows: PublishedInitiative[]) => stack(benefitTable(site, doc, { rows })),
      label: (id) => nameOf.get(id) ?? id,
    },
    load,
  );
}

/** How far the plan is; null where there is none. */
export function planMessage(
  site: Site,
  { milestones }: BenefitsDocument,
): { happened: string; shown: string } | null {
  if (milestones.length === 0) return null;
  const { plan } = site.messages.benefits;
  const { integer, day } = site.format;
  const { done, late } = planCounts(site, milestones);
  return {
    happened: plan.done({ done: integer(done), total: integer(milestones.length), late: integer(late) }),
    shown: plan.shown(day(site.build.as_of_on, true)),
  };
}

/** How many risks are open; null where none is registered. */
export function riskMessage(
  site: Site,
  { risks }: BenefitsDocument,
): { happened: string; shown: string } | null {
  if (risks.length === 0) return null;
  const words = site.messages.benefits.risks;
  const open = risks.filter(({ status }) => status !== "closed").length;
  return {
    happened: words.title(site.format.integer(open), site.format.integer(risks.length)),
    shown: words.shown,
  };
}
