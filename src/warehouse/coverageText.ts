import { called, labelled } from "../contract/called.js";
import { addDays } from "../kpi/periods.js";
import type { TableRecord } from "../kpi/record.js";

type Worded = { en: string; zh: string };

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

/** The same for who reads pages: tables by their labels, those of one span together. */
export function recordTexts(
  records: readonly TableRecord[],
  given: readonly GivenCover[],
  asOfDay: string,
): Worded[] {
  const bySpan = new Map<string, { span: Worded; tables: string[] }>();
  for (const record of records) {
    const span = spanText(record, given, asOfDay);
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
): Worded {
  const to = covers_until === null ? asOfDay : addDays(covers_until, -1);
  const said = given
    .filter((each) => each.table === table)
    .map((each) => {
      const days = (["covers_from", "covers_to"] as const).flatMap((key) =>
        each[key] ? `${key} ${each[key]}` : [],
      );
      return `${each.source}: ${days.join(", ")}`;
    })
    .join("; ");
  return {
    en: `${covers_from} to ${to}${said && ` (${said})`}`,
    zh: `${covers_from} 至 ${to}${said && `（${said}）`}`,
  };
}

/** What is remarkable of a table's record: rows that are no beginning, an end before the data's. */
export function recordNotes({ table, stray, ended_on, covers_from, covers_until }: TableRecord): Worded[] {
  const notes: Worded[] = [];
  if (stray) {
    const days = stray.first === stray.last ? stray.first : `${stray.first} – ${stray.last}`;
    notes.push({
      en: `${table}: ${stray.rows} stray rows of ${days} lie long before the others; the record begins on ${covers_from}`,
      zh: `${called("zh")(table)}：${stray.rows} 行（${days}）远早于其余各行，属零散记录；记录自 ${covers_from} 起`,
    });
  }
  if (ended_on !== null && covers_until !== null) {
    const last = addDays(covers_until, -1);
    notes.push({
      en: `${table}: ended, its newest row is of ${ended_on}; its KPIs have no value after ${last}`,
      zh: `${called("zh")(table)}：已中断，最新一行在 ${ended_on}；其指标在 ${last} 之后没有值`,
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
