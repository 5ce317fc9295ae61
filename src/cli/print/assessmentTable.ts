import type { Grade, Scorecard } from "../../catalogue/scorecards.js";
import type { Period } from "../../kpi/periods.js";
import type { Assessment } from "../../score/assessment.js";
import type { RaterGroup } from "../../score/review360.js";
import { laterAnswersText } from "../../score/reviewAnonymity.js";
import { feedbackMessages } from "../../words/feedbackMessages.js";
import { grouped, periodName } from "../../words/figures.js";
import type { Words } from "../../words/wording.js";
import type { AssessmentItem, AssessmentRow } from "./assessmentFormat.js";
import { shown, toTable } from "./columns.js";

const words = {
  zh: {
    titles: { review_360: "360° 评价", combined: "综合考核" },
    rank: "名次",
    employee: "员工",
    total: "总分",
    grade: "等级",
    covered: "覆盖权重",
    provisional: (grade: string) => `${grade}（暂定）`,
    parts: { quantitative: "定量", qualitative: "定性" } as Record<string, string>,
    scorecard: "计分卡",
    nobody: "没有人有数据。",
    partial: "期间尚未结束：评价在期末之后显示。",
    noTotal: "“–”：定量、定性两个总分缺一个，就没有综合分。",
    hidden: (fewest: number) =>
      `“–”：不显示；除上级外，评价人少于 ${fewest} 人的组不显示，也不计入总分；所示各组的权重不足一半，不计总分，不足八成为暂定。`,
  },
  en: {
    titles: { review_360: "360° review", combined: "Combined assessment" },
    rank: "rank",
    employee: "employee",
    total: "total",
    grade: "grade",
    covered: "weight covered",
    provisional: (grade: string) => `${grade} (provisional)`,
    parts: { quantitative: "quantitative", qualitative: "qualitative" } as Record<string, string>,
    scorecard: "scorecard",
    nobody: "Nobody has any data.",
    partial: "The period is not over: reviews are shown after its end.",
    noTotal: "“–”: one of the two totals is missing, so there is no combined one.",
    hidden: (fewest: number) =>
      `“–”: not shown; except for superiors, groups with fewer than ${fewest} raters are not shown and count in no total; a total needs half of the groups' weight and is provisional below 80 %.`,
  },
};

export interface AssessmentTableOptions {
  id: Assessment;
  language: Words;
  grades: readonly Grade[];
  scorecards: readonly Pick<Scorecard, "id" | "label">[];
  period: Period;
  isPartial: boolean;
  minRaters: number;
}

/** The ranking of a period for people, a column a part. */
export function toAssessmentTable(rows: readonly AssessmentRow[], options: AssessmentTableOptions): string {
  const { id, language, period, isPartial, minRaters } = options;
  const say = words[language];
  const blocks = [
    `${say.titles[id]} ${id} · ${periodName({ grain: period.grain, period_start: period.start }, language)}`,
  ];
  blocks.push(
    rows.length === 0 ? `  ${isPartial ? say.partial : say.nobody}` : ranking(rows, options).trimEnd(),
  );
  const lacks = rows.some(({ total, items }) => total === null || items.some(({ score }) => score === null));
  if (lacks) blocks.push(id === "combined" ? say.noTotal : say.hidden(minRaters));
  const later = rows.flatMap(({ items }) => items).reduce((sum, item) => sum + (item.later_answers ?? 0), 0);
  if (later > 0) blocks.push(laterAnswersText(later)[language]);
  return `${blocks.join("\n\n")}\n`;
}

function ranking(
  rows: readonly AssessmentRow[],
  { id, language, grades, scorecards }: AssessmentTableOptions,
): string {
  const say = words[language];
  const groups: Record<string, string> = feedbackMessages[language].groups satisfies Record<
    RaterGroup,
    string
  >;
  const seen = (rows[0]?.items ?? [])
    .map(({ kpi_id }) => kpi_id)
    .filter((id) =>
      rows.some(({ items }) => items.some(({ kpi_id, score }) => kpi_id === id && score !== null)),
    );
  const isReview = id === "review_360";
  const cardName = (card: string | null | undefined) =>
    scorecards.find((each) => each.id === card)?.label[language] ?? "–";
  const gradeName = (grade: string | null, provisional: boolean) => {
    const name = grades.find((each) => each.id === grade)?.label[language] ?? "–";
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
