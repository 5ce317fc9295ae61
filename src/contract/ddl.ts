import { type Column, type ColumnKind, columnsOf, contract, type Table, type TableName } from "./index.js";

/** The DuckDB type of a kind of column. */
export const duckdbTypes: Readonly<Record<ColumnKind, string>> = {
  id: "VARCHAR",
  text: "VARCHAR",
  open: "VARCHAR",
  enum: "VARCHAR",
  int: "INTEGER",
  decimal: "DECIMAL(18,4)",
  date: "DATE",
  timestamp: "TIMESTAMPTZ",
  bool: "BOOLEAN",
};

/** The companion of a timestamp `x_at`: its calendar day in the configured time zone, `x_on`. */
export function localDayOf(column: Pick<Column, "name" | "kind">): string | undefined {
  return column.kind === "timestamp" ? column.name.replace(/_at$/, "_on") : undefined;
}

/** Name and type of every column of a staging table, in order; local days stand behind their timestamps, extra columns last. */
export function stagingColumns(
  table: TableName,
  extra: readonly string[] = [],
): { name: string; type: string }[] {
  const more = extra.map((name) => ({ name, type: duckdbTypes.text }));
  const own = columnsOf(table).flatMap((column) => {
    const day = localDayOf(column);
    const own = { name: column.name, type: duckdbTypes[column.kind] };
    return day ? [own, { name: day, type: "DATE" }] : [own];
  });
  return [...own, ...more];
}

/** The column of a staging table beyond the contract's: the row's number in the order in which rows were read, from 0. */
export const rowNumber = "row_no";

/** `create table` of a contract table in a schema. */
export function createTableSql(table: TableName, schema: string, extra: readonly string[] = []): string {
  const all = [...stagingColumns(table, extra), { name: rowNumber, type: "BIGINT" }];
  const columns = all.map(({ name, type }) => `    "${name}" ${type}`);
  return `create table ${schema}."${table}" (\n${columns.join(",\n")}\n)`;
}

/** The primary key of a contract table. */
export function primaryKeyOf(table: TableName): readonly string[] {
  return (contract[table] as Table).primaryKey;
}
