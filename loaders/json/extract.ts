import { isUtf8 } from "node:buffer";
import type { DuckDBConnection } from "@duckdb/node-api";
import { columnNames } from "../columns.js";
import { openBytes } from "../csv/byteSource.js";
import { type DecodedText, decode, reconsider, type TextOptions } from "../csv/decode.js";
import { readable } from "../csv/readable.js";
import { readingTold } from "../csv/told.js";
import { agreedCount, emptyRelation, streamed } from "../rows.js";
import type { Count, Extract, Insert, Refused, Written } from "../source.js";
import { elementFault, type Form, type Piece, piecesOf } from "./pieces.js";
import { deepestRow, keysOf, type Refusal, readRow } from "./row.js";

/**
 * An extract of JSON, an array of objects or an object a line. A pass over the bytes finds the keys and counts what there
 * is; the rows are then read one by one. DuckDB's reader is not used: it makes 1.1 of `1.10` and 1000.0 of `1e3`.
 */
export class JsonExtract implements Extract {
  readonly doubtsCommas = false;
  private keys: string[] = [];
  private count = 0;
  private isSpoilt = false;
  /** Of the accepted rows. */
  private lines: number[] = [];
  /** By its number among all. */
  private refused = new Map<number, Refused>();

  private constructor(
    readonly file: string,
    private readonly form: Form,
    private readonly options: TextOptions,
    private readonly decoded: DecodedText,
  ) {}

  /** @throws CliError 1 when it is empty or unreadable, or its array is broken, naming line and column */
  static async open(file: string, form: Form, options: TextOptions): Promise<JsonExtract> {
    const extract = new JsonExtract(file, form, options, await decode(file, options));
    const failure = await extract.survey().catch((error: unknown) => error);
    // In another encoding a character's second byte may be a quote's or a bracket's.
    const isOther = extract.isSpoilt && (await reconsider(extract.decoded, file, options.tempDir));
    if (isOther) await extract.survey();
    else if (failure) throw failure;
    return extract;
  }

  get header(): string[] {
    return this.keys;
  }

  get columns(): string[] {
    return columnNames(this.keys);
  }

  get written(): Written {
    const { encoding, certainty } = this.decoded;
    return { encoding, certainty };
  }

  relation(): string {
    return emptyRelation(this.columns);
  }

  unchanged(): void {
    this.decoded.unchanged();
  }

  async load(db: DuckDBConnection, insert: Insert): Promise<Count> {
    this.lines = [];
    this.refused = new Map();
    const inserted = await streamed(db, this.columns, this.rows(), insert);
    this.unchanged();
    const file = this.options.name ?? this.file;
    const rejected = [...this.refused.values()];
    const { bytes, sha256, encoding, certainty } = this.decoded;
    return {
      ...agreedCount(file, inserted, this.count - rejected.length),
      rowsRead: this.count,
      rejected,
      placeOf: (row) => ({ file, line: this.lines[row] ?? 0 }),
      bytes,
      sha256,
      encoding,
      certainty,
      told: readingTold(file, { doubts: [], encoding, certainty }),
    };
  }

  async rowsAt(rows: readonly number[]): Promise<Record<string, string | null>[]> {
    const found: Record<string, string | null>[] = [];
    const { columns } = this;
    let [number, row] = [0, 0];
    for await (const pieces of this.pieces()) {
      for (const { text } of pieces) {
        if (this.refused.has(number++) || row++ !== rows[found.length]) continue;
        const read = readRow(text);
        const cells = "cells" in read ? this.keys.map((key) => read.cells.get(key) ?? null) : [];
        found.push(Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? null])));
      }
      if (found.length === rows.length) break;
    }
    return found;
  }

  /** Finds the keys and counts, by the bytes alone, what there is. */
  private async survey(): Promise<void> {
    const keys = new Set<string>();
    this.count = 0;
    for await (const pieces of this.pieces(true)) {
      this.count += pieces.length;
      for (const piece of pieces) {
        this.isSpoilt ||= !isUtf8(piece.text);
        const found = keysOf(piece.text);
        if (!found) this.requireWhole(piece, readRow(piece.text));
        for (const key of found ?? []) keys.add(key);
      }
    }
    this.keys = [...keys];
  }

  /** The cells of each row that is one; the others are booked as refused. */
  private async *rows(): AsyncGenerator<(string | null)[]> {
    let number = 0;
    for await (const pieces of this.pieces()) {
      for (const piece of pieces) {
        const read = readRow(piece.text);
        if ("cells" in read && this.keys.length > 0) {
          this.lines.push(piece.line);
          yield this.keys.map((key) => read.cells.get(key) ?? null);
        } else this.refuse(number, piece, "rule" in read ? read : { rule: "no_json" });
        number++;
      }
    }
  }

  /** Where an element of an array is broken, nothing says where the next begins. */
  private requireWhole(piece: Piece, read: object): void {
    if (this.form === "array" && "error" in read) throw elementFault(this.file, piece, read.error as Error);
  }

  private refuse(number: number, piece: Piece, refusal: Refusal): void {
    this.requireWhole(piece, refusal);
    const { rule } = refusal;
    const raw = readable(piece.text, 0, piece.text.length);
    this.refused.set(number, { line: piece.line, rule, value: null, expected: expected[rule], raw });
  }

  private async *pieces(isWhole = false): AsyncGenerator<Piece[]> {
    const { text } = this.decoded;
    const isPlain = isWhole && text === this.file;
    const source = await openBytes(text, isPlain);
    try {
      yield* piecesOf(source, this.form, this.file);
      if (!isPlain) return;
      this.decoded.unchanged(source.taken());
      this.decoded.sha256 = source.digest();
    } finally {
      await source.close();
    }
  }
}

const expected = {
  no_json: "expected a JSON object, each key once",
  too_deep: `expected at most ${deepestRow} brackets within each other`,
  bad_encoding: "expected text in the file's encoding",
  nul_byte: "expected text without NUL bytes",
};
