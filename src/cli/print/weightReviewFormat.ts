import type { Period } from "../../kpi/periods.js";
import type { SubjectKind, TracedSubject } from "../../score/scored.js";
import type { InForce, KpiWeight, WeightSet, WhatIf } from "../../score/weightReview.js";
import { firmnessOf, type GradeFlip, type RankSwap } from "../../score/weightSensitivity.js";
import { round9 } from "../../statistics/rounding.js";
import { keyed, toCsv, toJson } from "./columns.js";
import type { CsvOptions } from "./csv.js";

/** What `weights` prints of a scorecard. */
export interface ReviewedWeights {
  card: { id: string };
  period: Period;
  kind: SubjectKind;
  history: readonly WeightSet[];
  in_force: readonly KpiWeight[];
  subjects: readonly TracedSubject[];
  flips: readonly GradeFlip[];
  swaps: readonly RankSwap[];
  /** Hypothetical weights and what they give; undefined where none were asked for. */
  what_if?: { weights: readonly KpiWeight[]; subjects: readonly WhatIf<TracedSubject>[] };
}

const totalOf = ({ total, covered_weight, provisional, grade, rank }: InForce) => ({
  total,
  covered_weight,
  provisional,
  grade,
  rank,
});

/** The reviews as one JSON array, a line a scorecard, numbers unrounded. */
export function toWeightsJson(reviews: readonly ReviewedWeights[]): string {
  return toJson(
    reviews.map(({ card, period, kind, history, in_force, subjects, flips, swaps, what_if }) => ({
      scorecard: card.id,
      period_start: period.start,
      period_end: period.end,
      kind,
      history,
      in_force,
      subjects: subjects.map((row) => ({ subject: row.subject, ...totalOf(row) })),
      firmness: kind === "company" && subjects[0]?.total != null ? firmnessOf(flips) : null,
      flips,
      swaps,
      ...(what_if
        ? {
            what_if: {
              weights: what_if.weights,
              subjects: what_if.subjects.map((row) => ({
                subject: row.subject,
                ...totalOf(row),
                in_force: row.in_force,
              })),
            },
          }
        : {}),
    })),
  );
}

const columns = [
  "record",
  "scorecard",
  "effective_from",
  "period_start",
  "period_end",
  "kind",
  "subject",
  "behind",
  "kpi_id",
  "weight_before",
  "weight",
  "change",
  "direction",
  "total_before",
  "total",
  "grade_before",
  "grade",
  "rank_before",
  "rank",
  "leads",
  "changed_by",
  "note",
  "note_en",
] as const;

type Line = Partial<Record<(typeof columns)[number], string | number | null>>;

/**
 * The same as RFC 4180 CSV. `record` says what a row is: `history` a change of a weight, `flip` how far a weight is from
 * another grade, `swap` how far from another order of two neighbours, `what_if` a subject under the hypothetical weights.
 */
export function toWeightsCsv(reviews: readonly ReviewedWeights[], options?: CsvOptions): string {
  return toCsv<Line>(keyed(...columns), reviews.flatMap(csvLines), options);
}

function csvLines({ card, period, kind, history, subjects, flips, swaps, what_if }: ReviewedWeights): Line[] {
  const scorecard = card.id;
  const place = { scorecard, period_start: period.start, period_end: period.end, kind };
  const [company] = subjects;
  return [
    ...history.flatMap(({ effective_from, changes }) =>
      changes.map(({ kpi_id, before, weight, changed_by, note, note_en }): Line => {
        const change = round9(weight - before);
        return {
          record: "history",
          scorecard,
          effective_from,
          kpi_id,
          weight_before: before,
          weight,
          change,
          changed_by,
          note,
          note_en,
        };
      }),
    ),
    ...flips.map(
      ({ kpi_id, weight, flip }): Line => ({
        record: "flip",
        ...place,
        kpi_id,
        weight_before: weight,
        ...flip,
        total_before: company?.total ?? null,
        grade_before: company?.grade ?? null,
      }),
    ),
    ...swaps.map(
      ({ kpi_id, weight, ahead, behind, swap }): Line => ({
        record: "swap",
        ...place,
        subject: ahead,
        behind,
        kpi_id,
        weight_before: weight,
        ...swap,
      }),
    ),
    ...(what_if?.subjects ?? []).map(
      (row): Line => ({
        record: "what_if",
        ...place,
        subject: row.subject,
        total_before: row.in_force.total,
        total: row.total,
        grade_before: row.in_force.grade,
        grade: row.grade,
        rank_before: row.in_force.rank,
        rank: row.rank,
      }),
    ),
  ];
}
