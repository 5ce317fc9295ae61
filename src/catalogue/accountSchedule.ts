import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kind, Schedule } from "../../loaders/index.js";
import { dayIn } from "../contract/timeZone.js";
import { literal } from "../engine/sql.js";
import { fileFault } from "../run/error.js";
import type { Progress } from "../run/progress.js";
import { told } from "../words/told.js";
import type { DatedCalendar } from "./businessCalendar.js";

/** The business hours that an account has at the moment. */
export interface AccountSchedule {
  source: string;
  schedule: Schedule;
}

interface Source {
  name: string;
  kind: Kind;
  settings: Readonly<Record<string, unknown>>;
}

/**
 * Asks the one source whose settings name business hours for them; undefined where none does.
 * @throws CliError 1 when they cannot be read, 2 when there are none as the settings say, or several sources name some
 */
export async function readAccountSchedule(
  sources: readonly Source[],
  now: Date,
): Promise<AccountSchedule | undefined> {
  const [source, ...more] = sources.filter(({ settings }) => settings.business_hours !== undefined);
  if (!source) return undefined;
  if (more.length > 0)
    throw fileFault(
      "sources.yaml",
      "",
      told("schedule.two", { sources: [source, ...more].map(({ name }) => name) }),
    );
  // The same day all year long, so that what recurs is the same until the account changes it.
  const until = `${now.getUTCFullYear() + 1}-12-31`;
  const schedule = await source.kind.schedule?.(source.name, source.settings, until);
  return schedule && { source: source.name, schedule };
}

/**
 * Takes down an account's business hours beside those that earlier builds saw, and gives all of them with the days from which they
 * hold: those of today from the account's last change, if it tells one since they were last seen otherwise, else from today on. The
 * first that were ever seen hold for all the time before, of which the account tells nothing.
 */
export async function rememberSchedule(
  db: DuckDBConnection,
  { source, schedule }: AccountSchedule,
  now: Date,
): Promise<DatedCalendar[]> {
  const { id, timeZone, hours, holidays, changedAt } = schedule;
  const today = dayIn(timeZone, now);
  const definition = JSON.stringify({ timeZone, hours, holidays });
  const own = `source = ${literal(source)} and schedule_id = ${literal(id)}`;
  const known = await seen(db, own);
  const last = known.at(-1);
  if (last?.definition === definition)
    await db.run(
      `update config.schedules_seen set seen_on = greatest(seen_on, date ${literal(today)})
       where ${own} and valid_from = date ${literal(last.validFrom)}`,
    );
  else {
    const from = last
      ? validFrom(last, today, changedAt === null ? null : dayIn(timeZone, new Date(changedAt)))
      : beginning;
    // Of a day that saw several the last holds.
    await db.run(`delete from config.schedules_seen where ${own} and valid_from = date ${literal(from)}`);
    await db.run(
      `insert into config.schedules_seen
       values (${literal(source)}, ${literal(id)}, date ${literal(from)}, date ${literal(today)}, ${literal(definition)})`,
    );
  }
  return (await seen(db, own)).map(({ validFrom, definition }) => ({
    ...(JSON.parse(definition) as Pick<DatedCalendar, "timeZone" | "hours" | "holidays">),
    validFrom: validFrom === beginning ? null : validFrom,
    makeUpDays: [],
  }));
}

/** What has no beginning holds from here on. */
const beginning = "0001-01-01";

interface Seen {
  validFrom: string;
  seenOn: string;
  definition: string;
}

/** A change is no older than the day on which the hours were last seen as they were. */
function validFrom({ seenOn, validFrom: before }: Seen, today: string, changedOn: string | null): string {
  const latest = [seenOn, before].toSorted().at(-1) ?? today;
  const isTold = changedOn !== null && changedOn >= latest && changedOn <= today;
  return isTold ? changedOn : today;
}

async function seen(db: DuckDBConnection, own: string): Promise<Seen[]> {
  const reader = await db.runAndReadAll(
    `select strftime(valid_from, '%Y-%m-%d'), strftime(seen_on, '%Y-%m-%d'), definition
     from config.schedules_seen where ${own} order by valid_from`,
  );
  return reader.getRows().map(([validFrom, seenOn, definition]) => ({
    validFrom: String(validFrom),
    seenOn: String(seenOn),
    definition: String(definition),
  }));
}

/** Tells by which hours business time goes. */
export function tellSchedule(
  { source, schedule }: AccountSchedule,
  calendars: readonly DatedCalendar[],
  isOverruled: boolean,
  progress: Progress,
): void {
  const { name, timeZone, unread } = schedule;
  if (unread.length > 0)
    progress.warn(told("schedule.unread", { source, names: unread }), { source, unread });
  if (isOverruled) {
    progress.say(told("schedule.overruled", { source, name }), { source, name });
    return;
  }
  const since = calendars.at(-1)?.validFrom ?? null;
  const from = since === null ? told("schedule.fromBeginning") : told("schedule.from", { day: since });
  progress.say(told("schedule.used", { source, name, zone: timeZone, from }), { source, name, since });
}
