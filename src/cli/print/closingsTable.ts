import { closingsTable, type Language } from "../../words/languages.js";
import { type Column, toCsv, toJson, toTable } from "./columns.js";
import type { CsvOptions } from "./csv.js";

/** A period that was closed, and what became of it. */
export interface ListedClosing {
  period: string;
  version: number;
  closed_at: string;
  build_id: string;
  figures: number;
  not_final: number;
  /** How many figures the last build gives differently; null where none has looked, or it was opened again. */
  restated: number | null;
  reopened_at: string | null;
  why: string | null;
}

const heads: Record<keyof ListedClosing, keyof ReturnType<typeof closingsTable>> = {
  period: "period",
  version: "version",
  closed_at: "closed",
  build_id: "build",
  figures: "figures",
  not_final: "notFinal",
  restated: "restated",
  reopened_at: "reopened",
  why: "why",
};

const columns = Object.entries(heads).map(([key, head]): Column<ListedClosing, Language> => {
  const value = (row: ListedClosing) => row[key as keyof ListedClosing];
  return {
    key,
    value,
    head: (language) => closingsTable(language)[head],
    cell: (row) => String(value(row) ?? "–"),
  };
});

export const toClosingsTable = (rows: readonly ListedClosing[], language: Language): string =>
  toTable(columns, rows, language);
export const toClosingsCsv = (rows: readonly ListedClosing[], options: CsvOptions): string =>
  toCsv(columns, rows, options);
export const toClosingsJson = (rows: readonly ListedClosing[]): string => toJson(rows);
