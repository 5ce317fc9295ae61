import type { z } from "zod";
import { type ColumnMeta, columnMeta } from "./columns.js";
import { contract, type Table, type TableName } from "./tables.js";

export type { ColumnKind, ColumnMeta } from "./columns.js";
export { contract, type Row, type Table, type TableName, tableNames } from "./tables.js";

/** A column with all that is known of it, in the contract's order. */
export interface Column extends ColumnMeta {
  name: string;
  required: boolean;
}

const known = new Map<TableName, readonly Column[]>();

/** The columns of a contract table, in order. */
export function columnsOf(table: TableName): readonly Column[] {
  const columns = known.get(table) ?? readColumns(table);
  known.set(table, columns);
  return columns;
}

function readColumns(table: TableName): Column[] {
  const shape = (contract[table] as Table).row.shape as Record<string, z.ZodType>;
  return Object.entries(shape).map(([name, schema]) => ({
    name,
    required: !schema.safeParse(null).success,
    ...columnMeta(schema),
  }));
}
