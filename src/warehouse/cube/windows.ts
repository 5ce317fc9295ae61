import type { DuckDBConnection } from "@duckdb/node-api";
import { type Columns, passed, selectSql } from "../../engine/sql.js";
import { type Grain, grains, monthsOf } from "../../kpi/periods.js";
import { periodStartSql } from "../../kpi/sql.js";
import { createScratch } from "./scratch.js";

const monthNumber = (day: string) => `year(${day}) * 12 + month(${day})`;
const cutoffMonth = "cast(date_trunc('month', cutoff_on) as date)";

/**
 * The ends of the month, quarter, half and year that a day cuts, as columns `end_<grain>`; null for those that it begins. What
 * lies between the day and such an end follows from the whole, where that is shown beside what lies before the day.
 */
export function endsOfCut(day: string): Columns {
  const ends = grains.map((grain): [string, string] => {
    const start = periodStartSql(grain, day);
    return [endOf(grain), `case when ${start} < ${day} then plus_months(${start}, ${monthsOf[grain]}) end`];
  });
  return Object.fromEntries(ends);
}

const endOf = (grain: Grain) => `end_${grain}`;

/**
 * The bits of whom the days between a window's cut and those ends tell of, as columns `rest_<grain>`; those up to where another
 * window cuts the same month are `rest_cut`.
 */
export function restsOfCut(who: string, relation: string, condition: string, prefix = ""): Columns {
  const ends = ["cells.is_next", ...grains.map((grain) => `cells.month < ${relation}.${endOf(grain)}`)];
  return Object.fromEntries(
    ends.map((end, index) => [
      `${prefix}${rests[index]}`,
      `bit_or(${who}) filter (where ${condition} and ${end})`,
    ]),
  );
}

/** The names of these columns. */
export const rests = ["rest_cut", ...grains.map((grain) => `rest_${grain}`)];

/** What the name of a cuboid ends with in rows of cells without a case in the window, but in the days that it leaves out. */
export const onlyRests = " rest";

/** Fills the scratch table `windows`: the windows cut to the elapsed days of a partial period, which would go on to `period_end`. */
export async function prepareWindows(db: DuckDBConnection): Promise<void> {
  await createScratch(
    db,
    "windows",
    selectSql({
      columns: {
        ...passed(["role", "grain", "period_start", "cutoff_on"]),
        ...endsOfCut("cutoff_on"),
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

/** Of what follows in its year: the rest of that month, and whole months. */
export const isRest = `(
  (cells.cut_on is null and cells.month >= windows.cutoff_on and cells.month < windows.end_year)
  or (cells.cut_on = windows.cutoff_on and cells.is_rest))`;
