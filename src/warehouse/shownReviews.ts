import type { DuckDBConnection } from "@duckdb/node-api";
import { type Told, told } from "../words/told.js";

/** Answers to a 360° round that came after its figures were shown and are not counted, or not yet. */
export interface LaterReviews {
  /** First day of the round. */
  round: string;
  answers: number;
}

const place = "config.shown_reviews";

/**
 * Notes which answers the 360° figures of this build are made of, once the models are there. A batch of raters is shown
 * as soon as its round's month is over and some dimension has enough of them; superiors' figures hide
 * nobody and are never kept.
 */
export async function keepShownReviews(db: DuckDBConnection, minRaters: number): Promise<void> {
  await forgetReplaced(db);
  await db.run(`
    create temp table newly_shown as
    with
    cells as (
      select round_on, employee_id, rater_group, batch
      from intermediate.reviews
      where rater_group <> 'superior' and batch is not null
        and last_day(round_on) <= (select as_of_on from config.settings)
      group by round_on, employee_id, rater_group, batch, dimension
      having count(distinct rater_no) >= ${minRaters}
    ),
    batches as (
      select distinct * from cells
      where not exists (
        select 1 from ${place} as shown
        where shown.round_on = cells.round_on and shown.employee_id = cells.employee_id
          and shown.rater_group = cells.rater_group and shown.batch = cells.batch)
    )
    select round_on, employee_id, rater_group, batch, review_id, answers.rater, answers.dimension, answers.normalised_score
    from intermediate.reviews as reviews
    join batches using (round_on, employee_id, rater_group, batch)
    join intermediate.review_answers as answers using (round_on, employee_id, rater_group, review_id)`);
  await db.run(`insert into ${place} select * from newly_shown`);
  await db.run("drop table newly_shown");
}

/** Of so many raters most have to be found again; of fewer, one in each group. */
const fewest = 20;

/**
 * Answers that were replaced altogether are other data, which starts afresh: those of a group none of whose raters is found
 * with an answer as it was, and those of a round of many raters most of whom are not.
 */
async function forgetReplaced(db: DuckDBConnection): Promise<void> {
  await db.run(`
    create temp table shown_raters as
    select shown.round_on, shown.employee_id, shown.rater_group, shown.rater,
      bool_or(answers.review_id is not null) as is_found
    from ${place} as shown
    join (select distinct round_on, employee_id, rater_group from intermediate.review_answers) as present
      using (round_on, employee_id, rater_group)
    left join intermediate.review_answers as answers
      on answers.round_on = shown.round_on and answers.employee_id = shown.employee_id
        and answers.rater_group = shown.rater_group and answers.dimension = shown.dimension
        and answers.normalised_score = shown.normalised_score
        and (answers.rater = shown.rater or answers.review_id = shown.review_id)
    group by shown.round_on, shown.employee_id, shown.rater_group, shown.rater`);
  await db.run(`
    delete from ${place} where (round_on, employee_id, rater_group) in (
      select (round_on, employee_id, rater_group) from shown_raters
      group by round_on, employee_id, rater_group having not bool_or(is_found)
    ) or round_on in (
      select round_on from shown_raters group by round_on
      having count(*) >= ${fewest} and 2 * count(*) filter (where is_found) < count(*)
    )`);
  await db.run("drop table shown_raters");
}

/** The answers that came after their round's figures were shown and are not counted in them, by round. */
export async function readLaterReviews(db: DuckDBConnection): Promise<LaterReviews[]> {
  const reader = await db.runAndReadAll(`
    select strftime(round_on, '%Y-%m-%d'), count(*)
    from intermediate.reviews as reviews
    join (
      select round_on, employee_id, rater_group, max(batch) as last_batch
      from ${place} group by round_on, employee_id, rater_group
    ) as shown using (round_on, employee_id, rater_group)
    where reviews.batch is null or reviews.batch > shown.last_batch
    group by round_on order by round_on`);
  return reader.getRowsJson().map(([round, answers]) => ({ round: String(round), answers: Number(answers) }));
}

/** The sentence of answers that are not counted. */
export const laterReviewsText = ({ round, answers }: LaterReviews): Told =>
  told(answers === 1 ? "reviews.oneLater" : "reviews.later", { round, answers });
