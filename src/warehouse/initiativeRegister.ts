import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../engine/sql.js";

/** What an initiative is defined by: whatever of it changes after it began changes what is assessed. */
export const definingFields = [
  "kpi_id",
  "scope_dimension",
  "scope_value",
  "started_on",
  "baseline_days",
  "follow_up_days",
  "lag_days",
  "expected_change",
] as const;

export type Definition = Record<(typeof definingFields)[number], string | null>;

/** The definition of a staged initiative as SQL: JSON with a text, or nothing, by field. */
const definitionSql = `to_json({${definingFields
  .map(
    (name) =>
      `${name}: ${name === "lag_days" ? "cast(coalesce(lag_days, 0) as varchar)" : `cast(${name} as varchar)`}`,
  )
  .join(", ")}})`;

/** The definition of each initiative of the extract, by id. */
export const currentDefinitions = `select initiative_id, cast(${definitionSql} as varchar) as definition from staging.initiatives`;

/** Tables of which some rows tell a company, with what of a row does; the first that has enough counts. */
const telling = {
  customers: "customer_id || coalesce(name, '') || coalesce(cast(acquired_on as varchar), '')",
  tickets: "ticket_id || cast(created_at as varchar)",
  orders: "order_id || cast(ordered_at as varchar)",
  survey_answers: "answer_id || cast(answered_at as varchar)",
} as const;

/** Rows looked at, by chance but the same each time, and how many a table needs to be told by. */
const marks = { most: 200, least: 20 };

/** Rows of a table by their marks, in the order of these. */
const marksOf = (table: keyof typeof telling) =>
  `select md5(${telling[table]}) as mark from staging.${table} where ${telling[table]} is not null order by mark`;

/**
 * Forgets what builds before wrote down where their data were another company's: of the rows that told them, less than half
 * are found. Then notes what tells the data of this build.
 */
export async function forgetOtherCompany(db: DuckDBConnection): Promise<void> {
  const tables = Object.keys(telling) as (keyof typeof telling)[];
  const count = async (sql: string) => Number((await db.runAndReadAll(sql)).getRowsJson()[0]?.[0] ?? 0);
  for (const table of tables) {
    const known = `select mark from config.data_marks where table_name = ${literal(table)}`;
    const before = await count(`select count(*) from (${known})`);
    if (before === 0 || (await count(`select count(*) from staging.${table}`)) < marks.least) continue;
    const again = await count(
      `select count(*) from (${known}) where mark in (select mark from (${marksOf(table)}))`,
    );
    if (2 * again >= before) continue;
    for (const name of ["initiative_register", "initiative_verdicts"])
      await db.run(`delete from config.${name}`);
  }
  for (const table of tables) {
    await db.run("delete from config.data_marks");
    await db.run(
      `insert into config.data_marks select ${literal(table)}, mark from (${marksOf(table)} limit ${marks.most})`,
    );
    if ((await count("select count(*) from config.data_marks")) >= marks.least) return;
  }
}

/**
 * Writes down what the extract's initiatives are defined by, of each that is new or no longer what it was.
 * @param build its id, and its day, ISO, in the company's time zone
 */
export async function registerInitiatives(
  db: DuckDBConnection,
  { buildId, day }: { buildId: string; day: string },
): Promise<void> {
  await db.run(`
    insert into config.initiative_register
    select initiative_id, definition, date ${literal(day)}, ${literal(buildId)}
    from (${currentDefinitions}) as found
    where definition is distinct from (
      select arg_max(known.definition, known.rowid) from config.initiative_register as known
      where known.initiative_id = found.initiative_id)
    order by initiative_id`);
}
