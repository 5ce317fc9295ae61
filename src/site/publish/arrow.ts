import type { DuckDBConnection } from "@duckdb/node-api";
import {
  type DataType,
  Dictionary,
  Float64,
  Int8,
  Int16,
  Int32,
  makeData,
  makeVector,
  Table,
  tableToIPC,
  Uint8,
  Uint16,
  Uint32,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";

/** A column as the publisher gathers it: words are dictionary-encoded, numbers take the narrowest exact type. */
export type PublishedColumn =
  | { name: string; kind: "word"; values: (string | null)[] }
  | { name: string; kind: "number"; values: (number | null)[] };

/** Arrow IPC in the stream format, which both pages and SQL cells read. */
export function arrowStream(columns: readonly PublishedColumn[]): Uint8Array {
  const vectors: Record<string, Vector> = {};
  for (const column of columns) {
    vectors[column.name] = column.kind === "word" ? wordVector(column.values) : numberVector(column.values);
  }
  return tableToIPC(new Table(vectors), "stream");
}

function wordVector(values: (string | null)[]): Vector {
  const words = [...new Set(values.filter((value) => value !== null))].sort();
  const codeOf = new Map(words.map((word, code) => [word, code]));
  const codes = new (words.length < 128 ? Int8Array : words.length < 32_768 ? Int16Array : Int32Array)(
    values.length,
  );
  const validity = new Validity(values.length);
  values.forEach((value, row) => {
    if (value === null) validity.clear(row);
    else codes[row] = codeOf.get(value) ?? 0;
  });
  const indices =
    codes instanceof Int8Array ? new Int8() : codes instanceof Int16Array ? new Int16() : new Int32();
  const type = new Dictionary(new Utf8(), indices);
  return makeVector(
    makeData({
      type,
      length: values.length,
      data: codes,
      dictionary: vectorFromArray(words, new Utf8()),
      ...validity.data(),
    } as never),
  );
}

function numberVector(values: (number | null)[]): Vector {
  const validity = new Validity(values.length);
  const { make, type } = narrowest(values);
  const data = make(values.length);
  values.forEach((value, row) => {
    if (value === null) validity.clear(row);
    else data[row] = value;
  });
  return makeVector(makeData({ type, length: values.length, data, ...validity.data() } as never));
}

function narrowest(values: (number | null)[]): {
  type: DataType;
  make: (length: number) => Uint8Array | Uint16Array | Uint32Array | Float64Array;
} {
  let largest = 0;
  for (const value of values) {
    if (value === null) continue;
    if (!Number.isInteger(value) || value < 0) largest = Number.POSITIVE_INFINITY;
    if (value > largest) largest = value;
  }
  if (largest < 2 ** 8) return { type: new Uint8(), make: (length) => new Uint8Array(length) };
  if (largest < 2 ** 16) return { type: new Uint16(), make: (length) => new Uint16Array(length) };
  if (largest < 2 ** 32) return { type: new Uint32(), make: (length) => new Uint32Array(length) };
  return { type: new Float64(), make: (length) => new Float64Array(length) };
}

/** A validity bitmap: all rows valid until cleared. */
class Validity {
  private readonly bits: Uint8Array;
  private nulls = 0;

  constructor(length: number) {
    this.bits = new Uint8Array(Math.ceil(length / 8)).fill(255);
  }

  clear(row: number): void {
    this.bits[row >> 3] = (this.bits[row >> 3] ?? 0) & ~(1 << (row & 7));
    this.nulls += 1;
  }

  data(): { nullCount: number; nullBitmap?: Uint8Array } {
    return this.nulls === 0 ? { nullCount: 0 } : { nullCount: this.nulls, nullBitmap: this.bits };
  }
}

/** The rows of a query as columns: those named are words, all others numbers. */
export async function readColumns(
  db: DuckDBConnection,
  sql: string,
  words: string[],
): Promise<PublishedColumn[]> {
  const reader = await db.runAndReadAll(sql);
  const values = reader.getColumnsJS();
  return reader.columnNames().map((name, index): PublishedColumn => {
    const column = values[index] ?? [];
    return words.includes(name)
      ? { name, kind: "word", values: column.map((value) => (value === null ? null : String(value))) }
      : { name, kind: "number", values: column.map((value) => (value === null ? null : Number(value))) };
  });
}
