import type { DuckDBConnection } from "@duckdb/node-api";
import type { z } from "zod";
import type { Doubt, Told } from "../src/words/told.js";
import type { Schedule } from "./remote/schedule.js";
import type { Surveyed, Unread } from "./survey.js";

/** Where a row stands in its source. */
export interface Place {
  file: string;
  /** Physical line from 1; of what has no lines, the row's number from 1. */
  line: number;
}

/** What a reader was not given, so that no row came of it. */
export interface Refused {
  /** Where it begins, like a `Place`'s. */
  line: number;
  rule: string;
  /** Of it, what is wrong; null where that is all of it. */
  value: string | null;
  expected: string;
  /** All its text. */
  raw: string;
}

/** What one extract gave: `rowsRead = accepted + rejected.length`, not counted by what read the rows. */
export interface Count {
  rowsRead: number;
  accepted: number;
  rejected: readonly Refused[];
  /** Where an accepted row stands, by its number from 0 in the order of the relation. */
  placeOf(row: number): Place;
  /** Of a file its size; else null. */
  bytes: number | null;
  /** Hex, of a file's bytes or of all cells as they came; null where the rows are not told apart by it. */
  sha256: string | null;
  /** `utf-8` where there is no question of one. */
  encoding: string;
  /** How sure the encoding is; null where it was told, or there is no question. */
  certainty: "sure" | "likely" | null;
  /** Why the extract was not read just as it is; empty when it was. */
  doubts: readonly Doubt[];
  /** What is to be told of how it was read. */
  told: readonly Told[];
  /** Rules of the load's warnings that hold of it as a whole. */
  warnings: readonly string[];
  /** What finds its rows again without reading all of it, as JSON; absent where nothing does. */
  places?: unknown;
}

/** Runs one statement over a relation and returns how many rows the relation had. */
export type Insert = (relation: string) => Promise<number>;

/** One file, table or list of a source, opened. */
export interface Extract {
  /** As the user named it. */
  readonly file: string;
  /** The titles of its columns as they stand; `columns` gives the names the relation has, each once whatever its case. */
  readonly header: readonly string[];
  readonly columns: readonly string[];
  /** Commas in its numbers may be decimal ones. */
  readonly doubtsCommas: boolean;
  /** Of a text, how it was found to be written. */
  readonly written?: Written;
  /** Cells may have the error of a formula, `#DIV/0!` and the like, in place of a value. */
  readonly mayHoldErrors?: boolean;
  /** It is no file, but rows of a table, query or list. */
  readonly isRelation?: boolean;
  /** The column by whose greatest value a later extract can go on from this one. */
  readonly watermark?: string | undefined;
  /** SQL for its rows, all columns as text, to bind expressions to; `load` hands out the one to read from. */
  relation(): string;
  /**
   * Inserts its rows, in the same order whenever they are read, and counts them independently. A source that DuckDB reads
   * hands out its relation, one that gives a stream has it put into a table (`streamed`): memory is bounded. `insert` may
   * run twice, the first time rolled back.
   * @throws CliError 1 when reader and count cannot be brought to agree, or the source changed meanwhile
   */
  load(db: DuckDBConnection, insert: Insert): Promise<Count>;
  /**
   * Accepted rows once more, as the source has them: by column, null where there is nothing.
   * @param rows their numbers from 0, ascending
   */
  rowsAt(rows: readonly number[]): Promise<Record<string, string | null>[]>;
  /** Finds rows from now on by the `places` that an earlier count of the same bytes gave. */
  restore?(places: unknown): Pick<Count, "placeOf">;
  /**
   * To be called when nothing more is read of it.
   * @throws CliError 1 when it is not what it was when it was opened
   */
  unchanged(): void;
}

/** How a text is written: its encoding and how sure that is (null where it was told), and what stands between its cells. */
export interface Written {
  encoding: string;
  certainty: "sure" | "likely" | null;
  delimiter?: string;
}

/** A kind of source: what its entry in `sources.yaml` says beyond what all kinds have, and how its extracts are opened. */
export interface Kind<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** Its own settings. */
  settings: Shape;
  /** What names a file of this kind, at its end, unpacked; absent where extracts are no files. */
  fileName?: RegExp;
  /** A table may be a folder, named like a file or not, with files and folders like `month=2026-01` below it. */
  inParts?: boolean;
  /** Raw table → its extracts: of files patterns, else the names that `open` is given, which say the source's too. */
  parts(settings: z.infer<z.ZodObject<Shape>>, source: string): Readonly<Record<string, readonly string[]>>;
  /**
   * The tables that one file has inside, where it may have several; hidden ones are among them.
   * @throws CliError 1 when it cannot be read
   */
  tables?(extract: Opening): Promise<InnerTable[]>;
  /**
   * What there is in a database or an account, and some rows of each, for `init`; absent of files. Of its settings the relations are
   * not said yet.
   * @throws CliError 1 when it is not there or broke off; 2 when a variable is not set or it does not let in
   */
  survey?(settings: Partial<z.infer<z.ZodObject<Shape>>>): AsyncIterable<Surveyed | Unread>;
  /** @throws CliError 1 when it is not there, empty or cannot be read */
  open(extract: Opening, settings: Partial<z.infer<z.ZodObject<Shape>>>): Promise<Extract>;
  /**
   * The business hours that an account of it keeps, with holidays up to a day, where its settings ask for them.
   * @throws CliError 1 when they cannot be read, 2 when there are none as the settings say
   */
  schedule?(
    source: string,
    settings: Partial<z.infer<z.ZodObject<Shape>>>,
    until: string,
  ): Promise<Schedule | undefined>;
}

/** What is to be opened. */
export interface Opening {
  /** As `parts` has it; a file's path below its source's folder. */
  name: string;
  /** Of a file, the path to it; of a member of an archive, the archive's with the member's behind it. */
  path: string;
  /** What was packed, where it was. */
  unpacked?: Unpacked;
  /** The raw table that it is part of. */
  part?: string;
  /** The columns that are looked for in it: names, and expressions over them. */
  sought?: readonly string[];
  /** For copies; emptied by its owner. */
  tempDir: string;
  /** Raw table → the columns by which its mapping tells its rows apart, where these are columns of its own. */
  keys?: Readonly<Record<string, readonly string[]>>;
  /** Where rows are kept for the builds that follow; `forgotten`: they may have persons whom nobody shall find. */
  rows?: RowCache | "forgotten";
}

/** Rows that builds keep for those that follow, with notes of them. */
export interface RowCache {
  key(values: unknown): string;
  find<Notes>(key: string): Promise<{ path: string; notes: Notes } | undefined>;
  keep(key: string, notes: unknown, write: (path: string) => Promise<unknown>): Promise<void>;
}

/** A sheet of a workbook: its name, and Excel's number of the row that its headings seem to stand in. */
export interface InnerTable {
  name: string;
  headerRow: number;
  isHidden: boolean;
}

/** A copy of what lies compressed or in an archive. */
export interface Unpacked {
  /** The path to it. */
  content: string;
  /** The file that it came out of, as it lies there, and its hex SHA-256. */
  file: string;
  sha256: string;
  /** @throws CliError 1 when that file is not what it was */
  unchanged(): void;
}
