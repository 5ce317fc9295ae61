import type { DuckDBConnection } from "@duckdb/node-api";
import { literal, quoted } from "../../engine/sql.js";
import { type Period, startOfDay } from "../../kpi/periods.js";
import type { CaseList } from "./caseList.js";
import { dayColumns } from "./ownRows.js";

/** Zones that a reader knows stand for all whose period begins and ends with theirs. */
const wellKnown = [
  "UTC",
  "Asia/Shanghai",
  "Europe/London",
  "Europe/Berlin",
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Los_Angeles",
  "Asia/Tokyo",
  "Asia/Kolkata",
  "Australia/Sydney",
];

const dayMs = 86_400_000;

/** SQL that says of a row of `held` that it is in the period by the zone. */
function inZone({ start, end }: Pick<Period, "start" | "end">, zone: string): string {
  const at = (day: string) => `make_timestamptz(${startOfDay(day, zone) * 1000})`;
  return `coalesce(happened_at >= ${at(start)} and happened_at < ${at(end)}, false)`;
}

/** SQL that says of a row of `held` that it is in the period by another day of its row. */
const byDay = ({ start, end }: Period, day: string): string => {
  const column = quoted(`on_${day}`);
  return `coalesce(${column} >= date ${literal(start)} and ${column} < date ${literal(end)}, false)`;
};

/** What speaks for a guess: cases that it explains, less those on which both sides agree and it does not. */
const supportSql = ({ sql: guess, known = "true" }: Pick<Guess, "sql" | "known">) =>
  `coalesce(sum(case
     when (${guess}) = is_theirs and is_ours <> is_theirs and ${known} then 1
     when (${guess}) <> is_theirs and is_ours = is_theirs then -1
     else 0 end), 0)`;

/** How many of their cases a guess has in the period, and how many it has not. */
const theirsSql = (guess: string) =>
  `count(*) filter (is_theirs and (${guess})), count(*) filter (is_theirs and not (${guess}))`;

/** A guess as SQL, and how many cases more speak for than against it. */
interface Guess {
  name: string;
  sql: string;
  /** SQL of a row that can speak for it: one without the day is in no period, which any list may lack. */
  known?: string;
  support: number;
}

/** One case is none: some zone or date fits it by chance. */
const leastSupport = 2;

/** Of their own cases a guess has to have so many in the period for each that it has not: one that has none would explain any list that lacks some. */
const leastOfTheirs = 4;

/** Of guesses the one that most speaks for, the first of several; undefined where too little speaks for any. */
async function best(
  db: DuckDBConnection,
  rows: string,
  guesses: readonly Omit<Guess, "support">[],
): Promise<Guess | undefined> {
  if (guesses.length === 0) return undefined;
  const reader = await db.runAndReadAll(
    `select ${guesses.map((guess) => `${supportSql(guess)}, ${theirsSql(guess.sql)}`).join(", ")} from held where is_counted and ${rows}`,
  );
  const numbers = (reader.getRows()[0] ?? []).map(Number);
  const all = guesses.flatMap((guess, index): Guess[] => {
    const [support = 0, fitting = 0, others = 0] = numbers.slice(3 * index, 3 * index + 3);
    const isLikely = support >= leastSupport && fitting > 0 && fitting >= leastOfTheirs * others;
    return isLikely ? [{ ...guess, support }] : [];
  });
  return all.toSorted((one, other) => other.support - one.support)[0];
}

/** How their report was made otherwise than ours, what explains more first. */
export type TheirTimes = readonly { is: "zone" | "day"; name: string; sql: string }[];

/**
 * The time zone and the other day of the rows that explain most of the differences, each where it explains any, and the second
 * only what the first leaves.
 * @param told the zone, where it is known
 */
export async function timesThatFit(
  db: DuckDBConnection,
  cases: CaseList,
  period: Period,
  { ours, told }: { ours: string; told: string | undefined },
): Promise<TheirTimes> {
  const [part] = cases.parts;
  const days = part?.day ? dayColumns(cases).filter(({ day }) => day !== part.day) : [];
  const byDays = days.map(({ day }) => ({
    name: day,
    sql: byDay(period, day),
    known: `${quoted(`on_${day}`)} is not null`,
  }));
  const left = ({ sql }: Pick<Guess, "sql">) => `not ((${sql}) = is_theirs and is_ours <> is_theirs)`;
  const zone = (guess: Pick<Guess, "name" | "sql">) => ({
    is: "zone" as const,
    name: guess.name,
    sql: guess.sql,
  });
  const day = (guess: Pick<Guess, "name" | "sql">) => ({
    is: "day" as const,
    name: guess.name,
    sql: guess.sql,
  });
  if (told !== undefined) {
    const known = { name: told, sql: inZone(period, told) };
    const other = await best(db, left(known), byDays);
    return [zone(known), ...(other ? [day(other)] : [])];
  }
  const [bestZone, bestDay] = [await zoneThatFits(db, period, ours, "true"), await best(db, "true", byDays)];
  if (bestDay && bestDay.support >= (bestZone?.support ?? 0)) {
    const other = bestZone && (await zoneThatFits(db, period, ours, left(bestDay)));
    return [day(bestDay), ...(other ? [zone(other)] : [])];
  }
  if (!bestZone) return [];
  const other = bestDay && (await best(db, left(bestZone), byDays));
  return [zone(bestZone), ...(other ? [day(other)] : [])];
}

/** The time zone that explains most of the cases at the edges of the period. */
async function zoneThatFits(
  db: DuckDBConnection,
  period: Period,
  ours: string,
  rows: string,
): Promise<Guess | undefined> {
  const around = [period.start, period.end].map((day) => {
    const at = startOfDay(day, ours);
    return `happened_at between make_timestamptz(${(at - 1.1 * dayMs) * 1000}) and make_timestamptz(${(at + 1.1 * dayMs) * 1000})`;
  });
  const edges = `${rows} and (${around.join(" or ")})`;
  const found = await db.runAndReadAll(
    `select count(*) from held where is_counted and ${edges} and is_ours <> is_theirs`,
  );
  if (Number(found.value(0, 0)) < leastSupport) return undefined;
  const edgesIn = (zone: string) => `${startOfDay(period.start, zone)} ${startOfDay(period.end, zone)}`;
  const zones = new Map<string, string>();
  for (const zone of [...wellKnown, ...Intl.supportedValuesOf("timeZone")])
    if (edgesIn(zone) !== edgesIn(ours) && !zones.has(edgesIn(zone))) zones.set(edgesIn(zone), zone);
  return best(
    db,
    edges,
    [...zones.values()].map((name) => ({ name, sql: inZone(period, name) })),
  );
}
