import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { literal } from "../engine/sql.js";
import { says, told } from "../words/told.js";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

const day = z.iso.date(says("schema.calendarDay"));
const weekday = z.enum(weekdays);

/** `09:00-12:30`, in minutes of the local day. */
const shift = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, says("schema.hours"))
  .transform((text) => {
    const [opens = 0, closes = 0] = text.split("-").map(minutesOf);
    return { opens, closes };
  })
  .refine(({ opens, closes }) => opens < closes, says("schema.shiftReversed"));

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

const shifts = z.array(shift).refine((list) => {
  const sorted = list.toSorted((one, other) => one.opens - other.opens);
  return sorted.every(({ opens }, index) => index === 0 || opens >= (sorted[index - 1]?.closes ?? 0));
}, says("schema.shiftsOverlap"));

/** A day, or the first and the last of several: `2026-10-01/2026-10-07`. */
const days = z
  .string()
  .transform((text) => text.split("/"))
  .pipe(z.union([z.tuple([day]), z.tuple([day, day])], says("schema.days")))
  .transform(([first, last = first]) => ({ first, last }))
  .refine(({ first, last }) => first <= last, says("schema.daysReversed"));

const makeUpDay = z.union(
  [
    day.transform((date) => ({ date, like: "monday" as const })),
    z.strictObject({ date: day, like: weekday }),
  ],
  says("schema.makeUpDay"),
);

/**
 * When the department works: the hours of each weekday, days off although the weekday has hours, and days worked
 * although it has none or others, with the hours of the weekday they are `like` (Monday's unless said).
 */
export const businessCalendarSchema = z
  .strictObject({
    hours: z
      .partialRecord(weekday, shifts)
      .refine((hours) => Object.values(hours).some((list) => list.length > 0), says("schema.noHours")),
    holidays: z.array(days).default([]),
    make_up_days: z.array(makeUpDay).default([]),
  })
  .superRefine(({ hours, holidays, make_up_days }, context) => {
    const seen = new Set<string>();
    make_up_days.forEach(({ date, like }, index) => {
      const problem =
        (hours[like] ?? []).length === 0
          ? told("calendar.dayOff", { like, date })
          : seen.has(date)
            ? told("calendar.twice", { date })
            : holidays.some(({ first, last }) => first <= date && date <= last)
              ? told("calendar.holiday", { date })
              : null;
      if (problem) context.addIssue({ code: "custom", path: ["make_up_days", index], params: { problem } });
      seen.add(date);
    });
  });

export type BusinessCalendar = z.infer<typeof businessCalendarSchema>;

/** When the department worked from a day on, in a time zone; of several the one with the latest day before holds. */
export interface DatedCalendar {
  /** Null: from the beginning on. */
  validFrom: string | null;
  timeZone: string;
  /** Minutes of the local day; Monday is 1. */
  hours: readonly { weekday: number; opens: number; closes: number }[];
  /** Days off, or off from one minute of them to another. */
  holidays: readonly { first: string; last: string; opens?: number; closes?: number }[];
  makeUpDays: readonly { date: string; weekday: number }[];
}

/** The settings' calendar, which holds at all times. */
export const datedCalendar = (
  { hours, holidays, make_up_days }: BusinessCalendar,
  timeZone: string,
): DatedCalendar => ({
  validFrom: null,
  timeZone,
  hours: weekdays.flatMap((name, index) =>
    (hours[name] ?? []).map(({ opens, closes }) => ({ weekday: index + 1, opens, closes })),
  ),
  holidays,
  makeUpDays: make_up_days.map(({ date, like }) => ({ date, weekday: weekdays.indexOf(like) + 1 })),
});

/**
 * Writes `config.business_stretches`: the time from the first ticket's day through that of `asOf` (SQL), cut where a day
 * or a shift begins or ends, [from_at, until_at) each, whether it is worked, and the business microseconds before it.
 * Empty without a calendar. Business time between two instants is the difference of what lies before each.
 */
export async function writeBusinessStretches(
  db: DuckDBConnection,
  calendars: readonly DatedCalendar[],
  { timeZone, asOf }: { timeZone: string; asOf: string },
): Promise<void> {
  await db.run(`
    create table config.business_stretches (
      day_on date, from_at timestamptz, until_at timestamptz, is_open boolean, microseconds_before bigint
    )`);
  if (calendars.length === 0) return;
  const lastDay = `cast(timezone('${timeZone}', ${asOf}) as date)`;
  const midnight = (day: string) => `timezone('${timeZone}', cast(${day} as timestamp))`;
  const local = (minute: string) =>
    `timezone(worked.zone, cast(worked.day_on as timestamp) + to_minutes(cast(${minute} as integer)))`;
  await db.run(`
    insert into config.business_stretches
    with
    calendars as (select * from ${valuesOf(calendarRows(calendars), "version, zone, from_on, until_on")}),
    hours as (select * from ${valuesOf(hourRows(calendars), "version, weekday, opens, closes")}),
    holidays as (select * from ${valuesOf(holidayRows(calendars), "version, first_on, last_on, opens, closes")}),
    make_up_days as (select * from ${valuesOf(makeUpRows(calendars), "version, day_on, weekday")}),
    days as (
      select cast(day as date) as day_on, first_on
      from (
        select least(min(created_on), ${lastDay}) as first_on from staging.tickets
      ) cross join generate_series(
        -- A day of another zone may have begun before.
        cast(first_on as timestamp) - interval 1 day, cast(${lastDay} as timestamp) + interval 1 day, interval 1 day
      ) as days (day)
    ),
    dated as (
      select days.day_on, calendars.version, calendars.zone
      from days
      inner join calendars on days.day_on >= calendars.from_on and days.day_on < calendars.until_on
    ),
    worked as (
      select dated.*, coalesce(make_up_days.weekday, isodow(dated.day_on)) as weekday
      from dated
      left join make_up_days on make_up_days.day_on = dated.day_on and make_up_days.version = dated.version
      where not exists (
        select 1 from holidays
        where holidays.version = dated.version and holidays.opens is null
          and dated.day_on >= holidays.first_on and dated.day_on <= holidays.last_on
      )
    ),
    shifts as (
      select ${local("hours.opens")} as from_at, ${local("hours.closes")} as until_at, 1 as open_count
      from worked inner join hours on hours.version = worked.version and hours.weekday = worked.weekday
      union all
      select ${local("holidays.opens")}, ${local("holidays.closes")}, -100
      from worked inner join holidays on holidays.version = worked.version
        and worked.day_on >= holidays.first_on and worked.day_on <= holidays.last_on and holidays.opens is not null
    ),
    -- Where the clocks jump over a shift it is none.
    edges as (
      select from_at as edge_at, open_count from shifts where from_at < until_at
      union all
      select until_at, -open_count from shifts where from_at < until_at
      union all
      select ${midnight("day_on")}, 0 from days where day_on >= first_on
    ),
    counted as (
      select edge_at, sum(sum(open_count)) over (order by edge_at) > 0 as is_open from edges group by edge_at
    ),
    stretches as (
      select edge_at as from_at, lead(edge_at) over (order by edge_at) as until_at, is_open from counted
    ),
    within as (
      select from_at, until_at, is_open from stretches
      where from_at >= (select ${midnight("min(first_on)")} from days)
        and from_at < ${midnight(`(${lastDay} + 1)`)}
    )
    select cast(timezone('${timeZone}', from_at) as date), from_at, until_at, is_open,
      coalesce(sum(case when is_open then epoch_us(until_at) - epoch_us(from_at) else 0 end)
        over (order by from_at rows between unbounded preceding and 1 preceding), 0)
    from within
    order by from_at`);
}

/** SQL for the business microseconds before an instant; null before the first stretch. */
export function businessTimeAt(instant: string): string {
  return `(
    select max(microseconds_before + case
      when is_open then least(epoch_us(until_at), epoch_us(${instant})) - epoch_us(from_at) else 0 end)
    from config.business_stretches where from_at <= ${instant})`;
}

/** SQL for the last instant from which `microseconds` of business time have passed by another. */
export function businessTimeBefore(instant: string, microseconds: number): string {
  const rest = `${businessTimeAt(instant)} - ${microseconds}`;
  return `(
    select coalesce(
      max(case when microseconds_before <= ${rest} then
        case when is_open then least(until_at, make_timestamptz(epoch_us(from_at) + ${rest} - microseconds_before))
          else until_at end
      end),
      min(from_at))
    from config.business_stretches)`;
}

/** Rows as a relation; of none an empty one. */
function valuesOf({ rows, types }: { rows: string[]; types: readonly string[] }, columns: string): string {
  const nothing = `(${types.map((type) => `cast(null as ${type})`).join(", ")})`;
  const values = `(values ${[nothing, ...rows].join(", ")}) as given (${columns})`;
  return `${values} where version is not null`;
}

function calendarRows(calendars: readonly DatedCalendar[]) {
  const sorted = calendars.toSorted((one, other) =>
    (one.validFrom ?? "").localeCompare(other.validFrom ?? ""),
  );
  const rows = sorted.map((calendar, at) => {
    const from = at === 0 ? "0001-01-01" : (calendar.validFrom ?? "0001-01-01");
    const until = sorted[at + 1]?.validFrom ?? "9999-12-31";
    return `(${calendars.indexOf(calendar)}, ${literal(calendar.timeZone)}, date '${from}', date '${until}')`;
  });
  return { rows, types: ["integer", "varchar", "date", "date"] };
}

function hourRows(calendars: readonly DatedCalendar[]) {
  const rows = calendars.flatMap(({ hours }, version) =>
    hours.map(({ weekday, opens, closes }) => `(${version}, ${weekday}, ${opens}, ${closes})`),
  );
  return { rows, types: ["integer", "integer", "integer", "integer"] };
}

function holidayRows(calendars: readonly DatedCalendar[]) {
  const rows = calendars.flatMap(({ holidays }, version) =>
    holidays.map(
      ({ first, last, opens, closes }) =>
        `(${version}, date '${first}', date '${last}', ${opens ?? "null"}, ${closes ?? "null"})`,
    ),
  );
  return { rows, types: ["integer", "date", "date", "integer", "integer"] };
}

function makeUpRows(calendars: readonly DatedCalendar[]) {
  const rows = calendars.flatMap(({ makeUpDays }, version) =>
    makeUpDays.map(({ date, weekday }) => `(${version}, date '${date}', ${weekday})`),
  );
  return { rows, types: ["integer", "date", "integer"] };
}
