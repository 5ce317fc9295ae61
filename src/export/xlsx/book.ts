import { Color, Format, FormatAlign, FormatBorder, Formula, Workbook, type Worksheet } from "wasm-xlsxwriter";
import { type Language, workbook as words } from "../../words/languages.js";
import { isRunBySpreadsheets } from "../spreadsheetText.js";
import type { Cell } from "./cells.js";

/** How a cell looks. */
export interface Style {
  format?: string | undefined;
  isBold?: boolean | undefined;
  isHead?: boolean | undefined;
  isTotal?: boolean | undefined;
  isRight?: boolean | undefined;
  /** It stands at the top of its row. */
  isAbove?: boolean | undefined;
  isLink?: boolean | undefined;
  isTitle?: boolean | undefined;
  colour?: string | undefined;
  /** The cell is a text whatever it begins with, also where somebody edits it. */
  isQuoted?: boolean | undefined;
}

/** A workbook under way. */
export interface Book {
  workbook: Workbook;
  language: Language;
  /** The formats made so far, by what they are. */
  formats: Map<string, Format>;
}

export const openBook = (language: Language): Book => ({
  workbook: new Workbook(),
  language,
  formats: new Map(),
});

/** Adds a sheet that prints on landscape A4, as wide as the paper, its first row on every page and kept in sight. */
export function addSheet(book: Book, name: string, title: string): Worksheet {
  const shown = [...title].slice(0, longestFooter).join("").replaceAll("&", "&&");
  return book.workbook
    .addWorksheet()
    .setName(name)
    .setLandscape()
    .setPaperSize(a4)
    .setPrintFitToPages(1, 0)
    .setMargins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3)
    .setRepeatRows(0, 0)
    .setFreezePanes(1, 0)
    .setFooter(`&L${shown}&C&A&R${words(book.language).page}`);
}

const a4 = 9;
/** A footer holds 255 characters, each “&” two of them. */
const longestFooter = 80;

/** Writes a cell; an empty one only where it has a ground. Rows and columns count from 0. */
export function put(
  book: Book,
  sheet: Worksheet,
  row: number,
  column: number,
  cell: Cell,
  style: Style = {},
): void {
  if (cell === null || (typeof cell === "object" && "number" in cell && !Number.isFinite(cell.number))) {
    if (style.isTotal || style.isHead) sheet.writeBlank(row, column, formatOf(book, style));
  } else if (typeof cell === "string" || "text" in cell) {
    const text = fitting(typeof cell === "string" ? cell : cell.text);
    const colour = typeof cell === "string" ? style.colour : cell.colour;
    const isQuoted = isRunBySpreadsheets(text);
    sheet.writeStringWithFormat(row, column, text, formatOf(book, { ...style, colour, isQuoted }));
  } else {
    const format = formatOf(book, { ...style, format: cell.format, isRight: !cell.isDay });
    const number = cell.number + 0; // −0 is 0
    if (cell.formula === undefined) sheet.writeNumberWithFormat(row, column, number, format);
    else
      sheet.writeFormulaWithFormat(row, column, new Formula(cell.formula).setResult(String(number)), format);
  }
}

/** A cell holds 32,767 characters. */
const longest = 32_767;
const fitting = (text: string) =>
  text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;

/** A format, each made once. */
export function formatOf(book: Book, style: Style): Format {
  const key = JSON.stringify(style);
  const known = book.formats.get(key) ?? made(style, words(book.language).font);
  book.formats.set(key, known);
  return known;
}

function made(style: Style, font: { name: string; size: number }): Format {
  let format = new Format()
    .setFontName(font.name)
    .setFontSize(font.size + (style.isTitle ? 5 : 0))
    .setAlign(style.isAbove ? FormatAlign.Top : FormatAlign.VerticalCenter)
    .setAlign(style.isRight ? FormatAlign.Right : FormatAlign.Left)
    .setIndent(style.isRight || style.isTitle ? 0 : 1);
  if (style.format !== undefined) format = format.setNumFormat(style.format);
  else if (!style.isTitle) format = format.setTextWrap();
  if (style.isBold || style.isTitle || style.isHead || style.isTotal) format = format.setBold();
  if (style.isHead) format = format.setBorderBottom(FormatBorder.Thin);
  if (style.isHead || style.isTotal) format = format.setBackgroundColor(Color.parse(ground));
  const colour = style.isLink ? linkColour : style.colour;
  if (colour !== undefined) format = format.setFontColor(Color.parse(colour));
  if (style.isQuoted) format = format.setQuotePrefix();
  return format;
}

const ground = "#EDF0F2";
const linkColour = "#1F5FA8";
