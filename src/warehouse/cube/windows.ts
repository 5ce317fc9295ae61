import type { DuckDBConnection } from "@duckdb/node-api";
import { passed, selectSql } from "../../engine/sql.js";
import { createScratch } from "./scratch.js";

const monthNumber = (day: string) => `year(${day}) * 12 + month(${day})`;
const cutoffMonth = "cast(date_trunc('month', cutoff_on) as date)";

/** Fills the scratch table `windows`: the windows cut to the elapsed days of a partial period, which would go on to `period_end`. */
export async function prepareWindows(db: DuckDBConnection): Promise<void> {
  await createScratch(
    db,
    "windows",
    selectSql({
      columns: {
        ...passed(["role", "grain", "period_start", "period_end", "cutoff_on"]),
        cutoff_month: cutoffMonth,
        months_begun: `${monthNumber("cutoff_on")} - (${monthNumber("period_start")})
          + case when cutoff_on = ${cutoffMonth} then 0 else 1 end`,
      },
      from: "intermediate.periods",
      where: ["role <> 'period'"],
    }),
  );
}

/** The days, `YYYY-MM-DD`, up to which a window counts the head of a month. */
export async function windowHeads(db: DuckDBConnection): Promise<string[]> {
  const reader = await db.runAndReadAll(`
    select distinct cast(cutoff_on as varchar) as day from windows where cutoff_on <> cutoff_month order by day`);
  return reader.getRowsJson().map(([day]) => String(day));
}

/** SQL condition of the cells of a window: whole months and the head of one more. */
export const isWithin = `(
  (cells.cut_on is null and cells.month >= windows.period_start and cells.month < windows.cutoff_month)
  or (cells.cut_on = windows.cutoff_on and not cells.is_rest))`;

/** Of what is left of its period: the rest of that month, and whole months. */
export const isRest = `(
  (cells.cut_on is null and cells.month >= windows.cutoff_on and cells.month < windows.period_end)
  or (cells.cut_on = windows.cutoff_on and cells.is_rest))`;
