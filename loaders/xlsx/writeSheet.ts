import { closeSync, openSync, writeSync } from "node:fs";
import { CliError } from "../../src/run/error.js";
import { type Told, told } from "../../src/words/told.js";
import { mostUnpacked, tooLarge } from "../packed/bounded.js";
import type { ChosenSheet, OpenedWorkbook } from "./chooseSheet.js";
import { type Headings, headingsBottom, headingsOf } from "./headings.js";
import { type Merge, scanSheet } from "./scanSheet.js";
import { lettersOf, noFacts, type SheetFacts, type SheetRow, sheetRows } from "./sheetRows.js";

/** A sheet's table, as CSV. */
export interface WrittenSheet {
  /** Rows of the table by the sheet's bytes. */
  counted: number;
  hasErrors: boolean;
  told: Told[];
  /** Excel's number of the row that a line of the CSV is of. */
  rowAt(line: number): number;
}

/**
 * Writes the rows below the headings as CSV, in the columns from the first heading to the last. Rows without anything in
 * them are skipped. The value of a cell that is merged downwards stands in every row that it covers, in its first column.
 * @param name what the user calls the workbook
 * @param path of the CSV
 * @throws CliError 1 when more comes out of it than out of a table
 */
export async function writeSheet(
  { file, source, workbook, strings }: OpenedWorkbook,
  { sheet, top, told: said }: ChosenSheet,
  name: string,
  path: string,
): Promise<WrittenSheet> {
  const { filledRows, merges } = await scanSheet(file, source.stream(sheet.part));
  const facts = noFacts();
  const bottom = headingsBottom(top, merges);
  const target = new CsvTarget(path, file, source.bytes);
  const merged = new MergedCells(merges, bottom);
  const above: SheetRow[] = [];
  const seen = { rows: 0, empty: 0, hidden: 0, beside: 0, merged: 0 };
  let headings: Headings | undefined;
  const begin = () => {
    const found = headingsOf(above, top, bottom, merges);
    if (found.titles.length === 0) throw new CliError(told("xlsx.noHeadings", { file, row: String(top) }), 2);
    target.write(found.titles, 0);
    return found;
  };
  try {
    for await (const row of sheetRows(file, source.stream(sheet.part), workbook, strings, facts)) {
      seen.rows++;
      if (row.number <= bottom) {
        above.push(row);
        continue;
      }
      headings ??= begin();
      const { left, titles } = headings;
      merged.keep(row);
      let isEmpty = true;
      for (const [column, text] of row.cells) {
        if (text.trim() === "") continue;
        if (column >= left && column < left + titles.length) isEmpty = false;
        else seen.beside++;
      }
      if (isEmpty) {
        seen.empty++;
        continue;
      }
      if (row.isHidden) seen.hidden++;
      seen.merged += merged.fill(row);
      target.write(
        titles.map((_, index) => row.cells.get(left + index)),
        row.number,
      );
    }
    headings ??= begin();
  } finally {
    target.close();
  }
  const { left, titles } = headings;
  const { rowOfLine } = target;
  return {
    counted: filledRows - above.length - seen.empty,
    hasErrors: facts.errors + facts.uncalculated > 0,
    told: [...said, ...toldOf(name, facts, seen, { left, right: left + titles.length - 1 })],
    rowAt: rowOfLine,
  };
}

/** What is to be known of how the cells were read. */
function toldOf(
  file: string,
  facts: SheetFacts,
  seen: { hidden: number; beside: number; merged: number },
  { left, right }: { left: number; right: number },
): Told[] {
  const columns = facts.hiddenColumns.flatMap(({ from, to }) => {
    const [first, last] = [Math.max(from, left), Math.min(to, right)];
    if (first > last) return [];
    return [first === last ? lettersOf(first) : `${lettersOf(first)}–${lettersOf(last)}`];
  });
  const { errors, firstError, uncalculated, cutTimes } = facts;
  const list: (Told | false)[] = [
    seen.hidden > 0 && told("xlsx.hiddenRows", { file, count: seen.hidden }),
    columns.length > 0 && told("xlsx.hiddenColumns", { file, columns }),
    seen.merged > 0 && told("xlsx.merged", { file, count: seen.merged }),
    seen.beside > 0 &&
      told("xlsx.beside", { file, count: seen.beside, from: lettersOf(left), to: lettersOf(right) }),
    firstError !== undefined &&
      told("xlsx.errors", { file, count: errors, cell: firstError.cell, text: firstError.text }),
    uncalculated > 0 && told("xlsx.uncalculated", { file, count: uncalculated }),
    cutTimes > 0 && told("xlsx.cutTimes", { file, count: cutTimes }),
  ];
  return list.filter((each) => each !== false);
}

/** The values of cells that are merged downwards, while the rows go by. */
class MergedCells {
  private readonly starting = new Map<number, Merge[]>();
  private open: { merge: Merge; text: string | undefined }[] = [];

  constructor(merges: readonly Merge[], bottom: number) {
    for (const merge of merges) {
      if (merge.bottom <= merge.top || merge.top <= bottom) continue;
      const known = this.starting.get(merge.top);
      if (known) known.push(merge);
      else this.starting.set(merge.top, [merge]);
    }
  }

  /** Notes the values that stand in a row. */
  keep(row: SheetRow): void {
    if (this.open.length > 0) this.open = this.open.filter(({ merge }) => merge.bottom >= row.number);
    for (const merge of this.starting.get(row.number) ?? [])
      this.open.push({ merge, text: row.cells.get(merge.left) });
  }

  /** Fills them into a row that they cover; how many. */
  fill(row: SheetRow): number {
    let count = 0;
    for (const { merge, text } of this.open) {
      if (merge.top === row.number || text === undefined) continue;
      row.cells.set(merge.left, text);
      count++;
    }
    return count;
  }
}

/** A CSV file that is written row by row. */
class CsvTarget {
  private readonly fd: number;
  private lines: string[] = [];
  private length = 0;
  private line = 1;
  private readonly firstLines: number[] = [];
  private readonly rows: number[] = [];
  private written = 0;

  constructor(
    path: string,
    private readonly file: string,
    private readonly packed: number,
  ) {
    this.fd = openSync(path, "w");
  }

  write(cells: readonly (string | undefined)[], row: number): void {
    let isSplit = false;
    const written = cells.map((cell) => {
      if (cell === undefined || !/[",\r\n]|^\s|\s$/.test(cell)) return cell ?? "";
      isSplit ||= /[\r\n]/.test(cell);
      return `"${cell.replaceAll('"', '""')}"`;
    });
    const line = `${written.join(",")}\n`;
    this.firstLines.push(this.line);
    this.rows.push(row);
    this.line += isSplit ? (line.match(/\r\n|\r|\n/g)?.length ?? 1) : 1;
    this.lines.push(line);
    this.length += line.length;
    // One text of a megabyte may stand in a million cells.
    this.written += line.length;
    if (this.written > mostUnpacked(this.packed)) throw tooLarge(this.file, this.packed);
    if (this.length > 1 << 20) this.flush();
  }

  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.fd);
    }
  }

  /** The row that a line is of. */
  rowOfLine = (line: number): number => {
    let [low, high] = [0, this.firstLines.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.firstLines[middle] as number) <= line) low = middle;
      else high = middle - 1;
    }
    return this.rows[low] ?? 0;
  };

  private flush(): void {
    writeSync(this.fd, this.lines.join(""));
    this.lines = [];
    this.length = 0;
  }
}
