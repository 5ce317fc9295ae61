import { addressOf, type BenefitsDocument } from "../../src/published/benefitTypes.js";
import { errorRatesText } from "../../src/words/benefitSummary.js";
import { namedList } from "../../src/words/benefitTeller.js";
import { benefitParagraph, benefitText } from "../../src/words/benefitText.js";
import { benefit } from "../../src/words/languages.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { type BenefitChart, type BenefitView, benefitCharts } from "../pages/benefitCharts.js";
import { assumptionsOf, benefitView } from "../pages/benefitPage.js";
import { benefitsMessage, planMessage, riskMessage, summaryPart } from "../pages/benefitsPage.js";
import { notes } from "../pages/message.js";
import { benefitTable, planTable, riskTable } from "../tables/benefitTables.js";
import { saying, sectionHead, tableFigure } from "./captions.js";
import { noteInitiatives } from "./figures.js";
import { firstHeight } from "./fitPages.js";
import { glueUnits } from "./paging.js";
import { firstOf, placeOf, type ReportView } from "./view.js";

/** The id of the benefit assessment. */
export const benefitsId = "benefits";

/** Whether there is anything to say of initiatives, plan or risks. */
export const hasBenefits = ({ initiatives, milestones, risks }: BenefitsDocument): boolean =>
  initiatives.length + milestones.length + risks.length > 0;

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
  const told = initiatives.flatMap(
    ({ initiative_id }) => benefitView(site, doc, addressOf(initiative_id)) ?? [],
  );
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
    !isBrief && [assumptionPart(site, told), told.map((each) => initiativePart(view, each))],
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

/** What the figures of initiatives rest on, each said once, with names where it is not of all. */
function assumptionPart(site: Site, told: readonly BenefitView[]): (HTMLElement | null)[] {
  const shown = told.filter(({ row }) => !row.hidden);
  const byLine = new Map<string, string[]>();
  for (const each of shown)
    for (const line of assumptionsOf(site, each))
      byLine.set(line, [...(byLine.get(line) ?? []), each.row.name]);
  if (byLine.size === 0) return [];
  const lines = [...byLine].map(([line, names]) =>
    names.length === shown.length
      ? line
      : [namedList(names, benefit(site.language)), line].join(site.messages.punctuation.colon),
  );
  return [
    h("h3", {}, site.messages.benefits.assumptions.title),
    h(
      "ul",
      { class: "notes" },
      lines.map((line) => h("li", {}, line)),
    ),
  ];
}

/** An initiative's paragraph and its charts, on a page of their own where they fill one. */
function initiativePart(view: ReportView, shown: BenefitView): (HTMLElement | null)[] {
  const { site } = view;
  const { row, names } = shown;
  const text = benefitText(row, names, site.language);
  const heading = h("h3", { id: idOf(row.initiative_id), class: "together" }, text.happened);
  return [
    heading,
    h("p", { class: "benefit-paragraph" }, benefitParagraph(text, site.language)),
    ...benefitFigures(view, { shown, heading, happened: text.happened }),
  ];
}

/** Px between the margins of A4 at 96 dpi, and of the half of it that a chart beside another has. */
const width = 657;
const half = 316;
/** Px of a row of effects below its label. */
const row = 33;
/** Px of the trend of an initiative that has nothing below it. */
const alone = 200;

/** A chart in print, which can be drawn again at another height. */
interface Drawn {
  element: HTMLElement;
  draw(height: number): void;
}

/** Rows of a chart of effects at most. */
const most = 6;

/** An initiative's charts as its page has them: the trend, then two side by side each. */
function benefitFigures(
  view: ReportView,
  { shown, heading, happened }: { shown: BenefitView; heading: HTMLElement; happened: string },
): HTMLElement[] {
  const { trend, effect, study, time, space } = benefitCharts(view.site, shown);
  const own = (chart: BenefitChart | null) => chart && { ...chart, message: happened };
  const told = (chart: BenefitChart | null) => chart && { ...chart, message: chart.happened };
  const pairs = [
    [own(effect), told(space)],
    [told(study), told(time)],
  ].map((pair) => pair.flatMap((chart) => chart ?? []));
  const { name } = shown.row;
  const height = pairs.flat().length > 0 ? firstHeight(2) : alone;
  const above = [own(trend)].flatMap((chart) =>
    chart ? figureOf(view, chart, { name, width, height }) : [],
  );
  const beside = pairs.map((pair) =>
    pair.map((chart) => figureOf(view, chart, { name, width: pair.length === 1 ? width : half, height })),
  );
  const rows = beside
    .filter((figures) => figures.length > 0)
    .map((figures) => {
      const elements = figures.map(({ element }) => element);
      return elements.length > 1 ? h("div", { class: "beside" }, elements) : (elements[0] ?? h("div"));
    });
  const last = rows.at(-1);
  const high = [above, beside[1] ?? []].filter((figures) => figures.length > 0);
  if (last && high.length > 0)
    view.figurePages.push({
      section: heading,
      last,
      count: high.length,
      draw: (px) => {
        for (const figure of high.flat()) figure.draw(px);
      },
    });
  return [...above.map(({ element }) => element), ...rows];
}

/** A chart under its title, with its numbered caption and notes. */
function figureOf(
  { site, captions }: ReportView,
  chart: BenefitChart & { message: string },
  { name, ...size }: { name: string; width: number; height: number },
): Drawn {
  const drawnAt = (height: number) =>
    saying(chart.draw({ width: size.width, height, row, most }), chart.message, site);
  const notesOf = (drawn: Element) => {
    const told = [chart.warning, ...chart.notes(() => drawn, most)].filter(Boolean);
    const said = notes([told.join(benefit(site.language).join)]);
    // It may be drawn anew when the report's numbers have their units already.
    glueUnits(said);
    return said;
  };
  let drawn = drawnAt(size.height);
  let said = notesOf(drawn);
  const element = h(
    "figure",
    {},
    h("p", { class: "says" }, chart.happened),
    drawn,
    captions.figure([name, chart.shown].join(site.messages.punctuation.colon)),
    said,
  );
  const draw = (height: number) => {
    const next = drawnAt(height);
    const nextSaid = notesOf(next);
    drawn.replaceWith(next);
    said.replaceWith(nextSaid);
    [drawn, said] = [next, nextSaid];
  };
  return { element, draw };
}
