import type { DuckDBConnection } from "@duckdb/node-api";
import type { Settings } from "../catalogue/settings.js";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";
import { readAsOf } from "./queryKpis.js";

/**
 * To be asked before anything is told of periods that somebody names: nothing is recorded before the year of
 * `record_floor`, nor is anything to say of what comes after the year that follows the data date.
 * @param asked months `YYYY-MM`, or days
 * @throws CliError 2 naming the first that lies outside
 */
export async function requirePeriods(
  db: DuckDBConnection,
  { record_floor }: Pick<Settings, "record_floor">,
  asked: readonly (string | undefined)[],
): Promise<void> {
  const { asOfDay } = await readAsOf(db);
  const [first, last] = [Number(record_floor.slice(0, 4)), Number(asOfDay.slice(0, 4)) + 1];
  const stranger = asked.find((day) => {
    const year = Number(day?.slice(0, 4) ?? first);
    return year < first || year > last;
  });
  if (stranger === undefined) return;
  throw new CliError(told("period.outside", { first, last, month: stranger.slice(0, 7) }), 2);
}
