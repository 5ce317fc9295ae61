import { readAssessments } from "../answers/assessments.js";
import { lastComplete } from "../answers/lastComplete.js";
import { requirePeriods } from "../answers/periodLimits.js";
import { readEmployees } from "../answers/readEmployees.js";
import type { AssessmentSettings } from "../catalogue/assessmentSettings.js";
import { readKept } from "../catalogue/catalogueFiles.js";
import { CliError } from "../run/error.js";
import type { Assessment } from "../score/assessment.js";
import { withWarehouse } from "../warehouse/open.js";
import { told } from "../words/told.js";
import type { Effects } from "./effects.js";
import { periodAsked } from "./options/periodOption.js";
import type { ScoreOptions } from "./options/scoreOptions.js";
import { warehouseOf } from "./places.js";
import { type AssessmentRow, combinedRow, reviewRow, toAssessmentCsv } from "./print/assessmentFormat.js";
import { toAssessmentTable } from "./print/assessmentTable.js";
import { toJson } from "./print/columns.js";

/** `score review_360` and `score combined`: the employees' 360° reviews, and both parts of their assessment together. */
export async function assessmentScore(
  id: Assessment,
  options: ScoreOptions,
  effects: Effects,
): Promise<void> {
  const warehouse = warehouseOf(options, effects);
  refuseOptions(id, options);
  const asked = periodAsked(options.period);
  const { rows, period, isPartial, catalogue, language } = await withWarehouse(warehouse, async (db) => {
    const { catalogue, settings } = await readKept(db);
    const { language, publish_names: withNames } = settings;
    await requirePeriods(db, settings, [asked?.start]);
    const { assessment } = catalogue;
    if (id === "combined") requireQuantitative(assessment);
    const of = asked ?? (await lastComplete(db, assessment.grain));
    const assessed = await readAssessments(db, catalogue, of);
    const employees = await readEmployees(db, withNames);
    const facts = (subject: string) => ({ period: of, name: employees.get(subject)?.name ?? null });
    const own: AssessmentRow[] =
      id === "review_360"
        ? assessed.reviews.map((review) =>
            reviewRow(review, facts(review.subject), assessment.review_weights),
          )
        : assessed.combined.map((each) => combinedRow(each, facts(each.subject), assessment.weights));
    return { rows: own, period: of, isPartial: assessed.isPartial, catalogue, language };
  });
  const { assessment, grades, scorecards } = catalogue;
  if (options.format === "json") effects.stdout.write(toJson(rows));
  else if (options.format === "csv") effects.stdout.write(toAssessmentCsv(rows, options));
  else {
    const words = options.lang ?? language;
    const { min_raters: minRaters } = assessment;
    effects.stdout.write(
      toAssessmentTable(rows, { id, language: words, grades, scorecards, period, isPartial, minRaters }),
    );
  }
}

function requireQuantitative({ scorecards }: AssessmentSettings): void {
  if (scorecards.length > 0) return;
  throw new CliError(told("assessment.noScorecards"), 2);
}

function refuseOptions(id: Assessment, { for: kind = "company", weights, trace }: ScoreOptions): void {
  if (kind !== "employee")
    throw new CliError(told("scorecard.otherSubjects", { card: id, subjects: ["employee"], kind }), 2);
  if (weights !== undefined) throw new CliError(told("weights.undated", { id, day: weights }), 2);
  if (trace) throw new CliError(told("trace.withoutScorecard", { id }), 2);
}
