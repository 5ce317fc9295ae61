import { z } from "zod";
import { grains } from "../kpi/periods.js";
import { fileFault } from "../run/error.js";
import { isAssessment } from "../score/assessment.js";
import { says, type Told, told } from "../words/told.js";
import { lackFault } from "./lacking.js";
import { idSchema, labelSchema } from "./names.js";
import { readYaml } from "./readYaml.js";
import type { Scorecard } from "./scorecards.js";
import { suggest } from "./suggest.js";

const weight = z.number().min(0).max(100);
const sumsTo100 = (weights: Record<string, number>) =>
  Math.abs(Object.values(weights).reduce((sum, each) => sum + each, 0) - 100) < 1e-9;
const notHundred = says("schema.sumOf100");

/** Below three raters anybody who knows one of two ratings knows the other: no configuration goes there. */
const fewestRaters = 3;

const assessmentSchema = z
  .strictObject({
    grain: z.enum(grains).default("half"),
    scorecards: z
      .array(
        z.strictObject({ scorecard: idSchema, departments: z.array(z.string().min(1)).min(1).optional() }),
      )
      .default([]),
    weights: z
      .strictObject({ quantitative: weight, qualitative: weight })
      .refine(sumsTo100, notHundred)
      .default({ quantitative: 70, qualitative: 30 }),
    review_weights: z
      .strictObject({ customer: weight, superior: weight, peer: weight, subordinate: weight })
      .refine(sumsTo100, notHundred)
      .default({ customer: 30, superior: 30, peer: 25, subordinate: 15 }),
    min_raters: z.int().min(fewestRaters).default(fewestRaters),
    improvement_grain: z.enum(grains).optional(),
    labels: z.record(z.string().min(1), labelSchema).default({}),
  })
  .transform((settings) => ({
    ...settings,
    improvement_grain: settings.improvement_grain ?? settings.grain,
  }));

/**
 * How employees are assessed: `assessment.yaml`, with its defaults filled in.
 *
 * - `grain`: the periods of an assessment.
 * - `scorecards`: whose total is the quantitative part: the first entry that names the employee's department, or names none.
 * - `weights`: of the KPI total and the 360° total in the combined assessment.
 * - `review_weights`, `min_raters`: of the groups of raters, and the fewest raters that are shown.
 * - `improvement_grain`: the periods before and after an agreed improvement that are compared; by default `grain`.
 * - `labels`: what values of the extract (departments, teams, roles, review dimensions) are called in each language; others
 *   stand as they are.
 */
export type AssessmentSettings = z.infer<typeof assessmentSchema>;

/**
 * Reads the text of `assessment.yaml`; the scorecards it names have to judge employees.
 * @param ownScorecards the path of a `scorecards.yaml` of one's own
 * @throws CliError 2 naming file, place in it, what was found and what was expected
 */
export function parseAssessment(
  text: string,
  file: string,
  scorecards: readonly Pick<Scorecard, "id" | "subjects">[],
  ownScorecards?: string,
): AssessmentSettings {
  for (const { id } of scorecards) {
    if (isAssessment(id)) throw fileFault(file, "", told("scorecard.reservedName", { id }));
  }
  const assessment = readYaml(assessmentSchema, text, file, { whenEmpty: {} });
  for (const { scorecard } of assessment.scorecards) {
    const fail = (wrong: Told) => fileFault(file, "scorecards", wrong);
    const card = scorecards.find(({ id }) => id === scorecard);
    if (!card) {
      const has = scorecards.map(({ id }) => id);
      const wrong = told("scorecard.missing", { id: scorecard, has, near: suggest(scorecard, has) });
      throw lackFault({ file, place: "scorecards", id: scorecard }, ownScorecards, wrong, has);
    }
    if (!card.subjects.includes("employee")) throw fail(told("scorecard.notOfEmployees", { id: scorecard }));
  }
  return assessment;
}

/** The settings of a catalogue without `assessment.yaml`. */
export const defaultAssessment: AssessmentSettings = assessmentSchema.parse({});

/** The scorecard whose total is an employee's quantitative part, or null where none is meant for the department. */
export function scorecardOf(
  { scorecards }: Pick<AssessmentSettings, "scorecards">,
  department: string | null,
): string | null {
  const own = scorecards.find(
    ({ departments }) => !departments || (department !== null && departments.includes(department)),
  );
  return own?.scorecard ?? null;
}
