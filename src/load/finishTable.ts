import type { DuckDBConnection } from "@duckdb/node-api";
import { brokenShare, type Judged } from "../contract/brokenShare.js";
import type { TableName } from "../contract/index.js";
import { quoted } from "../engine/sql.js";
import { CliError } from "../run/error.js";
import { append } from "../statistics/extremes.js";
import { told } from "../words/told.js";
import { findDoubles } from "./duplicates.js";
import { fileWarnings } from "./fileWarnings.js";
import { duringLoad, rowState, type Unit } from "./loadTable.js";
import { keepFiltered } from "./mapping/leftOut.js";
import { doubtfulCells } from "./notes.js";
import { dropPlaceholders } from "./placeholders.js";
import { quarantineBroken, quarantineSuperseded, unitsWithBroken } from "./quarantine.js";
import type { TableReport, WarningReport } from "./report.js";

/** What a source brings to the judgement of a table. */
export interface SourceLimit {
  source: string;
  linesRejected: number;
  /** The share of broken rows beyond which its build fails. */
  limit: number;
}

/**
 * Turns a loaded table into the staging table: broken and superseded rows go to the quarantine, copies and rows that
 * were left out go away, what is odd about the others is counted, and the load's own columns are dropped.
 * @throws CliError 1 when `rows mapped = loaded + quarantined + duplicates` does not hold
 */
export async function finishTable(
  db: DuckDBConnection,
  table: TableName,
  units: readonly Unit[],
  known: {
    sources: readonly SourceLimit[];
    leftOutBefore: number;
    recordFloor: string;
    /** What an amount without a currency is in. */
    currency: string;
    covers: TableReport["covers"];
  },
): Promise<{ report: TableReport; warnings: WarningReport[] }> {
  const staged = `staging.${quoted(table)}`;
  const leftOut = `select count(*) from ${staged} where _state = ${rowState.leftOut}`;
  const filtered = await countOf(db, leftOut);
  const rows = units.reduce((sum, unit) => sum + unit.rows, 0);
  const refused = units.reduce((sum, unit) => sum + unit.refused, 0);
  const rowsMapped = rows + refused - filtered;
  const shares = new Map(
    known.sources.map((source) => [
      source.source,
      { ...source, rows: 0, broken: 0, lines: source.linesRejected },
    ]),
  );
  const judge = (unit: Unit, { broken, rows }: Omit<Judged, "lines">) => {
    const share = shares.get(unit.source.name);
    if (!share) return;
    share.broken += broken;
    share.rows += rows;
  };
  const warnings: WarningReport[] = [];
  let broken = refused;
  const withBroken = await unitsWithBroken(db, table, units);
  for (const unit of units) {
    const { rows, counted } = withBroken.has(unit)
      ? await quarantineBroken(db, unit)
      : { rows: 0, counted: 0 };
    broken += rows;
    const range = `row_no >= ${unit.base} and row_no < ${unit.base + unit.rows}`;
    const without = filtered === 0 ? 0 : await countOf(db, `${leftOut} and ${range}`);
    if (without > 0) await keepFiltered(db, unit);
    judge(unit, { broken: counted + unit.refused, rows: unit.rows + unit.refused - without });
    append(warnings, await doubtfulCells(db, unit));
  }
  const doubles = await findDoubles(db, table, units, known.currency);
  let superseded = 0;
  if (doubles.replaced > 0) {
    for (const unit of units) {
      const { rows, counted } = await quarantineSuperseded(db, unit, "lost");
      superseded += rows;
      judge(unit, { broken: counted, rows: 0 });
    }
  }
  if (broken - refused + filtered + doubles.copies + doubles.replaced > 0) {
    await db.run(
      `delete from ${staged} where _state <> ${rowState.good}
        or row_no in (select row_no from copied union all select row_no from lost)`,
    );
  }
  append(warnings, await fileWarnings(db, table, units));
  append(warnings, await dropPlaceholders(db, table, known.recordFloor));
  for (const column of Object.keys(duringLoad).reverse())
    await db.run(`alter table ${staged} drop column ${column}`);
  const loaded = await countOf(db, `select count(*) from ${staged}`);
  const quarantined = broken + superseded;
  if (rowsMapped !== loaded + quarantined + doubles.copies) {
    throw new CliError(
      told("load.unequalTable", { table, rowsMapped, loaded, quarantined, duplicates: doubles.copies }),
    );
  }
  const bySource = [...shares.values()].map((judged) => ({
    source: judged.source,
    share: brokenShare([judged]) ?? 0,
    limit: judged.limit,
  }));
  // Each source is judged by its own limit; the table shows the one that is nearest to it or furthest beyond.
  const worst = bySource.toSorted((one, other) => other.share - other.limit - (one.share - one.limit))[0];
  const report = {
    table,
    rowsMapped,
    loaded,
    quarantined,
    superseded,
    duplicates: doubles.copies,
    leftOut: filtered + known.leftOutBefore,
    linesRejected: known.sources.reduce((sum, { linesRejected }) => sum + linesRejected, 0),
    share: worst?.share ?? 0,
    limit: worst?.limit ?? 0,
    bySource,
    mapped: [...new Set(units.flatMap(({ cells }) => [...cells.keys()]))],
    covers: known.covers,
    ranges: units.map(({ source, base, rows }) => ({ source: source.name, from: base, to: base + rows })),
  };
  return { report, warnings };
}

async function countOf(db: DuckDBConnection, sql: string): Promise<number> {
  const result = await db.runAndReadAll(sql);
  return Number(result.value(0, 0));
}
