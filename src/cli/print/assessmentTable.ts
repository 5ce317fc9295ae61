import type { Grade, Scorecard } from "../../catalogue/scorecards.js";
import type { Period } from "../../kpi/periods.js";
import type { Assessment } from "../../score/assessment.js";
import type { RaterGroup } from "../../score/review360.js";
import { periodName } from "../../words/figures.js";
import type { Language } from "../../words/languages.js";
import { assessmentTable, feedback, pages } from "../../words/languages.js";
import { grouped } from "../../words/rounding.js";
import { labelIn } from "../../words/wording.js";
import type { AssessmentItem, AssessmentRow } from "./assessmentFormat.js";
import { shown, toTable } from "./columns.js";

export interface AssessmentTableOptions {
  id: Assessment;
  language: Language;
  grades: readonly Grade[];
  scorecards: readonly Pick<Scorecard, "id" | "label">[];
  period: Period;
  isPartial: boolean;
  minRaters: number;
}

/** The ranking of a period for people, a column a part. */
export function toAssessmentTable(rows: readonly AssessmentRow[], options: AssessmentTableOptions): string {
  const { id, language, period, isPartial, minRaters } = options;
  const say = assessmentTable(language);
  const blocks = [
    `${say.titles[id]} ${id} · ${periodName({ grain: period.grain, period_start: period.start }, language)}`,
  ];
  blocks.push(
    rows.length === 0 ? `  ${isPartial ? say.partial : say.nobody}` : ranking(rows, options).trimEnd(),
  );
  const lacks = rows.some(({ total, items }) => total === null || items.some(({ score }) => score === null));
  if (lacks) blocks.push(id === "combined" ? say.noTotal : say.hidden(minRaters));
  const later = rows.flatMap(({ items }) => items).reduce((sum, item) => sum + (item.later_answers ?? 0), 0);
  if (later > 0) blocks.push(pages(language).assessment.later(later));
  return `${blocks.join("\n\n")}\n`;
}

function ranking(
  rows: readonly AssessmentRow[],
  { id, language, grades, scorecards }: AssessmentTableOptions,
): string {
  const say = assessmentTable(language);
  const groups: Record<string, string> = feedback(language).groups satisfies Record<RaterGroup, string>;
  const seen = (rows[0]?.items ?? [])
    .map(({ kpi_id }) => kpi_id)
    .filter((id) =>
      rows.some(({ items }) => items.some(({ kpi_id, score }) => kpi_id === id && score !== null)),
    );
  const isReview = id === "review_360";
  const cardName = (card: string | null | undefined) =>
    labelIn(scorecards.find((each) => each.id === card)?.label, language) ?? "–";
  const gradeName = (grade: string | null, provisional: boolean) => {
    const name = labelIn(grades.find((each) => each.id === grade)?.label, language) ?? "–";
    return provisional ? say.provisional(name) : name;
  };
  return toTable<AssessmentRow>(
    [
      shown(say.rank, ({ rank }) => rank?.toString() ?? "–"),
      shown(say.employee, ({ subject, name }) => [subject, name].filter(Boolean).join(" ")),
      shown(say.total, ({ total }) => points(total)),
      shown(say.grade, ({ grade, provisional }) => gradeName(grade, provisional)),
      shown(isReview && say.covered, (row) => `${grouped(row.covered_weight * 100, 0)} %`),
      ...seen.map((kpi_id) =>
        shown<AssessmentRow>(groups[kpi_id] ?? say.parts[kpi_id] ?? kpi_id, ({ items }) =>
          part(items.find((item) => item.kpi_id === kpi_id)),
        ),
      ),
      shown(!isReview && say.scorecard, ({ items }) => cardName(items[0]?.scorecard)),
    ],
    rows,
  );
}

const points = (score: number | null) => (score === null ? "–" : grouped(score, 1));

const part = ({ score, raters }: Pick<AssessmentItem, "score" | "raters"> = { score: null }) =>
  score !== null && raters != null ? `${points(score)} (${raters})` : points(score);
