import type { DuckDBConnection } from "@duckdb/node-api";
import type { Count, Extract } from "../../loaders/index.js";
import { rowNumber, stagingColumns } from "../contract/ddl.js";
import type { TableName } from "../contract/index.js";
import type { Cells, RunContext } from "../contract/runContext.js";
import { breachSql, typedSql } from "../contract/validation.js";
import { literal, quoted } from "../engine/sql.js";
import { CliError } from "../run/error.js";
import { machineFailure } from "../run/machineFailure.js";
import { told } from "../words/told.js";
import { type Loss, lossesSql } from "./mapping/losses.js";
import { columnExpressions, expressionOf, type MappedCell, ordinalOf } from "./mapping/mappedColumns.js";
import { type LoadedUnit, notesSql } from "./notes.js";
import { masked } from "./persons/personal.js";
import { pseudonymised, withoutCells } from "./persons/pseudonyms.js";
import type { PlannedMapping, PlannedSource } from "./plan.js";
import { requireWidth, wideColumns } from "./width.js";

/** A run of consecutive rows of a staging table that came from one file or one `select`. */
export interface Unit extends LoadedUnit {
  source: PlannedSource;
  mapping: PlannedMapping;
  /** Rows that a `select` made nothing of: they went to the quarantine before. */
  refused: number;
  /** File and physical line of rows, by their ordinals in the unit. */
  placesOf(ordinals: readonly number[]): Promise<Place[]>;
  /** Rows as the source has them, as JSON objects; ordinals ascend. */
  rawOf(ordinals: readonly number[]): Promise<string[]>;
}

/** Where a row stands; null where a `select` joins or sums rows so that it cannot be told. */
export interface Place {
  file: string | null;
  line: number | null;
}

/** States of a row during the load. */
export const rowState = { good: 0, broken: 1, leftOut: 2 } as const;

/** Creates the staging table as it is during the load: with `updated_at`, the row's state and its raw cells. */
export async function createLoadTable(
  db: DuckDBConnection,
  table: TableName,
  extra: readonly string[],
): Promise<void> {
  const columns = [
    ...stagingColumns(table, extra).map(({ name, type }) => `${quoted(name)} ${type}`),
    `${rowNumber} BIGINT`,
    ...Object.entries(duringLoad).map(([name, type]) => `${name} ${type}`),
  ];
  await db.run(`create table staging.${quoted(table)} (${columns.join(", ")})`);
}

/** The columns that a staging table has only during the load. */
export const duringLoad = {
  updated_at: "TIMESTAMPTZ",
  _state: "UTINYINT",
  _notes: "BIGINT",
  _raw: "VARCHAR",
};

/** The columns of a staging table during the load, quoted, without the row's number. */
export const loadColumns = (names: readonly string[]): string[] =>
  [...names, ...Object.keys(duringLoad)].map(quoted);

/** So many rows are numbered by one statement, which holds them all in memory. */
const numberedAtOnce = 1_000_000;

/**
 * Numbers the rows of a table from one on, in the order in which they were put in. The reader gives them from several
 * threads at once, none of which knows its place, and only the table's own storage can say it afterwards.
 */
export async function numberRows(
  db: DuckDBConnection,
  table: string,
  { base = 0, rows }: { base?: number; rows: number },
): Promise<void> {
  for (let from = base; from < base + rows; from += numberedAtOnce) {
    const to = Math.min(from + numberedAtOnce, base + rows);
    await db.run(`update ${table} set ${rowNumber} = rowid where rowid >= ${from} and rowid < ${to}`);
  }
}

/**
 * Loads one file into its staging table: one statement reads, maps, types and judges every row.
 * @throws CliError 1 for a header without the required columns, 2 for a mapping that does not bind
 */
export async function loadFile(
  db: DuckDBConnection,
  mapping: PlannedMapping,
  extract: Extract,
  context: RunContext,
  label: string,
): Promise<{ count: Count; cells: Cells }> {
  // Where there are no rows nothing says what their columns would be.
  if (extract.columns.length === 0) return { count: await extract.load(db, async () => 0), cells: new Map() };
  const { expressions, kept, cells, inOrder } = await cellsOf(db, mapping, extract, context, label);
  try {
    if (inOrder) requireWidth(extract.columns.length, extract.file);
    const count = await extract.load(db, async (relation) => {
      if (!inOrder) {
        const sql = insertSql(mapping, expressions, kept, cells, context, extract.columns, relation);
        return (await db.run(sql)).rowsChanged;
      }
      // A window gives its rows in an order of its own, in which no line of the file could be told any more.
      await db.run(`create or replace temp table rows_in_order as select * from ${relation}`);
      const ordinal = quoted(ordinalOf(extract.columns));
      const rows = `(select *, row_number() over () - 1 as ${ordinal} from rows_in_order)`;
      const sql = insertSql(mapping, expressions, kept, cells, context, extract.columns, rows, [ordinal]);
      const { rowsChanged } = await db.run(`${sql}\norder by ${ordinal}`);
      await db.run("drop table rows_in_order");
      return rowsChanged;
    });
    return { count, cells };
  } catch (error) {
    const failure = machineFailure(error);
    if (failure) throw failure;
    const isMapping = Boolean(mapping.columns || mapping.where);
    const [reason = ""] = (error as Error).message.split("\n");
    throw new CliError(told("sql.wrong", { place: label, reason }), isMapping ? 2 : 1, { cause: error });
  }
}

/**
 * The cells that a mapping makes of the columns of a file, whether it takes a row, and whether that needs the rows in their order.
 * @throws CliError 1 for a header without the required columns, 2 for a mapping that does not bind
 */
export async function cellsOf(
  db: DuckDBConnection,
  mapping: PlannedMapping,
  extract: Extract,
  context: RunContext,
  label: string,
) {
  const expressions = await columnExpressions(db, mapping, extract, label, context);
  const kept = mapping.where
    ? await expressionOf(db, `cast((${mapping.where}\n) as boolean)`, extract, `${label}.where`, context)
    : undefined;
  const cells: Cells = new Map([...expressions].map(([name, { type }]) => [name, type]));
  return {
    expressions,
    kept,
    cells,
    inOrder: [...expressions.values(), kept].some((cell) => cell?.isWindow),
  };
}

/** The statement that loads the rows of a relation with a file's columns, by the cells that its mapping makes of them. */
export function insertSql(
  mapping: PlannedMapping,
  expressions: ReadonlyMap<string, MappedCell>,
  kept: MappedCell | undefined,
  cells: Cells,
  context: RunContext,
  columns: readonly string[],
  relation: string,
  carried: readonly string[] = [],
): string {
  const losses = [...[...expressions], ...(kept ? [[null, kept] as const] : [])].flatMap(
    ([column, { loss }]): Loss[] => (loss ? [{ column, ...loss }] : []),
  );
  const mapped = [...expressions].map(([name, { value }]) => `${value} as ${quoted(`c_${name}`)}`);
  const told = columns.length > wideColumns ? [] : columns;
  const raw = told.map((column, index) => `${quoted(column)} as "_r${index}"`);
  const whole = kept?.loss ? `(${kept.value} or ${kept.loss.when})` : kept?.value;
  const flags = [`${whole ? `coalesce(${whole}, false)` : "true"} as _kept`, `${lossesSql(losses)} as _lost`];
  const source = `select ${[...mapped, ...raw, ...carried, ...flags].join(", ")} from ${relation} as extract`;
  const carriedRaw = [...told.map((_, index) => `"_r${index}"`), ...carried];
  const rawCells = told.map((column, index) => `${literal(column)}: "_r${index}"`);
  const rawRow = rawCells.length > 0 ? `{${rawCells.join(", ")}}` : "null";
  return judgedInsert(mapping.table, cells, context, source, carriedRaw, rawRow);
}

/**
 * The statement that fills a staging table from a relation of cells, `_kept`, `_lost` and the columns the raw text needs;
 * without any that is null, and told from the file.
 */
export function judgedInsert(
  table: TableName,
  cells: Cells,
  context: RunContext,
  relation: string,
  carriedRaw: readonly string[],
  raw: string,
): string {
  const carriedCells = [...cells.keys()].map((name) => quoted(`c_${name}`));
  const typed = typedSql(table, cells, context, relation, [...carriedCells, ...carriedRaw, "_kept", "_lost"]);
  const persons = pseudonymised(table, context.forgotten);
  const mappedTexts = [...cells].map(([name, type]) => {
    const text = `cast(${quoted(`c_${name}`)} as VARCHAR)`;
    return `${literal(name)}: ${persons?.cell(name, type, text) ?? text}`;
  });
  const whole = persons
    ? `case when ${persons.isNamed} then to_json(${literal(masked)}) else to_json(${raw}) end`
    : raw;
  const lost = persons
    ? `case when ${persons.isNamed} then ${withoutCells("_lost")} else _lost end`
    : "_lost";
  const columns = [
    ...stagingColumns(table, context.extra).map(({ name }) => persons?.column(name) ?? quoted(name)),
    "null",
    "updated_at",
  ];
  return [
    `insert into staging.${quoted(table)}`,
    `select ${columns.join(", ")},`,
    `case when not _kept then ${rowState.leftOut} when _broken then ${rowState.broken} else ${rowState.good} end,`,
    `${notesSql(table, cells, context)},`,
    `case when _kept and _broken then cast(to_json({'r': ${whole}, 'm': {${mappedTexts.join(", ")}}, 'l': ${lost}}) as VARCHAR) end`,
    `from (select *, _lost is not null or ${breachSql(table, cells, context)} as _broken from (${typed}) as typed) as judged`,
  ].join("\n");
}
