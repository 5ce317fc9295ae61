import type { DuckDBConnection } from "@duckdb/node-api";
import { localDayOf } from "../contract/ddl.js";
import { columnsOf, type TableName } from "../contract/index.js";
import { placeholderColumns } from "../contract/rowRules.js";
import { quoted } from "../engine/sql.js";
import type { WarningReport } from "./report.js";

/**
 * Times of a loaded table that lie before the record's floor count as null, where there need be none: exports write
 * 1900-01-01 and the like for nothing. Each column's are counted.
 */
export async function dropPlaceholders(
  db: DuckDBConnection,
  table: TableName,
  recordFloor: string,
): Promise<WarningReport[]> {
  const columns = placeholderColumns(table).map((name) => {
    const kind = columnsOf(table).find((column) => column.name === name)?.kind ?? "date";
    const day = localDayOf({ name, kind });
    return { name, day: quoted(day ?? name), sets: day ? [name, day] : [name] };
  });
  const warnings: WarningReport[] = [];
  const staged = `staging.${quoted(table)}`;
  for (const { name, day, sets } of columns) {
    const found = await db.runAndReadAll(
      `select count(*), cast(min(${day}) as VARCHAR) from ${staged} where ${day} < date '${recordFloor}'`,
    );
    const count = Number(found.value(0, 0));
    if (count === 0) continue;
    await db.run(
      `update ${staged} set ${sets.map((column) => `${quoted(column)} = null`).join(", ")} where ${day} < date '${recordFloor}'`,
    );
    warnings.push({
      table,
      rule: "placeholder_date",
      column: name,
      file: null,
      count,
      sample: String(found.value(1, 0)),
    });
  }
  return warnings;
}
