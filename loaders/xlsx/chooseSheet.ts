import { CliError } from "../../src/run/error.js";
import { type Told, told } from "../../src/words/told.js";
import { headingRows } from "./bounds.js";
import { headingRow } from "./headings.js";
import type { OfficePackage } from "./officePackage.js";
import type { SharedStrings } from "./sharedStrings.js";
import { noFacts, type SheetRow, sheetRows } from "./sheetRows.js";
import type { Sheet, Workbook } from "./workbook.js";

/** A workbook, opened. */
export interface OpenedWorkbook {
  file: string;
  source: OfficePackage;
  workbook: Workbook;
  strings: SharedStrings | undefined;
}

/** Where the table is. */
export interface ChosenSheet {
  sheet: Sheet;
  /** Excel's number of the first row of headings. */
  top: number;
  /** What nobody said: whether the row was found, the sheets that are not read. */
  told: Told[];
}

/**
 * Finds the sheet and the row of its headings: the sheet that is named, else the one that has the columns that are looked
 * for, else the only one with anything in it. Hidden sheets are read where they are named.
 * @throws CliError 2 when there is no such sheet, or it is not clear which
 */
export async function chooseSheet(
  book: OpenedWorkbook,
  {
    name,
    sheet,
    headerRow,
    sought,
  }: { name: string; sheet?: string; headerRow?: number; sought: readonly string[] },
): Promise<ChosenSheet> {
  const { file, workbook } = book;
  const named = sheet === undefined ? undefined : sheetNamed(workbook.sheets, sheet, file);
  const candidates: { sheet: Sheet; top: number; fit: number }[] = [];
  for (const each of named ? [named] : workbook.sheets.filter(({ isHidden }) => !isHidden)) {
    const rows = await firstRows(book, each, headerRow);
    const found = headingRow(
      headerRow === undefined ? rows : rows.filter(({ number }) => number === headerRow),
      sought,
    );
    if (found) candidates.push({ sheet: each, top: found.row.number, fit: found.fit });
    else if (named && headerRow !== undefined) throw noHeadings(file, headerRow);
  }
  const hidden = workbook.sheets.filter(({ isHidden }) => isHidden).map((each) => each.name);
  const [first] = candidates;
  if (!first) throw headerRow !== undefined ? noHeadings(file, headerRow) : noData(file, hidden);
  const most = candidates.reduce((fit, each) => Math.max(fit, each.fit), 0);
  const fitting = candidates.filter(({ fit }) => fit === most);
  const [chosen = first] = fitting;
  if (fitting.length > 1) {
    const sheets = fitting.map((each) => each.sheet.name);
    throw new CliError(told(most > 0 ? "xlsx.severalSheets" : "xlsx.whichSheet", { file, sheets }), 2);
  }
  const others = candidates.filter((each) => each !== chosen).map((each) => each.sheet.name);
  return {
    sheet: chosen.sheet,
    top: chosen.top,
    told: [
      ...(headerRow === undefined || sheet === undefined
        ? [told("xlsx.found", { file: name, sheet: chosen.sheet.name, row: String(chosen.top) })]
        : []),
      ...(others.length > 0 ? [told("xlsx.otherSheets", { file: name, sheets: others })] : []),
      ...(hidden.length > 0 && !named ? [told("xlsx.hiddenSheets", { file: name, sheets: hidden })] : []),
      ...(chosen.sheet.isHidden ? [told("xlsx.hiddenSheet", { file: name, sheet: chosen.sheet.name })] : []),
    ],
  };
}

const noHeadings = (file: string, row: number) =>
  new CliError(told("xlsx.noHeadings", { file, row: String(row) }), 2);

const noData = (file: string, hidden: string[]) =>
  new CliError(
    hidden.length > 0 ? told("xlsx.onlyHidden", { file, sheets: hidden }) : told("xlsx.empty", { file }),
    1,
  );

/** Excel compares the names of sheets without case. */
function sheetNamed(sheets: readonly Sheet[], wanted: string, file: string): Sheet {
  const folded = (text: string) => text.normalize("NFKC").trim().toLowerCase();
  const found =
    sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => folded(name) === folded(wanted));
  if (found) return found;
  const names = sheets.map(({ name }) => name);
  throw new CliError(told("xlsx.noSheet", { file, sheet: wanted, sheets: names }), 2);
}

async function firstRows(
  { file, source, workbook, strings }: OpenedWorkbook,
  { part }: Sheet,
  upTo: number | undefined,
): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of sheetRows(file, source.stream(part), workbook, strings, noFacts())) {
    if ([...row.cells.values()].some((text) => text.trim() !== "")) rows.push(row);
    if (upTo === undefined ? rows.length >= headingRows : row.number >= upTo) break;
  }
  return rows;
}
