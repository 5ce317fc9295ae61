import type { DuckDBConnection } from "@duckdb/node-api";
import type { TableName } from "../../contract/index.js";
import { CliError } from "../../error.js";
import { findDoubles } from "./duplicates.js";
import { fileWarnings } from "./fileWarnings.js";
import { rowState, type Unit } from "./loadTable.js";
import { quarantineBroken, quarantineSuperseded } from "./quarantine.js";
import { quoted } from "./quoting.js";
import type { TableReport, WarningReport } from "./report.js";

/**
 * Turns a loaded table into the staging table: broken and superseded rows go to the quarantine, copies and rows that
 * were left out go away, what is odd about the others is counted, and the load's own columns are dropped.
 * @throws CliError 1 when `rows mapped = loaded + quarantined + duplicates` does not hold
 */
export async function finishTable(
  db: DuckDBConnection,
  table: TableName,
  units: readonly Unit[],
  known: { linesRejected: number; limit: number; leftOutBefore: number; covers: TableReport["covers"] },
): Promise<{ report: TableReport; warnings: WarningReport[] }> {
  const staged = `staging.${quoted(table)}`;
  const filtered = await countOf(db, `select count(*) from ${staged} where _state = ${rowState.leftOut}`);
  const rows = units.reduce((sum, unit) => sum + unit.rows, 0);
  const rowsMapped = rows - filtered;
  let broken = 0;
  for (const unit of units) broken += await quarantineBroken(db, unit);
  const doubles = await findDoubles(db, table);
  let superseded = 0;
  if (doubles.replaced > 0) {
    for (const unit of units) superseded += await quarantineSuperseded(db, unit, "lost");
  }
  if (broken + filtered + doubles.copies + doubles.replaced > 0) {
    await db.run(
      `delete from ${staged} where _state <> ${rowState.good}
        or rowid in (select row_id from copied union all select row_id from lost)`,
    );
  }
  const warnings = await fileWarnings(db, table, units);
  for (const column of ["_raw", "_state", "updated_at"])
    await db.run(`alter table ${staged} drop column ${column}`);
  const loaded = await countOf(db, `select count(*) from ${staged}`);
  const quarantined = broken + superseded;
  if (rowsMapped !== loaded + quarantined + doubles.copies) {
    throw new CliError(
      `${table}: ${rowsMapped} rows mapped, but ${loaded} loaded, ${quarantined} quarantined and ${doubles.copies} duplicates`,
    );
  }
  const judged = rowsMapped + known.linesRejected;
  const report = {
    table,
    rowsMapped,
    loaded,
    quarantined,
    superseded,
    duplicates: doubles.copies,
    leftOut: filtered + known.leftOutBefore,
    linesRejected: known.linesRejected,
    share: judged === 0 ? 0 : (broken + known.linesRejected) / judged,
    limit: known.limit,
    mapped: [...new Set(units.flatMap(({ cells }) => [...cells.keys()]))],
    covers: known.covers,
  };
  return { report, warnings };
}

async function countOf(db: DuckDBConnection, sql: string): Promise<number> {
  const result = await db.runAndReadAll(sql);
  return Number(result.value(0, 0));
}
