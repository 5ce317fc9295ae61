import type { DuckDBConnection } from "@duckdb/node-api";
import type { Obstacle } from "../../analysis/benefit/verdict.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { judge } from "../../kpi/coverage.js";
import { isMature } from "../../kpi/periods.js";
import { readCoverage } from "../../warehouse/readCoverage.js";
import { readAsOf } from "../queryKpis.js";
import type { Days, Initiative } from "./initiative.js";

/** What stands against a verdict, whatever the figures: windows outside the record, or not over yet. */
export async function obstacleOf(
  db: DuckDBConnection,
  { kpi, baseline, follow_up }: Pick<Initiative, "kpi" | "baseline" | "follow_up">,
): Promise<Obstacle | null> {
  if (!(await isRecorded(db, kpi, baseline)) || !(await isRecorded(db, kpi, follow_up)))
    return "not_recorded";
  return (await isOver(db, kpi, follow_up)) ? null : "still_running";
}

/** Whether a window with the KPI's look-back lies in its record; what has not begun is not outside, unless that ended before. */
async function isRecorded(db: DuckDBConnection, kpi: Kpi, { start, end }: Days): Promise<boolean> {
  const { asOfDay } = await readAsOf(db);
  const coverage = await readCoverage(db, kpi);
  const from = start <= asOfDay ? start : asOfDay;
  return judge(coverage, { grain: "month", start: from, end }, asOfDay) === null;
}

/** Whether a window is over, with all that its cases wait for. */
async function isOver(db: DuckDBConnection, kpi: Kpi, days: Days): Promise<boolean> {
  const { asOf } = await readAsOf(db);
  const { knownUntil } = await readCoverage(db, kpi);
  const until = knownUntil ? { ...asOf, ...knownUntil } : asOf;
  const waits = { horizonDays: kpi.horizon_days ?? 0, matures: kpi.matures ?? null };
  return isMature({ grain: "month", ...days }, until, waits, 0);
}

/** Whether a window's value can be compared: recorded, over, and final. */
export const isWhole = async (db: DuckDBConnection, kpi: Kpi, days: Days): Promise<boolean> =>
  (await isRecorded(db, kpi, days)) && (await isOver(db, kpi, days));
