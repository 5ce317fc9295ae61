import type { DuckDBConnection } from "@duckdb/node-api";
import { addDays, type Grain, isPartial, type Period, periodOf } from "../kpi/periods.js";
import { readAsOf } from "./queryKpis.js";

/** The last period of a grain that is over by `as_of`. */
export async function lastComplete(db: DuckDBConnection, grain: Grain): Promise<Period> {
  const { asOf, asOfDay } = await readAsOf(db);
  const current = periodOf(asOfDay, grain);
  return isPartial(current, asOf) ? periodOf(addDays(current.start, -1), grain) : current;
}
