import { addDays, addMonths } from "../../kpi/periods.js";
import { type Days, daysOf, type Initiative } from "./initiative.js";

/** The baseline and follow-up of a start. */
export function pairAt({ baseline, follow_up, lag_days }: Initiative, start: string): [Days, Days] {
  const begin = addDays(start, lag_days);
  return [
    { start: addDays(start, -daysOf(baseline)), end: start },
    { start: begin, end: addDays(begin, daysOf(follow_up)) },
  ];
}

export const overlaps = (one: Days, other: Days) => one.start < other.end && other.start < one.end;

/** The same day a year earlier; of 29 February the 28th. */
export const yearBefore = (day: string) => monthsAfter(day, -12);

/** The day some months later, or the last of that month. */
export function monthsAfter(day: string, count: number): string {
  const first = addMonths(day, count);
  const wanted = addDays(first, Number(day.slice(8)) - 1);
  return wanted.slice(0, 7) === first.slice(0, 7) ? wanted : addDays(addMonths(first, 1), -1);
}

/** From its start to the end of its follow-up. */
export const runOf = ({ started_on, follow_up }: Initiative): Days => ({
  start: started_on,
  end: follow_up.end,
});
