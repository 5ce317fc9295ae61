import { addressOf, type BenefitsDocument } from "../../src/published/benefitTypes.js";
import { errorRatesText } from "../../src/words/benefitSummary.js";
import { benefitParagraph, benefitText } from "../../src/words/benefitText.js";
import { h } from "../element.js";
import { benefitEffects, benefitView } from "../pages/benefitPage.js";
import { benefitsMessage, planMessage, riskMessage, summaryPart } from "../pages/benefitsPage.js";
import { benefitTable, planTable, riskTable } from "../tables/benefitTables.js";
import { saying, sectionHead, tableFigure } from "./captions.js";
import { noteInitiatives } from "./figures.js";
import { firstOf, placeOf, type ReportView } from "./view.js";

/** The id of the benefit assessment. */
export const benefitsId = "benefits";

/** Whether there is anything to say of initiatives, plan or risks. */
export const hasBenefits = ({ initiatives, milestones, risks }: BenefitsDocument): boolean =>
  initiatives.length + milestones.length + risks.length > 0;

/** Px between the margins of A4 at 96 dpi. */
const width = 657;

const idOf = (initiative: string) => `benefit-${addressOf(initiative)}`;

/** The benefit assessment: the summary, what came of each initiative, plan and risks. */
export function benefitSection(
  view: ReportView,
  doc: BenefitsDocument,
  { isBrief = false }: { isBrief?: boolean } = {},
): HTMLElement | null {
  const { site, captions } = view;
  const words = site.messages.benefits;
  if (!hasBenefits(doc)) return null;
  const { shown: initiatives, more } = firstOf(view, doc.initiatives);
  const [steps, listed] = [firstOf(view, doc.milestones), firstOf(view, doc.risks)];
  // What stands behind the verdicts is told in the benefit assessment itself.
  const noted = words.notes(errorRatesText(doc.error_rates)).slice(0, isBrief ? 1 : undefined);
  const further = (count: number) =>
    count > 0 && h("p", { class: "shown" }, view.words.andMore(site.format.integer(count)));
  noteInitiatives(view, initiatives);
  const [plan, risks] = [planMessage(site, doc), riskMessage(site, doc)];
  return h(
    "section",
    { class: "scores benefit-report" },
    sectionHead("h2", benefitsId, benefitsMessage(site, doc)),
    summaryPart(site, doc),
    initiatives.length > 0 && [
      tableFigure(
        benefitTable(
          site,
          { ...doc, initiatives },
          {
            href: ({ initiative_id }) => `#${idOf(initiative_id)}`,
            isShort: true,
          },
        ),
        captions.table(words.tableCaption),
      ),
      further(more),
      noted.map((note) => h("p", { class: "shown" }, note)),
    ],
    !isBrief && initiatives.map(({ initiative_id }) => initiativePart(view, doc, initiative_id)),
    plan && [
      h("h3", {}, plan.happened),
      tableFigure(planTable(site, steps.shown), captions.table(words.planCaption)),
      further(steps.more),
    ],
    risks && [
      h("h3", {}, risks.happened),
      tableFigure(
        riskTable(site, listed.shown, (kpi) => `#${placeOf(view, kpi)}`),
        captions.table(words.risksCaption),
      ),
      further(listed.more),
    ],
  );
}

/** An initiative's paragraph and its effect chart. */
function initiativePart(
  { site, captions }: ReportView,
  doc: BenefitsDocument,
  id: string,
): (HTMLElement | null)[] {
  const words = site.messages.benefits;
  const shown = benefitView(site, doc, addressOf(id));
  if (!shown) return [];
  const text = benefitText(shown.row, shown.names, site.language);
  const chart = benefitEffects(site, shown, width);
  return [
    h("h3", { id: idOf(id) }, text.happened),
    h("p", { class: "benefit-paragraph" }, benefitParagraph(text, site.language)),
    chart &&
      h(
        "figure",
        { class: "kpi" },
        saying(chart, text.happened, site),
        captions.figure(words.effectCaption(shown.row.name)),
      ),
  ];
}
