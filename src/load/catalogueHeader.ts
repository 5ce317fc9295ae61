import { suggest } from "../catalogue/suggest.js";
import { columnsOf, type TableName } from "../contract/index.js";
import { fileFault } from "../run/error.js";
import { type Told, told } from "../words/told.js";
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
  const fail = (wrong: Told) => fileFault(file, "", told("file.line", { line: 1, wrong }));
  if (unknown !== undefined) {
    throw fail(told("header.unknown", { known, column: unknown, near: suggest(unknown, known) }));
  }
  if (twice !== undefined) throw fail(told("header.repeats", { column: twice }));
  const names = missing.map(({ name }) => name);
  if (names.length > 0) throw fail(told("header.misses", { names }));
}
