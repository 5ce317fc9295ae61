import type {
  AssessmentDocument,
  AssessmentPeriod,
  FeedbackSheet,
} from "../../src/published/assessmentTypes.js";
import {
  type FeedbackNames,
  type FeedbackRow,
  type FeedbackSection,
  feedbackRows,
  feedbackText,
} from "../../src/words/feedbackText.js";
import { feedback } from "../../src/words/languages.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { feedbackNames, periodText, sheetIds, sheetOf } from "../pages/assessmentPage.js";
import { employeeText } from "../tables/assessmentTables.js";
import { headed, numberHead, textHead } from "../tables/table.js";
import { tableFigure } from "./captions.js";
import type { Part } from "./contents.js";
import { noteScore } from "./figures.js";
import { Footnotes, itemNote } from "./footnotes.js";
import type { ReportView } from "./view.js";

/** The id of an employee's sheet. */
const sheetId = (employee: string) => `sheet-${encodeURIComponent(employee)}`;

/** A sheet for each employee that the pack is of, or for everybody; a page that says so where there are no figures. */
export async function feedbackSection(view: ReportView, doc: AssessmentDocument): Promise<Part[]> {
  const { job, company: site } = view;
  const { until } = { until: job.period?.end ?? "9999" };
  const period = doc.periods.find((each) => each.period.end <= until && sheetIds(each).length > 0);
  const wanted = job.scope ? [job.scope.value] : period ? sheetIds(period) : [];
  const parts: Part[] = [];
  for (const id of wanted) {
    const sheet = period && (await sheetOf(period, id)).sheet;
    parts.push({
      entry: { id: sheetId(id), label: employeeText(doc, id) },
      drawn: [sheet && period ? drawn(view, doc, period, sheet) : nothing(view, id)],
    });
  }
  if (parts.length > 0) return parts;
  return [{ entry: null, drawn: [h("section", {}, h("h2", {}, site.messages.assessment.none))] }];
}

function nothing({ words }: ReportView, id: string): HTMLElement {
  return h(
    "section",
    { class: "feedback" },
    h("h2", { id: sheetId(id) }, words.feedback.title(id)),
    h("p", {}, words.feedback.nothing),
  );
}

/** One page: what stands of each KPI in a table, what else is said in two columns, the signatures. */
function drawn(
  view: ReportView,
  doc: AssessmentDocument,
  period: AssessmentPeriod,
  sheet: FeedbackSheet,
): HTMLElement {
  const { company: site } = view;
  const names = feedbackNames(site, doc);
  const { title, who, sections } = feedbackText(sheet, names, site.language);
  const rows = feedbackRows(sheet, names, site.language);
  const table =
    sheet.quantitative && rows.length > 0 ? standings(view, sheet, rows, periodText(site, period)) : null;
  return h(
    "section",
    { class: "feedback" },
    h(
      "div",
      { class: "message" },
      h("h2", { id: sheetId(sheet.employee_id) }, title),
      who !== "" && h("p", {}, who),
    ),
    table,
    h(
      "div",
      { class: "said" },
      (table ? untabled(sheet, names, site, sections) : sections).map(({ heading, lines }) => [
        h("h3", {}, heading),
        h(
          "ul",
          { class: "told" },
          lines.map((line) => h("li", {}, line)),
        ),
      ]),
    ),
    acknowledged(view),
  );
}

/** What of a sheet is no row of its table: the totals, the review, improvements, and how to read it all. */
function untabled(
  sheet: FeedbackSheet,
  names: FeedbackNames,
  { language }: Site,
  whole: readonly FeedbackSection[],
): FeedbackSection[] {
  const none = { strengths: [], below_target: [], unsure: [], others: [], not_scored: [] };
  const { reading } = feedback(language).headings;
  const { sections } = feedbackText({ ...sheet, ...none }, names, language);
  return [
    ...sections.filter(({ heading }) => heading !== reading),
    ...whole.filter(({ heading }) => heading === reading),
  ];
}

/** Where the employee and who spoke with them sign that they have. */
function acknowledged({ words, job, site }: ReportView): HTMLElement {
  const { feedback, signoff, cover } = words;
  return h(
    "div",
    { class: "acknowledged" },
    [feedback.employee, feedback.manager, signoff.date].map((name) => h("div", {}, name)),
    h("p", { class: "shown" }, `${cover.build} ${site.build.build_id} · ${job.command}`),
  );
}

/** The scorecard of a sheet: each KPI by how it stands, with its target, its change and its score. */
function standings(
  view: ReportView,
  sheet: FeedbackSheet,
  groups: ReturnType<typeof feedbackRows>,
  period: string,
): (HTMLElement | null)[] {
  const { company: site, words, captions } = view;
  const { format, messages } = site;
  const { columns } = words.feedback;
  const card = sheet.quantitative;
  const { grain, start: period_start, end: period_end } = sheet.period;
  const standing = groups.flatMap(({ rows }) => rows.map((row) => row.standing));
  if (card)
    noteScore(view, card.scorecard, {
      ...card,
      kind: "employee",
      subject: sheet.employee_id,
      grain,
      period_start,
      period_end,
      items: standing,
    });
  const footnotes = new Footnotes();
  const row = ({ standing: item, label, value, target, gap, last, why }: FeedbackRow) => {
    const note = itemNote({ site, words }, item, period_end) ?? why;
    const change = item.previous?.change;
    return h(
      "tr",
      {},
      h("th", { scope: "row", class: "text" }, label),
      h("td", {}, format.share(item.weight)),
      h("td", {}, value, footnotes.mark(note)),
      h("td", {}, target),
      h("td", {}, gap),
      h("td", {}, item.hidden ? "" : format.integer(item.n)),
      h("td", {}, last),
      h(
        "td",
        { class: change === "better" || change === "worse" ? "text certain" : "text" },
        change ? words.feedback.change[change] : "",
      ),
      h("td", {}, item.hidden ? "" : format.number("score", { value: item.score })),
    );
  };
  const table = headed(
    "standings",
    [
      textHead(words.columns.kpi),
      numberHead(messages.scores.columns.weight),
      numberHead(words.columns.value),
      numberHead(words.columns.target),
      numberHead(columns.gap),
      numberHead(words.columns.n),
      numberHead(columns.last),
      textHead(columns.change),
      numberHead(messages.scores.columns.score),
    ],
    groups.map(({ heading, rows }) =>
      h(
        "tbody",
        {},
        h("tr", { class: "group" }, h("th", { scope: "rowgroup", colspan: 9, class: "text" }, heading)),
        rows.map(row),
      ),
    ),
  );
  return [tableFigure(table, captions.table(words.feedback.caption(period))), footnotes.list()];
}
