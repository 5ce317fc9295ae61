import stringWidth from "string-width";
import type { Worksheet } from "wasm-xlsxwriter";
import { greatest } from "../../statistics/extremes.js";
import { workbook as words } from "../../words/languages.js";
import { grouped } from "../../words/rounding.js";
import { addSheet, type Book, put, type Style } from "./book.js";
import type { Cell, NumberCell } from "./cells.js";

/** A column of a table. */
export interface Column<Row> {
  head: string;
  /** @param at the row's number in the sheet, from 1 */
  cell: (row: Row, at: number) => Cell;
  /** How many Latin characters it is wide at most; what is longer wraps. Default 30. */
  most?: number;
}

/** How a table stands on its sheet. */
export interface Look<Row> {
  /** How many of the first columns stay in sight. */
  frozen?: number;
  /** How many pages it is wide in print, the first column on each. */
  pagesWide?: number;
  /** Whether a row is the total of those above it. */
  isTotal?: (row: Row) => boolean;
}

/** A sheet that was written, and how much it holds. */
export interface Sheet {
  name: string;
  holds: string;
}

/** A sheet with a table: its head frozen and filtering, columns as wide as what they hold. */
export function addTable<Row>(
  book: Book,
  { name, title }: { name: string; title: string },
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { frozen = 0, pagesWide = 1, isTotal = () => false }: Look<Row> = {},
): Sheet {
  const sheet = addSheet(book, name, title);
  const widths = columns.map(({ head }) => Math.min(stringWidth(head), 12) + filterButton);
  const areNumbers = columns.map(() => false);
  for (const [index, row] of rows.entries())
    for (const [place, column] of columns.entries()) {
      const cell = column.cell(row, index + 2);
      widths[place] = Math.max(widths[place] ?? 0, widthOf(cell));
      areNumbers[place] ||= cell !== null && typeof cell === "object" && "number" in cell && !cell.isDay;
    }
  const wide = columns.map(({ most = 30 }, place) =>
    Math.min(most, Math.max(8, (widths[place] ?? 0) + margin)),
  );
  for (const [place, width] of wide.entries()) sheet.setColumnWidth(place, width);
  const line = (at: number, cells: readonly Cell[], styles: (place: number) => Style) => {
    for (const [place, cell] of cells.entries()) put(book, sheet, at, place, cell, styles(place));
    fitHeight(sheet, at, cells, wide);
  };
  const heads = columns.map(({ head }) => head);
  line(0, heads, (place) => ({ isHead: true, isRight: areNumbers[place] }));
  for (const [index, row] of rows.entries()) {
    const style = isTotal(row) ? { isTotal: true } : {};
    const cells = columns.map(({ cell }) => cell(row, index + 2));
    line(index + 1, cells, () => style);
  }
  if (pagesWide > 1) sheet.setPrintFitToPages(pagesWide, 0).setRepeatColumns(0, 0);
  sheet.autofilter(0, 0, Math.max(rows.length, 1), columns.length - 1).setFreezePanes(1, frozen);
  return { name, holds: words(book.language).rows(rows.length) };
}

const filterButton = 2;
const margin = 2;

/** Makes a row as high as its texts' lines: not every spreadsheet does so by itself when it opens a file. */
export function fitHeight(
  sheet: Worksheet,
  row: number,
  cells: readonly Cell[],
  widths: readonly number[],
): void {
  const lines = greatest(cells.map((cell, place) => linesOf(cell, (widths[place] ?? 0) - margin)));
  if (lines > 1) sheet.setRowHeightPixels(row, Math.min(highest, lines * lineHeight));
}

const lineHeight = 20;
/** What a spreadsheet allows, in pixels of 1/96 inch. */
const highest = 545;

/** How many lines a text takes in a width; of one that breaks, no word fits into about a tenth of each. */
function linesOf(cell: Cell, width: number): number {
  const text = textOf(cell);
  if (text === null) return 1;
  const lines = text.split("\n").map((line) => {
    const own = stringWidth(line);
    return own <= width ? 1 : Math.ceil((own * 1.1) / width);
  });
  return lines.reduce((sum, count) => sum + count, 0);
}

const textOf = (cell: Cell): string | null =>
  cell === null || typeof cell === "string" ? cell : "text" in cell ? cell.text : null;

/** How wide a cell's longest line is; Chinese characters count two. */
function widthOf(cell: Cell): number {
  if (cell === null) return 0;
  const text = textOf(cell) ?? shown(cell as NumberCell);
  return greatest(text.split("\n").map((line) => stringWidth(line.slice(0, 200))));
}

/** About what a number is shown as. */
function shown({ number, format }: NumberCell): string {
  if (/y/.test(format)) return /d/.test(format) ? "2026年12月31日" : "2026年12月";
  const digits = /\.(0+)/.exec(format)?.[1]?.length ?? 0;
  return format.endsWith("%") ? `${grouped(number * 100, digits)}%` : grouped(number, digits);
}
