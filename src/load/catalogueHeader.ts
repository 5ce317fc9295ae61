import { suggest, suggestZh } from "../catalogue/suggest.js";
import { columnsOf, type TableName } from "../contract/index.js";
import { fileFault } from "../run/error.js";
import { foldHeader } from "./mapping/mappedColumns.js";

/**
 * Refuses a header of a catalogue's table that has a column no one reads, or lacks one: what is written under a
 * misspelt name would silently not count.
 * @throws CliError 2
 */
export function requireHeader(table: TableName, header: readonly string[], file: string): void {
  const columns = columnsOf(table);
  const known = columns.map(({ name }) => name);
  const found = header.map(foldHeader).filter((name) => name !== "");
  const unknown = found.find((name) => !known.includes(name));
  const twice = found.find((name, index) => found.indexOf(name) < index);
  const missing = columns.filter(({ name, required }) => required && !found.includes(name));
  const fail = (en: string, zh: string) => fileFault(file, "", { en: `line 1: ${en}`, zh: `第 1 行：${zh}` });
  if (unknown !== undefined) {
    throw fail(
      `unknown column (allowed: ${known.join(", ")}): ${unknown}${suggest(unknown, known)}`,
      `未知的列 ${unknown}${suggestZh(unknown, known)}，允许的有：${known.join("、")}`,
    );
  }
  if (twice !== undefined) throw fail(`a column stands twice: ${twice}`, `列重复：${twice}`);
  const names = missing.map(({ name }) => name);
  if (names.length > 0)
    throw fail(`required columns are missing: ${names.join(", ")}`, `缺少必需的列：${names.join("、")}`);
}
