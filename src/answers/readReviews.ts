import type { DuckDBConnection } from "@duckdb/node-api";
import type { RaterGroup, Rating } from "../score/review360.js";
import { readOnce } from "../warehouse/open.js";

/**
 * The answers of the 360° rounds that begin in a period, `[start, end)` in ISO days. Raters are numbers within their round, reviewee
 * and group; who they are stays in the warehouse.
 */
export async function readRatings(
  db: DuckDBConnection,
  { start, end }: { start: string; end: string },
): Promise<Rating[]> {
  const reader = await readOnce(
    db,
    `select employee_id, strftime(round_on, '%Y-%m-%d'), rater_group, rater_no::integer, dimension, normalised_score, batch
     from intermediate.reviews where round_on >= cast('${start}' as date) and round_on < cast('${end}' as date)
     order by employee_id, round_on, rater_group, rater_no, dimension, normalised_score, batch`,
  );
  return reader.getRowsJS().map(([reviewee, round, group, rater, dimension, score, batch]) => ({
    reviewee: String(reviewee),
    round: String(round),
    group: String(group) as RaterGroup,
    rater: Number(rater),
    dimension: String(dimension),
    score: Number(score),
    batch: batch === null ? null : Number(batch),
  }));
}

/** First days of the rounds that began by `as_of`, in order. */
export async function readRounds(db: DuckDBConnection): Promise<string[]> {
  const reader = await readOnce(
    db,
    "select distinct strftime(round_on, '%Y-%m-%d') as round_on from intermediate.reviews order by round_on",
  );
  return reader.getRowsJS().map(([round]) => String(round));
}
