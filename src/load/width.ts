import { CliError } from "../run/error.js";
import { told } from "../words/told.js";

/**
 * Files of more columns have only those read that the mapping asks for, and broken rows once more: every column takes
 * room for two thousand cells at each step of a statement, in each thread.
 */
export const wideColumns = 400;

const mostColumns = 5000;

/**
 * A `select`, and a mapping with a window, hold all columns of a file in a table.
 * @throws CliError 2 when there are more than it can have
 */
export function requireWidth(columns: number, file: string): void {
  if (columns <= mostColumns) return;
  throw new CliError(told("mapping.tooWide", { most: mostColumns, columns, file }), 2);
}
