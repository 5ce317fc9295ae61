import type { DuckDBConnection } from "@duckdb/node-api";
import type { TableName } from "../contract/index.js";
import { warningRules } from "../contract/rowRules.js";
import { literal, quoted } from "../engine/sql.js";
import type { Unit } from "./loadTable.js";
import type { WarningReport } from "./report.js";

/** Rows of a loaded table that are kept though their own times are in an odd order, counted by the file they stand in. */
export async function fileWarnings(
  db: DuckDBConnection,
  table: TableName,
  units: readonly Unit[],
): Promise<WarningReport[]> {
  const rules = warningRules(table);
  if (rules.length === 0 || units.length === 0) return [];
  const files = units.map(
    ({ file, base, rows }) => `(${file === null ? "null" : literal(file)}, ${base}, ${base + rows})`,
  );
  const warnings: WarningReport[] = [];
  for (const { rule, column, breach } of rules) {
    const reader = await db.runAndReadAll(`
      select files.file, count(*), cast(min(odd.value) as VARCHAR)
      from (select row_no, ${quoted(column)} as value from staging.${quoted(table)} where ${breach}) as odd
      join (values ${files.join(", ")}) as files (file, first_row, end_row)
        on odd.row_no >= files.first_row and odd.row_no < files.end_row
      group by files.file order by files.file`);
    for (const [file, count, sample] of reader.getRowsJson()) {
      warnings.push({
        table,
        rule,
        column,
        file: file === null ? null : String(file),
        count: Number(count),
        sample: sample === null ? null : String(sample),
      });
    }
  }
  return warnings;
}
