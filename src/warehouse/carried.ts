import { statSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../engine/sql.js";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";
import { carryingBuild, fileOfBuild } from "./builds.js";

/** What a build takes along of the one before it: the columns of tables of the schema `config`, with their types. */
const carried = {
  /** The answers whose 360° figures an earlier build showed. */
  shown_reviews: {
    round_on: "date",
    employee_id: "varchar",
    rater_group: "varchar",
    batch: "integer",
    review_id: "varchar",
    rater: "varchar",
    dimension: "varchar",
    normalised_score: "decimal(18, 12)",
  },
  /** What an initiative is, each time that a build saw it anew, as JSON. */
  initiative_register: {
    initiative_id: "varchar",
    definition: "varchar",
    seen_on: "date",
    build_id: "varchar",
  },
  /** The verdicts of initiatives that are over, with the definition that they hold for, as JSON. */
  initiative_verdicts: {
    initiative_id: "varchar",
    definition: "varchar",
    assessment: "varchar",
    decided_on: "date",
    build_id: "varchar",
  },
  /** The business hours of an account, as JSON, each time that a build saw them anew: from when they hold, and when they were last seen. */
  schedules_seen: {
    source: "varchar",
    schedule_id: "varchar",
    valid_from: "date",
    seen_on: "date",
    definition: "varchar",
  },
  /** The entries of the record of closed periods that a build has seen, and which closings were of its data (see `closings.ts`). */
  closings_seen: { number: "integer", digest: "varchar", build_id: "varchar", is_own: "boolean" },
  /** Some ids of a table by which a later build knows whether its data are of the same company. */
  id_marks: { table_name: "varchar", mark: "varchar" },
  /** How many rows of a table builds mapped, loaded and refused, and the share of empty cells by column (see `drift/history.ts`). */
  table_history: {
    number: "integer",
    build_id: "varchar",
    inputs: "varchar",
    table_name: "varchar",
    rows_mapped: "bigint",
    loaded: "bigint",
    quarantined: "bigint",
    null_shares: "map(varchar, double)",
  },
  /** The titles of a source's raw tables: those of any of its extracts, in order, and those of all. */
  title_history: {
    number: "integer",
    source: "varchar",
    raw_table: "varchar",
    titles: "varchar[]",
    common: "varchar[]",
  },
} as const;

/** What a build finds out about closed periods; each of its own. */
const found = {
  closed_periods: "number integer, entry varchar, is_same_company boolean, compared integer",
  restatements: `number integer, what varchar, id varchar, dimension varchar, member varchar, is_hidden boolean,
    old_value double, old_numerator double, old_denominator double, old_n double, old_median double, old_p90 double,
    old_grade varchar,
    new_value double, new_numerator double, new_denominator double, new_n double, new_median double, new_p90 double,
    new_grade varchar`,
  restated_cases: `number integer, id varchar, cause varchar, key varchar, came integer, went integer, changed integer,
    examples varchar`,
} as const;

const names = Object.keys(carried) as (keyof typeof carried)[];

const columnsOf = (name: keyof typeof carried, write: (column: string, type: string) => string) =>
  Object.entries(carried[name])
    .map(([column, type]) => write(column, type))
    .join(", ");

/** All of such a table, as it has to be; what is not fails. */
const readSql = (name: keyof typeof carried, schema: string) =>
  `select ${columnsOf(name, (column, type) => `cast(${column} as ${type}) as ${column}`)} from ${schema}.${name}`;

/** Creates the tables that builds take along, and those in which they say what became of closed periods, empty. */
export async function createCarried(db: DuckDBConnection): Promise<void> {
  await db.run("create schema if not exists config");
  for (const name of names)
    await db.run(
      `create table if not exists config.${name} (${columnsOf(name, (column, type) => `${column} ${type}`)})`,
    );
  for (const [name, columns] of Object.entries(found))
    await db.run(`create table if not exists config.${name} (${columns})`);
}

/**
 * Reads all that a build would take along of a warehouse that has some relations.
 * @throws where the file is damaged there, or a table is not as builds write it
 */
export async function tryCarried(db: DuckDBConnection, relations: readonly string[]): Promise<void> {
  for (const name of names) {
    if (relations.includes(`config.${name}`)) await db.run(readSql(name, "config"));
  }
}

/**
 * Takes along what the warehouse that a build is about to replace knows of earlier ones; where that was brought back, what
 * the one does that it replaced. To be called before the engine is shut in.
 * @param previous null where there is none, or none that can be read
 * @returns the id of the build that is replaced, null where there is none
 * @throws CliError 1 while another program writes into it: to go on without would give single answers away
 */
export async function carryOver(db: DuckDBConnection, previous: string | null): Promise<string | null> {
  await createCarried(db);
  if (previous === null || !statSync(previous, { throwIfNoEntry: false })?.size) return null;
  const { id, carry } = await withPrevious(db, previous, async (there) => {
    const id = there.includes("settings") ? await idOfPrevious(db) : null;
    const carry = id === null ? null : carryingBuild(previous, id);
    if (carry === id) await takeAlong(db, there);
    return { id, carry };
  });
  if (carry !== null && carry !== id)
    await withPrevious(db, fileOfBuild(previous, carry), (there) => takeAlong(db, there));
  return id;
}

/** Attaches a warehouse as `previous` while `use` works, with the tables of its schema `config`. */
async function withPrevious<T>(
  db: DuckDBConnection,
  path: string,
  use: (there: readonly string[]) => Promise<T>,
): Promise<T> {
  try {
    await db.run(`attach ${literal(path)} as previous (read_only)`);
  } catch (error) {
    throw new CliError(told("reviews.unread", { path }), 1, { cause: error });
  }
  try {
    const found = await db.runAndReadAll(
      "select table_name from duckdb_tables() where database_name = 'previous' and schema_name = 'config'",
    );
    return await use(found.getRowsJson().map(([name]) => String(name)));
  } finally {
    await db.run("detach previous");
  }
}

async function idOfPrevious(db: DuckDBConnection): Promise<string | null> {
  const reader = await db.runAndReadAll("select build_id from previous.config.settings");
  return reader.currentRowCount === 0 ? null : String(reader.value(0, 0));
}

async function takeAlong(db: DuckDBConnection, there: readonly string[]): Promise<void> {
  for (const name of names.filter((each) => there.includes(each)))
    await db.run(`insert into config.${name} ${readSql(name, "previous.config")}`);
}
