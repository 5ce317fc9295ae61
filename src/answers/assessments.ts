import type { DuckDBConnection } from "@duckdb/node-api";
import { scorecardOf } from "../catalogue/assessmentSettings.js";
import type { Catalogue } from "../catalogue/catalogueFiles.js";
import { isPartial, type Period } from "../kpi/periods.js";
import { combinedAssessments, rankedReviews } from "../score/assessment.js";
import type { AssessedPeriod } from "../score/feedback.js";
import { type Review, reviewsOf } from "../score/review360.js";
import type { TracedSubject } from "../score/scored.js";
import { ranked } from "../score/totals.js";
import { append } from "../statistics/extremes.js";
import { readAsOf } from "./queryKpis.js";
import { readEmployees } from "./readEmployees.js";
import { readRatings } from "./readReviews.js";
import { scoreSubjects } from "./scoreSubjects.js";

type AssessmentCatalogue = Pick<Catalogue, "kpis" | "grades" | "scorecards" | "assessment">;

/** The 360° reviews of a period; none of a period that is not over, whose figures would still move rating by rating. */
export async function readReviews(
  db: DuckDBConnection,
  { assessment }: Pick<Catalogue, "assessment">,
  period: Period,
): Promise<Review[]> {
  const { asOf } = await readAsOf(db);
  if (isPartial(period, asOf)) return [];
  return reviewsOf(await readRatings(db, period), {
    weights: assessment.review_weights,
    minRaters: assessment.min_raters,
  });
}

/**
 * All assessments of the employees in a period: each by the scorecard of the department that has a value for them, ranked among those who share it;
 * the reviews; and both combined.
 */
export async function readAssessments(
  db: DuckDBConnection,
  catalogue: AssessmentCatalogue,
  period: Period,
): Promise<AssessedPeriod & { isPartial: boolean }> {
  const { grades, assessment } = catalogue;
  const { asOf } = await readAsOf(db);
  const scored = await readScored(db, catalogue, period);
  const reviews = rankedReviews(await readReviews(db, catalogue, period), grades);
  const combined = combinedAssessments(scored, reviews, assessment.weights, grades);
  return { period, isPartial: isPartial(period, asOf), scored, reviews, combined };
}

async function readScored(
  db: DuckDBConnection,
  catalogue: AssessmentCatalogue,
  { grain, start }: Period,
): Promise<TracedSubject[]> {
  const employees = await readEmployees(db, false);
  const month = start.slice(0, 7);
  const scored: TracedSubject[] = [];
  for (const id of new Set(catalogue.assessment.scorecards.map(({ scorecard }) => scorecard))) {
    const card = catalogue.scorecards.find((each) => each.id === id);
    if (!card) continue;
    const subjects = await scoreSubjects(db, catalogue, {
      card,
      kind: "employee",
      grain,
      from: month,
      to: month,
      withSettled: true,
    });
    const own = subjects.filter(
      ({ subject }) =>
        scorecardOf(catalogue.assessment, employees.get(subject ?? "")?.department ?? null) === id,
    );
    append(scored, ranked(own));
  }
  return scored;
}
