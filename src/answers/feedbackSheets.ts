import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalogue } from "../catalogue/catalogueFiles.js";
import { suggest } from "../catalogue/suggest.js";
import type { KpiValue } from "../kpi/answer.js";
import { comparedStart, type Period, periodOf, periodsBetween } from "../kpi/periods.js";
import { dimensionsOf } from "../kpi/request.js";
import { CliError } from "../run/error.js";
import { type AssessedPeriod, type FeedbackSheet, feedbackSheet } from "../score/feedback.js";
import { type Improvement, outcomeOf } from "../score/improvements.js";
import type { Review } from "../score/review360.js";
import { told } from "../words/told.js";
import { readAssessments, readReviews } from "./assessments.js";
import { queryKpis } from "./queryKpis.js";
import { readEmployees, stranger } from "./readEmployees.js";
import { readImprovements } from "./readImprovements.js";

export interface FeedbackRequest {
  period: Period;
  /** Ids; none asks for everybody who has a scorecard or a review in the period. */
  employees: readonly string[];
  /** Whether settings allow names. */
  withNames: boolean;
}

export interface Feedback {
  sheets: FeedbackSheet[];
  now: AssessedPeriod & { isPartial: boolean };
  before: AssessedPeriod;
}

/**
 * The feedback sheets of a period, in the order asked for or of the ids, and the assessments they are taken from.
 * @param assess reads a period's assessments, for who needs some of them again
 * @throws CliError 2 for an employee the warehouse does not know
 */
export async function readFeedback(
  db: DuckDBConnection,
  catalogue: Catalogue,
  { period, employees: asked, withNames }: FeedbackRequest,
  assess: (period: Period) => ReturnType<typeof readAssessments> = (each) =>
    readAssessments(db, catalogue, each),
): Promise<Feedback> {
  const { kpis, grades, assessment } = catalogue;
  const employees = await readEmployees(db, withNames);
  const now = await assess(period);
  const before = await assess(periodOf(comparedStart(period, "previous"), period.grain));
  const subjects = now.combined.map(({ subject }) => subject).sort();
  const known = new Set([...employees.keys(), ...subjects]);
  const unknown = asked.find((id) => !known.has(id));
  if (unknown !== undefined) {
    throw new CliError(told("employee.unknown", { id: unknown, near: suggest(unknown, [...known]) }), 2);
  }
  const ids = asked.length > 0 ? [...new Set(asked)] : subjects;
  const improvements = (await readImprovements(db, period.end)).filter(({ employee_id }) =>
    ids.includes(employee_id),
  );
  const history = await readHistory(db, catalogue, improvements, period);
  const context = {
    now,
    before,
    kpis: new Map(kpis.map((kpi) => [kpi.id, kpi])),
    grades,
    weights: assessment.weights,
    minRaters: assessment.min_raters,
  };
  const sheets = ids.map((id) => {
    const outcomes = improvements
      .filter(({ employee_id }) => employee_id === id)
      .map((item) =>
        outcomeOf(item, {
          kpis: context.kpis,
          grain: assessment.improvement_grain,
          end: period.end,
          values: [...(history.values.get(id) ?? []), ...(history.values.get("") ?? [])],
          reviewGrain: assessment.grain,
          reviews: history.reviews.get(id) ?? new Map(),
        }),
      );
    return feedbackSheet(employees.get(id) ?? stranger(id), outcomes, context);
  });
  return { sheets, now, before };
}

interface History {
  /** By employee; under "" those of nobody, which say why nobody has one. */
  values: Map<string, KpiValue[]>;
  /** By employee and start of the period. */
  reviews: Map<string, Map<string, Review>>;
}

/** What improvements are measured by: the KPIs and reviews they name, from before the first agreement to the sheet's end. */
async function readHistory(
  db: DuckDBConnection,
  catalogue: Catalogue,
  improvements: readonly Improvement[],
  { end }: Period,
): Promise<History> {
  const { improvement_grain: grain, grain: reviewGrain } = catalogue.assessment;
  const values = new Map<string, KpiValue[]>();
  const reviews = new Map<string, Map<string, Review>>();
  const first = improvements.map(({ agreed_on }) => agreed_on).sort()[0];
  if (first === undefined) return { values, reviews };
  const last = periodOf(comparedStart({ grain: "month", start: end, end }, "previous"), "month").start;

  const named = new Set(improvements.map(({ kpi_id }) => kpi_id));
  const kpiIds = catalogue.kpis
    .filter((kpi) => named.has(kpi.id) && dimensionsOf(kpi).includes("employee"))
    .map(({ id }) => id);
  if (kpiIds.length > 0) {
    const from = comparedStart(periodOf(first, grain), "previous").slice(0, 7);
    const to = last.slice(0, 7);
    const request = {
      kpiIds,
      grain,
      by: ["employee"],
      where: [],
      from,
      to,
      withoutPercentiles: true,
      withSettled: true,
    };
    for (const value of await queryKpis(db, catalogue.kpis, request)) {
      const id = value.by.employee ?? "";
      const own = values.get(id);
      if (own) own.push(value);
      else values.set(id, [value]);
    }
  }
  if (improvements.some(({ kpi_id, dimension }) => kpi_id === null && dimension !== null)) {
    const begin = comparedStart(periodOf(first, reviewGrain), "previous");
    for (const period of periodsBetween(begin, last, reviewGrain)) {
      for (const review of await readReviews(db, catalogue, period)) {
        const own = reviews.get(review.reviewee) ?? new Map<string, Review>();
        reviews.set(review.reviewee, own.set(period.start, review));
      }
    }
  }
  return { values, reviews };
}
