import { quoted } from "../engine/sql.js";
import { currencySigns } from "../words/currency.js";
import { stagingColumns } from "./ddl.js";
import { type Column, columnsOf, contract, type Table, type TableName } from "./index.js";
import { type Cells, cell, type RunContext } from "./runContext.js";

/** A rule beyond a single cell's notation; `breach` is SQL over typed columns, true when broken. */
export interface RowRule {
  rule: string;
  column: string;
  breach: string;
  expected: string;
}

/** The rules of a table's rows beyond those of single cells, that keep a row out. */
export function rowRules(table: TableName, cells: Cells, context: RunContext): RowRule[] {
  const rules = contract[table] as Table;
  return [
    ...currencyRules(table, cells),
    ...columnsOf(table).flatMap(boundRules),
    ...(rules.within ?? []).map(({ column, low, high }) => ({
      rule: "within",
      column,
      breach: `${quoted(column)} < ${quoted(low)} or ${quoted(column)} > ${quoted(high)}`,
      expected: `expected a value from ${low} to ${high} of the same row`,
    })),
    ...timeOrders(table, "quarantine", context),
    ...earlyRules(table, context),
    ...futureRule(table, context),
  ];
}

function boundRules(column: Column): RowRule[] {
  const name = quoted(column.name);
  const rules: RowRule[] = [];
  const add = (rule: string, breach: string, expected: string) =>
    rules.push({ rule, column: column.name, breach, expected: `expected ${expected}` });
  if (column.min !== undefined) add("minimum", `${name} < ${column.min}`, `at least ${column.min}`);
  if (column.max !== undefined) add("maximum", `${name} > ${column.max}`, `at most ${column.max}`);
  if (column.firstOfMonth) add("first_of_month", `day(${name}) <> 1`, "the first day of a month");
  return rules;
}

function timeOrders(
  table: TableName,
  severity: "quarantine" | "warning",
  { recordFloor }: Pick<RunContext, "recordFloor"> = {},
): RowRule[] {
  const early = new Set(placeholderColumns(table));
  return ((contract[table] as Table).timeOrder ?? [])
    .filter((order) => order.severity === severity)
    .map(({ earlier, later, rule = "time_order", column = later }) => ({
      rule,
      column,
      // A placeholder counts as null, see below.
      breach: `${quoted(later)} < ${quoted(earlier)}${recordFloor && early.has(later) ? ` and ${quoted(dayColumn(later))} >= date '${recordFloor}'` : ""}`,
      expected: `expected a time not before ${earlier}`,
    }));
}

/**
 * The times of a table that count as null when they lie before the record's floor: all that may be null, for
 * placeholders of exports (1900-01-01, 0001-01-01) say that there is none.
 */
export function placeholderColumns(table: TableName): string[] {
  if ((contract[table] as Table).managed) return [];
  return columnsOf(table)
    .filter(({ kind, required }) => (kind === "date" || kind === "timestamp") && !required)
    .map(({ name }) => name);
}

const dayColumn = (name: string) => name.replace(/_at$/, "_on");

/** Times that a row cannot do without and that lie before the record's floor. */
function earlyRules(table: TableName, { recordFloor }: RunContext): RowRule[] {
  if (!recordFloor || (contract[table] as Table).managed) return [];
  return columnsOf(table)
    .filter(({ kind, required }) => (kind === "date" || kind === "timestamp") && required)
    .map(({ name }) => ({
      rule: "too_early",
      column: name,
      breach: `${quoted(dayColumn(name))} < date '${recordFloor}'`,
      expected: `expected a day from ${recordFloor} on`,
    }));
}

function futureRule(table: TableName, context: RunContext): RowRule[] {
  const { ownTime } = contract[table] as Table;
  const breach = futureBreach(table, context);
  if (!ownTime || breach === undefined) return [];
  const expected = `expected a time not after the run's start, ${isDay(table, ownTime) ? context.today : context.runStart.toISOString()}`;
  return [{ rule: "in_future", column: ownTime, breach, expected }];
}

/** SQL that is true for a typed row of later than the run, the one rule that depends on when it is; undefined of a table without it. */
export function futureBreach(table: TableName, context: RunContext): string | undefined {
  const { ownTime, mayBeginLater } = contract[table] as Table;
  if (!ownTime || mayBeginLater) return undefined;
  const limit = isDay(table, ownTime)
    ? `date '${context.today}'`
    : `timestamptz '${context.runStart.toISOString()}'`;
  return `${quoted(ownTime)} > ${limit}`;
}

const isDay = (table: TableName, column: string) =>
  stagingColumns(table).find(({ name }) => name === column)?.type === "DATE";

/** Rules that are counted and shown but keep the row: SQL over a staging table's columns, true when broken. */
export function warningRules(table: TableName): RowRule[] {
  return timeOrders(table, "warning");
}

/** The currency whose sign stands in an amount of the row; undefined where none can. */
export function signSql(columns: readonly Column[], cells: Cells): string | undefined {
  const signs = signsOf(columns, cells).map(({ code }) => code);
  return signs.length > 1 ? `coalesce(${signs.join(", ")})` : signs[0];
}

/** The amounts that may have a sign, each with SQL for its currency, for tables whose currency nobody maps. */
function signsOf(columns: readonly Column[], cells: Cells): { column: string; code: string }[] {
  if (cells.has("currency") || !columns.some(({ name }) => name === "currency")) return [];
  const isAmount = ({ kind, name }: Column) =>
    kind === "decimal" && name !== "quantity" && cells.get(name) === "VARCHAR";
  return columns.filter(isAmount).map((column) => {
    const cases = currencySigns.map(
      ([sign, code]) => `when contains(${cell(column)}, '${sign}') then '${code}'`,
    );
    const code = `case when left(${cell(column)}, 1) between '0' and '9' then null ${cases.join(" ")} end`;
    return { column: column.name, code };
  });
}

/** A row has one currency: amounts with the signs of two would be converted by the rate of the first. */
function currencyRules(table: TableName, cells: Cells): RowRule[] {
  const [first, ...others] = signsOf(columnsOf(table), cells);
  return others.map(({ column, code }) => ({
    rule: "mixed_currencies",
    column,
    breach: `${first?.code} <> ${code}`,
    expected: `expected an amount in the currency of ${first?.column}; convert it in the mapping of sources.yaml`,
  }));
}
