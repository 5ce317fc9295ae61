import type { DuckDBConnection } from "@duckdb/node-api";
import type { PlannedMapping } from "../plan.js";

/** What stands for a moment without being called as a function. */
const moments = "current_date|current_time|current_timestamp|localtime|localtimestamp|today|now";

/** Whether a mapping makes the same of the same rows whenever it is asked: it calls no function that depends on chance or the clock. */
export async function isRepeatable(
  db: DuckDBConnection,
  { columns, where }: PlannedMapping,
): Promise<boolean> {
  const texts = [...Object.values(columns ?? {}), where ?? ""]
    .map(String)
    .filter((text) => /[()]|current|local/i.test(text));
  if (texts.length === 0) return true;
  const found = await db.runAndReadAll(
    "select distinct function_name from duckdb_functions() where stability <> 'CONSISTENT' and regexp_full_match(function_name, '\\w+')",
  );
  const names = found.getRowsJson().map(([name]) => String(name));
  const fickle = new RegExp(`\\b(?:${moments}|${names.join("|")})\\b`, "i");
  return !texts.some((text) => fickle.test(text));
}
