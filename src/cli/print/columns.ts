import { align } from "./align.js";
import { type CsvOptions, csvRecords, csvText } from "./csv.js";

/**
 * A column of what a command prints, described once for every format: CSV has those with a key, tables for people those with
 * a head. `View` is what is known of the whole print: its language, its KPI, what it compares.
 */
export interface Column<Row, View = unknown> {
  /** Its name for machines; a dot leads into what the row holds under the name before it. */
  key?: string;
  /** Its value, numbers unrounded; by default what the key leads to. */
  value?: (row: Row) => unknown;
  /** What people call it; undefined where the print has no such column. */
  head?: (view: View) => string | undefined;
  /** How people read it. */
  cell?: (row: Row, view: View) => string;
}

/** Columns for machines alone, by their keys. */
export const keyed = <Row>(
  ...keys: (keyof Row & string)[]
): { key: string; value: (row: Row) => unknown }[] => keys.map((key) => ({ key, value: (row) => row[key] }));

type Kept<Row> = readonly Pick<Column<Row>, "key" | "value">[];

/** A column for people alone; without a head there is none. */
export const shown = <Row>(head: string | false, cell: (row: Row) => string): Column<Row> => ({
  head: () => (head === false ? undefined : head),
  cell,
});

/** What a key leads to. */
export const valueIn = (row: unknown, key: string): unknown =>
  key
    .split(".")
    .reduce<unknown>((of, name) => (of as Record<string, unknown> | null | undefined)?.[name], row);

const named = <Row>(columns: Kept<Row>) =>
  columns.flatMap(({ key, value }) =>
    key === undefined ? [] : [{ key, get: value ?? ((row: Row) => valueIn(row, key)) }],
  );

/** The head of rows as RFC 4180 CSV. */
export const csvHead = <Row>(columns: Kept<Row>, options?: CsvOptions): string =>
  csvText([named(columns).map(({ key }) => key)], options);

/** Further rows of what `csvHead` has begun. */
export const csvRows = <Row>(columns: Kept<Row>, rows: readonly Row[], options?: CsvOptions): string => {
  const getters = named(columns);
  return csvRecords(
    rows.map((row) => getters.map(({ get }) => get(row))),
    options,
  );
};

/** Rows as RFC 4180 CSV: what is absent is an empty field. */
export const toCsv = <Row>(columns: Kept<Row>, rows: readonly Row[], options?: CsvOptions): string =>
  csvHead(columns, options) + csvRows(columns, rows, options);

/** Rows as one JSON array, a line each, numbers unrounded. */
export const toJson = (rows: readonly unknown[]): string =>
  rows.length === 0 ? "[]\n" : `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`;

/** Rows as an aligned table for people. */
export function toTable<Row, View = unknown>(
  columns: readonly Column<Row, View>[],
  rows: readonly Row[],
  view?: View,
): string {
  const all = columns.flatMap(({ head, cell }) => {
    const text = head?.(view as View);
    return text === undefined || !cell ? [] : [{ text, cell }];
  });
  return align([
    all.map(({ text }) => text),
    ...rows.map((row) => all.map(({ cell }) => cell(row, view as View))),
  ]);
}
