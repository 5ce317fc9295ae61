import { literal } from "../engine/sql.js";
/** How to turn wall-clock times of a zone into instants and back, in SQL. */
export interface ZoneSql {
  /** TIMESTAMP of the wall clock → TIMESTAMPTZ. */
  toInstant(local: string): string;
  /** TIMESTAMPTZ → TIMESTAMP of the wall clock. */
  toLocal(instant: string): string;
}

/**
 * SQL for a zone of the IANA database. Since the zone's last change of offset it is plain arithmetic, which is several
 * times faster than the calendar library; before it, and for zones with summer time, the library decides: a wall-clock
 * time that was skipped is read as if the clock had not been put forward, one that happened twice is the later one.
 */
export function zoneSql(zone: string): ZoneSql {
  const steady = steadySince(zone);
  const name = literal(zone);
  if (!steady) {
    return {
      toInstant: (local) => `timezone(${name}, ${local})`,
      toLocal: (instant) => `timezone(${name}, ${instant})`,
    };
  }
  const offset = steady.offsetMinutes * 60_000_000;
  const since = steady.since.toISOString();
  const sinceLocal = new Date(steady.since.getTime() + 86_400_000).toISOString().slice(0, 19);
  return {
    toInstant: (local) =>
      `case when ${local} >= timestamp '${sinceLocal}' then make_timestamptz(epoch_us(${local}) - ${offset}) else timezone(${name}, ${local}) end`,
    toLocal: (instant) =>
      `case when ${instant} >= timestamptz '${since}' then make_timestamp(epoch_us(${instant}) + ${offset}) else timezone(${name}, ${instant}) end`,
  };
}

interface Steady {
  since: Date;
  offsetMinutes: number;
}

const found = new Map<string, Steady | undefined>();

/** When a zone's offset changed last, and what it is since; undefined for zones that still change. Looked for once. */
function steadySince(zone: string): Steady | undefined {
  if (!found.has(zone)) found.set(zone, lookFor(zone));
  return found.get(zone);
}

function lookFor(zone: string): Steady | undefined {
  const offsetAt = offsets(zone);
  const step = 5 * 86_400_000;
  const horizon = Date.UTC(2038, 0, 1);
  const offsetMinutes = offsetAt(horizon);
  let at = horizon;
  while (at > Date.UTC(1970, 0, 1) && offsetAt(at) === offsetMinutes) at -= step;
  return at + step > Date.UTC(2025, 0, 1) ? undefined : { since: new Date(at + step), offsetMinutes };
}

function offsets(zone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  return (time) => {
    const match = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(time));
    const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0);
    return match?.[1] === "-" ? -minutes : minutes;
  };
}

/** The calendar day of an instant in an IANA zone, `YYYY-MM-DD`. */
export const dayIn = (timeZone: string, instant: Date): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(instant);

/** Whether there is an IANA zone of that name. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
