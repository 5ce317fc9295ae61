import { buildsTable, type Language } from "../../words/languages.js";
import { grouped } from "../../words/rounding.js";
import { type Column, toCsv, toJson, toTable } from "./columns.js";
import type { CsvOptions } from "./csv.js";

/** A build that can be brought back, and what it was made of. */
export interface ListedBuild {
  build_id: string;
  /** When it began, an ISO instant. */
  built_at: string;
  /** The last day it knows of; this and what it read is null where its file does not open. */
  as_of_on: string | null;
  files: number | null;
  /** Rows that were accepted. */
  rows: number | null;
  bytes: number | null;
  /** The periods that were signed from it, which therefore stays. */
  closed_periods: string[];
  state: "current" | "kept" | "unreadable";
}

const number = (value: number | null) => (value === null ? "–" : grouped(value, 0));

const columns: Column<ListedBuild, Language>[] = [
  { key: "build_id", head: (language) => buildsTable(language).build, cell: ({ build_id }) => build_id },
  {
    key: "built_at",
    head: (language) => buildsTable(language).built,
    cell: ({ built_at }) => built_at.slice(0, 16).replace("T", " "),
  },
  { key: "as_of_on", head: (language) => buildsTable(language).dataTo, cell: (row) => row.as_of_on ?? "–" },
  { key: "files", head: (language) => buildsTable(language).files, cell: ({ files }) => number(files) },
  { key: "rows", head: (language) => buildsTable(language).rows, cell: ({ rows }) => number(rows) },
  { key: "bytes", head: (language) => buildsTable(language).bytes, cell: ({ bytes }) => number(bytes) },
  {
    key: "closed_periods",
    value: ({ closed_periods }) => closed_periods.join(" "),
    head: (language) => buildsTable(language).signed,
    cell: ({ closed_periods }) => closed_periods.join(" ") || "–",
  },
  {
    key: "state",
    head: (language) => buildsTable(language).state,
    cell: ({ state }, language) => buildsTable(language).states[state],
  },
];

export const toBuildsTable = (rows: readonly ListedBuild[], language: Language): string =>
  toTable(columns, rows, language);
export const toBuildsCsv = (rows: readonly ListedBuild[], options: CsvOptions): string =>
  toCsv(columns, rows, options);
export const toBuildsJson = (rows: readonly ListedBuild[]): string => toJson(rows);
