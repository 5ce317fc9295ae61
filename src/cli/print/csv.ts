import { isRunBySpreadsheets } from "../../export/spreadsheetText.js";

export interface CsvOptions {
  /** For Excel and its like: a byte order mark, and no text that a spreadsheet would run. */
  excel?: boolean | undefined;
}

/** Records as RFC 4180 CSV: what is absent is an empty field, numbers are unrounded. */
export function csvText(
  records: readonly (readonly unknown[])[],
  { excel = false }: CsvOptions = {},
): string {
  return `${excel ? byteOrderMark : ""}${csvRecords(records, { excel })}`;
}

/** Further records of a text that `csvText` has begun. */
export function csvRecords(
  records: readonly (readonly unknown[])[],
  { excel = false }: CsvOptions = {},
): string {
  const field = excel ? (value: unknown) => csvField(defused(value)) : csvField;
  return records.map((record) => `${record.map(field).join(",")}\r\n`).join("");
}

const byteOrderMark = "\ufeff";

/** A text that a spreadsheet takes for a formula gets an apostrophe; numbers stay what they are. */
function defused(value: unknown): unknown {
  return typeof value === "string" && isRunBySpreadsheets(value) ? `'${value}` : value;
}

function csvField(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = value === null || value === undefined ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
