import type { DuckDBConnection } from "@duckdb/node-api";
import { brokenShare, type Judged } from "../contract/brokenShare.js";
import type { TableName } from "../contract/index.js";
import { placeholderColumns, warningRules } from "../contract/rowRules.js";
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

/** What became of a table's rows. */
export interface Settled
  extends Pick<
    TableReport,
    "rowsMapped" | "loaded" | "quarantined" | "superseded" | "duplicates" | "leftOut"
  > {
  /** Of each source its rows that are judged, and those of them that break the contract. */
  shares: Record<string, Omit<Judged, "lines">>;
  /** What is odd about cells of a file, times of a row, and times that stand for none. */
  odd: { cells: WarningReport[]; rows: WarningReport[]; placeholders: WarningReport[] };
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
    recordFloor: string;
    /** What an amount without a currency is in. */
    currency: string;
  },
): Promise<Settled> {
  const staged = `staging.${quoted(table)}`;
  const leftOut = `select count(*) from ${staged} where _state = ${rowState.leftOut}`;
  const filtered = await countOf(db, leftOut);
  const rows = units.reduce((sum, unit) => sum + unit.rows, 0);
  const refused = units.reduce((sum, unit) => sum + unit.refused, 0);
  const rowsMapped = rows + refused - filtered;
  const shares: Settled["shares"] = {};
  const judge = (unit: Unit, { broken, rows }: Omit<Judged, "lines">) => {
    const { name } = unit.source;
    const share = shares[name] ?? { broken: 0, rows: 0 };
    shares[name] = { broken: share.broken + broken, rows: share.rows + rows };
  };
  const cells: WarningReport[] = [];
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
    append(cells, await doubtfulCells(db, unit));
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
  const odd = {
    cells,
    rows: await fileWarnings(db, table, units),
    placeholders: await dropPlaceholders(db, table, known.recordFloor),
  };
  for (const column of Object.keys(duringLoad).reverse())
    await db.run(`alter table ${staged} drop column ${column}`);
  const loaded = await countOf(db, `select count(*) from ${staged}`);
  const quarantined = broken + superseded;
  if (rowsMapped !== loaded + quarantined + doubles.copies) {
    throw new CliError(
      told("load.unequalTable", { table, rowsMapped, loaded, quarantined, duplicates: doubles.copies }),
    );
  }
  const { copies: duplicates } = doubles;
  return { rowsMapped, loaded, quarantined, superseded, duplicates, leftOut: filtered, shares, odd };
}

/** What became of rows that were settled by themselves, taken together; files in the order of a list. */
export function together(
  table: TableName,
  [one, other]: readonly [Settled, Settled],
  files: readonly string[],
): Settled {
  const sum = (name: "rowsMapped" | "loaded" | "quarantined" | "superseded" | "duplicates" | "leftOut") =>
    one[name] + other[name];
  const shares = { ...one.shares };
  for (const [source, { broken, rows }] of Object.entries(other.shares)) {
    const share = shares[source] ?? { broken: 0, rows: 0 };
    shares[source] = { broken: share.broken + broken, rows: share.rows + rows };
  }
  const both = <T>(pick: (odd: Settled["odd"]) => readonly T[]) => [...pick(one.odd), ...pick(other.odd)];
  const place = ({ file }: WarningReport) => files.indexOf(file ?? "");
  const rules = warningRules(table).map(({ rule, column }) => `${rule} ${column}`);
  const ruleOf = ({ rule, column }: WarningReport) => rules.indexOf(`${rule} ${column}`);
  const byFile = (one: WarningReport, other: WarningReport) =>
    (one.file ?? "") < (other.file ?? "") ? -1 : 1;
  const columns = placeholderColumns(table);
  const placeholders = new Map<string | null, WarningReport>();
  for (const each of both(({ placeholders: all }) => all)) {
    const { count = 0, sample } = placeholders.get(each.column) ?? {};
    const least = [sample, each.sample]
      .filter((text): text is string => typeof text === "string")
      .toSorted()[0];
    placeholders.set(each.column, { ...each, count: count + each.count, sample: least ?? null });
  }
  return {
    rowsMapped: sum("rowsMapped"),
    loaded: sum("loaded"),
    quarantined: sum("quarantined"),
    superseded: sum("superseded"),
    duplicates: sum("duplicates"),
    leftOut: sum("leftOut"),
    shares,
    odd: {
      cells: both(({ cells }) => cells).toSorted((one, other) => place(one) - place(other)),
      rows: both(({ rows }) => rows).toSorted(
        (one, other) => ruleOf(one) - ruleOf(other) || byFile(one, other),
      ),
      placeholders: columns.flatMap((column) => placeholders.get(column) ?? []),
    },
  };
}

/** What is told of a table as it was settled. */
export function reportOf(
  table: TableName,
  settled: Settled,
  units: readonly Pick<Unit, "source" | "base" | "rows" | "cells">[],
  known: { sources: readonly SourceLimit[]; leftOutBefore: number; covers: TableReport["covers"] },
): TableReport {
  const bySource = known.sources.map(({ source, limit, linesRejected: lines }) => {
    const { broken = 0, rows = 0 } = settled.shares[source] ?? {};
    return { source, share: brokenShare([{ broken, rows, lines }]) ?? 0, limit };
  });
  // Each source is judged by its own limit; the table shows the one that is nearest to it or furthest beyond.
  const worst = bySource.toSorted((one, other) => other.share - other.limit - (one.share - one.limit))[0];
  const { rowsMapped, loaded, quarantined, superseded, duplicates, leftOut } = settled;
  return {
    table,
    ...{ rowsMapped, loaded, quarantined, superseded, duplicates },
    leftOut: leftOut + known.leftOutBefore,
    linesRejected: known.sources.reduce((sum, { linesRejected }) => sum + linesRejected, 0),
    share: worst?.share ?? 0,
    limit: worst?.limit ?? 0,
    bySource,
    mapped: [...new Set(units.flatMap(({ cells }) => [...cells.keys()]))],
    covers: known.covers,
    ranges: units.map(({ source, base, rows }) => ({ source: source.name, from: base, to: base + rows })),
  };
}

async function countOf(db: DuckDBConnection, sql: string): Promise<number> {
  const result = await db.runAndReadAll(sql);
  return Number(result.value(0, 0));
}
