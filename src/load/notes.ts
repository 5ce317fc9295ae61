import type { DuckDBConnection } from "@duckdb/node-api";
import type { TableName } from "../contract/index.js";
import { fitting } from "../contract/notation.js";
import type { Cells, RunContext } from "../contract/runContext.js";
import { mappableColumns } from "../contract/validation.js";
import { literal, quoted } from "../engine/sql.js";
import type { WarningReport } from "./report.js";

/** What is noted of a row's cells while they are loaded, a bit each; few files need any. */
interface Note {
  column: string;
  /** SQL over the cell, true where it holds. */
  holds: string;
}

/** Commas and points of the decimals of a file that nobody said how to read. */
function decimalNotes(table: TableName, cells: Cells, { isCommaDoubtful }: RunContext): Note[] {
  if (!isCommaDoubtful) return [];
  return mappableColumns(table)
    .filter(({ name, kind }) => kind === "decimal" && cells.get(name) === "VARCHAR")
    .flatMap(({ name }) => [
      { column: name, holds: `contains(${cell(name)}, ',') and ${quoted(name)} is not null` },
      { column: name, holds: `contains(${cell(name)}, '.')` },
      // 12.400 may be twelve thousand.
      {
        column: name,
        holds: `regexp_matches(${cell(name)}, '^[^0-9,.]*[1-9][0-9]{0,2}[.][0-9]{3}[^0-9,.]*$') and ${quoted(name)} is not null`,
      },
    ]);
}

/** A text in either of two formats of a column: one note a pair, and one of any text that it has. */
function dateNotes(
  table: TableName,
  cells: Cells,
  { reading }: RunContext,
): (Note & { formats: string[] })[] {
  return mappableColumns(table).flatMap((column) => {
    const formats = reading?.(table, column).dateFormats ?? [];
    const isDated = column.kind === "date" || column.kind === "timestamp";
    if (!isDated || formats.length < 2 || cells.get(column.name) !== "VARCHAR") return [];
    return formats.flatMap((one, index) =>
      formats.slice(index + 1).map((other) => ({
        column: column.name,
        formats: [one, other],
        holds: [one, other].map((each) => `${fitting(cell(column.name), [each])} is not null`).join(" and "),
      })),
    );
  });
}

/** A row's notes are the bits of a number. */
const mostNotes = 63;

/** SQL for a row's notes as bits, null where a file needs none. */
export function notesSql(table: TableName, cells: Cells, context: RunContext): string {
  const notes = [...decimalNotes(table, cells, context), ...dateNotes(table, cells, context)].slice(
    0,
    mostNotes,
  );
  if (notes.length === 0) return "null";
  return notes
    .map(({ holds }, bit) => `(case when ${holds} then ${2n ** BigInt(bit)}::BIGINT else 0::BIGINT end)`)
    .join(" + ");
}

/** The rows of a staging table that came from one file: a `Unit` as far as its notes need it. */
export interface LoadedUnit {
  mapping: { table: TableName };
  /** Relative to the data folder; null for a `select` over several files. */
  file: string | null;
  /** `row_no` of its first row, and how many there are. */
  base: number;
  rows: number;
  /** How cells are typed. */
  cells: Cells;
  context: RunContext;
}

/** Warns of columns of a loaded file that could as well be read otherwise. */
export async function doubtfulCells(db: DuckDBConnection, unit: LoadedUnit): Promise<WarningReport[]> {
  const table = unit.mapping.table;
  const decimals = decimalNotes(table, unit.cells, unit.context);
  const dates = dateNotes(table, unit.cells, unit.context);
  if (decimals.length + dates.length === 0) return [];
  const range = `row_no >= ${unit.base} and row_no < ${unit.base + unit.rows}`;
  const count = (bit: number) => `count(*) filter ((_notes & ${2n ** BigInt(bit)}::BIGINT) <> 0)`;
  const counts = [...decimals, ...dates].slice(0, mostNotes).map((_, bit) => count(bit));
  const filled = dates.map(({ column }) => `count(${quoted(column)})`);
  const found = await db.runAndReadAll(
    `select ${[...counts, ...filled].join(", ")} from staging.${quoted(table)} where ${range}`,
  );
  const numbers = (found.getRows()[0] ?? []).map(Number);
  const at = (index: number) => numbers[index] ?? 0;
  const warnings: WarningReport[] = [];
  const warn = (rule: string, column: string, count: number, sample: string) =>
    warnings.push({ table, rule, column, file: unit.file, count, sample });
  const hasPoint = decimals.some((_, index) => index % 3 === 1 && at(index) > 0);
  const hasComma = decimals.some((_, index) => index % 3 === 0 && at(index) > 0);
  for (const [index, { column }] of decimals.entries()) {
    const isOfGroups = index % 3 === 2 && !hasComma && at(index) === at(index - 1);
    const isDoubtful = index % 3 === 0 ? !hasPoint : isOfGroups;
    if (!isDoubtful || at(index) === 0) continue;
    const sample = await db.runAndReadAll(
      `select cast(first(${quoted(column)} order by row_no) as VARCHAR) from staging.${quoted(table)}
      where ${range} and (_notes & ${2n ** BigInt(index)}::BIGINT) <> 0`,
    );
    warn(isOfGroups ? "decimal_point" : "decimal_comma", column, at(index), String(sample.value(0, 0)));
  }
  for (const [index, { column, formats }] of dates.entries()) {
    const [fitting, texts] = [at(decimals.length + index), at(counts.length + index)];
    if (texts > 0 && fitting === texts) warn("two_orders", column, texts, formats.map(literal).join(", "));
  }
  return warnings;
}

const cell = (name: string) => quoted(`c_${name}`);
