import { literal, quoted } from "../engine/sql.js";
import { told } from "../words/told.js";
import type { Guessed } from "./refine.js";
import { surveyConstants } from "./surveys.js";
import { type ColumnGuess, isActive } from "./tableGuess.js";

/** What each answer of a form has of its own. */
const own = new Set(["answer_id", "respondent_id", "score", "dimension", "scale_min", "scale_max"]);

/**
 * A form that asks for several things in columns of their own, as a mapping for each of them: the answers of one form have its id as
 * `respondent_id`.
 * @returns the file itself first; alone where it has one score, or nothing tells its answers apart
 */
export function byScore(each: Guessed, names: readonly string[]): Guessed[] {
  const { guess, profiles, raw } = each;
  const { furtherScores = [], columns } = guess;
  const key = columns.find(({ column }) => column === "answer_id");
  const isWhole = columns.some(({ column, source }) => column === "score" && source !== null);
  if (furtherScores.length === 0 || !key?.source || !isActive(key) || !isWhole) return [each];
  const form: ColumnGuess = {
    column: "respondent_id",
    source: key.source,
    ...(key.expression ? { expression: key.expression } : {}),
    certainty: "likely",
    reasons: [told("init.oneForm")],
  };
  const respondent = columns.find((found) => found.column === "respondent_id" && isActive(found)) ?? form;
  const further = furtherScores.flatMap((source): Guessed[] => {
    const score: ColumnGuess = {
      column: "score",
      source,
      certainty: "likely",
      reasons: [told("init.headingLike")],
    };
    const shared = columns.filter(({ column }) => !own.has(column));
    const constants = surveyConstants([score, ...shared], {
      names,
      profiles,
      ...(raw.labels ? { labels: raw.labels } : {}),
    });
    const dimension = constants.find(({ column }) => column === "dimension")?.expression;
    if (dimension === undefined) return [];
    const id: ColumnGuess = {
      ...key,
      expression: `${key.expression ?? quoted(key.source ?? "")} || ${literal("-")} || ${dimension}`,
      certainty: "likely",
      reasons: [told("init.answerOfForm")],
    };
    const all = [id, respondent, ...shared, score, ...constants.filter(({ column }) => own.has(column))];
    return [{ ...each, guess: { ...guess, columns: all, furtherScores: raw.columns } }];
  });
  if (further.length === 0) return [each];
  const isNamed = columns.includes(respondent);
  return [
    { ...each, guess: { ...guess, columns: isNamed ? columns : [...columns, respondent] } },
    ...further,
  ];
}
