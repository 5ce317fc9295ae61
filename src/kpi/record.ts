import { greatest } from "../statistics/extremes.js";
import { addDays, addMonths } from "./periods.js";

/** How many rows of a table are dated on a day, ISO. */
export type DayRows = readonly [day: string, rows: number];

/** Since when, and up to when, a table was recorded. */
export interface TableRecord {
  table: string;
  /** Rows dated before `as_of`. */
  rows: number;
  /** The first day recorded; null of a table without rows that nobody vouches for. */
  covers_from: string | null;
  /** The first day no longer recorded, where that comes before `as_of`. */
  covers_until: string | null;
  /** The same for KPIs whose cases are dated by a later time of the row. */
  later_covers_until: string | null;
  /** 19 of 20 gaps between neighbouring days with rows are no longer, in days; null below ten such days. */
  usual_gap: number | null;
  /** Rows so long before all others that they are no beginning. */
  stray: { rows: number; first: string; last: string } | null;
  /** The newest day of a table that ended by itself. */
  ended_on: string | null;
  /** `covers_from` and `covers_to` of `sources.yaml`, both inclusive. */
  given_from: string | null;
  given_to: string | null;
}

export interface RecordOptions {
  table: string;
  /** The last day that the build knows of. */
  asOfDay: string;
  given: { from: string | null; to: string | null };
  /** The newest day before `as_of` that any time of the rows names. */
  newest: string | null;
  /** The table is never called ended. */
  neverEnds?: boolean;
  /** A row covers its whole month. */
  ofMonths?: boolean;
}

/** The record of a table, from the days of its rows' own times before `as_of`, the earliest first. */
export function tableRecord(days: readonly DayRows[], options: RecordOptions): TableRecord {
  const { table, asOfDay, given, newest } = options;
  const stray = given.from === null ? strayBefore(days) : 0;
  const kept = days.slice(stray).map(([day]) => day);
  const [first] = kept;
  const last = kept.at(-1);
  const usual_gap = usualGap(kept);
  const known = addDays(asOfDay, 1);
  const givenUntil = given.to === null ? null : addDays(given.to, 1);
  const until = (day: string | null | undefined) => {
    if (givenUntil !== null) return givenUntil < known ? givenUntil : null;
    if (day == null || options.neverEnds || !isEnded(kept, day, asOfDay)) return null;
    const end = endOf(day, options.ofMonths ? 31 : usual_gap);
    return end < known ? end : null;
  };
  const covers_until = until(last);
  return {
    table,
    rows: days.reduce((sum, [, rows]) => sum + rows, 0),
    covers_from: given.from ?? (first === undefined ? null : beginOf(first, usual_gap)),
    covers_until,
    later_covers_until: until(last !== undefined && newest !== null && newest > last ? newest : last),
    usual_gap,
    stray: stray === 0 ? null : strayRows(days.slice(0, stray)),
    ended_on: givenUntil === null && covers_until !== null ? (last ?? null) : null,
    given_from: given.from,
    given_to: given.to,
  };
}

const dayNumber = (day: string) => Date.parse(day) / 86_400_000;
const daysFrom = (one: string, other: string) => dayNumber(other) - dayNumber(one);

/** How many days stand before a gap of more than 30 days and three times the longest in the year after it, with fewer than 1 % of the rows. */
function strayBefore(days: readonly DayRows[]): number {
  const total = days.reduce((sum, [, rows]) => sum + rows, 0);
  const numbers = days.map(([day]) => dayNumber(day));
  let [before, found] = [0, 0];
  for (const [index, [, rows]] of days.entries()) {
    before += rows;
    const [at, next] = [numbers[index] ?? 0, numbers[index + 1]];
    if (next === undefined || before * 100 >= total) break;
    if (next - at > 30 && next - at > 3 * longestAfter(numbers, index + 1)) found = index + 1;
  }
  return found;
}

function longestAfter(numbers: readonly number[], first: number): number {
  const begin = numbers[first] ?? 0;
  let longest = 0;
  for (let index = first; index + 1 < numbers.length; index++) {
    const at = numbers[index] ?? 0;
    if (at >= begin + 365) break;
    longest = Math.max(longest, (numbers[index + 1] ?? 0) - at);
  }
  return longest;
}

const strayRows = (days: readonly DayRows[]) => ({
  rows: days.reduce((sum, [, rows]) => sum + rows, 0),
  first: days[0]?.[0] ?? "",
  last: days.at(-1)?.[0] ?? "",
});

function usualGap(days: readonly string[]): number | null {
  if (days.length < 10) return null;
  const gaps = days.slice(1).map((day, index) => daysFrom(days[index] ?? day, day));
  gaps.sort((one, other) => one - other);
  return gaps[Math.ceil((19 * gaps.length) / 20) - 1] ?? null;
}

/** Whether a table whose newest day lies before `as_of` stopped there, rather than being quiet. */
function isEnded(days: readonly string[], newest: string, asOfDay: string): boolean {
  const quiet = daysFrom(newest, asOfDay);
  const begin = addDays(newest, -364);
  const recent = days.filter((day) => day >= begin && day <= newest);
  if (quiet <= 7 || recent.length < 20 || new Set(recent.map((day) => day.slice(0, 7))).size < 3)
    return false;
  const gaps = recent.map((day) => {
    const before = days[days.indexOf(day) - 1];
    return before === undefined ? 0 : daysFrom(before, day);
  });
  return quiet > 3 * greatest(gaps);
}

/** The first of the month of the first day, where no more than the usual gap lies between. */
function beginOf(day: string, usual: number | null): string {
  const month = addMonths(day, 0);
  return usual !== null && daysFrom(month, day) <= usual ? month : day;
}

/** The day after the newest one, or after its month where no more than the usual gap lies between. */
function endOf(day: string, usual: number | null): string {
  const month = addMonths(day, 1);
  return usual !== null && daysFrom(day, addDays(month, -1)) <= usual ? month : addDays(day, 1);
}
