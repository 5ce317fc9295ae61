import { CliError } from "../run/error.js";

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
  throw new CliError(
    {
      en: `a select, or a mapping with a window, reads files of at most ${mostColumns} columns, this has ${columns} (columns: without a window takes any number): ${file}`,
      zh: `select 和带窗口函数的映射最多读取 ${mostColumns} 列的文件，这里有 ${columns} 列（不带窗口函数的 columns 不限列数）：${file}`,
    },
    2,
  );
}
