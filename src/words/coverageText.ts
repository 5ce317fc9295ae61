import { labelled, named } from "../contract/called.js";
import { addDays } from "../kpi/periods.js";
import type { TableRecord } from "../kpi/record.js";
import { type Told, told } from "./told.js";

/** How a day is written: as in ISO 8601 unless told otherwise, as on the command line, where `covers_from` is set so. */
type DayText = (day: string) => string;

/** What a source says of the record of a table it feeds. */
export interface GivenCover {
  table: string;
  source: string;
  covers_from: string | null;
  covers_to: string | null;
}

/** Since when, and up to when, a table was recorded, and what the sources say of it; the last day is included. */
export const recordText = (record: TableRecord, given: readonly GivenCover[], asOfDay: string): Told =>
  told("record.table", { table: named(record.table), span: spanText(record, given, asOfDay) });

/** The same for who reads pages: tables by their labels, days in words, those of one span together. */
export function recordTexts(
  records: readonly TableRecord[],
  given: readonly GivenCover[],
  asOfDay: string,
  dayText: DayText = String,
): Told[] {
  const bySpan = new Map<string, { span: Told; tables: string[] }>();
  for (const record of records) {
    const span = spanText(record, given, asOfDay, dayText);
    const known = bySpan.get(JSON.stringify(span)) ?? { span, tables: [] };
    known.tables.push(record.table);
    bySpan.set(JSON.stringify(span), known);
  }
  return [...bySpan.values()].map(({ span, tables }) =>
    told("record.tables", { tables: tables.map(labelled), span }),
  );
}

function spanText(
  { table, covers_from, covers_until }: TableRecord,
  given: readonly GivenCover[],
  asOfDay: string,
  dayText: DayText = String,
): Told {
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
  return told("record.span", { first: dayText(String(covers_from)), last: dayText(to), said });
}

/** What is remarkable of a table's record: rows that are no beginning, an end before the data's. */
export function recordNotes(
  { table: name, stray, ended_on, covers_from, covers_until }: TableRecord,
  dayText: DayText = String,
): Told[] {
  const notes: Told[] = [];
  const table = named(name);
  if (stray) {
    const { rows, first, last } = stray;
    const span = first === last ? dayText(first) : `${dayText(first)} – ${dayText(last)}`;
    const from = dayText(String(covers_from));
    notes.push(told(rows === 1 ? "record.strayRow" : "record.strayRows", { table, rows, span, from }));
  }
  if (ended_on !== null && covers_until !== null) {
    const last = dayText(addDays(covers_until, -1));
    notes.push(told("record.ended", { table, newest: dayText(ended_on), last }));
  }
  return notes;
}

/** A column of instants that are days. */
export const dayOnlyText = (column: string): Told => told("record.dayOnly", { column: named(column) });
