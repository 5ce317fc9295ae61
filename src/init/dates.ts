import type { DuckDBConnection } from "@duckdb/node-api";
import { literal, quoted } from "../engine/sql.js";
import { fitsOf, type Profile } from "./profile.js";

const days = [
  "%d/%m/%Y",
  "%m/%d/%Y",
  "%d.%m.%Y",
  "%d-%m-%Y",
  "%m-%d-%Y",
  "%Y/%m/%d",
  "%Y.%m.%d",
  "%Y年%m月%d日",
  "%Y-%m-%d",
  "%Y%m%d",
  "%d %b %Y",
  "%d-%b-%Y",
  "%b %d, %Y",
  "%b %d %Y",
  "%d %B %Y",
  "%B %d, %Y",
  "%d/%m/%y",
  "%m/%d/%y",
  "%d.%m.%y",
  "%d-%m-%y",
  "%d-%b-%y",
  "%d/%b/%y",
  "%d/%b/%Y",
  "%d %b %y",
  "%d. %b %Y",
  "%d. %B %Y",
  "%a %d %b %Y",
];

const clocks = [
  "",
  " %H:%M",
  " %H:%M:%S",
  " %I:%M %p",
  " %I:%M:%S %p",
  ", %H:%M",
  ", %H:%M:%S",
  ", %I:%M %p",
  "T%H:%M",
  "T%H:%M:%S",
  "T%H:%M:%SZ",
  "T%H:%M:%S.%gZ",
  " %H:%M:%S.%g",
  " %H时%M分",
  " %Hh%M",
  " %H h %M",
  " à %Hh%M",
  " %H:%M Uhr",
  " %H.%M",
  " at %H:%M",
  "%H:%M",
  "%H时%M分",
  "%H%M%S",
  "%H%M",
];

/** Of columns that hold months. */
const months = [
  "%Y-%m",
  "%Y/%m",
  "%Y.%m",
  "%Y年%m月",
  "%Y年%m月份",
  "%Y%m",
  "%m/%Y",
  "%m.%Y",
  "%m-%Y",
  "%b %Y",
  "%B %Y",
  "%b-%Y",
];

const all = days.flatMap((day) => clocks.map((clock) => `${day}${clock}`));

/** What a text of a format looks like. */
const patterns = new Map(
  [...all, ...months].map((format) => {
    const digits: Readonly<Record<string, string>> = {
      Y: "\\d{4}",
      b: "[A-Za-z]{3}",
      a: "[A-Za-z]{3}",
      B: "[A-Za-z]{3,9}",
      p: "[AaPp][Mm]",
      g: "\\d{1,3}",
    };
    const text = format
      .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replaceAll(/%(.)/g, (_, sign: string) => digits[sign] ?? "\\d{1,2}");
    return [format, new RegExp(`^${text}$`)] as const;
  }),
);

const patternOf = (format: string) => patterns.get(format) ?? /^$/;

/** How a column's days or times are written. */
export interface DateNotation {
  /** `strptime` formats that a source would have to name; none where the contract reads the cells as they are. */
  formats: readonly string[];
  /** Of the filled cells, the share that is read. */
  share: number;
  /** Some cells are read as they stand, without any of the formats. */
  isBesidePlain?: boolean;
  /** The day may be the month: every cell fits this format as well. */
  other?: string;
}

/**
 * SQL that writes moments with a named or spaced offset (`2026-01-05 10:00:00 +0100`, `… UTC`) as the contract reads them;
 * undefined of a column of others.
 */
export function offsetWritten(column: string, { words }: Profile): string | undefined {
  const isOffset = ([word]: readonly [string, number]) =>
    /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)? ?([+-]\d\d:?\d\d|UTC|GMT)$/.test(word);
  if (words.length === 0 || !words.every(isOffset)) return undefined;
  const named = `regexp_replace(${quoted(column)}, ' ?(UTC|GMT)$', '+00:00')`;
  return `regexp_replace(${named}, ' ?([+-][0-9]{2}):?([0-9]{2})$', '\\1:\\2')`;
}

/**
 * SQL of the day in a zone of moments that say their offset (`2026-01-05T22:30:00Z`); undefined of a column of others, and of days
 * that are written as midnights.
 */
export function dayOfInstant(column: string, { words }: Profile, zone: string): string | undefined {
  const isInstant = ([word]: readonly [string, number]) =>
    /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)$/.test(word);
  if (words.length === 0 || !words.every(isInstant)) return undefined;
  if (words.every(([word]) => /[ T]00:00(:00(\.0+)?)?/.test(word))) return undefined;
  return `timezone(${literal(zone)}, ${quoted(column)}::timestamptz)::date`;
}

type Epoch = "seconds" | "milliseconds";

const counted = (column: string, epoch: Epoch) =>
  `to_timestamp(try_cast(${quoted(column)} as bigint)${epoch === "milliseconds" ? " / 1000.0" : ""})`;

/** What is no number stays as it is, so that builds take it for nothing or refuse it. */
const elseItself = (sql: string, column: string) => `coalesce(${sql}, ${quoted(column)}::varchar)`;

/** SQL of the moments that a column counts from 1970. */
export function momentOfEpoch(column: string, epoch: Epoch): string {
  const format = epoch === "milliseconds" ? "%Y-%m-%dT%H:%M:%S.%gZ" : "%Y-%m-%dT%H:%M:%SZ";
  return elseItself(`strftime(timezone('UTC', ${counted(column, epoch)}), ${literal(format)})`, column);
}

/** SQL of the day in a zone of moments counted from 1970; of those that are all midnights in UTC the day that is meant by it. */
export function dayOfEpoch(
  column: string,
  epoch: Epoch,
  { words }: Profile,
  companyZone: string,
): { expression: string; zone: string } {
  const day = epoch === "milliseconds" ? 86_400_000 : 86_400;
  const zone = words.every(([word]) => Number(word) % day === 0) ? "UTC" : companyZone;
  const local = `timezone(${literal(zone)}, ${counted(column, epoch)})`;
  return { expression: elseItself(`${local}::date::varchar`, column), zone };
}

/** Finds the fewest formats that read a column's cells. */
export async function dateNotation(
  db: DuckDBConnection,
  relation: string,
  column: string,
  { profile, isTime, isMonth = false }: { profile: Profile; isTime: boolean; isMonth?: boolean },
): Promise<DateNotation> {
  const plain = isTime ? profile.times : profile.days;
  if (profile.filled === 0 || plain / profile.filled >= 0.995) return { formats: [], share: 1 };
  const fits = await fitting(db, relation, column, profile, isTime, isMonth ? [...months, ...all] : all);
  const chosen: string[] = [];
  let covered = 0;
  for (const [format] of fits) {
    const [together = 0] = await fitsOf(db, relation, column, [[...chosen, format]], isTime);
    if (together <= covered) continue;
    chosen.push(format);
    covered = together;
    if (covered + plain >= profile.filled * 0.995 || chosen.length === 3) break;
  }
  const share = Math.min(1, (covered + plain) / profile.filled);
  const [first = ""] = chosen;
  const other = fits.find(([format, count]) => format === swapped(first) && count === fits[0]?.[1])?.[0];
  return { formats: chosen, share, isBesidePlain: plain > 0, ...(other === undefined ? {} : { other }) };
}

/** A format with day and month in each other's place; undefined of one in which they cannot be taken for each other. */
export function swapped(format: string): string | undefined {
  if (/^(%d.%m|%m.%d)/.test(format))
    return format.replace(/^(%[dm])(.)(%[dm])/, (_, one, between, other) => `${other}${between}${one}`);
  return undefined;
}

/** The formats that some cells fit, those that most fit first. */
async function fitting(
  db: DuckDBConnection,
  relation: string,
  column: string,
  { words }: Profile,
  isTime: boolean,
  formats: readonly string[],
): Promise<[string, number][]> {
  const some = formats.filter((format) => words.some(([word]) => patternOf(format).test(word.trim())));
  if (some.length === 0) return [];
  const counts = await fitsOf(
    db,
    relation,
    column,
    some.map((format) => [format]),
    isTime,
  );
  return some
    .map((format, index): [string, number] => [format, counts[index] ?? 0])
    .sort(([, one], [, other]) => other - one);
}

const republic =
  /^(?:民[國国]\s*)?\d{2,3}\s*[/.\-年]\s*\d{1,2}\s*[/.\-月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?$/;
/** Years that are counted from 1912, three digits long since 2011. */
const isRepublicYear = (year: number) => year >= 40 && year <= 150;

/** SQL of days and times whose years are counted from 1912, as Taiwan does; undefined where some are no such. */
export function dayOfRepublic(source: string, { words }: Profile): string | undefined {
  const years = words.map(([word]) => Number(/\d{2,3}/.exec(word)?.[0]));
  const isAll = words.every(([word]) => republic.test(word.trim())) && years.every(isRepublicYear);
  if (words.length === 0 || !isAll || !years.some((year) => year >= 100)) return undefined;
  const part = (at: number) =>
    `regexp_extract(${quoted(source)}, '(\\d{2,3})\\D+(\\d{1,2})\\D+(\\d{1,2})\\D*(.*)', ${at})`;
  const day = `(1911 + try_cast(${part(1)} as int)) || '-' || lpad(${part(2)}, 2, '0') || '-' || lpad(${part(3)}, 2, '0')`;
  return words.some(([word]) => word.includes(":")) ? `trim(${day} || ' ' || ${part(4)})` : day;
}
