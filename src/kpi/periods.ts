/** Months a period of each grain has. */
export const monthsOf = { month: 1, quarter: 3, half: 6, year: 12 } as const;

export type Grain = keyof typeof monthsOf;
export const grains = Object.keys(monthsOf) as Grain[];

/** What a window is: a period whole, or what had elapsed of the one it is compared with. */
export const roles = ["period", "elapsed_previous", "elapsed_year"] as const;

/** A period, [start, end): first days of months as `YYYY-MM-DD`. */
export interface Period {
  grain: Grain;
  start: string;
  end: string;
}

/** The first day of the month `count` months after the month of an ISO day. */
export function addMonths(day: string, count: number): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  return `${String(Math.floor(months / 12)).padStart(4, "0")}-${String((months % 12) + 1).padStart(2, "0")}-01`;
}

/** The ISO day `count` days later. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

/** How many days the one ISO day lies before the other. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The first of two ISO days. */
export const earlier = (one: string, other: string) => (one < other ? one : other);

/** The period of a grain that an ISO day, or a month `YYYY-MM`, lies in. */
export function periodOf(day: string, grain: Grain): Period {
  const start = addMonths(day, -((Number(day.slice(5, 7)) - 1) % monthsOf[grain]));
  return { grain, start, end: addMonths(start, monthsOf[grain]) };
}

/** The period that `2026-05`, `2026-Q2`, `2026-H1` or `2026` names; undefined for any other text. */
export function namedPeriod(text: string): Period | undefined {
  const [, year = "", part = ""] = /^(\d{4})(?:-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/i.exec(text) ?? [];
  if (year === "") return undefined;
  const month = (count: number) => `${year}-${String(count).padStart(2, "0")}`;
  if (part === "") return periodOf(month(1), "year");
  if (/^q/i.test(part)) return periodOf(month(3 * Number(part[1])), "quarter");
  if (/^h/i.test(part)) return periodOf(month(6 * Number(part[1])), "half");
  return periodOf(month(Number(part)), "month");
}

/** Every period of a grain from the one `first` lies in to the one `last` lies in. */
export function periodsBetween(first: string, last: string, grain: Grain): Period[] {
  const periods: Period[] = [];
  let period = periodOf(first, grain);
  while (period.start <= last || period.start.startsWith(last)) {
    periods.push(period);
    period = periodOf(period.end, grain);
  }
  return periods;
}

/** What a period is called on the command line: `2026-05`, `2026-Q2`, `2026-H1`, `2026`; see `namedPeriod`. */
export function nameOfPeriod({ grain, start }: Pick<Period, "grain" | "start">): string {
  const [year, month] = [start.slice(0, 4), Number(start.slice(5, 7))];
  const part = {
    month: start.slice(5, 7),
    quarter: `Q${Math.ceil(month / 3)}`,
    half: month > 6 ? "H2" : "H1",
    year: "",
  };
  return part[grain] === "" ? year : `${year}-${part[grain]}`;
}

/** The start of the period that a period is compared with. */
export function comparedStart(period: Period, compare: "previous" | "year"): string {
  return addMonths(period.start, compare === "year" ? -12 : -monthsOf[period.grain]);
}

/** The instant of a day's first moment in a time zone, in milliseconds since 1970. */
export function startOfDay(day: string, timeZone: string): number {
  const key = `${day} ${timeZone}`;
  const instant = starts.get(key) ?? firstInstant(day, timeZone);
  starts.set(key, instant);
  return instant;
}

/** The starts of days asked for before: asking the calendar costs much more than remembering. */
const starts = new Map<string, number>();

function firstInstant(day: string, timeZone: string): number {
  const wall = Date.parse(`${day}T00:00:00Z`);
  let instant = wall;
  for (let round = 0; round < 3; round++) instant = wall - offset(instant, timeZone);
  return instant;
}

/** How far a zone's wall clock is ahead of UTC at an instant, in milliseconds. */
function offset(instant: number, timeZone: string): number {
  const format = formats.get(timeZone) ?? wallClock(timeZone);
  formats.set(timeZone, format);
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour % 24, minute, second) - Math.floor(instant / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

const wallClock = (timeZone: string) =>
  new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });

/** When, and up to when, a build knows what happened. */
export interface AsOf {
  /** The exclusive instant in milliseconds since 1970. */
  at: number;
  /** The latest instant from which the longest response limit has passed by `at`, in the same unit. */
  limitsPassedAt: number;
  timeZone: string;
}

/** Whether a period ends after `as_of`. */
export function isPartial(period: Period, asOf: AsOf): boolean {
  return !hasBegun(period.end, asOf.timeZone, asOf.at);
}

/**
 * Whether a day has begun in a time zone by an instant. The calendar is asked only where the zone decides: none is as much as
 * a day ahead or behind.
 */
function hasBegun(day: string, timeZone: string, instant: number): boolean {
  const wall = Date.parse(day);
  if (wall + 86_400_000 <= instant) return true;
  return wall - 86_400_000 <= instant && startOfDay(day, timeZone) <= instant;
}

/** What makes a KPI's value final, beside the end of its period. */
export interface Waits {
  /** Days of 24 h. */
  horizonDays: number;
  /**
   * That no case may wait any longer, at the latest 90 days after the period (`awaited`), or that the longest response
   * limit has passed (`limits`).
   */
  matures: "awaited" | "limits" | null;
}

/** Days after a period in which nobody waits for its open cases any longer: what is not answered by then never is. */
const longestWait = 90;

/** Whether a later `as_of` can no longer change the value: the period is over, and all that the KPI waits for. */
export function isMature(
  period: Period,
  asOf: AsOf,
  { horizonDays, matures }: Waits,
  awaiting: number,
): boolean {
  const isOver = (days: number) => hasBegun(period.end, asOf.timeZone, asOf.at - days * 86_400_000);
  const over = isOver(horizonDays);
  if (matures === "awaited") return over && (awaiting === 0 || isOver(longestWait));
  if (matures === "limits") return over && hasBegun(period.end, asOf.timeZone, asOf.limitsPassedAt);
  return over;
}
