import type { DuckDBConnection } from "@duckdb/node-api";
import { nodes, parseSelects, type SqlNode } from "../../engine/sqlTree.js";
import type { PlannedMapping } from "../plan.js";

/** What the parser takes for a column and the engine for a moment. */
const moments = new Set([
  "current_date",
  "current_time",
  "current_timestamp",
  "localtime",
  "localtimestamp",
  "user",
]);

/** What the engine calls consistent and is so within a run alone, or only with all its arguments. */
const ofTheRun = new Set([
  "age",
  "current_localtime",
  "current_localtimestamp",
  "current_setting",
  "getenv",
  "getvariable",
  "version",
]);

/**
 * Whether a mapping makes the same of the same rows whenever it is asked: all that it calls is known to depend on its arguments alone.
 * A macro is taken for none of these.
 * @param header the file's columns, of which a mapping may name one as it stands
 */
export async function isRepeatable(
  db: DuckDBConnection,
  { columns, where }: PlannedMapping,
  header: readonly string[],
): Promise<boolean> {
  const texts = [...Object.values(columns ?? {}), where ?? ""]
    .map((text) => String(text).trim())
    .filter((text) => text !== "" && !header.includes(text) && !/^"(?:[^"]|"")*"$/.test(text));
  if (texts.length === 0) return true;
  const trees = await parseSelects(
    db,
    texts.map((text) => ({ sql: `select ${text}`, file: "sources.yaml" })),
  );
  const all = nodes(trees);
  if (all.some(isMoment)) return false;
  const names = all.filter(({ type }) => type === "FUNCTION").map((call) => nameOf(call.function_name));
  if (names.length === 0) return true;
  const reader = await db.runAndReadAll(`
    select function_name from duckdb_functions() group by function_name
    having bool_and(coalesce(stability = 'CONSISTENT' or function_type = 'aggregate', false) and function_type <> 'macro')`);
  const known = new Set(reader.getRowsJson().map(([name]) => nameOf(name)));
  return names.every((name) => known.has(name) && !ofTheRun.has(name));
}

const nameOf = (name: unknown) => String(name).toLowerCase();

const isMoment = ({ type, column_names: names }: SqlNode) =>
  type === "COLUMN_REF" && Array.isArray(names) && names.length === 1 && moments.has(nameOf(names[0]));
