/** When an account's people work, as it has it at the moment. */
export interface Schedule {
  id: string;
  name: string;
  /** IANA name. */
  timeZone: string;
  /** Shifts, in minutes of the local day; Monday is 1. */
  hours: { weekday: number; opens: number; closes: number }[];
  /** Days on which nobody works, or not from one minute of them to another. */
  holidays: { first: string; last: string; opens?: number; closes?: number }[];
  /** When the account changed its hours last, ISO. */
  changedAt: string | null;
  /** Holidays that it has and that are not read, by their names. */
  unread: string[];
}

/** The schedules of an account, and which goes where a ticket names none. */
export interface Schedules {
  all: Schedule[];
  standard: string | undefined;
}

const dayMs = 86_400_000;

/** The days from one to another, both inclusive, at most so many. */
export function daysFrom(first: string, last: string, most = 40_000): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last) && days.length < most; at += dayMs)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** Minutes of the day as the shift of a weekday; what runs over midnight is of both days. */
export function shiftsOfWeek(start: number, end: number): Schedule["hours"] {
  const shifts: Schedule["hours"] = [];
  for (let from = start; from < end; ) {
    const midnight = (Math.floor(from / 1440) + 1) * 1440;
    const until = Math.min(end, midnight);
    // The week begins with Sunday.
    const weekday = ((Math.floor(from / 1440) + 6) % 7) + 1;
    shifts.push({ weekday, opens: from % 1440, closes: until === midnight ? 1440 : until % 1440 });
    from = until;
  }
  return shifts;
}
