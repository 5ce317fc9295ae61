import type { DuckDBConnection } from "@duckdb/node-api";
import type { Refused } from "../../loaders/index.js";
import { primaryKeyOf } from "../contract/ddl.js";
import type { TableName } from "../contract/index.js";
import type { ForgottenPersons } from "../contract/persons.js";
import { typedSql, violationsSql } from "../contract/validation.js";
import { literal, quoted } from "../engine/sql.js";
import { type Place, rowState, type Unit } from "./loadTable.js";
import { masked } from "./persons/personal.js";
import { naming } from "./persons/pseudonyms.js";

/** Creates the schema `quarantine`: every row and line that did not get into staging, whole, with the reasons. */
export async function createQuarantine(db: DuckDBConnection): Promise<void> {
  await db.run("create schema if not exists quarantine");
  await db.run(
    `create table if not exists quarantine.rows (
        source VARCHAR, table_name VARCHAR, file VARCHAR, line BIGINT, raw VARCHAR, violations JSON,
        counts_toward_share BOOLEAN
    )`,
  );
}

/** Quarantines what the reader was not given. */
export async function quarantineLines(
  db: DuckDBConnection,
  from: { source: string; table: TableName; file: string },
  lines: readonly Refused[],
  forgotten?: ForgottenPersons,
): Promise<void> {
  const rows = lines.map(({ line, raw, rule, value, expected }): RefusedRow => {
    const violations = JSON.stringify([{ column: null, value, rule, expected }]);
    return { file: from.file, line, raw, violations, counts: true };
  });
  await quarantineRows(db, from, rows, forgotten);
}

/** A row to be refused. */
export interface RefusedRow extends Place {
  /** As its source has it. */
  raw: string;
  /** JSON list. */
  violations: string;
  /** Towards the table's limit. */
  counts: boolean;
}

/** Quarantines rows as they are told, but for those that name somebody who was forgotten. */
export async function quarantineRows(
  db: DuckDBConnection,
  from: { source: string; table: TableName },
  rows: readonly RefusedRow[],
  forgotten?: ForgottenPersons,
): Promise<void> {
  if (rows.length === 0) return;
  const isNaming = naming(forgotten);
  const appender = await db.createAppender("rows", "quarantine");
  for (const { file, line, raw, violations, counts } of rows) {
    appender.appendVarchar(from.source);
    appender.appendVarchar(from.table);
    if (file === null) appender.appendNull();
    else appender.appendVarchar(file);
    if (line === null) appender.appendNull();
    else appender.appendBigInt(BigInt(line));
    const isNamed = isNaming(raw);
    appender.appendVarchar(isNamed ? JSON.stringify(masked) : raw);
    appender.appendVarchar(isNamed ? maskedViolations(violations) : violations);
    appender.appendBoolean(counts);
    appender.endRow();
  }
  appender.closeSync();
}

/** Violations without the values that broke rules. */
const maskedViolations = (violations: string): string =>
  JSON.stringify(
    (JSON.parse(violations) as { value: unknown }[]).map((each) =>
      each.value === null ? each : { ...each, value: masked },
    ),
  );

/** Those of a table's units that have broken rows: of thousands of files few do. */
export async function unitsWithBroken(
  db: DuckDBConnection,
  table: TableName,
  units: readonly Unit[],
): Promise<ReadonlySet<Unit>> {
  if (units.length < 2) return new Set(units);
  const bases = units.map(({ base }) => `(${base})`).join(", ");
  const reader = await db.runAndReadAll(
    `select distinct units.base
    from (select row_no from staging.${quoted(table)} where _state = ${rowState.broken}) as broken
    asof join (values ${bases}) as units (base) on broken.row_no >= units.base`,
  );
  const found = new Set(reader.getRows().map(([base]) => Number(base)));
  return new Set(units.filter(({ base }) => found.has(base)));
}

/**
 * Quarantines a unit's broken rows, each with all its violations. Sums of other rows do not count towards the table's
 * limit.
 */
export async function quarantineBroken(db: DuckDBConnection, unit: Unit): Promise<Quarantined> {
  const table = unit.mapping.table;
  await db.run(
    `create or replace temp table broken as
    select row_no, _raw from staging.${quoted(table)}
    where _state = ${rowState.broken} and row_no >= ${unit.base} and row_no < ${unit.base + unit.rows}`,
  );
  const places = await placeRows(db, unit, "broken");
  if (places === 0) return { rows: 0, counted: 0 };
  await rereadRows(db, unit);
  const before = await countedRows(db, unit);
  const cells = [...unit.cells].map(([name, type]) => {
    const text = `json_extract_string(_raw, '$.m.${name}')`;
    return `cast(${text} as ${type}) as ${quoted(`c_${name}`)}`;
  });
  const relation = `select row_no, ${cells.join(", ")} from broken`;
  const carried = ["row_no", ...[...unit.cells.keys()].map((name) => quoted(`c_${name}`))];
  const typed = typedSql(table, unit.cells, unit.context, relation, carried);
  await db.run(
    `insert into quarantine.rows
    select ${literal(unit.source.name)}, ${literal(table)}, row_places.file, row_places.line,
        coalesce(row_raws.raw, cast(json_extract(broken._raw, '$.r') as VARCHAR)), ${withLosses("judged.violations", "_raw ->> '$.l'")},
        coalesce(judged.violations ->> '$[0].rule' <> 'subtotal', true)
    from (select row_no, ${violationsSql(table, unit.cells, unit.context)} as violations from (${typed}) as typed) as judged
    join broken on broken.row_no = judged.row_no
    join row_places on row_places.row_no = judged.row_no
    left join row_raws on row_raws.row_no = judged.row_no
    order by judged.row_no`,
  );
  return { rows: places, counted: (await countedRows(db, unit)) - before };
}

/** Fills the temp table `row_raws` (row_no, raw) for the rows of `broken` that the load did not keep the cells of. */
async function rereadRows(db: DuckDBConnection, unit: Unit): Promise<void> {
  await db.run("create or replace temp table row_raws (row_no BIGINT, raw VARCHAR)");
  const found = await db.runAndReadAll(
    "select row_no from broken where json_type(_raw, '$.r') = 'NULL' order by row_no",
  );
  const ids = found.getRows().map(([id]) => id as bigint);
  for (let from = 0; from < ids.length; from += wideBatch) {
    const batch = ids.slice(from, from + wideBatch);
    const raws = await unit.rawOf(batch.map((id) => Number(id) - unit.base));
    const isNaming = naming(unit.context.forgotten);
    const appender = await db.createAppender("row_raws");
    for (const [index, raw] of raws.entries()) {
      appender.appendBigInt(batch[index] as bigint);
      appender.appendVarchar(isNaming(raw) ? JSON.stringify(masked) : raw);
      appender.endRow();
    }
    appender.closeSync();
  }
}

/** So many rows of very many cells are held at once. */
const wideBatch = 1000;

/** Rows that went to the quarantine, and how many of them count towards the table's limit. */
export interface Quarantined {
  rows: number;
  counted: number;
}

async function countedRows(db: DuckDBConnection, { source, mapping }: Unit): Promise<number> {
  const reader = await db.runAndReadAll(
    `select count(*) from quarantine.rows
    where counts_toward_share and source = ${literal(source.name)} and table_name = ${literal(mapping.table)}`,
  );
  return Number(reader.value(0, 0));
}

/** Violations and what the mapping lost before them; a lost cell breaks no rule besides. */
function withLosses(violations: string, losses: string): string {
  const read = (json: string) => `from_json(${json}, '["JSON"]')`;
  return `case when ${losses} is null then ${violations} else to_json(list_concat(${read(losses)}, list_filter(
        ${read(violations)}, lambda violation: not list_contains(
            list_transform(${read(losses)}, lambda loss: loss ->> 'column'), violation ->> 'column')))) end`;
}

/**
 * Quarantines rows another row of the same key replaced: `losers` is a temp table of the staging rows' `row_no` and
 * whether the other stands in the same file. Only those count towards the table's limit: a later file has a later version.
 */
export async function quarantineSuperseded(
  db: DuckDBConnection,
  unit: Unit,
  losers: string,
): Promise<Quarantined> {
  const found = await db.runAndReadAll(
    `select row_no, is_within_file from ${losers} where row_no >= ${unit.base} and row_no < ${unit.base + unit.rows} order by row_no`,
  );
  const ordinals = found.getRows().map(([id]) => Number(id) - unit.base);
  const counts = found.getRows().map(([, isWithinFile]) => isWithinFile === true);
  const violations = JSON.stringify([
    {
      column: null,
      value: null,
      rule: "superseded",
      expected: `expected one row a key (${primaryKeyOf(unit.mapping.table).join(", ")}); another one replaced this`,
    },
  ]);
  for (let from = 0; from < ordinals.length; from += batchSize) {
    const batch = ordinals.slice(from, from + batchSize);
    const places = await unit.placesOf(batch);
    const raws = await unit.rawOf(batch);
    const rows = places.map((place, index) => ({
      ...place,
      raw: raws[index] ?? "",
      violations,
      counts: counts[from + index] === true,
    }));
    const of = { source: unit.source.name, table: unit.mapping.table };
    await quarantineRows(db, of, rows, unit.context.forgotten);
  }
  return { rows: ordinals.length, counted: counts.filter(Boolean).length };
}

const batchSize = 50_000;

/** Fills the temp table `row_places` (row_no, file, line) for the rows of another; returns how many there are. */
async function placeRows(db: DuckDBConnection, unit: Unit, rows: string): Promise<number> {
  await db.run("create or replace temp table row_places (row_no BIGINT, file VARCHAR, line BIGINT)");
  const found = await db.runAndReadAll(`select row_no from ${rows}`);
  if (found.currentRowCount === 0) return 0;
  const appender = await db.createAppender("row_places");
  const ids = found.getRows().map(([id]) => id as bigint);
  const places = await unit.placesOf(ids.map((id) => Number(id) - unit.base));
  for (const [index, { file, line }] of places.entries()) {
    appender.appendBigInt(ids[index] as bigint);
    if (file === null) appender.appendNull();
    else appender.appendVarchar(file);
    if (line === null) appender.appendNull();
    else appender.appendBigInt(BigInt(line));
    appender.endRow();
  }
  appender.closeSync();
  return found.currentRowCount;
}
