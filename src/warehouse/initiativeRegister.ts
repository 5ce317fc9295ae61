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
