import { dimensionOf } from "../catalogue/dimensions.js";
import { columnsOf, type TableName } from "./index.js";

/** The column, `table.column`, that says the dimension of cases of these tables, the closest first; null where none does. */
export function dimensionColumn(tables: readonly TableName[], dimension: string): string | null {
  const [found] = tables.flatMap((table) =>
    columnsOf(table)
      .filter(({ name }) => dimensionOf(name) === dimension)
      .map(({ name }) => `${table}.${name}`),
  );
  return found ?? null;
}
