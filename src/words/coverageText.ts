import { called, labelled } from "../contract/called.js";
import { addDays } from "../kpi/periods.js";
import type { TableRecord } from "../kpi/record.js";
import { dayText } from "./figureText.js";

type Worded = { en: string; zh: string };

/** How a day is written. */
type DayWords = (day: string) => Worded;

/** As in ISO 8601: on the command line, where `covers_from` is set so too. */
const isoDay: DayWords = (day) => ({ en: day, zh: day });

/** As pages write it: 2026年3月5日 / 5 Mar 2026. */
export const wordedDay: DayWords = (day) => ({ en: dayText(day, "en"), zh: dayText(day, "zh") });

/** What a source says of the record of a table it feeds. */
export interface GivenCover {
  table: string;
  source: string;
  covers_from: string | null;
  covers_to: string | null;
}

/** Since when, and up to when, a table was recorded, and what the sources say of it; the last day is included. */
export function recordText(record: TableRecord, given: readonly GivenCover[], asOfDay: string): Worded {
  const span = spanText(record, given, asOfDay);
  return { en: `${record.table}: ${span.en}`, zh: `${called("zh")(record.table)}：${span.zh}` };
}

/** The same for who reads pages: tables by their labels, days in words, those of one span together. */
export function recordTexts(
  records: readonly TableRecord[],
  given: readonly GivenCover[],
  asOfDay: string,
): Worded[] {
  const bySpan = new Map<string, { span: Worded; tables: string[] }>();
  for (const record of records) {
    const span = spanText(record, given, asOfDay, wordedDay);
    const known = bySpan.get(span.en) ?? { span, tables: [] };
    known.tables.push(record.table);
    bySpan.set(span.en, known);
  }
  return [...bySpan.values()].map(({ span, tables }) => ({
    en: `${tables.map(labelled("en")).join(", ")}: ${span.en}`,
    zh: `${tables.map(labelled("zh")).join("、")}：${span.zh}`,
  }));
}

function spanText(
  { table, covers_from, covers_until }: TableRecord,
  given: readonly GivenCover[],
  asOfDay: string,
  days: DayWords = isoDay,
): Worded {
  const to = covers_until === null ? asOfDay : addDays(covers_until, -1);
  const said = given
    .filter((each) => each.table === table)
    .map((each) => {
      const settings = (["covers_from", "covers_to"] as const).flatMap((key) =>
        each[key] ? `${key} ${each[key]}` : [],
      );
      return `${each.source}: ${settings.join(", ")}`;
    })
    .join("; ");
  const [first, last] = [days(String(covers_from)), days(to)];
  return {
    en: `${first.en} to ${last.en}${said && ` (${said})`}`,
    zh: `${first.zh} 至 ${last.zh}${said && `（${said}）`}`,
  };
}

/** What is remarkable of a table's record: rows that are no beginning, an end before the data's. */
export function recordNotes(
  { table, stray, ended_on, covers_from, covers_until }: TableRecord,
  days: DayWords = isoDay,
): Worded[] {
  const notes: Worded[] = [];
  if (stray) {
    const [first, last, from] = [days(stray.first), days(stray.last), days(String(covers_from))];
    const span = (word: keyof Worded) =>
      stray.first === stray.last ? first[word] : `${first[word]} – ${last[word]}`;
    notes.push({
      en: `${table}: ${stray.rows} stray ${stray.rows === 1 ? "row" : "rows"} of ${span("en")} ${stray.rows === 1 ? "lies" : "lie"} long before the others; the record begins on ${from.en}`,
      zh: `${called("zh")(table)}：${stray.rows} 行（${span("zh")}）远早于其余各行，属零散记录；记录自 ${from.zh} 起`,
    });
  }
  if (ended_on !== null && covers_until !== null) {
    const [newest, last] = [days(ended_on), days(addDays(covers_until, -1))];
    notes.push({
      en: `${table}: ended, its newest row is of ${newest.en}; its KPIs have no value after ${last.en}`,
      zh: `${called("zh")(table)}：已中断，最新一行在 ${newest.zh}；其指标在 ${last.zh} 之后没有值`,
    });
  }
  return notes;
}

/** A column of instants that are days. */
export function dayOnlyText(column: string): Worded {
  return {
    en: `${column}: day_precision, its times hold days only; response times have no value`,
    zh: `${called("zh")(column)}：day_precision，时间只精确到日；响应时间类指标没有值`,
  };
}
