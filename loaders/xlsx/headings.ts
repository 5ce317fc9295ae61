import { least } from "../../src/statistics/extremes.js";
import type { Merge } from "./scanSheet.js";
import type { SheetRow } from "./sheetRows.js";

/** Headings as people compare them. */
const folded = (text: string) => text.normalize("NFKC").replaceAll(/\s+/g, " ").trim().toLowerCase();

/** A heading over several lines, as one: between Chinese characters without a blank. */
const heading = (text: string): string =>
  text
    .replaceAll(/(?<=\p{Script=Han})\s*[\r\n]\s*(?=\p{Script=Han})/gu, "")
    .replaceAll(/\s*[\r\n]+\s*/g, " ")
    .trim();

/**
 * How many of a row's cells are headings that are looked for: names of columns, or part of an expression over them.
 * @param sought names and expressions, as the mappings have them
 */
function fitOf(row: SheetRow, sought: readonly string[]): number {
  const texts = sought.map(folded);
  const names = new Set(texts);
  const expressions = texts.filter((text) => /[^\p{L}\p{N}_ ]/u.test(text));
  return [...row.cells.values()].filter((cell) => {
    const name = folded(heading(cell));
    return names.has(name) || (name.length > 1 && expressions.some((text) => text.includes(name)));
  }).length;
}

/**
 * The row that holds the headings: the first with most of those that are looked for; where none has any, the first that is
 * nearly as wide as the widest and has texts alone.
 */
export function headingRow(
  rows: readonly SheetRow[],
  sought: readonly string[],
): { row: SheetRow; fit: number } | undefined {
  let best: { row: SheetRow; fit: number } | undefined;
  for (const row of rows) {
    const fit = fitOf(row, sought);
    if (fit > (best?.fit ?? 0)) best = { row, fit };
  }
  if (best) return best;
  let widest = 0;
  for (const { cells } of rows) widest = Math.max(widest, cells.size);
  const wide = rows.filter(({ cells }) => cells.size >= 0.6 * widest);
  const row = wide.find(looksLikeHeadings) ?? wide[0];
  return row && { row, fit: 0 };
}

const looksLikeHeadings = ({ cells }: SheetRow): boolean =>
  [...cells.values()].every((text) => !/^[#+-]?\d/.test(folded(text)));

/** A sheet's headings: in which columns and down to which row they stand. */
export interface Headings {
  /** Column from 0 of the first. */
  left: number;
  titles: string[];
  bottom: number;
}

/** How many rows headings are looked for below their first. */
const mostHeadingRows = 10;

/** Down to which row the headings reach: cells of theirs may be merged with those below. */
export function headingsBottom(top: number, merges: readonly Merge[]): number {
  let bottom = top;
  for (const merge of merges)
    if (merge.top <= top && merge.bottom > top && merge.bottom < top + mostHeadingRows)
      bottom = Math.max(bottom, merge.bottom);
  return bottom;
}

/**
 * The headings from the rows up to their last: a column's is the lowest text above its values. A merged cell's heading is
 * that of each column and row that it covers.
 */
export function headingsOf(
  rows: readonly SheetRow[],
  top: number,
  bottom: number,
  merges: readonly Merge[],
): Headings {
  const reaching = merges.filter((merge) => merge.bottom >= top && merge.top <= bottom);
  const first = least(
    reaching.map((merge) => merge.top),
    top,
  );
  const titles = new Map<number, string>();
  for (const row of rows) {
    if (row.number < first || row.number > bottom) continue;
    for (const [column, text] of row.cells) {
      const merge = reaching.find((each) => each.top === row.number && each.left === column);
      if ((merge?.bottom ?? row.number) < top) continue;
      for (let at = column; at <= (merge?.right ?? column); at++) titles.set(at, heading(text));
    }
  }
  const columns = [...titles.keys()].sort((one, other) => one - other);
  const left = columns[0] ?? 0;
  const count = (columns.at(-1) ?? left) - left + 1;
  return {
    left,
    bottom,
    titles: Array.from({ length: count }, (_, index) => titles.get(left + index) ?? ""),
  };
}
