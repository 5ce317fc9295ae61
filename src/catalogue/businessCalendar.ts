import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
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

/**
 * Writes `config.business_stretches`: the time from the first ticket's day through that of `asOf` (SQL), cut where a day
 * or a shift begins or ends, [from_at, until_at) each, whether it is worked, and the business microseconds before it.
 * Empty without a calendar. Business time between two instants is the difference of what lies before each.
 */
export async function writeBusinessStretches(
  db: DuckDBConnection,
  calendar: BusinessCalendar | undefined,
  { timeZone, asOf }: { timeZone: string; asOf: string },
): Promise<void> {
  await db.run(`
    create table config.business_stretches (
      day_on date, from_at timestamptz, until_at timestamptz, is_open boolean, microseconds_before bigint
    )`);
  if (!calendar) return;
  const lastDay = `cast(timezone('${timeZone}', ${asOf}) as date)`;
  await db.run(`
    insert into config.business_stretches
    with
    hours as (select * from (values ${hourRows(calendar).join(", ")}) as hours (weekday, opens, closes)),
    holidays as (select * from (values ${holidayRows(calendar).join(", ")}) as holidays (first_on, last_on)),
    make_up_days as (select * from (values ${makeUpRows(calendar).join(", ")}) as days (day_on, weekday)),
    days as (
      select cast(day as date) as day_on
      from (
        select least(min(created_on), ${lastDay}) as first_on from staging.tickets
      ) cross join generate_series(cast(first_on as timestamp), cast(${lastDay} as timestamp), interval 1 day) as days (day)
    ),
    worked as (
      select days.day_on, coalesce(make_up_days.weekday, isodow(days.day_on)) as weekday
      from days left join make_up_days on make_up_days.day_on = days.day_on
      where not exists (
        select 1 from holidays where days.day_on >= holidays.first_on and days.day_on <= holidays.last_on
      )
    ),
    edges as (
      select day_on, 0 as minute, false as opens from days
      union all
      select worked.day_on, hours.opens, true from worked inner join hours on hours.weekday = worked.weekday
      union all
      select worked.day_on, hours.closes, false from worked inner join hours on hours.weekday = worked.weekday
      where hours.closes < 1440
    ),
    merged as (select day_on, minute, bool_or(opens) as is_open from edges group by day_on, minute),
    placed as (
      select day_on, minute, is_open,
        -- Where the clocks jump over an edge it falls together with the next.
        max(timezone('${timeZone}', cast(day_on as timestamp) + to_minutes(minute)))
          over (order by day_on, minute rows unbounded preceding) as from_at
      from merged
    ),
    stretches as (
      select day_on, minute, is_open, from_at,
        coalesce(
          lead(from_at) over (order by day_on, minute),
          timezone('${timeZone}', cast(day_on + 1 as timestamp))
        ) as until_at
      from placed
    )
    select day_on, from_at, until_at, is_open,
      coalesce(sum(case when is_open then epoch_us(until_at) - epoch_us(from_at) else 0 end)
        over (order by day_on, minute rows between unbounded preceding and 1 preceding), 0)
    from stretches
    where from_at < until_at
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

function hourRows({ hours }: BusinessCalendar): string[] {
  return weekdays.flatMap((name, index) =>
    (hours[name] ?? []).map(({ opens, closes }) => `(${index + 1}, ${opens}, ${closes})`),
  );
}

const nothing = (row: string) => `(${row})`;

function holidayRows({ holidays }: BusinessCalendar): string[] {
  const rows = holidays.map(({ first, last }) => `(date '${first}', date '${last}')`);
  return rows.length > 0 ? rows : [nothing("cast(null as date), cast(null as date)")];
}

function makeUpRows({ make_up_days }: BusinessCalendar): string[] {
  const rows = make_up_days.map(({ date, like }) => `(date '${date}', ${weekdays.indexOf(like) + 1})`);
  return rows.length > 0 ? rows : [nothing("cast(null as date), cast(null as integer)")];
}
