import { literal, quoted } from "../engine/sql.js";
import { duckdbTypes, localDayOf, primaryKeyOf } from "./ddl.js";
import { type Column, columnsOf, contract, type Table, type TableName } from "./index.js";
import {
  contractReading,
  expectationOf,
  isFilled,
  isFormulaError,
  isShortened,
  isSubtotal,
  readCell,
  readInstant,
} from "./notation.js";
import type { Reading } from "./reading.js";
import { rowRules, signSql } from "./rowRules.js";
import { type Cells, cell, type RunContext } from "./runContext.js";

/** The column every table may map: when the source changed the row last. */
const updatedAt: Column = { name: "updated_at", kind: "timestamp", required: false };

/**
 * The mapped columns a table can have, `updated_at` last.
 * @param extra columns beyond the contract's, texts that the catalogue's own dimensions take
 */
export const mappableColumns = (table: TableName, extra: readonly string[] = []): Column[] => [
  ...columnsOf(table),
  ...extra.map(extraColumn),
  updatedAt,
];

const extraColumn = (name: string): Column => ({ name, kind: "open", required: false });

/**
 * SQL that types the cells of a relation: every staging column, `updated_at`, and the columns to carry along.
 * A cell the contract refuses is null.
 */
export function typedSql(
  table: TableName,
  cells: Cells,
  context: RunContext,
  relation: string,
  carried: readonly string[],
): string {
  const columns = mappableColumns(table, context.extra);
  const mapped = columns.filter((column) => cells.has(column.name));
  const times = mapped.filter((column) => column.kind === "timestamp");
  const others = mapped.filter((column) => column.kind !== "timestamp");
  const first = [
    ...others.map(
      (column) => `${typedCell(column, cells, readingOf(table, column, context))} as ${quoted(column.name)}`,
    ),
    ...times.map(
      (column) =>
        `${localCell(column, cells, readingOf(table, column, context))} as ${quoted(`l_${column.name}`)}`,
    ),
    ...carried,
    ...times.map((column) => cell(column)).filter((name) => !carried.includes(name)),
  ];
  const sign = signSql(columns, cells);
  if (sign) first.push(`${sign} as currency`);
  const second = times.map((column) => `${instantCell(column, cells)} as ${quoted(`i_${column.name}`)}`);
  const isTyped = ({ name }: Column) => cells.has(name) || (name === "currency" && sign !== undefined);
  const third = columns.flatMap((column) => finalColumns(column, isTyped(column), context));
  return [
    `select ${[...third, ...carried].join(", ")} from (`,
    `select ${["*", ...second].join(", ")} from (`,
    `select ${first.join(", ")} from (${relation}) as mapped) as local_times) as instants`,
  ].join("\n");
}

/** SQL that is true for a typed row that breaks the contract, never null. */
export function breachSql(table: TableName, cells: Cells, context: RunContext): string {
  const cellBreaches = mappableColumns(table, context.extra).map((column) =>
    cellBreach(column, cells, readingOf(table, column, context)),
  );
  const rowBreaches = rowRules(table, cells, context).map(({ breach }) => `(${breach})`);
  const errors = mappableColumns(table, context.extra).map((column) => errorIn(column, cells, context));
  return `coalesce(${[...cellBreaches, ...errors, ...rowBreaches].filter(Boolean).join(" or ")}, false)`;
}

/**
 * SQL for the list of a row's violations, over typed columns and cells: a JSON array of
 * `{column, value, rule, expected}`.
 */
export function violationsSql(table: TableName, cells: Cells, context: RunContext): string {
  const items = mappableColumns(table, context.extra).flatMap((column) => {
    const reading = readingOf(table, column, context);
    const value = cells.has(column.name) ? shownCell(column) : "null::VARCHAR";
    const isEmpty = cells.has(column.name)
      ? `not coalesce(${filled(column, cells, reading)}, false)`
      : "true";
    const missing = column.required
      ? [
          item(
            column.name,
            value,
            "required",
            "expected a value",
            `${quoted(column.name)} is null and ${isEmpty}`,
          ),
        ]
      : [];
    const expected = `expected ${expectationOf(column, reading)}`;
    const wrong = `${quoted(column.name)} is null and not (${isEmpty})`;
    if (!cells.has(column.name)) return missing;
    const error = errorIn(column, cells, context);
    const [rule, rest, when] =
      column.kind === "id"
        ? ["shortened_id", shortenedId, `${wrong} and ${isShortened(value)}`]
        : [column.kind, expected, wrong];
    return [
      ...missing,
      ...(error ? [item(column.name, value, "error_cell", errorCell, error)] : []),
      item(column.name, value, rule, rest, error ? `${when} and not ${error}` : when),
    ];
  });
  const rules = rowRules(table, cells, context).map(({ rule, column, breach, expected }) =>
    item(
      column,
      cells.has(column) ? `cast(c_${column} as VARCHAR)` : "null::VARCHAR",
      rule,
      expected,
      breach,
    ),
  );
  const all = `list_filter([${[...items, ...rules].join(", ")}], lambda violation: violation is not null)`;
  const sums = subtotals(table, cells, context);
  return `to_json(${sums.length === 0 ? all : `case ${sums.join(" ")} else ${all} end`})`;
}

const errorCell = "expected a value, not the error of a formula";
const shortenedId = "expected the whole id, not a number that a spreadsheet has shortened";
const subtotalRow = "expected a row of its own, not the sum of others";

/** SQL that is true where a column's cell is a formula's error; undefined where none can be. */
function errorIn(
  { name }: Column,
  cells: Cells,
  { mayHoldErrors, nullValues }: RunContext,
): string | undefined {
  if (!mayHoldErrors || cells.get(name) !== "VARCHAR") return undefined;
  return isFormulaError(quoted(`c_${name}`), nullValues);
}

/** A row whose key says that it is a sum of others is that alone, whatever else is wrong with it. */
function subtotals(table: TableName, cells: Cells, context: RunContext): string[] {
  return mappableColumns(table)
    .filter((column) => cells.has(column.name) && readingOf(table, column, context).isKey)
    .map((column) => {
      const [value, isSum] = [shownCell(column), isSubtotal(shownCell(column))];
      return `when ${isSum} then [${item(column.name, value, "subtotal", subtotalRow, "true")}]`;
    });
}

const shownCell = (column: Column) => `cast(${cell(column)} as VARCHAR)`;

const readingOf = (table: TableName, column: Column, { reading }: RunContext): Reading => ({
  ...(reading?.(table, column) ?? contractReading(column)),
  isKey: primaryKeyOf(table).includes(column.name) && !(contract[table] as Table).managed,
});

function item(column: string, value: string, rule: string, expected: string, when: string): string {
  const parts = `'column': ${literal(column)}, 'value': ${value}, 'rule': ${literal(rule)}, 'expected': ${literal(expected)}`;
  return `case when ${when} then {${parts}} end`;
}

function typedCell(column: Column, cells: Cells, reading: Reading): string {
  const type = cells.get(column.name) ?? "VARCHAR";
  const source = cell(column);
  if (type === "VARCHAR") return readCell(column, source, reading);
  const isWhole = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(type);
  const isDecimal = type.startsWith("DECIMAL");
  const isFloat = type === "DOUBLE" || type === "FLOAT";
  if (column.kind === "bool" && type === "BOOLEAN") return source;
  if (column.kind === "date" && type === "DATE") return source;
  if (column.kind === "int" && isWhole) return `try_cast(${source} as INTEGER)`;
  if (column.kind === "int" && (isDecimal || isFloat))
    return `case when ${source} = floor(${source}) then try_cast(${source} as INTEGER) end`;
  if (column.kind === "decimal" && (isWhole || isDecimal)) return `try_cast(${source} as DECIMAL(18,4))`;
  if (column.kind === "decimal" && isFloat)
    return `case when isfinite(${source}) then try_cast(${source} as DECIMAL(18,4)) end`;
  return readCell(column, `cast(${source} as VARCHAR)`, reading);
}

function localCell(column: Column, cells: Cells, reading: Reading): string {
  const type = cells.get(column.name) ?? "VARCHAR";
  if (type === "VARCHAR") return readCell(column, cell(column), reading);
  if (type === "DATE" || /^TIMESTAMP(_S|_MS|_NS)?$/.test(type)) return finite(`${cell(column)}::TIMESTAMP`);
  if (type === "TIMESTAMP WITH TIME ZONE") return "null::TIMESTAMP";
  return readCell(column, `cast(${cell(column)} as VARCHAR)`, reading);
}

function instantCell(column: Column, cells: Cells): string {
  const type = cells.get(column.name) ?? "VARCHAR";
  if (type === "TIMESTAMP WITH TIME ZONE") return finite(cell(column));
  if (type !== "VARCHAR") return "null::TIMESTAMPTZ";
  return `case when ${quoted(`l_${column.name}`)} is null and ${cell(column)} is not null then ${readInstant(cell(column))} end`;
}

const finite = (time: string) => `case when isfinite(${time}) then ${time} end`;

function finalColumns(column: Column, isMapped: boolean, { zone, dayZone }: RunContext): string[] {
  const name = quoted(column.name);
  const day = localDayOf(column);
  if (!isMapped) {
    const type = stagingTypeOf(column);
    return day && column !== updatedAt
      ? [`null::${type} as ${name}`, `null::DATE as ${quoted(day)}`]
      : [`null::${type} as ${name}`];
  }
  if (!day) return [name];
  const local = quoted(`l_${column.name}`);
  const instant = quoted(`i_${column.name}`);
  const at = `case when ${local} is not null then ${zone.toInstant(local)} else ${instant} end`;
  if (column === updatedAt) return [`${at} as ${name}`];
  const on = dayZone
    ? `(${dayZone.toLocal(`(${at})`)})::DATE`
    : `case when ${local} is not null then ${local}::DATE when ${instant} is not null then (${zone.toLocal(instant)})::DATE end`;
  return [`${at} as ${name}`, `${on} as ${quoted(day)}`];
}

function stagingTypeOf(column: Column): string {
  return duckdbTypes[column.kind];
}

function cellBreach(column: Column, cells: Cells, reading: Reading): string {
  const name = quoted(column.name);
  if (column.required) return `${name} is null`;
  if (!cells.has(column.name)) return "";
  const isText = column.kind === "text" || column.kind === "open";
  if (isText) return "";
  return `(case when ${name} is null and ${cell(column)} is not null then cast(${filled(column, cells, reading)} as INTEGER) else 0 end = 1)`;
}

/** Whether a cell that is not null holds anything. */
function filled(column: Column, cells: Cells, reading: Reading): string {
  return cells.get(column.name) === "VARCHAR"
    ? isFilled(cell(column), reading)
    : `(${cell(column)} is not null)`;
}
