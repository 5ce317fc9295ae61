import type { DuckDBConnection } from "@duckdb/node-api";
import type {
  AssessmentDocument,
  AssessmentPeriod,
  SheetPage,
} from "../../../reports/components/assessmentTypes.js";
import { greatest } from "../../kpi/extremes.js";
import { comparedStart, isPartial, type Period, periodOf } from "../../kpi/periods.js";
import { readAssessments } from "../../warehouse/assessments.js";
import type { Catalogue } from "../../warehouse/catalogueFiles.js";
import { readFeedback } from "../../warehouse/feedbackSheets.js";
import { readAsOf } from "../../warehouse/queryKpis.js";
import { readEmployees, stranger } from "../../warehouse/readEmployees.js";
import { readRounds } from "../../warehouse/readReviews.js";
import { byLanguage } from "./catalogue.js";
import { jsonBytes, onDemand } from "./onDemand.js";
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
  { withNames, withPersons }: AssessmentOptions,
): Promise<AssessmentDocument> {
  const { assessment } = catalogue;
  const assess = remembered((period) => readAssessments(db, catalogue, period));
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
      sheets,
      left_out: 0,
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
 * The document within a budget: too large a one has its sheets in documents of their own, and then of each list only the
 * first, as many as fit.
 */
export function pagedAssessment(document: AssessmentDocument, budgetBytes: number): ZipEntry[] {
  const whole = jsonBytes(document);
  if (whole.length <= budgetBytes) return [{ path, bytes: whole }];
  const pages: ZipEntry[] = [];
  const apart = document.periods.map((period) => {
    const sheet_pages: SheetPage[] = [];
    for (let from = 0; from < period.sheets.length; from += sheetsLength) {
      const sheets = period.sheets.slice(from, from + sheetsLength);
      const page = onDemand(`sheets/${period.period.start}-${sheet_pages.length + 1}`, sheets);
      pages.push(page);
      sheet_pages.push({ path: page.path, employees: sheets.map(({ employee_id }) => employee_id) });
    }
    return { ...period, sheets: [], sheet_pages };
  });
  const first = (length: number) =>
    jsonBytes({
      ...document,
      periods: apart.map((period) => ({
        ...period,
        reviews: period.reviews.slice(0, length),
        combined: period.combined.slice(0, length),
        left_out: Math.max(0, period.reviews.length - length, period.combined.length - length),
      })),
    });
  let length = greatest(apart.map(({ reviews, combined }) => Math.max(reviews.length, combined.length)));
  while (length > 1 && first(length).length > budgetBytes) length = Math.floor(length / 2);
  return [{ path, bytes: first(length) }, ...pages];
}

const path = "assessment.json";

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
