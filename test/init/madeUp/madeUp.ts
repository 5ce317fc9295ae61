import { randomLcg } from "d3-random";
import type { TableName } from "../../../src/contract/index.js";

/** Draws that the seed alone decides. */
export interface Draws {
  /** A whole number from `from` to `to`, both inclusive. */
  whole(from: number, to: number): number;
  one<T>(values: readonly T[]): T;
  /** The first for a share of the draws, else the second. */
  share<T>(share: number, first: T, second: T): T;
}

function drawsOf(seed: number): Draws {
  const next = randomLcg(seed / 1000);
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    whole,
    one: <T>(values: readonly T[]) => values[whole(0, values.length - 1)] as T,
    share: (share, first, second) => (next() < share ? first : second),
  };
}

/**
 * What a column of a file means: the contract's column; null where it means none, and nothing may be read from it; with a
 * question mark where both are right, so that it does not count.
 */
export type Meaning = string | null;

/** A column of a made-up file: its title, what it means, its cell in a row. */
export type MadeColumn = readonly [
  title: string,
  meaning: Meaning,
  cell: (row: number, draws: Draws) => string | number | boolean | null,
];

/** A table of a made-up folder, in one file or several, or on a sheet. */
export interface MadeTable {
  /** The file's name; `*` stands for the names of its parts. */
  file: string;
  parts?: readonly string[];
  sheet?: string;
  /** Null for a file that means none of the contract's tables. */
  table: TableName | null;
  rows: number;
  columns: readonly MadeColumn[];
  /** Rows above the headings. */
  above?: readonly string[];
  /** Contract columns that hold a constant. */
  constants?: Readonly<Record<string, string>>;
}

/** A folder as a company might hand it over, with what its columns mean as who made it up knows. */
export interface MadeFolder {
  name: string;
  tables: readonly MadeTable[];
  /** How its files are written. */
  write: { delimiter?: string; encoding?: "utf-8" | "gb18030" | "utf-16le"; newline?: string };
  /** A cell of the first row of a table as the contract has it, so that dates and numbers are seen to be read right. */
  read: readonly { table: TableName; column: string; is: string }[];
}

/** The cells of a table, drawn anew the same from its file's name. */
export function cellsOf(table: MadeTable): (string | number | boolean | null)[][] {
  let seed = 0;
  for (const sign of `${table.file}${table.sheet ?? ""}`)
    seed = (seed * 31 + (sign.codePointAt(0) ?? 0)) % 997;
  const draws = drawsOf(seed);
  return Array.from({ length: table.rows }, (_, row) => table.columns.map(([, , cell]) => cell(row, draws)));
}

const two = (value: number) => String(value).padStart(2, "0");

/** A moment of 2025-07 to 2026-04, later for later rows: its parts. */
function moment(row: number, draws: Draws, days = 0) {
  const at = new Date(
    Date.UTC(2025, 6, 1 + Math.floor(row * 1.1) + days, draws.whole(8, 17), draws.whole(0, 59)),
  );
  return {
    year: String(at.getUTCFullYear()),
    month: two(at.getUTCMonth() + 1),
    day: two(at.getUTCDate()),
    hour: two(at.getUTCHours()),
    minute: two(at.getUTCMinutes()),
  };
}

/** A moment written as a form says: `Y-M-D h:m`, each letter a part; `n` and `j` are month and day without zeros. */
function when(form: string, row: number, draws: Draws, days = 0): string {
  const { year, month, day, hour, minute } = moment(row, draws, days);
  const parts: Record<string, string> = { Y: year, M: month, D: day, h: hour, m: minute };
  return form.replaceAll(/[YMDhm]|n|j/g, (letter) =>
    letter === "n" ? String(Number(month)) : letter === "j" ? String(Number(day)) : (parts[letter] ?? letter),
  );
}

/** An id: what begins it, and digits. */
export const numbered =
  (begin: string, digits = 4) =>
  (row: number) =>
    `${begin}${String(row + 1).padStart(digits, "0")}`;

/** An id of another table with so many rows. */
export const refers =
  (begin: string, rows: number, digits = 4) =>
  (_: number, draws: Draws) =>
    `${begin}${String(draws.whole(1, rows)).padStart(digits, "0")}`;

export const oneOf =
  <T>(...values: readonly T[]) =>
  (_: number, draws: Draws) =>
    draws.one(values);

/** The cell, empty in a share of the rows. */
export const mostly =
  (share: number, cell: MadeColumn[2]): MadeColumn[2] =>
  (row, draws) => {
    const made = cell(row, draws);
    return draws.share(share, made, "");
  };

export const at =
  (form: string, days = 0): MadeColumn[2] =>
  (row, draws) =>
    when(form, row, draws, days);
