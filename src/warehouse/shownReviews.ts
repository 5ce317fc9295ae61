import { statSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../engine/sql.js";
import { CliError } from "../run/error.js";
import { type Told, told } from "../words/told.js";

/** Answers to a 360° round that came after its figures were shown and are not counted, or not yet. */
export interface LaterReviews {
  /** First day of the round. */
  round: string;
  answers: number;
}

const place = "config.shown_reviews";

/** Creates the table of the answers whose 360° figures an earlier build showed, empty. */
export async function createShownReviews(db: DuckDBConnection): Promise<void> {
  await db.run("create schema if not exists config");
  await db.run(`create table if not exists ${place} (
    round_on date, employee_id varchar, rater_group varchar, batch integer, review_id varchar, rater varchar,
    dimension varchar, normalised_score decimal(18, 12))`);
}

/**
 * Reads all that a build would take along of a warehouse that has some relations.
 * @throws where the file is damaged there
 */
export async function tryShownReviews(db: DuckDBConnection, relations: readonly string[]): Promise<void> {
  if (relations.includes(place)) await db.run(`select * from ${place}`);
}

/**
 * Takes from the warehouse that a build is about to replace which answers its 360° figures were made of. To be called
 * before the engine is shut in.
 * @param previous null where there is none, or none that can be read
 * @throws CliError 1 while another program writes into it: to go on without would give single answers away
 */
export async function carryShownReviews(db: DuckDBConnection, previous: string | null): Promise<void> {
  await createShownReviews(db);
  if (previous === null || !statSync(previous, { throwIfNoEntry: false })?.size) return;
  try {
    await db.run(`attach ${literal(previous)} as previous (read_only)`);
  } catch (error) {
    throw new CliError(told("reviews.unread", { path: previous }), 1, { cause: error });
  }
  try {
    const found = await db.runAndReadAll(
      "select 1 from duckdb_tables() where database_name = 'previous' and schema_name = 'config' and table_name = 'shown_reviews'",
    );
    if (found.currentRowCount > 0) await db.run(`insert into ${place} select * from previous.${place}`);
  } finally {
    await db.run("detach previous");
  }
}

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
