import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { DuckDBConnection } from "@duckdb/node-api";
import { deserializeTCompactProtocol } from "hyparquet/src/thrift.js";
import { literal } from "../../src/engine/sql.js";

/** Where the pages of a column lie in a file. */
interface Chunk {
  column: string;
  start: number;
  end: number;
}

/**
 * Holds each page of a Parquet file against its checksum where the writer put one: Spark does, pyarrow where it is told to.
 * DuckDB does not look at them. Pages without are passed over, all but their heads unread.
 * @throws Error naming the column of which a page is not what was written
 */
export async function checkPages(db: DuckDBConnection, path: string): Promise<void> {
  const chunks = await chunksOf(db, path);
  const handle = await open(path, "r");
  try {
    for (const chunk of chunks) await checkChunk(handle, chunk);
  } finally {
    await handle.close();
  }
}

async function chunksOf(db: DuckDBConnection, path: string): Promise<Chunk[]> {
  const reader = await db.runAndReadAll(
    `select path_in_schema, least(data_page_offset, if(dictionary_page_offset > 0, dictionary_page_offset, data_page_offset)), total_compressed_size
    from parquet_metadata(${literal(path)}) order by all`,
  );
  return reader.getRows().map(([column, start, bytes]) => ({
    column: String(column),
    start: Number(start),
    end: Number(start) + Number(bytes),
  }));
}

const headBytes = 1 << 10;
const mostHeadBytes = 1 << 24;
const pieceBytes = 1 << 22;

async function checkChunk(handle: FileHandle, { column, start, end }: Chunk): Promise<void> {
  const wrong = (cause?: unknown) =>
    new Error(`a page of column ${column} is not what its writer put there`, { cause });
  for (let at = start; at < end; ) {
    const { head, bytes } = await headAt(handle, at, end).catch((error: unknown) => {
      throw wrong(error);
    });
    // Of `PageHeader`: the size of the page as it is packed, and its checksum.
    const { field_3: size, field_4: sum } = head;
    if (typeof size !== "number" || size < 0 || at + bytes + size > end) throw wrong();
    if (typeof sum === "number" && (await sumOf(handle, at + bytes, size)) !== sum >>> 0) throw wrong();
    at += bytes + size;
  }
}

/** The head of a page, with its length; it holds statistics, which may be long. */
async function headAt(handle: FileHandle, at: number, end: number) {
  for (let length = headBytes; ; length *= 8) {
    const buffer = Buffer.alloc(Math.min(length, end - at));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
    const view = new DataView(buffer.buffer, buffer.byteOffset, bytesRead);
    const reader = { view, offset: 0 };
    try {
      const head: Readonly<Record<string, unknown>> = deserializeTCompactProtocol(reader);
      if (reader.offset <= bytesRead) return { head, bytes: reader.offset };
      throw new Error("a page's head is cut off");
    } catch (error) {
      if (buffer.length < length || length >= mostHeadBytes) throw error;
    }
  }
}

async function sumOf(handle: FileHandle, from: number, size: number): Promise<number> {
  const buffer = Buffer.allocUnsafe(Math.min(size, pieceBytes));
  let sum = 0;
  for (let done = 0; done < size; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, size - done), from + done);
    if (bytesRead === 0) throw new Error("unexpected end of file");
    sum = crc32(buffer.subarray(0, bytesRead), sum);
    done += bytesRead;
  }
  return sum;
}
