import { gzipSync } from "node:zlib";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { AssessmentDocument, AssessmentPeriod } from "../../../reports/components/assessmentTypes.js";
import { comparedStart, isPartial, type Period, periodOf } from "../../kpi/periods.js";
import { readAssessments } from "../../warehouse/assessments.js";
import type { Catalogue } from "../../warehouse/catalogueFiles.js";
import { readFeedback } from "../../warehouse/feedbackSheets.js";
import { readAsOf } from "../../warehouse/queryKpis.js";
import { readEmployees, stranger } from "../../warehouse/readEmployees.js";
import { readRounds } from "../../warehouse/readReviews.js";
import { byLanguage } from "./catalogue.js";

export interface AssessmentOptions {
  /** Whether settings allow names. */
  withNames: boolean;
  /** Whether employees may be told of at all. */
  withPersons: boolean;
  /** Largest compressed size of the document; beyond it feedback sheets stay behind, the older ones first. */
  budgetBytes: number;
}

/** The assessments of the last complete period that has a review round, or else of the last complete one, and of the period before. */
export async function assessmentDocument(
  db: DuckDBConnection,
  catalogue: Catalogue,
  { withNames, withPersons, budgetBytes }: AssessmentOptions,
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
      sheets_left_out: 0,
    });
  }
  const employees = await readEmployees(db, withNames);
  const named = new Set(periods.flatMap(({ combined }) => combined.map(({ subject }) => subject)));
  const document: AssessmentDocument = {
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
  return within(document, budgetBytes);
}

function within(document: AssessmentDocument, budgetBytes: number): AssessmentDocument {
  for (const period of document.periods.toReversed()) {
    if (gzipSync(JSON.stringify(document), { level: 1 }).length <= budgetBytes) break;
    period.sheets_left_out = period.sheets.length;
    period.sheets = [];
  }
  return document;
}

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
