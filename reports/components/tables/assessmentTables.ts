import { summaryOf } from "../../src/published/assessmentSummary.js";
import type { AssessmentDocument, AssessmentPeriod } from "../../src/published/assessmentTypes.js";
import { raterGroups } from "../../src/score/review360.js";
import { scoreBar } from "../charts/scoreBar.js";
import { gradeText, points, rankText, totalText } from "../data/scores.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { bodyOf, headed, numberHead, textHead } from "./table.js";

/** Who an assessment is of: the id, with the name where it may be shown. */
export function employeeText(doc: AssessmentDocument, id: string): string {
  const name = nameOf(doc, id);
  return name ? `${id} ${name}` : id;
}

/** An employee's name, where it may be shown. */
export function nameOf(doc: AssessmentDocument, id: string): string | null {
  const names = namesOf.get(doc) ?? new Map(doc.employees.map((one) => [one.employee_id, one.name]));
  namesOf.set(doc, names);
  return names.get(id) ?? null;
}

const namesOf = new WeakMap<AssessmentDocument, Map<string, string | null>>();

/** Everybody by rank, who has no combined total last, with the two totals it comes from. */
export function combinedTable(
  site: Site,
  doc: AssessmentDocument,
  { combined }: AssessmentPeriod,
): HTMLElement {
  const { columns } = site.messages.assessment;
  return frame(
    site,
    [columns.total, columns.quantitative, columns.qualitative],
    [columns.grade],
    combined.map(({ subject, quantitative, qualitative, ...own }) => [
      ...firstCells(doc, rankText(site, own), subject),
      h("td", { class: "text" }, gradeText(site, own)),
      h("td", { class: "score" }, own.between ? site.messages.unshown : scoreBar(site, own.total)),
      h("td", {}, totalText(site, quantitative)),
      h("td", {}, points(site, qualitative?.total ?? null)),
      h("td", { class: "text" }, labelOf(site, doc.scorecards, quantitative?.scorecard ?? null)),
    ]),
    [columns.card],
  );
}

/** What each group of raters says of whom; a group that anonymity hides is a dash. */
export function reviewTable(site: Site, doc: AssessmentDocument, period: AssessmentPeriod): HTMLElement {
  const { assessment: words, none } = site.messages;
  const { format } = site;
  const { reviews } = period;
  const seen = summaryOf(period).reviews.groups;
  const weights = raterGroups.reduce((sum, group) => sum + doc.review_weights[group], 0);
  return frame(
    site,
    [
      words.columns.reviewTotal,
      ...seen.map((group) =>
        words.groupHead(words.group[group], format.share(doc.review_weights[group] / weights)),
      ),
    ],
    [words.columns.grade],
    reviews.map(({ subject, rank, total, grade, provisional, groups }) => [
      ...firstCells(doc, rankText(site, { rank, total }), subject),
      h("td", { class: "text" }, gradeText(site, { grade, provisional })),
      h("td", { class: "score" }, scoreBar(site, total)),
      ...seen.map((group) => {
        const own = groups.find((one) => one.group === group);
        if (!own || own.score === null) {
          return h("td", { title: own?.unshown === "few_raters" && words.hidden }, none);
        }
        const raters = own.raters === null ? null : words.raters(format.integer(own.raters));
        return h("td", { title: raters }, points(site, own.score));
      }),
    ]),
  );
}

function firstCells(doc: AssessmentDocument, rank: string, subject: string): HTMLElement[] {
  return [
    h("td", { class: "rank" }, rank),
    h("th", { scope: "row", class: "text" }, employeeText(doc, subject)),
  ];
}

function frame(
  site: Site,
  numbers: readonly string[],
  texts: readonly string[],
  rows: readonly Node[][],
  after: readonly string[] = [],
): HTMLElement {
  const { columns } = site.messages.assessment;
  return headed(
    "ranks",
    [
      numberHead(columns.rank),
      textHead(columns.employee),
      texts.map(textHead),
      numbers.map(numberHead),
      after.map(textHead),
    ],
    bodyOf(rows),
  );
}

function labelOf(
  { language }: Site,
  list: readonly { id: string; label: Record<Site["language"], string> }[],
  id: string | null,
): string {
  return list.find((one) => one.id === id)?.label[language] ?? "";
}
