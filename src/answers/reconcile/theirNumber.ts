import type { DuckDBConnection } from "@duckdb/node-api";
import { readCell } from "../../contract/notation.js";
import { plainReading } from "../../contract/reading.js";
import { literal } from "../../engine/sql.js";
import { CliError } from "../../run/error.js";
import { told } from "../../words/told.js";

export type DecimalMark = "." | ",";

export interface TheirNumber {
  value: number;
  /** How many decimals it was written with, a percentage's as of the fraction. */
  decimals: number;
}

/** SQL of a cell's number, null where it is none; yes is 1. */
export function numberSql(cell: string, decimal: DecimalMark): string {
  const text = `trim(${cell})`;
  const plain = decimal === "," ? `replace(replace(${text}, '.', ''), ',', '.')` : text;
  const digits = "[+-]?[0-9]+(\\.[0-9]+)?";
  return `case
    when regexp_full_match(${plain}, '${digits}([eE][+-]?[0-9]+)?') then try_cast(${plain} as double)
    when regexp_full_match(${plain}, '${digits} ?%') then try_cast(rtrim(${plain}, ' %') as double) / 100
    else coalesce(cast(${readCell({ kind: "decimal" }, cell, { ...plainReading, decimal })} as double),
      cast(cast(${readCell({ kind: "bool" }, cell)} as integer) as double)) end`;
}

export const decimalsSql = (cell: string, decimal: DecimalMark) =>
  `length(regexp_extract(${cell}, '\\${decimal}([0-9]+)', 1)) + case when contains(${cell}, '%') then 2 else 0 end`;

/** What stands behind a number for so many of it. */
const large: Readonly<Record<string, number>> = { 千: 1e3, 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };
const inLarge = /^(.*\d)\s*([千万萬亿億])元?$/s;

/** The numbers that texts say; null of a text that is none. */
export async function numbersOf(
  db: DuckDBConnection,
  texts: readonly string[],
  decimal: DecimalMark = ".",
): Promise<(TheirNumber | null)[]> {
  if (texts.length === 0) return [];
  const parts = texts.map((text) => {
    const [, digits = text, sign = ""] = inLarge.exec(text.normalize("NFKC").trim()) ?? [];
    return { digits, times: large[sign] ?? 1 };
  });
  const values = parts.map(({ digits }, place) => `(${place}, ${literal(digits)})`);
  const reader = await db.runAndReadAll(
    `select ${numberSql("cell", decimal)}, ${decimalsSql("cell", decimal)} from (values ${values.join(", ")}) as given (place, cell) order by place`,
  );
  return reader.getRows().map(([value, decimals], at) => {
    const times = parts[at]?.times ?? 1;
    return typeof value === "number" && Number.isFinite(value)
      ? { value: value * times, decimals: Number(decimals) - Math.log10(times) }
      : null;
  });
}

/**
 * The number that a text says.
 * @throws CliError 2
 */
export async function numberOf(db: DuckDBConnection, text: string): Promise<TheirNumber> {
  const [number] = await numbersOf(db, [text]);
  if (!number) throw new CliError(told("reconcile.noNumber", { text }), 2);
  return number;
}
