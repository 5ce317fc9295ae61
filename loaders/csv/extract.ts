import type { DuckDBConnection } from "@duckdb/node-api";
import { CliError } from "../../src/run/error.js";
import { told } from "../../src/words/told.js";
import { columnNames } from "../columns.js";
import type { Count, Extract, Insert, Written } from "../source.js";
import { fill, openBytes } from "./byteSource.js";
import { reconsider, tempName } from "./decode.js";
import type { Dialect } from "./dialect.js";
import { type CsvOptions, type OpenedText, openText } from "./openText.js";
import { dropRejects, type Rejects, readCsvSql, rejectNames } from "./readCsvSql.js";
import { rereadRecords } from "./rereadRecords.js";
import { salvageInto } from "./salvage.js";
import { CsvScanner } from "./scanner.js";
import type { RecordPlaces } from "./shape.js";
import { readingTold, refusedLines } from "./told.js";

/**
 * A CSV extract: read by DuckDB's `read_csv`, counted beside it by our own pass over the bytes. The reader is started
 * at once; when the byte pass meets anything the reader cannot be trusted with, or the two disagree, what was read is
 * rolled back and the reader gets a copy that holds the sound records only.
 */
export class CsvExtract implements Extract {
  private scanner: CsvScanner | undefined;
  private counting: Promise<void> | undefined;
  private copy: string | undefined;
  private onDoubt: (() => void) | undefined;

  private constructor(
    /** The file as the user named it. */
    readonly file: string,
    private readonly options: CsvOptions,
    private readonly opened: OpenedText,
  ) {}

  /**
   * Opens a file and reads its header.
   * @throws CliError 1 when it is empty, binary, unreadable or has no proper header
   */
  static async open(file: string, options: CsvOptions): Promise<CsvExtract> {
    return new CsvExtract(file, options, await openText(file, options));
  }

  private get dialect(): Dialect {
    return this.opened.dialect;
  }

  private get text(): string {
    return this.opened.text;
  }

  /** The header's cells as they stand; `columns` gives the names the relation has. */
  get header(): string[] {
    return this.dialect.header;
  }

  /** Column names of the relation: the header's, made unique whatever their case. */
  get columns(): string[] {
    return columnNames(this.dialect.header);
  }

  get written(): Written {
    const { encoding, certainty } = this.opened;
    return { encoding, certainty, delimiter: String.fromCharCode(this.dialect.delimiter) };
  }

  /** Where semicolons stand between cells, a comma may be a decimal one. */
  get doubtsCommas(): boolean {
    return this.dialect.delimiter === ";".charCodeAt(0);
  }

  /** SQL for the file's rows as text, for binding and explaining; `load` hands out the one to read from. */
  relation(): string {
    return readCsvSql(this.text, this.columns, this.dialect, {
      hasHeader: true,
      isParallel: true,
      rejects: undefined,
    });
  }

  /**
   * Inserts the file's rows: `insert` runs one statement over the relation it is given and returns how many rows the
   * relation had. It may run twice, the first time rolled back; rows keep the file's order.
   * @throws CliError 1 when reader and byte pass cannot be brought to agree, or the file changed meanwhile
   */
  async load(db: DuckDBConnection, insert: Insert): Promise<Count> {
    try {
      return await this.read(db, insert);
    } finally {
      this.unchanged();
    }
  }

  /**
   * To be called when nothing more is read of the file.
   * @throws CliError 1 when it is not what it was when it was opened
   */
  unchanged(): void {
    this.opened.unchanged();
  }

  private async read(db: DuckDBConnection, insert: Insert): Promise<Count> {
    if (!this.copy && (await this.loadDirectly(db, insert))) return this.count();
    if (!this.copy) await this.salvage();
    const scanner = this.finished();
    const rejects = rejectNames();
    const relation = readCsvSql(this.copy as string, this.columns, this.dialect, {
      hasHeader: false,
      isParallel: scanner.multiLineRecords === 0,
      rejects,
    });
    const rows = await insert(relation);
    await dropRejects(db, rejects);
    if (rows !== scanner.accepted) {
      throw new CliError(told("csv.unequal", { file: this.file, rows, counted: scanner.accepted }), 1);
    }
    return this.count();
  }

  /**
   * Reads accepted rows once more.
   * @param ordinals of the rows, ascending
   * @returns for each the cells by column name; empty ones are null
   */
  async rowsAt(ordinals: readonly number[]): Promise<Record<string, string | null>[]> {
    const records = await rereadRecords(this.text, this.dialect, this.finished().bookmarks, ordinals);
    const { columns } = this;
    return records.map((cells) =>
      Object.fromEntries(columns.map((column, index) => [column, cells[index] || null])),
    );
  }

  /** Finds rows by what an earlier count of the same bytes knew of their places. */
  restore(places: unknown): Pick<Count, "placeOf"> {
    const { dialect } = this;
    const scanner = new CsvScanner(dialect, bodyOf(dialect), undefined, places as RecordPlaces);
    this.scanner = scanner;
    return { placeOf: this.placesBy(scanner) };
  }

  private placesBy(scanner: CsvScanner): Count["placeOf"] {
    const file = this.options.name ?? this.file;
    return (row) => ({ file, line: scanner.lineOf(row) });
  }

  private async loadDirectly(db: DuckDBConnection, insert: Insert): Promise<boolean> {
    if (!this.dialect.isPlain) return false;
    await this.probe();
    if (!this.isTrusted()) return false;
    const rejects = rejectNames();
    const relation = readCsvSql(this.text, this.columns, this.dialect, {
      hasHeader: true,
      isParallel: true,
      rejects,
    });
    await db.run("begin transaction");
    this.onDoubt = () => db.interrupt();
    const inserting = insert(relation).finally(() => {
      this.onDoubt = undefined;
    });
    const [inserted, counted] = await Promise.allSettled([inserting, this.counting]);
    const isSame =
      inserted.status === "fulfilled" &&
      counted.status === "fulfilled" &&
      this.isTrusted() &&
      (await this.agrees(db, inserted.value, rejects));
    if (isSame) {
      await db.run("commit");
      await dropRejects(db, rejects);
    } else await db.run("rollback").catch(() => undefined);
    if (counted.status === "rejected") throw counted.reason;
    return isSame;
  }

  private async agrees(db: DuckDBConnection, rows: number, rejects: Rejects): Promise<boolean> {
    const scanner = this.finished();
    if (rows !== scanner.accepted) return false;
    const reader = await db.runAndReadAll(`select count(distinct line_byte_position) from ${rejects.errors}`);
    return Number(reader.value(0, 0)) === scanner.rejected.length + scanner.whiteLines;
  }

  private isTrusted(): boolean {
    return this.scanner !== undefined && this.scanner.doubts.size === 0;
  }

  private finished(): CsvScanner {
    if (!this.scanner) throw new Error("the byte pass has not run");
    return this.scanner;
  }

  /** Starts the counting pass; resolves when the beginning of the file is known. */
  private async probe(): Promise<void> {
    if (this.counting) return this.counting;
    const scanner = new CsvScanner(this.dialect, bodyOf(this.dialect));
    this.scanner = scanner;
    await new Promise<void>((resolve, reject) => {
      this.counting = this.scan(scanner, (bytes) => {
        if (scanner.doubts.size > 0) this.onDoubt?.();
        if (bytes >= probeBytes) resolve();
        return scanner.doubts.size === 0;
      });
      this.counting.then(resolve, reject);
    });
  }

  private async salvage(): Promise<void> {
    if (this.scanner?.doubts.has(spoilt)) await this.reconsiderEncoding();
    await this.copySound();
    if (this.finished().doubts.has(spoilt) && (await this.reconsiderEncoding())) await this.copySound();
    if (this.finished().doubts.size === 0) this.finished().doubts.add("reader_and_byte_pass_disagreed");
  }

  private async copySound(): Promise<void> {
    this.copy ??= tempName(this.options.tempDir);
    const sink = salvageInto(this.copy, this.dialect);
    this.scanner = new CsvScanner(this.dialect, bodyOf(this.dialect), sink);
    try {
      await this.scan(this.scanner, () => true);
    } finally {
      sink.close();
    }
  }

  /** Bytes that are no UTF-8 beyond the file's beginning: a file of the other encoding, or single spoilt lines? */
  private reconsiderEncoding(): Promise<boolean> {
    const { file, opened, options } = this;
    return reconsider(opened, file, options.tempDir, opened.dialect.bodyOffset);
  }

  private async scan(scanner: CsvScanner, goOn: (bytes: number) => boolean): Promise<void> {
    const source = await openBytes(this.text, this.text === this.file);
    try {
      let buffer = source.buffer(1 << 22);
      let held = 0;
      let total = 0;
      let toSkip = this.dialect.bodyOffset;
      for (let isFinal = false; !isFinal; ) {
        if (held === buffer.length) buffer = grown(buffer, this.file);
        const before = held;
        ({ held, isFinal } = await fill(source, buffer, held));
        total += held - before;
        const skipped = Math.min(toSkip, held);
        toSkip -= skipped;
        const done = toSkip > 0 ? 0 : scanner.push(buffer.subarray(skipped), held - skipped, isFinal);
        buffer.copyWithin(0, skipped + done, held);
        held -= skipped + done;
        if (!goOn(total)) return;
      }
      if (this.text !== this.file) return;
      this.opened.unchanged(source.taken());
      this.opened.sha256 = source.digest();
    } finally {
      await source.close();
    }
  }

  private count(): Count {
    const scanner = this.finished();
    const { bytes, sha256, encoding, certainty, dialect } = this.opened;
    const { rowsRead, accepted, endsOpen } = scanner;
    const doubts = [...scanner.doubts];
    const file = this.options.name ?? this.file;
    return {
      rowsRead,
      accepted,
      rejected: refusedLines(scanner.rejected, dialect.fields),
      placeOf: this.placesBy(scanner),
      bytes,
      sha256,
      encoding,
      certainty,
      doubts,
      told: readingTold(file, { doubts, encoding, certainty }),
      // The last row ends with the file, without a line end: it may have been cut off.
      warnings: endsOpen ? ["no_line_end"] : [],
      // Offsets are of the text that was scanned: of a decoded copy it has to be made anew.
      ...(this.text === this.file && scanner.places.breaks.length <= mostBreaks
        ? { places: scanner.places }
        : {}),
    };
  }
}

/** How much is scanned before the reader is started: most dirt shows early, and a doubtful file is read only once. */
const probeBytes = 8 << 20;
/** A line longer than this makes the file unreadable rather than the line. */
const maxBufferBytes = 1 << 28;

/** Beyond so many it is quicker to read the file once more than to keep where its rows stand. */
const mostBreaks = 200_000;

/** The byte pass's doubt about lines of the rule `bad_encoding`. */
const spoilt = "bad_encoding";

const bodyOf = (dialect: Dialect) => ({ ordinal: 0, offset: dialect.bodyOffset, line: dialect.bodyLine });

function grown(buffer: Buffer, file: string): Buffer<ArrayBuffer> {
  if (buffer.length >= maxBufferBytes) {
    throw new CliError(told("csv.noLineEnd", { bytes: maxBufferBytes, file }), 1);
  }
  const larger = Buffer.allocUnsafe(buffer.length * 2);
  buffer.copy(larger);
  return larger;
}
