import type { Period } from "../../kpi/periods.js";
import type { CombinedAssessment, PartWeights, RankedReview } from "../../score/assessment.js";
import type { RaterGroup, ReviewCell, ReviewDimension } from "../../score/review360.js";
import { round9 } from "../../statistics/rounding.js";
import { type Column, toCsv, valueIn } from "./columns.js";
import type { CsvOptions } from "./csv.js";

/** A part of an assessment: a group of raters, or the quantitative or qualitative part. */
export interface AssessmentItem {
  /** `customer`, `superior` …, or `quantitative`, `qualitative`: stands where a scorecard has a KPI. */
  kpi_id: string;
  value: number | null;
  /** A fraction of the whole. */
  weight: number;
  score: number | null;
  unscored: string | null;
  /** Of a group of raters; null where it is not shown. */
  raters?: number | null;
  dimensions?: ReviewCell[];
  hidden_dimensions?: string[];
  /** Answers that came after the group was shown and are not counted, or not yet. */
  later_answers?: number;
  /** Of a part: where its total comes from. */
  scorecard?: string | null;
}

/** A review or combined assessment as `score` prints it, with the keys of a scorecard's. */
export interface AssessmentRow {
  scorecard: "review_360" | "combined";
  period_start: string;
  period_end: string;
  subject: string;
  /** Only where settings allow names. */
  name: string | null;
  total: number | null;
  covered_weight: number;
  provisional: boolean;
  grade: string | null;
  rank: number | null;
  items: AssessmentItem[];
  kind: "employee";
  /** Of a review: its dimensions over all groups that show them. */
  dimensions?: ReviewDimension[];
}

interface RowFacts {
  period: Period;
  name: string | null;
}

export function reviewRow(
  review: RankedReview,
  { period, name }: RowFacts,
  weights: Readonly<Record<RaterGroup, number>>,
): AssessmentRow {
  const { subject, total, covered_weight, provisional, grade, rank, groups, dimensions } = review;
  const sum = Object.values(weights).reduce((all, weight) => all + weight, 0);
  return {
    scorecard: "review_360",
    period_start: period.start,
    period_end: period.end,
    subject,
    name,
    total,
    covered_weight,
    provisional,
    grade,
    rank,
    items: groups.map(({ group, score, weight, unshown, raters, dimensions: cells, ...rest }) => ({
      kpi_id: group,
      value: score,
      weight: round9(weight / sum),
      score,
      unscored: unshown,
      raters,
      dimensions: cells,
      hidden_dimensions: rest.hidden_dimensions,
      later_answers: rest.later_answers,
    })),
    kind: "employee",
    dimensions,
  };
}

export function combinedRow(
  { subject, quantitative, qualitative, total, provisional, grade, rank }: CombinedAssessment,
  { period, name }: RowFacts,
  weights: PartWeights,
): AssessmentRow {
  const sum = weights.quantitative + weights.qualitative;
  const item = (
    kpi_id: keyof PartWeights,
    scorecard: string | null,
    part: { total: number | null } | null,
  ): AssessmentItem => ({
    kpi_id,
    value: part?.total ?? null,
    weight: round9(weights[kpi_id] / sum),
    score: part?.total ?? null,
    unscored: part?.total == null ? "no_total" : null,
    scorecard,
  });
  const items = [
    item("quantitative", quantitative?.scorecard ?? null, quantitative),
    item("qualitative", qualitative ? "review_360" : null, qualitative),
  ];
  const covered = items.filter(({ score }) => score !== null);
  return {
    scorecard: "combined",
    period_start: period.start,
    period_end: period.end,
    subject,
    name,
    total,
    covered_weight: round9(covered.reduce((all, { weight }) => all + weight, 0)),
    provisional,
    grade,
    rank,
    items,
    kind: "employee",
  };
}

/** The rows as RFC 4180 CSV: a line an item, of a review also a line a dimension of a group. */
export function toAssessmentCsv(rows: readonly AssessmentRow[], options?: CsvOptions): string {
  type Item = Partial<AssessmentItem> & { dimension?: string };
  const lines = rows.flatMap((row) =>
    row.items.flatMap((item): { row: AssessmentRow; item: Item }[] => [
      { row, item },
      ...(item.dimensions ?? []).map(({ dimension, score, raters }) => ({
        row,
        item: { kpi_id: item.kpi_id, value: score, score, raters, dimension },
      })),
    ]),
  );
  const subject = ["scorecard", "period_start", "period_end", "kind", "subject", "name"];
  const totals = ["total", "covered_weight", "provisional", "grade", "rank"];
  const values = ["kpi_id", "value", "weight", "score", "unscored", "raters", "dimension"];
  const of = (part: "row" | "item", keys: readonly string[]) =>
    keys.map((key): Column<(typeof lines)[number]> => ({ key, value: (line) => valueIn(line[part], key) }));
  return toCsv([...of("row", [...subject, ...totals]), ...of("item", values)], lines, options);
}
