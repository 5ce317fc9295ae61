import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../engine/sql.js";
import { type Told, told } from "../words/told.js";
import { areFound, noteMarks, readMarks } from "./companyMarks.js";

/** What an initiative is defined by: whatever of it changes after it began changes what is assessed. */
const definingFields = [
  "kpi_id",
  "scope_dimension",
  "scope_value",
  "started_on",
  "baseline_days",
  "follow_up_days",
  "lag_days",
  "expected_change",
] as const;

/** What is told where it changes: beside what defines an initiative what decides its worth, and no verdict. */
export const registeredFields = [...definingFields, "cost", "value_per_unit"] as const;

export type Definition = Record<(typeof registeredFields)[number], string | null>;

/** Fields of a staged initiative as SQL: JSON with a text, or nothing, by field. */
const fieldsSql = (fields: readonly string[]) =>
  `cast(to_json({${fields
    .map((name) =>
      name === "lag_days"
        ? "lag_days: cast(coalesce(lag_days, 0) as varchar)"
        : `${name}: cast("${name}" as varchar)`,
    )
    .join(", ")}}) as varchar)`;

/** The definition of each initiative of the extract, by id. */
export const currentDefinitions = `select initiative_id, ${fieldsSql(definingFields)} as definition from staging.initiatives`;

/** What was forgotten of the initiatives of another company. */
export interface Forgotten {
  initiatives: number;
  verdicts: number;
}

/**
 * Forgets what builds before wrote down where their data were another company's, before any of it is gone by. Then notes
 * ids of the data of this build.
 * @returns null where nothing is forgotten
 */
export async function forgetOtherCompany(db: DuckDBConnection): Promise<Forgotten | null> {
  const count = async (sql: string) => Number((await db.runAndReadAll(sql)).getRowsJson()[0]?.[0] ?? 0);
  const isSame = await areFound(db, await readMarks(db));
  const lost = {
    initiatives: await count("select count(distinct initiative_id) from config.initiative_register"),
    verdicts: await count("select count(distinct initiative_id) from config.initiative_verdicts"),
  };
  if (!isSame)
    for (const name of [
      "initiative_register",
      "initiative_verdicts",
      "closings_seen",
      "schedules_seen",
      "id_marks",
      "table_history",
      "title_history",
    ])
      await db.run(`delete from config.${name}`);
  await noteMarks(db);
  const forgotten = !isSame && lost.initiatives + lost.verdicts > 0 ? lost : null;
  await db.run("create table config.forgotten (initiatives bigint, verdicts bigint)");
  if (forgotten) await db.run(`insert into config.forgotten values (${lost.initiatives}, ${lost.verdicts})`);
  return forgotten;
}

/** What the last build forgot of another company's initiatives. */
export async function readForgotten(db: DuckDBConnection): Promise<Forgotten | null> {
  // A build of before this was said has no such table.
  const there = await db.runAndReadAll(
    "select 1 from information_schema.tables where table_schema = 'config' and table_name = 'forgotten'",
  );
  if (there.currentRowCount === 0) return null;
  const reader = await db.runAndReadAll("select initiatives, verdicts from config.forgotten");
  const [row] = reader.getRowsJson();
  return row ? { initiatives: Number(row[0]), verdicts: Number(row[1]) } : null;
}

/** The sentence of what was forgotten. */
export const forgottenText = ({ initiatives, verdicts }: Forgotten): Told =>
  told("register.forgotten", { initiatives, verdicts });

/**
 * Writes down what the extract's initiatives are, of each that is new or no longer what it was.
 * @param build its id, and its day, ISO, in the company's time zone
 */
export async function registerInitiatives(
  db: DuckDBConnection,
  { buildId, day }: { buildId: string; day: string },
): Promise<void> {
  await db.run(`
    insert into config.initiative_register
    select initiative_id, definition, date ${literal(day)}, ${literal(buildId)}
    from (select initiative_id, ${fieldsSql(registeredFields)} as definition from staging.initiatives) as found
    where definition is distinct from (
      select arg_max(known.definition, known.rowid) from config.initiative_register as known
      where known.initiative_id = found.initiative_id)
    order by initiative_id`);
}
