import { isTimeZone } from "../../src/contract/timeZone.js";
import type { Api } from "../remote/api.js";
import type { Cells } from "../remote/cells.js";
import { ApiError } from "../remote/fault.js";
import { daysFrom, type Schedule, type Schedules } from "../remote/schedule.js";
import { queryPages } from "./query.js";

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const months = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];
const ofHours = [
  ...["Id", "Name", "IsActive", "IsDefault", "TimeZoneSidKey", "SystemModstamp"],
  ...weekdays.flatMap((day) => [`${day}StartTime`, `${day}EndTime`]),
];
const ofHoliday = [
  ...["Id", "Name", "ActivityDate", "IsAllDay", "StartTimeInMinutes", "EndTimeInMinutes", "IsRecurrence"],
  ...["RecurrenceType", "RecurrenceStartDate", "RecurrenceEndDateOnly", "RecurrenceInterval"],
  ...["RecurrenceDayOfWeekMask", "RecurrenceDayOfMonth", "RecurrenceInstance", "RecurrenceMonthOfYear"],
];

/**
 * The org's active business hours. Which of them its holidays are of it does not tell to queries: they are taken for those of
 * all.
 * @param until the day up to which holidays that recur are wanted
 */
export async function schedules(api: Api, until: string): Promise<Schedules> {
  const rows = await all(api, `select ${ofHours.join(", ")} from BusinessHours order by Id`);
  const holidays = await all(api, `select ${ofHoliday.join(", ")} from Holiday order by Id`);
  const found = holidays.map((each) => ({
    name: each.Name ?? "",
    days: daysOf(each, until),
    ...shareOf(each),
  }));
  const shared = {
    holidays: found.flatMap(({ days, part }) => (days ?? []).map((day) => ({ ...day, ...part }))),
    unread: found.flatMap(({ name, days }) => (days ? [] : [name])),
  };
  const active = rows.filter(({ IsActive }) => IsActive === "true");
  return {
    all: active.map((row) => scheduleOf(row, shared)),
    standard: active.find(({ IsDefault }) => IsDefault === "true")?.Id ?? undefined,
  };
}

async function all(api: Api, query: string): Promise<Cells[]> {
  const rows: Cells[] = [];
  for await (const page of queryPages(api, query)) for (const row of page) rows.push(row);
  return rows;
}

function scheduleOf(row: Cells, shared: Pick<Schedule, "holidays" | "unread">): Schedule {
  const { Id: id, Name: name, TimeZoneSidKey: zone, SystemModstamp: changed = null } = row;
  if (!id || !name || !zone) throw new ApiError({ what: "noData" });
  if (!isTimeZone(zone)) throw new ApiError({ what: "badZone", name: zone });
  const hours = weekdays.flatMap((day, at) => {
    const [opens, ends] = [minuteOf(row[`${day}StartTime`]), minuteOf(row[`${day}EndTime`])];
    if (opens === null || ends === null) return [];
    // Until midnight, or from midnight to midnight.
    return [{ weekday: at + 1, opens, closes: ends === 0 ? 1440 : ends }];
  });
  return { id, name, timeZone: zone, hours, ...shared, changedAt: changed };
}

/** `09:30:00.000Z` is a time of the local day, whatever its end says. */
function minuteOf(time: string | null | undefined): number | null {
  const [, hour, minute] = /^(\d\d):(\d\d)/.exec(time ?? "") ?? [];
  return hour === undefined ? null : Number(hour) * 60 + Number(minute);
}

/** Of a holiday that is not of the whole day, the minutes that it is of. */
function shareOf(holiday: Cells): { part: { opens: number; closes: number } | undefined } {
  if (holiday.IsAllDay !== "false") return { part: undefined };
  const [opens, closes] = [holiday.StartTimeInMinutes, holiday.EndTimeInMinutes].map((each) =>
    Number(each ?? 0),
  );
  return { part: { opens: opens ?? 0, closes: closes || 1440 } };
}

/** The days of a holiday; undefined where it recurs in a way that is not read. */
function daysOf(holiday: Cells, until: string): { first: string; last: string }[] | undefined {
  const one = (day: string) => ({ first: day, last: day });
  if (holiday.IsRecurrence !== "true") return holiday.ActivityDate ? [one(holiday.ActivityDate)] : [];
  const first = holiday.RecurrenceStartDate?.slice(0, 10) ?? "";
  const end = holiday.RecurrenceEndDateOnly?.slice(0, 10) ?? until;
  const isOn = recurrence(holiday, first);
  if (!isOn || Number.isNaN(Date.parse(first))) return undefined;
  return daysFrom(first, end < until ? end : until)
    .filter(isOn)
    .map(one);
}

/** Whether a day is one on which a holiday recurs; undefined of a way that is not read. */
function recurrence(holiday: Cells, first: string): ((day: string) => boolean) | undefined {
  const month = months.indexOf(holiday.RecurrenceMonthOfYear ?? "") + 1;
  const mask = Number(holiday.RecurrenceDayOfWeekMask ?? 0);
  const every = Math.max(1, Number(holiday.RecurrenceInterval ?? 1));
  const weekday = (day: string) => new Date(day).getUTCDay();
  const isMasked = (day: string) => (mask & (1 << weekday(day))) !== 0;
  const isMonth = (day: string) => Number(day.slice(5, 7)) === month;
  switch (holiday.RecurrenceType) {
    case "RecursYearly":
      return (day) => isMonth(day) && Number(day.slice(8)) === Number(holiday.RecurrenceDayOfMonth);
    case "RecursYearlyNth": {
      const nth = ["First", "Second", "Third", "Fourth", "Last"].indexOf(holiday.RecurrenceInstance ?? "");
      return (day) => isMonth(day) && isMasked(day) && (nth === 4 ? isLast(day) : nthOf(day) === nth);
    }
    case "RecursWeekly": {
      const week = (day: string) => Math.floor((Date.parse(day) / 86_400_000 + 4) / 7);
      return (day) => isMasked(day) && (week(day) - week(first)) % every === 0;
    }
    case "RecursDaily":
      return (day) => ((Date.parse(day) - Date.parse(first)) / 86_400_000) % every === 0;
    default:
      return undefined;
  }
}

/** Which of its weekday's days of the month a day is, from 0. */
const nthOf = (day: string) => Math.floor((Number(day.slice(8)) - 1) / 7);

const isLast = (day: string) =>
  new Date(Date.parse(day) + 7 * 86_400_000).getUTCMonth() !== new Date(day).getUTCMonth();
