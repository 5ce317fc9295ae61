import type { DuckDBConnection } from "@duckdb/node-api";
import { columnsOf } from "../../contract/index.js";
import type { Cells, RunContext } from "../../contract/runContext.js";
import { mappableColumns } from "../../contract/validation.js";
import { literal, quoted } from "../../engine/sql.js";
import { ctesOf, type SqlNode } from "../../engine/sqlTree.js";
import { CliError } from "../../run/error.js";
import { machineFailure } from "../../run/machineFailure.js";
import { told } from "../../words/told.js";
import { judgedInsert, numberRows, type Place } from "../loadTable.js";
import type { PlannedMapping } from "../plan.js";
import { armed } from "./armed.js";
import { selectSql } from "./blocks.js";
import { KeptRows } from "./keptRows.js";
import { keepUnselected, unfiltered } from "./leftOut.js";
import { lostRows } from "./lostRows.js";
import { inRawTables, type RawTable, rawDatabase, selectOver } from "./rawTables.js";
import { drivingTable, softened, softenedWhole, type TracedSelect, withRowId } from "./softSelect.js";

/**
 * Loads a table from a mapping's `select` over its source's raw tables.
 * @throws CliError 2 when the `select` does not bind, lacks a required column or gives an unknown one
 */
export async function loadSelect(
  db: DuckDBConnection,
  source: string,
  mapping: PlannedMapping,
  raws: ReadonlyMap<string, RawTable>,
  context: RunContext,
): Promise<{
  rows: number;
  cells: Cells;
  leftOut: number;
  /** Rows of the raw tables that went to the quarantine before anything was made of them. */
  refused: number;
  placesOf(ordinals: readonly number[]): Promise<Place[]>;
  rawOf(ordinals: readonly number[]): Promise<string[]>;
}> {
  const label = `sources.yaml: ${source}.tables.${mapping.table}.select`;
  const mapped = `${rawDatabase}.${quoted(source)}.${quoted(`mapped ${mapping.table} ${mapping.part}`)}`;
  const kept = new KeptRows(db, `${rawDatabase}.${quoted(source)}`, raws.values());
  let driving: Driving;
  try {
    driving = await materialise(db, source, mapping.select ?? "", mapped, raws, kept, label, context);
  } finally {
    await kept.restore();
  }
  const refused = await kept.quarantine(source, mapping.table, context.forgotten);
  const described = await db.runAndReadAll(`describe ${mapped}`);
  const cells = new Map<string, string>();
  for (const { column_name: name, column_type: type } of described.getRowObjects()) {
    if (name === "_row" || name === "_lost") continue;
    if (!mappableColumns(mapping.table, mapping.extra).some((column) => column.name === name)) {
      throw new CliError(
        told("mapping.unknownColumn", { place: label, table: mapping.table, column: String(name) }),
        2,
      );
    }
    cells.set(String(name), String(type));
  }
  for (const column of columnsOf(mapping.table)) {
    if (column.required && !cells.has(column.name)) {
      throw new CliError(told("mapping.lacksRequired", { place: label, column: column.name }), 2);
    }
  }
  const names = [...cells.keys()];
  const lost = driving.hasLosses ? "_lost" : "null::varchar as _lost";
  const relation = `select ${names.map((name) => `${quoted(name)} as ${quoted(`c_${name}`)}`).join(", ")}, true as _kept, ${lost} from ${mapped}`;
  const raw = names.map((name) => `${literal(name)}: ${quoted(`c_${name}`)}`).join(", ");
  const inserted = await db.run(judgedInsert(mapping.table, cells, context, relation, [], `{${raw}}`));
  const rows = inserted.rowsChanged;
  await db.run(`alter table ${mapped} add column row_no BIGINT`);
  await numberRows(db, mapped, { rows });
  const unused = (await leftOut(db, mapped, driving, rows)) - kept.countOf(driving.raw);
  if (unused > 0) {
    const where = await inRawTables(db, source, () => unselected(db, mapping, raws, label));
    if (where !== undefined)
      await keepUnselected(db, { source, table: mapping.table }, mapped, where, context);
  }
  return { rows, cells, leftOut: Math.max(0, unused), refused, placesOf, rawOf };

  async function placesOf(ordinals: readonly number[]): Promise<Place[]> {
    if (!driving.hasRow || ordinals.length === 0) return ordinals.map(() => ({ file: null, line: null }));
    const found = await db.runAndReadAll(
      `select row_no, _row from ${mapped} where row_no in (${ordinals.join(", ")})`,
    );
    const rowOf = new Map(
      found.getRows().map(([id, row]) => [Number(id), row === null ? null : Number(row)]),
    );
    return ordinals.map((ordinal) => {
      const row = rowOf.get(ordinal);
      return row === null || row === undefined || !driving.raw
        ? { file: null, line: null }
        : driving.raw.placeOf(kept.originalOf(driving.raw, row));
    });
  }

  async function rawOf(ordinals: readonly number[]): Promise<string[]> {
    const values = names.map((name) => `${literal(name)}: ${quoted(name)}`).join(", ");
    const found = await db.runAndReadAll(
      `select cast(to_json({${values}}) as VARCHAR) from ${mapped} where row_no in (${ordinals.join(", ")}) order by row_no`,
    );
    return found.getRows().map(([text]) => String(text));
  }
}

/**
 * Fills the temp table `unselected` with what a `select` would have without its condition.
 * @returns the condition; undefined where there is none, or it cannot be done without
 */
async function unselected(
  db: DuckDBConnection,
  { table, select = "" }: PlannedMapping,
  raws: ReadonlyMap<string, RawTable>,
  label: string,
): Promise<string | undefined> {
  try {
    const all = await unfiltered(db, table, await selectOver(db, select, raws, label));
    if (all) await db.run(`create or replace temp table unselected as select distinct * from (${all.sql})`);
    return all?.where;
  } catch (error) {
    const failure = machineFailure(error);
    if (failure) throw failure;
    // What the condition keeps away may be what the rest fails on.
    return undefined;
  }
}

interface Driving {
  /** The leftmost raw table, where there is one. */
  raw: RawTable | undefined;
  /** Every mapped row carries the driving row's id. */
  isTraced: boolean;
  /** There is a column of the driving rows' ids, if only of some. */
  hasRow: boolean;
  /** There is a column of what was lost. */
  hasLosses: boolean;
}

async function leftOut(
  db: DuckDBConnection,
  mapped: string,
  driving: Driving,
  rows: number,
): Promise<number> {
  if (!driving.raw) return 0;
  if (!driving.isTraced) return Math.max(0, driving.raw.rows - rows);
  const used = await db.runAndReadAll(`select count(distinct _row) from ${mapped}`);
  return driving.raw.rows - Number(used.value(0, 0));
}

/**
 * Runs the `select` into a table: with all that can be told of its rows, else as it stands. Rows of the raw tables that
 * it fails on in what it nests, or would lose a cell of, are put aside, and it is run without them.
 */
async function materialise(
  db: DuckDBConnection,
  source: string,
  select: string,
  target: string,
  raws: ReadonlyMap<string, RawTable>,
  kept: KeptRows,
  label: string,
  { nullValues = [] }: Pick<RunContext, "nullValues">,
): Promise<Driving> {
  const tree = await selectOver(db, select, raws, label);
  const made = async () => {
    const type = await typesOf(db, await selectSql(db, tree));
    const raw = drivingRaw(tree, raws);
    const driving = raw && drivingTable(tree);
    const binds = async (traced: TracedSelect | undefined) =>
      traced && (await typesOf(db, await selectSql(db, traced.node)).catch(() => "")) === type;
    const run = async (traced: TracedSelect): Promise<Driving> => {
      await db.run(`create table ${target} as ${await selectSql(db, traced.node)}`);
      return { raw, ...traced };
    };
    const soft = (node: SqlNode, isDeep: boolean) =>
      softened(db, node, driving, { nullValues, isDeep }).catch(() => undefined);
    const told = await soft(tree, false);
    const isTold = told !== undefined && (told.hasRow || !told.hasLosses) && Boolean(await binds(told));
    const arms = await armed(db, tree, { nullValues, isTold });
    const strict = async (node: SqlNode) => {
      const traced = withRowId(node, driving);
      return traced && (await binds(traced)) ? traced : untraced(node);
    };
    const guarded = isTold ? await soft(arms.node, false) : await strict(arms.node);
    const isArmed = await binds(guarded);
    const first = guarded && isArmed ? guarded : isTold ? told : await strict(tree);
    let isComplete = true;
    const putLostAside = async (): Promise<number> => {
      const lost = await lostRows(db, tree, kept.numbers, { nullValues, isTold });
      isComplete = lost.isComplete;
      if (lost.rows.length === 0 && lost.unplaced) throw new Error(lost.unplaced);
      return kept.putAside(lost.rows);
    };
    if (arms.hasGaps || !isArmed) await putLostAside();
    let failure: unknown;
    do {
      try {
        return await run(first);
      } catch (error) {
        if (machineFailure(error)) throw error;
        failure = error;
      }
    } while ((await putLostAside()) > 0);
    if (!isComplete) throw failure;
    // Nothing is lost any more: what still fails was tried on rows that a condition leaves out.
    const deep = isTold ? await soft(tree, true) : untraced(await softenedWhole(db, tree));
    return await run(deep && (await binds(deep)) ? deep : untraced(tree));
  };
  try {
    return await inRawTables(db, source, made);
  } catch (error) {
    const failure = machineFailure(error);
    if (failure) throw failure;
    const [reason = ""] = (error as Error).message.split("\n");
    throw new CliError(told("sql.wrong", { place: label, reason }), 2, {
      cause: error,
    });
  }
}

/** The raw table whose rows a `select` goes through, if it is one. */
function drivingRaw(tree: SqlNode, raws: ReadonlyMap<string, RawTable>): RawTable | undefined {
  const name = drivingTable(tree)?.name.toLowerCase();
  if (ctesOf(tree).some((table) => table.name.toLowerCase() === name)) return undefined;
  return [...raws.values()].find((raw) => raw.name.toLowerCase() === name);
}

const untraced = (node: SqlNode): TracedSelect => ({
  node,
  isTraced: false,
  hasRow: false,
  hasLosses: false,
});

/** Names and types of the mapped columns; those that are added for us do not count. */
async function typesOf(db: DuckDBConnection, select: string): Promise<string> {
  const described = await db.runAndReadAll(`describe ${select}`);
  const columns = described.getRowObjects().map((row) => [row.column_name, row.column_type]);
  return JSON.stringify(columns.filter(([name]) => name !== "_row" && name !== "_lost"));
}
