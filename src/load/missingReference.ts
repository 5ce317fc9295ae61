import { columnsOf } from "../contract/index.js";
import { isTableName } from "./sourcesYaml.js";

/** Where a reference was looked for in vain: the table, and whether any of it was loaded. */
export interface MissingReference {
  table: string;
  isGiven: boolean;
}

/**
 * What a warning says is not found; undefined of any other warning.
 * @param loaded the tables that the build loaded
 */
export function missingReference(
  { table, column, rule }: { table: string; column: string | null; rule: string },
  loaded: readonly string[],
): MissingReference | undefined {
  if (rule !== "unknown_reference" || !isTableName(table)) return undefined;
  const target = columnsOf(table).find(({ name }) => name === column)?.references;
  return target === undefined ? undefined : { table: target, isGiven: loaded.includes(target) };
}
