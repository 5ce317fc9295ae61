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
  | {
      name: string;
      kind: "word";
      /** Of each row, its place among the words; -1 for null. */
      codes: Int32Array;
      words: readonly string[];
    }
  /** NaN for null. */
  | { name: string; kind: "number"; values: Float64Array };

export function wordColumn(name: string, values: readonly (string | null)[]): PublishedColumn {
  const words = [...new Set(values.filter((value) => value !== null))];
  const codeOf = new Map(words.map((word, code) => [word, code]));
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : (codeOf.get(value) ?? -1)));
  return { name, kind: "word", codes, words };
}

export const numberColumn = (name: string, values: readonly (number | null)[]): PublishedColumn => ({
  name,
  kind: "number",
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
});

/** Some rows of a column, without a copy. */
export const rowsOf = (column: PublishedColumn, from: number, to: number): PublishedColumn =>
  column.kind === "word"
    ? { ...column, codes: column.codes.subarray(from, to) }
    : { ...column, values: column.values.subarray(from, to) };

/** Arrow IPC in the stream format, which both pages and SQL cells read. */
export function arrowStream(columns: readonly PublishedColumn[]): Uint8Array {
  const vectors: Record<string, Vector> = {};
  for (const column of columns)
    vectors[column.name] = column.kind === "word" ? wordVector(column) : numberVector(column.values);
  const table = new Table(vectors);
  // Of no rows there is no batch either, whose dictionaries would be asked for.
  return tableToIPC(table.numRows > 0 ? table : new Table(table.schema), "stream");
}

/** The words that stand in a column, sorted, and its codes among these. */
function wordVector({ codes, words }: Extract<PublishedColumn, { kind: "word" }>): Vector {
  const isUsed = new Uint8Array(words.length);
  for (const code of codes) if (code >= 0) isUsed[code] = 1;
  const used = words.flatMap((word, code) => (isUsed[code] === 1 ? [{ word, code }] : []));
  used.sort((a, b) => (a.word < b.word ? -1 : 1));
  const places = new Int32Array(words.length);
  used.forEach(({ code }, place) => {
    places[code] = place;
  });
  const { make, type } =
    used.length < 128
      ? { make: Int8Array, type: new Int8() }
      : used.length < 32_768
        ? { make: Int16Array, type: new Int16() }
        : { make: Int32Array, type: new Int32() };
  const data = new make(codes.length);
  const validity = new Validity(codes.length);
  codes.forEach((code, row) => {
    if (code < 0) validity.clear(row);
    else data[row] = places[code] ?? 0;
  });
  return makeVector(
    makeData({
      type: new Dictionary(new Utf8(), type),
      length: codes.length,
      data,
      dictionary: vectorFromArray(
        used.map(({ word }) => word),
        new Utf8(),
      ),
      ...validity.data(),
    } as never),
  );
}

function numberVector(values: Float64Array): Vector {
  const validity = new Validity(values.length);
  const { make, type } = narrowest(values);
  const data = make(values.length);
  values.forEach((value, row) => {
    if (Number.isNaN(value)) validity.clear(row);
    else data[row] = value;
  });
  return makeVector(makeData({ type, length: values.length, data, ...validity.data() } as never));
}

function narrowest(values: Float64Array): {
  type: DataType;
  make: (length: number) => Uint8Array | Uint16Array | Uint32Array | Float64Array;
} {
  let largest = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
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
  words: readonly string[],
): Promise<PublishedColumn[]> {
  const reader = await db.runAndReadAll(sql);
  const values = reader.getColumnsJS();
  return reader.columnNames().map((name, index) => {
    const column = values[index] ?? [];
    return words.includes(name)
      ? wordColumn(
          name,
          column.map((value) => (value === null ? null : String(value))),
        )
      : numberColumn(
          name,
          column.map((value) => (value === null ? null : Number(value))),
        );
  });
}

/** How a column of a large query is read; the query's own columns are numbers, with a code for null. */
export type Coded =
  | { name: string; kind: "number" }
  | { name: string; kind: "word"; words: readonly string[] }
  /** Days since 1970-01-01. */
  | { name: string; kind: "day" };

/** What lies in memory of a vector of numbers; of its types only the implementation says so. */
interface Numbers {
  items: ArrayLike<number>;
}

/** The rows of a large query as columns, taken over as they lie in memory: no value becomes an object. */
export async function readCoded(
  db: DuckDBConnection,
  sql: string,
  columns: readonly Coded[],
): Promise<PublishedColumn[]> {
  const chunks = await (await db.run(sql)).fetchAllChunks();
  const length = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const gather = <T extends Int32Array | Float64Array>(index: number, target: T): T => {
    let at = 0;
    for (const chunk of chunks) {
      const { items } = chunk.getColumnVector(index) as unknown as Numbers;
      target.set(items, at);
      at += chunk.rowCount;
    }
    return target;
  };
  return columns.map((column, index): PublishedColumn => {
    const { name } = column;
    if (column.kind === "number")
      return { name, kind: "number", values: gather(index, new Float64Array(length)) };
    const codes = gather(index, new Int32Array(length));
    return column.kind === "day"
      ? daysAsWords(name, codes)
      : { name, kind: "word", codes, words: column.words };
  });
}

function daysAsWords(name: string, days: Int32Array): PublishedColumn {
  const known = [...new Set(days)];
  const codeOf = new Map(known.map((day, code) => [day, code]));
  const words = known.map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
  return { name, kind: "word", codes: days.map((day) => codeOf.get(day) ?? -1), words };
}
