import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type Count, digestOf, type Extract, onDisk, unchangedSince } from "../../../loaders/index.js";
import type { Vocabulary } from "../../catalogue/vocabulary.js";
import { rowNumber, stagingColumns } from "../../contract/ddl.js";
import { futureBreach } from "../../contract/rowRules.js";
import type { RunContext } from "../../contract/runContext.js";
import { literal, quoted } from "../../engine/sql.js";
import type { BuildCache } from "../../warehouse/kept/buildCache.js";
import { loadColumns, type Unit } from "../loadTable.js";
import { naming } from "../persons/pseudonyms.js";
import { catalogSource, openExtract, type PlannedMapping, type PlannedSource } from "../plan.js";
import { isRepeatable } from "./repeatable.js";

/** What is known of an extract that was not opened. */
export type Seen = Pick<
  Extract,
  "file" | "header" | "columns" | "doubtsCommas" | "mayHoldErrors" | "unchanged"
>;

/** What of an extract is noted for builds that do not open it. */
export const seenOf = ({
  file,
  header,
  columns,
  doubtsCommas,
  mayHoldErrors,
}: Omit<Seen, "unchanged">): Omit<Seen, "unchanged"> => ({
  file,
  header,
  columns,
  doubtsCommas,
  ...(mayHoldErrors === undefined ? {} : { mayHoldErrors }),
});

/** What one mapping made of one file: its rows as they stood in the staging table, and what else was found. */
interface Notes {
  seen: Omit<Seen, "unchanged">;
  count: Omit<Count, "placeOf">;
  cells: [string, string][];
  /** Rows of a later time than the run's were refused, which a later run takes. */
  runStart: string;
  hasFuture: boolean;
}

/** A file as one mapping reads it. */
export interface Reading {
  source: PlannedSource;
  mapping: PlannedMapping;
  file: string;
  context: RunContext;
}

/** Rows of a file that an earlier build has read and judged, in place of reading it. */
export interface KeptUnit extends Pick<Unit, "rows" | "cells" | "placesOf" | "rawOf"> {
  seen: Seen;
  count: Count;
  /** Puts the rows into their staging table, numbered from `base` on. */
  insert(base: number): Promise<void>;
}

/** The rows that builds keep of files, by all that they depend on. */
export class UnitCache {
  private readonly digests = new Map<string, Promise<{ sha256: string; unchanged(): void }>>();

  constructor(
    private readonly db: DuckDBConnection,
    private readonly cache: BuildCache,
    private readonly run: { tempDir: string; timeZone: string; vocabulary: Vocabulary },
  ) {}

  /** What an earlier build made of the same bytes in the same way; undefined where it has to be read. */
  async find(reading: Reading): Promise<KeptUnit | undefined> {
    const { source, mapping, file } = reading;
    if (this.cache.isEmpty || !this.isWorth(reading)) return undefined;
    const { key, unchanged } = await this.digestOf(reading);
    const kept = await this.cache.find<Notes>(key);
    this.cache.taken.ofFiles += 1;
    if (!kept) return undefined;
    const { notes } = kept;
    if (this.isOutdated(notes, reading)) return undefined;
    this.cache.taken.files += 1;
    const places = once(() => this.placesOf(source, file, notes.count));
    return {
      seen: { ...notes.seen, unchanged },
      count: {
        ...notes.count,
        placeOf: () => {
          throw new Error("rows are found by placesOf");
        },
      },
      rows: notes.count.accepted,
      cells: new Map(notes.cells),
      placesOf: async (ordinals) => {
        const { placeOf } = await places();
        return ordinals.map(placeOf);
      },
      rawOf: async (ordinals) => {
        const { extract } = await places();
        return (await extract.rowsAt(ordinals)).map((row) => JSON.stringify(row));
      },
      insert: async (base) => {
        const names = namesOf(mapping);
        const { rowsChanged } = await this.db.run(
          `insert into staging.${quoted(mapping.table)} (${[...names, rowNumber].join(", ")})
          select ${names.join(", ")}, ${ordinal} + ${base} from read_parquet(${literal(kept.path)})`,
        );
        if (rowsChanged !== notes.count.accepted) throw new Error(`${kept.path}: ${rowsChanged} rows`);
      },
    };
  }

  /** The key of what a mapping makes of a file as it is now. */
  async digestOf(reading: Reading): Promise<{ key: string; unchanged(): void }> {
    const path = pathOf(reading);
    const digest = this.digests.get(path) ?? digested(path);
    this.digests.set(path, digest);
    const { sha256, unchanged } = await digest;
    return { key: await this.keyOf(reading, sha256), unchanged };
  }

  /** Whether what a run made of a file is not what this one would, for its time. */
  isOutdated({ runStart, hasFuture }: Pick<Notes, "runStart" | "hasFuture">, { context }: Reading): boolean {
    const before = new Date(runStart);
    return context.runStart < before || (hasFuture && context.runStart > before);
  }

  /** Whether a mapping makes the same of a file's rows in every run. */
  isRepeatable({ mapping }: Reading, columns: readonly string[]): Promise<boolean> {
    return isRepeatable(this.db, mapping, columns);
  }

  /** Keeps the rows of a file that was read, which stand in their staging table from `base` on. */
  async keep(reading: Reading, made: { extract: Extract; count: Count; cells: Unit["cells"]; base: number }) {
    const { mapping, context } = reading;
    const { extract, cells, base } = made;
    const { placeOf: _, ...count } = made.count;
    if (!count.sha256 || !this.isWorth(reading)) return;
    if (!(await isRepeatable(this.db, mapping, made.extract.columns))) return;
    const staged = `staging.${quoted(mapping.table)}`;
    const range = `${rowNumber} >= ${base} and ${rowNumber} < ${base + count.accepted}`;
    if (await this.namesForgotten(context, count.rejected, `from ${staged} where ${range}`)) return;
    const notes: Notes = {
      seen: seenOf(extract),
      count,
      cells: [...cells],
      runStart: context.runStart.toISOString(),
      hasFuture: await this.hasFuture(reading, `from ${staged} where ${range}`),
    };
    const key = await this.keyOf(reading, count.sha256);
    await this.cache.keep(key, notes, (path) =>
      this.db.run(
        `copy (
            select ${namesOf(mapping).join(", ")}, ${rowNumber} - ${base} as ${ordinal} from ${staged} where ${range}
        ) to ${literal(path)} (format parquet, parquet_version v2, compression snappy, dictionary_size_limit 1000)`,
      ),
    );
  }

  /** Whether what was refused of a file, which is kept as it stands, names somebody who was forgotten. */
  private async namesForgotten(
    { forgotten }: RunContext,
    rejected: Count["rejected"],
    rows: string,
  ): Promise<boolean> {
    if (!forgotten) return false;
    const isNaming = naming(forgotten);
    if (rejected.some(({ raw }) => isNaming(raw))) return true;
    const reader = await this.db.runAndReadAll(`select _raw ${rows} and _raw is not null`);
    return reader.getRowsJson().some(([raw]) => isNaming(String(raw)));
  }

  /** Whether rows of the future are among some that were just loaded. */
  async hasFuture({ mapping, context }: Reading, rows: string): Promise<boolean> {
    const breach = futureBreach(mapping.table, context);
    if (breach === undefined) return false;
    const found = await this.db.runAndReadAll(`select count(*) ${rows} and ${breach}`);
    return Number(found.value(0, 0)) > 0;
  }

  private isWorth(reading: Reading): boolean {
    const { source } = reading;
    return (
      Boolean(source.kind.fileName) && source.name !== catalogSource && this.cache.isWorth(pathOf(reading))
    );
  }

  /** The digest of all that a mapping's rows of a file depend on. */
  async keyOf({ source, mapping, file, context }: Reading, sha256: string): Promise<string> {
    const { timeZone, vocabulary } = this.run;
    const { recordFloor, forgotten } = context;
    const zones = [context.zone, context.dayZone].map(
      (zone) => zone && [zone.toInstant("at"), zone.toLocal("at")],
    );
    const { name, settings, mappings } = source;
    const reads = mappings.map(({ table, part, extra, columns, select }) => ({
      table,
      part,
      extra,
      columns,
      select,
    }));
    const version = await this.db.runAndReadAll("select version()");
    return this.cache.key({
      engine: String(version.value(0, 0)),
      ...{
        file,
        sha256,
        name,
        settings,
        mapping,
        reads,
        zones,
        timeZone,
        recordFloor,
        forgotten,
        vocabulary,
      },
    });
  }

  /** Where a file's rows stand, by what was found of it then, else by reading it once more. */
  private async placesOf(source: PlannedSource, file: string, { places }: Omit<Count, "placeOf">) {
    const extract = await openExtract(source, file, this.run.tempDir);
    if (places !== undefined && extract.restore) return { extract, ...extract.restore(places) };
    const { placeOf } = await extract.load(this.db, async (relation) => {
      const counted = await this.db.runAndReadAll(`select count(*) from (select * from ${relation})`);
      return Number(counted.value(0, 0));
    });
    return { extract, placeOf };
  }
}

const ordinal = "_ordinal";

const pathOf = ({ source, file }: Reading) => onDisk(join(source.folder, file));

/** All columns of a staging table during the load but the row's number. */
const namesOf = ({ table, extra }: PlannedMapping) =>
  loadColumns(stagingColumns(table, extra).map(({ name }) => name));

async function digested(path: string) {
  const unchanged = unchangedSince(path);
  return { sha256: await digestOf(path), unchanged: () => unchanged() };
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find();
    return found;
  };
}
