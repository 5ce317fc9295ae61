import { primaryKeyOf } from "../../contract/ddl.js";
import type { TableName } from "../../contract/index.js";
import type { MappingSettings } from "../sourcesYaml.js";

/** Raw table → the columns that its mapping takes the contract's primary key from, where it takes every part as it stands. */
export function keysIn(
  mappings: readonly (MappingSettings & { table: TableName; part: string })[],
): Record<string, string[]> {
  return Object.fromEntries(
    mappings
      .filter(({ select }) => !select)
      .map(({ part, table, columns }): [string, string[]] => [
        part,
        primaryKeyOf(table)
          .map((name) => String(columns ? (columns[name] ?? "") : name))
          // What is the same of every row tells none apart.
          .filter((from) => !/^(\d+|'[^']*')$/.test(from)),
      ]),
  );
}
