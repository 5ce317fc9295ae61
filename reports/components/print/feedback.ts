import type {
  AssessmentDocument,
  AssessmentPeriod,
  FeedbackSheet,
} from "../../src/published/assessmentTypes.js";
import { feedbackText } from "../../src/words/feedbackText.js";
import { h } from "../element.js";
import { feedbackNames, periodText, sheetIds, sheetOf } from "../pages/assessmentPage.js";
import { employeeText } from "../tables/assessmentTables.js";
import type { Part } from "./contents.js";
import { noteScore } from "./figures.js";
import { reportTable } from "./table.js";
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

function drawn(
  view: ReportView,
  doc: AssessmentDocument,
  period: AssessmentPeriod,
  sheet: FeedbackSheet,
): HTMLElement {
  const { company: site } = view;
  const { title, who, sections } = feedbackText(sheet, feedbackNames(site, doc), site.language);
  return h(
    "section",
    { class: "feedback" },
    h(
      "div",
      { class: "message" },
      h("h2", { id: sheetId(sheet.employee_id) }, title),
      who !== "" && h("p", {}, who),
    ),
    standings(view, sheet, periodText(site, period)),
    sections.map(({ heading, lines }) => [
      h("h3", {}, heading),
      h(
        "ul",
        { class: "told" },
        lines.map((line) => h("li", {}, line)),
      ),
    ]),
    acknowledged(view),
  );
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

/** The scorecard of a sheet: value, target and score of each KPI, by weight. */
function standings(view: ReportView, sheet: FeedbackSheet, period: string): HTMLElement | null {
  const { company: site, words, captions } = view;
  const { format, messages } = site;
  const { scores } = messages;
  const items = [
    ...sheet.strengths,
    ...sheet.below_target,
    ...sheet.unsure,
    ...sheet.others,
    ...sheet.not_scored,
  ].sort((one, other) => other.weight - one.weight);
  const all = items.filter(({ value }) => value !== null);
  const card = sheet.quantitative;
  if (all.length === 0 || !card) return null;
  const labelOf = (id: string) => site.kpi(id)?.label[site.language] ?? id;
  const { grain, start: period_start, end: period_end } = sheet.period;
  const subject = sheet.employee_id;
  noteScore(view, card.scorecard, {
    ...card,
    kind: "employee",
    subject,
    grain,
    period_start,
    period_end,
    items,
  });
  return reportTable(
    [
      { head: words.columns.kpi },
      { head: scores.columns.weight, isNumber: true },
      { head: words.columns.value, isNumber: true },
      { head: words.columns.target, isNumber: true },
      { head: scores.columns.score, isNumber: true },
    ],
    all.map(({ kpi_id, weight, value, target, score, low, high }) => {
      const unit = site.kpi(kpi_id)?.unit ?? "count";
      return [
        labelOf(kpi_id),
        format.share(weight),
        format.number(unit, { value, low, high }),
        target === null ? messages.none : format.limit(unit, target),
        format.number("score", { value: score }),
      ];
    }),
    captions.table(words.feedback.caption(period)),
  );
}
