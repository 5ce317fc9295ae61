import { isNode, type SqlNode } from "../../engine/sqlTree.js";
import { rawRow } from "./blocks.js";

/** How a column is called in a raw table that the file calls like that number: beside it the number could not be reached. */
const ownRowId = "rowid of the file";

const isRowId = (name: unknown) => typeof name === "string" && name.toLowerCase() === rawRow;

/** A file's column as it is called in a raw table. */
export const rawColumn = (column: string): string => (isRowId(column) ? ownRowId : column);

/** A query over raw tables in which the column that files call like the number is called as it is there. */
export function withOwnRowId(query: SqlNode): SqlNode {
  const name = (value: unknown): unknown => (isRowId(value) ? ownRowId : renamed(value));
  const names = (value: unknown) => (Array.isArray(value) ? value.map(name) : renamed(value));
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed);
    if (!isNode(value) || value.class === "CONSTANT") return value;
    const entries = Object.entries(value).map(([key, part]) => {
      if (key === "alias" && value.class !== undefined) return [key, name(part)];
      if (key === "column_names" && Array.isArray(part)) return [key, part.with(-1, name(part.at(-1)))];
      const isList = /^(column_name_alias|using_columns|exclude_list)$/.test(key);
      return [key, isList ? names(part) : renamed(part)];
    });
    return Object.fromEntries(entries);
  };
  return renamed(query) as SqlNode;
}

/** A raw table's row, as JSON, with its columns called as in the file. */
export const asWritten = (row: string) =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(JSON.parse(row) as object).map(([name, cell]) => [
        name === ownRowId ? rawRow : name,
        cell,
      ]),
    ),
  );
