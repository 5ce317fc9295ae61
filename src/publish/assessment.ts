import type { DuckDBConnection } from "@duckdb/node-api";
import { readAssessments } from "../answers/assessments.js";
import { readFeedback } from "../answers/feedbackSheets.js";
import { readAsOf } from "../answers/queryKpis.js";
import { readEmployees, stranger } from "../answers/readEmployees.js";
import { readRounds } from "../answers/readReviews.js";
import type { Catalogue } from "../catalogue/catalogueFiles.js";
import { comparedStart, isPartial, type Period, periodOf } from "../kpi/periods.js";
import { summaryOf } from "../published/assessmentSummary.js";
import type { AssessmentDocument, AssessmentPeriod, SheetPage } from "../published/assessmentTypes.js";
import { documents } from "../published/documents.js";
import { combinedAssessments } from "../score/assessment.js";
import { append } from "../statistics/extremes.js";
import { byLanguage } from "./catalogue.js";
import { pageLength, pagesOf } from "./listPages.js";
import { fileOf, onDemand } from "./onDemand.js";
import { shownSubjects } from "./scores.js";
import { type Unshown, withoutHiddenChanges } from "./unshown.js";
import type { ZipEntry } from "./zip.js";

export interface AssessmentOptions {
  /** Whether settings allow names. */
  withNames: boolean;
  /** Whether employees may be told of at all. */
  withPersons: boolean;
}

/** The assessments of the last complete period that has a review round, or else of the last complete one, and of the period before. */
export async function assessmentDocument(
  db: DuckDBConnection,
  catalogue: Catalogue,
  unshown: Unshown,
  { withNames, withPersons }: AssessmentOptions,
): Promise<AssessmentDocument> {
  const { assessment } = catalogue;
  const assess = remembered(async (period) => {
    const whole = await readAssessments(db, catalogue, period);
    const shown = await shownSubjects(
      whole.scored,
      catalogue,
      { kind: "employee", grain: period.grain },
      unshown,
    );
    const combined = combinedAssessments(shown, whole.reviews, assessment.weights, catalogue.grades);
    return { ...whole, scored: shown, combined };
  });
  const last = await lastReviewed(db, assessment.grain);
  const before = periodOf(comparedStart(last, "previous"), last.grain);
  const periods: AssessmentPeriod[] = [];
  for (const period of withPersons ? [last, before] : []) {
    const request = { period, employees: [], withNames };
    const { sheets, now } = await readFeedback(db, catalogue, request, assess);
    periods.push({
      period,
      reviews: [...now.reviews],
      combined: [...now.combined],
      sheets: await Promise.all(sheets.map((sheet) => withoutHiddenChanges(sheet, unshown))),
    });
  }
  const employees = await readEmployees(db, withNames);
  const named = new Set(periods.flatMap(({ combined }) => combined.map(({ subject }) => subject)));
  return {
    weights: assessment.weights,
    review_weights: assessment.review_weights,
    min_raters: assessment.min_raters,
    grades: catalogue.grades.map((grade) => ({ ...grade, label: byLanguage(grade.label) })),
    scorecards: catalogue.scorecards
      .filter(({ id }) => assessment.scorecards.some(({ scorecard }) => scorecard === id))
      .map(({ id, label }) => ({ id, label: byLanguage(label) })),
    labels: Object.fromEntries(
      Object.entries(assessment.labels).map(([value, label]) => [value, byLanguage(label)]),
    ),
    employees: [...named].sort().map((id) => employees.get(id) ?? stranger(id)),
    periods,
  };
}

/**
 * The document within a budget: too large a one has its sheets in documents of their own, and so the rows of its lists
 * after the first, and the names of those only who have one.
 */
export function pagedAssessment(document: AssessmentDocument, budgetBytes: number): ZipEntry[] {
  const whole = fileOf(documents.assessment, document);
  if (whole.bytes.length <= budgetBytes) return [whole];
  const sheets: ZipEntry[] = [];
  const apart = document.periods.map((period) => {
    const paged = sheetPages(period);
    append(sheets, paged.entries);
    return { ...period, sheets: [], sheet_pages: paged.pages, summary: summaryOf(period) };
  });
  const employees = document.employees.filter(({ name }) => name !== null);
  const first = (length: number) => {
    const entries: ZipEntry[] = [];
    const pages = (list: string, rows: readonly { subject: string }[]) => {
      if (rows.length <= length) return undefined;
      const paged = pagesOf(`assessment/${list}`, rows, length);
      append(entries, paged.entries);
      return paged.pages;
    };
    const periods = apart.map((period): AssessmentPeriod => {
      const combined_pages = pages(`${period.period.start}-combined`, period.combined);
      const review_pages = pages(`${period.period.start}-reviews`, period.reviews);
      return {
        ...period,
        combined: period.combined.slice(0, length),
        reviews: period.reviews.slice(0, length),
        ...(combined_pages && { combined_pages }),
        ...(review_pages && { review_pages }),
      };
    });
    return { index: fileOf(documents.assessment, { ...document, employees, periods }), entries };
  };
  let length = pageLength;
  let made = first(length);
  while (length > 1 && made.index.bytes.length > budgetBytes) {
    length = Math.floor(length / 2);
    made = first(length);
  }
  return [made.index, ...made.entries, ...sheets];
}

function sheetPages({ period, sheets }: AssessmentPeriod): { pages: SheetPage[]; entries: ZipEntry[] } {
  const pages: SheetPage[] = [];
  const entries: ZipEntry[] = [];
  for (let from = 0; from < sheets.length; from += sheetsLength) {
    const some = sheets.slice(from, from + sheetsLength);
    const entry = onDemand(`sheets/${period.start}-${pages.length + 1}`, some);
    entries.push(entry);
    pages.push({ path: entry.path, employees: some.map(({ employee_id }) => employee_id) });
  }
  return { pages, entries };
}

/** How many sheets stand in a document. */
const sheetsLength = 50;

async function lastReviewed(db: DuckDBConnection, grain: Period["grain"]): Promise<Period> {
  const { asOf, asOfDay } = await readAsOf(db);
  const isOver = (period: Period) => !isPartial(period, asOf);
  const reviewed = (await readRounds(db)).map((round) => periodOf(round, grain)).findLast(isOver);
  if (reviewed) return reviewed;
  const current = periodOf(asOfDay, grain);
  return isOver(current) ? current : periodOf(comparedStart(current, "previous"), grain);
}

function remembered<T>(read: (period: Period) => Promise<T>): (period: Period) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (period) => {
    const found = known.get(period.start) ?? read(period);
    known.set(period.start, found);
    return found;
  };
}
