import { told } from "../../src/words/told.js";
import { mostColumns, mostRows, mostRowText } from "./bounds.js";
import { tooLarge } from "./failures.js";
import { hidesTime, numberText, timeText } from "./serial.js";
import type { SharedStrings } from "./sharedStrings.js";
import { textReader, unescaped } from "./text.js";
import type { Workbook } from "./workbook.js";
import { attribute, localName, parsed, type XmlHandler } from "./xml.js";

/** A row that has a value or a formula. */
export interface SheetRow {
  /** Excel's, from 1. */
  number: number;
  isHidden: boolean;
  /** Column from 0 → text; a cell without any is not there. */
  cells: Map<number, string>;
}

/** What is to be told of the cells of a sheet. */
export interface SheetFacts {
  hiddenColumns: { from: number; to: number }[];
  /** Cells whose formula has an error, and the first. */
  errors: number;
  firstError: { cell: string; text: string } | undefined;
  /** Formulas without a value. */
  uncalculated: number;
  /** Days whose time of day is not shown. */
  cutTimes: number;
}

/** Stands for the value of a formula that has none, as `#N/A` and the like for one that failed. */
const notCalculated = "#NOT_CALCULATED!";

export const noFacts = (): SheetFacts => ({
  hiddenColumns: [],
  errors: 0,
  firstError: undefined,
  uncalculated: 0,
  cutTimes: 0,
});

/** A column's letters. */
export function lettersOf(column: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** The column, from 0, that a cell's reference begins with. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

/**
 * The rows of a sheet that have a value or a formula, in their order, as texts; `facts` fills as they come.
 * @throws CliError 1 for a damaged sheet, and one of more rows or columns than Excel can hold
 */
export async function* sheetRows(
  file: string,
  chunks: AsyncIterable<Buffer>,
  workbook: Workbook,
  strings: SharedStrings | undefined,
  facts: SheetFacts,
): AsyncGenerator<SheetRow> {
  const reader = new CellReader(file, workbook, strings, facts);
  for await (const _ of parsed(file, chunks, reader)) {
    yield* reader.rows;
    reader.rows = [];
  }
}

class CellReader implements XmlHandler {
  rows: SheetRow[] = [];
  private row: SheetRow | undefined;
  private isFilled = false;
  private length = 0;
  private number = 0;
  private column = -1;
  private type = "";
  private style = 0;
  private value = "";
  private inline: string | undefined;
  private hasFormula = false;
  private isCell = false;
  private isValue = false;
  private isInline = false;
  private readonly inlineText = textReader("is", (text) => {
    this.inline = text;
  });

  constructor(
    private readonly file: string,
    private readonly workbook: Workbook,
    private readonly strings: SharedStrings | undefined,
    private readonly facts: SheetFacts,
  ) {}

  open(tag: Parameters<XmlHandler["open"]>[0]): void {
    if (this.isInline) {
      this.inlineText.open(tag);
      return;
    }
    const name = localName(tag.name);
    if (this.isCell) {
      this.isValue = name === "v";
      if (name === "f") this.hasFormula = true;
      if (name !== "is") return;
      this.isInline = true;
      this.inlineText.open(tag);
    } else if (this.row && name === "c")
      this.openCell(attribute(tag, "r"), attribute(tag, "t"), attribute(tag, "s"));
    else if (name === "row") this.openRow(attribute(tag, "r"), isTrue(attribute(tag, "hidden")));
    else if (name === "col" && isTrue(attribute(tag, "hidden")))
      this.facts.hiddenColumns.push({
        from: Number(attribute(tag, "min")) - 1,
        to: Number(attribute(tag, "max")) - 1,
      });
  }

  text(text: string): void {
    if (this.isInline) this.inlineText.text(text);
    else if (this.isValue) this.value += text;
  }

  close(tagName: string): void {
    const name = localName(tagName);
    if (this.isInline) {
      this.inlineText.close(tagName);
      if (name === "is") this.isInline = false;
    } else if (this.isCell) {
      this.isValue = false;
      if (name === "c") this.closeCell();
    } else if (this.row && name === "row") {
      if (this.isFilled) this.rows.push(this.row);
      this.row = undefined;
    }
  }

  private openRow(number: string | undefined, isHidden: boolean): void {
    const next = number === undefined ? this.number + 1 : Number(number);
    if (!(next > this.number)) throw new Error(`row ${number} stands after row ${this.number}`);
    if (next > mostRows) throw tooLarge(this.file, told("xlsx.rows", { most: String(mostRows) }));
    this.number = next;
    this.column = -1;
    this.length = 0;
    this.isFilled = false;
    this.row = { number: next, isHidden, cells: new Map() };
  }

  private openCell(reference: string | undefined, type = "n", style = "0"): void {
    this.column = reference === undefined ? this.column + 1 : columnOf(reference);
    if (this.column < 0) throw new Error(`no cell: ${reference}`);
    if (this.column >= mostColumns)
      throw tooLarge(this.file, told("xlsx.columns", { most: String(mostColumns) }));
    this.type = type;
    this.style = Number(style);
    this.value = "";
    this.inline = undefined;
    this.hasFormula = false;
    this.isCell = true;
  }

  private closeCell(): void {
    this.isCell = false;
    if (this.value !== "" || this.hasFormula || (this.inline ?? "") !== "") this.isFilled = true;
    const text = this.cellText();
    if (text === "") return;
    this.length += text.length;
    if (this.length > mostRowText)
      throw tooLarge(this.file, told("xlsx.text", { most: String(mostRowText) }));
    this.row?.cells.set(this.column, text);
  }

  private cellText(): string {
    const { value, type, facts } = this;
    if (this.inline !== undefined) return this.inline;
    if (value === "") {
      if (!this.hasFormula || type === "str") return "";
      facts.uncalculated++;
      return notCalculated;
    }
    switch (type) {
      case "s": {
        const text = this.strings?.at(Number(value));
        if (text === undefined) throw new Error(`there is no shared string ${value}`);
        return text;
      }
      case "b":
        return value === "1" || value === "true" ? "TRUE" : "FALSE";
      case "e": {
        facts.errors++;
        facts.firstError ??= { cell: `${lettersOf(this.column)}${this.number}`, text: value };
        return value;
      }
      case "str":
      case "inlineStr":
        return unescaped(value);
      case "d":
        return isoText(value);
      default:
        return this.numberText(value.trim());
    }
  }

  private numberText(value: string): string {
    const shown = this.workbook.shown[this.style] ?? "number";
    const text = numberText(value);
    if (shown === "number") return text;
    const serial = Number(value);
    const time = timeText(serial, shown, this.workbook.is1904);
    if (time !== undefined && shown === "day" && hidesTime(serial)) this.facts.cutTimes++;
    return time ?? text;
  }
}

const isTrue = (value: string | undefined) => value === "1" || value === "true";

/** A time that is stored as text: its midnight is the day alone, as that of a number. */
const isoText = (value: string) => value.replace("T", " ").replace(/ 00:00(:00(\.0+)?)?Z?$/, "");
