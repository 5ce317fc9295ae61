import { summaryOf } from "../../src/published/assessmentSummary.js";
import type {
  AssessmentDocument,
  AssessmentPeriod,
  FeedbackSheet,
} from "../../src/published/assessmentTypes.js";
import type { Labels } from "../../src/published/siteTypes.js";
import { type FeedbackNames, feedbackText } from "../../src/words/feedbackText.js";
import { choosePeriod } from "../controls/choosePeriod.js";
import { notFound } from "../controls/notFound.js";
import { tableText } from "../data/labels.js";
import { type Load, loadedOr, loadFromSite } from "../data/onDemand.js";
import { isTotalled } from "../data/scores.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { combinedTable, employeeText, nameOf, reviewTable } from "../tables/assessmentTables.js";
import { pagedList } from "../tables/pagedList.js";
import { message, notes } from "./message.js";

/** The periods that have anybody's total, the newest first. */
export function assessedPeriods({ periods }: AssessmentDocument): AssessmentPeriod[] {
  return periods.filter(
    ({ combined, reviews }) => combined.length > 0 || reviews.some(({ total }) => total !== null),
  );
}

/** Chooses the period; its `value` is the one chosen, told by `input` events and kept in the address. */
export function assessmentChoice(
  site: Site,
  doc: AssessmentDocument,
): (HTMLElement & { value: AssessmentPeriod | null }) | null {
  const periods = assessedPeriods(doc);
  if (periods.length === 0) return null;
  return choosePeriod(site, periods, {
    nameOf: ({ period }) => `${period.grain}-${period.start}`,
    textOf: (one) => periodText(site, one),
  });
}

/** How many employees have a combined total, and which grades. */
export function assessmentMessage(
  site: Site,
  doc: AssessmentDocument,
  period: AssessmentPeriod,
): { happened: string; shown: string } {
  const { messages, format, language } = site;
  const words = messages.assessment;
  const { count, known, untold = 0, grades } = summaryOf(period).combined;
  const counts = doc.grades
    .map(({ id, label }) => ({ label: label[language], count: grades[id] ?? 0 }))
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => words.gradeCount(label, format.integer(count)));
  if (untold > 0) counts.push(words.gradeCount(messages.unshown, format.integer(untold)));
  const title = words.title({
    period: periodText(site, period),
    count: format.integer(known + untold),
    total: format.integer(count),
  });
  const { quantitative, qualitative } = doc.weights;
  const share = (weight: number) => format.share(weight / (quantitative + qualitative));
  return {
    happened: `${title}${counts.length > 0 ? words.grades(counts.join(messages.punctuation.list)) : ""}`,
    shown: words.shown({ quantitative: share(quantitative), qualitative: share(qualitative) }),
  };
}

export function assessmentTitle(
  site: Site,
  doc: AssessmentDocument,
  period: AssessmentPeriod | null,
): HTMLElement {
  if (!period) return message(site.messages.assessment.none, "");
  const { happened, shown } = assessmentMessage(site, doc, period);
  return message(happened, shown);
}

/** The combined ranking, the 360° reviews and the feedback sheets of a period. */
export function assessmentParts(
  site: Site,
  doc: AssessmentDocument,
  period: AssessmentPeriod,
  load: Load = loadFromSite,
): HTMLElement[] {
  const { messages } = site;
  const words = messages.assessment;
  const called = {
    label: (id: string) => employeeText(doc, id),
    words: (id: string) => [nameOf(doc, id) ?? ""],
  };
  const sections: HTMLElement[] = [];
  if (period.combined.some(isTotalled)) {
    sections.push(
      h(
        "section",
        {},
        h("h2", {}, words.combined),
        pagedList(
          site,
          { rows: period.combined, ...period.combined_pages },
          { table: (combined) => combinedTable(site, doc, { ...period, combined }), ...called },
          load,
        ),
        withoutTotal(site, period).map((note) => h("p", { class: "shown" }, note)),
      ),
    );
  }
  if (period.reviews.some(({ total }) => total !== null)) {
    sections.push(
      h(
        "section",
        {},
        h("h2", {}, words.review),
        h("p", { class: "shown" }, reviewShown(site, doc, period)),
        pagedList(
          site,
          { rows: period.reviews, ...period.review_pages },
          {
            table: (reviews) => reviewTable(site, doc, { ...period, reviews, summary: summaryOf(period) }),
            ...called,
          },
          load,
        ),
        waitingAnswers(site, period).map((note) => h("p", { class: "shown" }, note)),
      ),
    );
  }
  if (sheetIds(period).length > 0) sections.push(sheetsSection(site, doc, period));
  return [...sections, notes([words.noteDash])];
}

/** What the table of reviews shows. */
export function reviewShown(site: Site, doc: AssessmentDocument, period: AssessmentPeriod): string {
  return site.messages.assessment.reviewShown({
    period: periodText(site, period),
    fewest: site.format.integer(doc.min_raters),
  });
}

/** That answers wait which came after the figures were shown. */
export function waitingAnswers(site: Site, period: AssessmentPeriod): string[] {
  const count = summaryOf(period).reviews.later_answers;
  return count > 0 ? [site.messages.assessment.later(count)] : [];
}

/** How many have no combined total. */
export function withoutTotal({ messages, format }: Site, period: AssessmentPeriod): string[] {
  const { count, known, untold = 0 } = summaryOf(period).combined;
  const without = count - known - untold;
  return [
    ...(untold > 0 ? [messages.assessment.untold(format.integer(untold))] : []),
    ...(without > 0 ? [messages.assessment.without(format.integer(without))] : []),
  ];
}

export function periodText({ format }: Site, { period }: AssessmentPeriod): string {
  return format.period(period.grain, period.start);
}

/** A choice of employee and the sheet of the one chosen, named in the address too. */
function sheetsSection(site: Site, doc: AssessmentDocument, period: AssessmentPeriod): HTMLElement {
  const words = site.messages.assessment;
  const names = feedbackNames(site, doc);
  const language = site.language;
  const place = h("div", { class: "sheet feedback", "aria-live": "polite" });
  const draw = async (id: string): Promise<void> => {
    const loaded = await loadedOr(
      site,
      place,
      () => sheetOf(period, id),
      () => draw(id),
    );
    if (!loaded) return;
    const { sheet } = loaded;
    if (!sheet) return;
    const { title, who, sections } = feedbackText(sheet, names, language);
    place.replaceChildren(
      h("h3", {}, title),
      who === "" ? "" : h("p", { class: "shown" }, who),
      ...sections.map(({ heading, lines }) =>
        h(
          "section",
          {},
          h("h4", {}, heading),
          h(
            "ul",
            {},
            lines.map((line) => h("li", {}, line)),
          ),
        ),
      ),
    );
  };
  const ids = sheetIds(period);
  const asked = new URLSearchParams(location.search).get("employee") ?? "";
  const first = ids.includes(asked) ? asked : (period.combined[0]?.subject ?? ids[0] ?? "");
  const control = h(
    "select",
    {
      change: (event) => {
        const id = (event.target as HTMLSelectElement).value;
        const query = new URLSearchParams(location.search);
        query.set("employee", id);
        history.replaceState(history.state, "", `?${query}${location.hash}`);
        void draw(id);
      },
    },
    ids.map((id) => h("option", { value: id, selected: id === first }, employeeText(doc, id))),
  );
  control.addEventListener("input", (event) => event.stopPropagation());
  void draw(first);
  return h(
    "section",
    {},
    h("h2", {}, words.sheets),
    h("p", { class: "shown" }, words.sheetsShown),
    ids.length > 0 && [
      h(
        "div",
        { class: "filters" },
        h("label", {}, h("span", {}, words.choose), control),
        notFound(site, words.choose, asked, ids.includes(asked)),
      ),
      place,
    ],
  );
}

/** Whose sheets a period has, here or in documents of their own. */
export const sheetIds = ({ sheets, sheet_pages = [] }: AssessmentPeriod): string[] => [
  ...sheets.map(({ employee_id }) => employee_id),
  ...sheet_pages.flatMap(({ employees }) => employees),
];

/** An employee's sheet, wherever it stands. */
export async function sheetOf({ sheets, sheet_pages = [] }: AssessmentPeriod, id: string) {
  const page = sheet_pages.find(({ employees }) => employees.includes(id));
  const all = page ? await loadFromSite<FeedbackSheet[]>(page.path) : sheets;
  return { sheet: all.find(({ employee_id }) => employee_id === id) };
}

/** What the sentences of a sheet call things. */
export function feedbackNames(site: Site, { grades, labels }: AssessmentDocument): FeedbackNames {
  const { catalogue } = site;
  const both = (label: Labels) => ({ zh: label["zh-CN"], en: label.en });
  return {
    kpis: new Map(
      catalogue.kpis.map(({ id, label, unit, counts }) => [
        id,
        { label: both(label), unit, counts: both(counts), currency: catalogue.currency },
      ]),
    ),
    grades: new Map(grades.map(({ id, label }) => [id, both(label)])),
    values: new Map(Object.entries(labels).map(([value, label]) => [value, both(label)])),
    called: (name) => tableText(site, name),
  };
}
