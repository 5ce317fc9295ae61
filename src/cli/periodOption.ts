import type { DuckDBConnection } from "@duckdb/node-api";
import { CliError } from "../error.js";
import { addDays, type Grain, isPartial, namedPeriod, type Period, periodOf } from "../kpi/periods.js";
import { readAsOf } from "../warehouse/queryKpis.js";

/**
 * The period that `--period` names, or undefined where it was not given.
 * @throws CliError 2
 */
export function periodAsked(text: string | undefined): Period | undefined {
  if (text === undefined) return undefined;
  const period = namedPeriod(text);
  if (period) return period;
  throw new CliError(`a period is written 2026-05, 2026-Q2, 2026-H1 or 2026: ${text}`, 2);
}

/** The last period of a grain that is over by the build's `as_of`. */
export async function lastComplete(db: DuckDBConnection, grain: Grain): Promise<Period> {
  const { asOf, asOfDay } = await readAsOf(db);
  const current = periodOf(asOfDay, grain);
  return isPartial(current, asOf) ? periodOf(addDays(current.start, -1), grain) : current;
}
