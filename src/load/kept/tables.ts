import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type Count, onDisk } from "../../../loaders/index.js";
import { primaryKeyOf, rowNumber } from "../../contract/ddl.js";
import { columnsOf, type TableName } from "../../contract/index.js";
import { literal, quoted } from "../../engine/sql.js";
import type { BuildCache } from "../../warehouse/kept/buildCache.js";
import { currencyCode } from "../../words/currency.js";
import type { Settled } from "../finishTable.js";
import { rowState, type Unit } from "../loadTable.js";
import type { Spelt } from "../spellings.js";
import { type Reading, type Seen, seenOf, type UnitCache } from "./units.js";

/** A file whose rows stand in a table of the warehouse: what reading it made known. */
export interface StoodUnit {
  /** The digest of all that its rows depend on. */
  key: string;
  source: string;
  file: string;
  /** Rows of a later time than the run's were refused, which a later run takes. */
  runStart: string;
  hasFuture: boolean;
  seen: Omit<Seen, "unchanged">;
  count: Omit<Count, "placeOf" | "rejected" | "places"> & { rejected: number };
  cells: [string, string][];
}

/** A table of a warehouse that a build may go on from: its files in their order, and what was found of their rows. */
export interface StoodTable {
  units: StoodUnit[];
  settled: Settled;
  spelt: Spelt[];
}

/** How a build goes on from a table: which of the files read now stand in it, by their places in the order of now. */
export interface GoneOn {
  table: StoodTable;
  stood: ReadonlyMap<number, { unit: StoodUnit; unchanged(): void }>;
}

/** The table with all that a build notes of its tables for one that goes on from them. */
export const keptTables = "ingest.kept_tables";

export const createKeptTables = `create table if not exists ${keptTables} (table_name VARCHAR, stamp VARCHAR, notes VARCHAR)`;

/** Of so many files it is looked up for each whether rows of the future were in it. */
const mostUnits = 200;

/**
 * What stands for all that tables of this version of program and engine have in common.
 * @param currency of the settings: by it two rows are copies of each other or not
 */
export async function stampOf(db: DuckDBConnection, cache: BuildCache, currency: string): Promise<string> {
  const version = await db.runAndReadAll("select version()");
  return cache.key({ engine: String(version.value(0, 0)), tables: "staging", currency });
}

/** What a warehouse has noted of its tables; empty where another version of the program did. */
export async function readKeptTables(
  db: DuckDBConnection,
  stamp: string,
): Promise<Map<TableName, StoodTable>> {
  const reader = await db.runAndReadAll(
    `select table_name, notes from ${keptTables} where stamp = ${literal(stamp)}`,
  );
  return new Map(
    reader.getRows().map(([name, notes]) => [String(name) as TableName, JSON.parse(String(notes))]),
  );
}

/** The tables that a build goes on from, and what it notes of its own. */
export class KeptTables {
  private readonly made = new Map<TableName, StoodTable>();

  constructor(
    private readonly db: DuckDBConnection,
    private readonly units: UnitCache,
    private readonly cache: BuildCache,
    private readonly before: ReadonlyMap<TableName, StoodTable>,
  ) {}

  /** How to go on from a table, where all the files that stand in it are as they were, whatever came between them. */
  async goOn(table: TableName, readings: readonly (Reading | null)[]): Promise<GoneOn | undefined> {
    const before = this.before.get(table);
    if (!before) return undefined;
    const stood = new Map<number, { unit: StoodUnit; unchanged(): void }>();
    for (const [at, reading] of readings.entries()) {
      if (!reading?.source.kind.fileName) return undefined;
      const { key, unchanged } = await this.units.digestOf(reading);
      const unit = before.units[stood.size];
      if (unit?.key !== key) continue;
      if (this.units.isOutdated(unit, reading)) return undefined;
      stood.set(at, { unit, unchanged });
    }
    return stood.size === before.units.length ? { table: before, stood } : undefined;
  }

  /** Counts files whose rows are taken as they stand. */
  count(files: number): void {
    this.cache.taken.files += files;
    this.cache.taken.ofFiles += files;
  }

  /** Puts the table that stands aside, so that new rows are loaded and judged by themselves. */
  async putAside(table: TableName): Promise<void> {
    await this.db.run(`alter table ${staged(table)} rename to ${quoted(aside(table))}`);
  }

  /** Whether a good row has come with the key of one that stands: which of them holds only all of them can tell. */
  async isOverlapping(table: TableName): Promise<boolean> {
    const key = primaryKeyOf(table).map(quoted);
    const same = key.map((name) => `stood.${name} = come.${name}`).join(" and ");
    const reader = await this.db.runAndReadAll(
      `select 1 from staging.${quoted(aside(table))} as stood
      semi join (select ${key.join(", ")} from ${staged(table)} where _state = ${rowState.good}) as come on ${same}
      limit 1`,
    );
    return reader.currentRowCount > 0;
  }

  /** Removes a table, with what was quarantined and left out of all its files but some, that it can be loaded anew. */
  async remove(table: TableName, come: readonly { source: string; file: string }[] = []): Promise<void> {
    // Two sources may read one file, of which one has come.
    const files = come.map(({ source, file }) => `(${literal(source)}, ${literal(file)})`);
    const isOther = files.length > 0 ? `(source, coalesce(file, '')) not in (${files.join(", ")})` : "true";
    const others = `table_name = ${literal(table)} and ${isOther}`;
    for (const name of [table, aside(table)])
      await this.db.run(`drop table if exists staging.${quoted(name)}`);
    await this.db.run(`delete from quarantine.rows where ${others}`);
    await this.db.run(`delete from ingest.left_out where table_name = ${literal(table)}`);
  }

  /** Makes one of the rows that stand and those that have come, numbered in the order of the files. */
  async unite(table: TableName, moves: readonly Move[]): Promise<void> {
    const [stood, come] = [`staging.${quoted(aside(table))}`, staged(table)];
    for (const [relation, isCome] of [
      [stood, false],
      [come, true],
    ] as const) {
      const own = moves.filter((move) => move.isCome === isCome);
      const by = own.filter(({ from, to, rows }) => rows > 0 && from !== to);
      if (by.length === 0) continue;
      const cases = merged(own).map(
        ({ from, to, rows }) => `when ${rowNumber} < ${from + rows} then ${rowNumber} + ${to - from}`,
      );
      await this.db.run(`update ${relation} set ${rowNumber} = case ${cases.join(" ")} end`);
    }
    await this.db.run(`insert into ${stood} by name select * from ${come}`);
    await this.db.run(`drop table ${come}`);
    await this.db.run(`alter table ${stood} rename to ${quoted(table)}`);
  }

  /** What is to be noted of files whose rows have just come, before they are judged; undefined where nothing may. */
  async noteUnits(
    units: readonly (Unit & { made?: { seen: Seen; count: Count } })[],
  ): Promise<StoodUnit[] | undefined> {
    const readings = units.flatMap((unit): Reading[] =>
      unit.file === null ? [] : [{ ...unit, file: unit.file }],
    );
    if (readings.length < units.length || units.length > mostUnits) return undefined;
    if (!readings.every(({ source }) => source.kind.fileName)) return undefined;
    const noted: StoodUnit[] = [];
    for (const [at, unit] of units.entries()) {
      const { made, cells, base } = unit;
      const reading = readings[at] as Reading;
      if (!made?.count.sha256 || !(await this.units.isRepeatable(reading, made.seen.columns)))
        return undefined;
      const { placeOf: _, places: __, rejected, ...count } = made.count;
      const range = `${rowNumber} >= ${base} and ${rowNumber} < ${base + unit.rows}`;
      noted.push({
        key: await this.units.keyOf(reading, made.count.sha256),
        source: reading.source.name,
        file: reading.file,
        runStart: reading.context.runStart.toISOString(),
        hasFuture: await this.units.hasFuture(
          reading,
          `from ${staged(reading.mapping.table)} where ${range}`,
        ),
        seen: seenOf(made.seen),
        count: { ...count, rejected: rejected.length },
        cells: [...cells],
      });
    }
    return noted;
  }

  /** Notes a table as it was settled, if one of its files is worth it. */
  note(table: TableName, units: StoodUnit[], readings: readonly (Reading | null)[], settled: Settled): void {
    const isWorth = readings.some(
      (reading) => reading && this.cache.isWorth(onDisk(join(reading.source.folder, reading.file))),
    );
    if (isWorth) this.made.set(table, { units, settled, spelt: [] });
  }

  /** Writes what was noted, but of tables whose amounts will be turned into another currency. */
  async write(spelt: ReadonlyMap<TableName, Spelt[]>, currency: string): Promise<void> {
    const stamp = await stampOf(this.db, this.cache, currency);
    for (const [table, noted] of this.made) {
      if (await this.hasForeign(table, currency)) continue;
      this.cache.hasTables = true;
      const notes = JSON.stringify({ ...noted, spelt: spelt.get(table) ?? [] });
      await this.db.run(
        `insert into ${keptTables} values (${[table, stamp, notes].map(literal).join(", ")})`,
      );
    }
  }

  private async hasForeign(table: TableName, own: string): Promise<boolean> {
    if (!columnsOf(table).some(({ name }) => name === "currency")) return false;
    const reader = await this.db.runAndReadAll(
      `select distinct currency from ${staged(table)} where currency is not null`,
    );
    return reader.getRows().some(([text]) => currencyCode(String(text)) !== own);
  }
}

/** Rows of a file and their numbers, before and after they are put in order. */
export interface Move {
  isCome: boolean;
  from: number;
  to: number;
  rows: number;
}

/** Moves in the order of their numbers, those beside each other that go as far as one. */
function merged(moves: readonly Move[]): Move[] {
  const all: Move[] = [];
  for (const move of moves.toSorted((one, other) => one.from - other.from)) {
    const last = all.at(-1);
    if (last && last.to - last.from === move.to - move.from) last.rows = move.from + move.rows - last.from;
    else all.push({ ...move });
  }
  return all;
}

const staged = (table: TableName) => `staging.${quoted(table)}`;
const aside = (table: TableName) => `${table} before`;
