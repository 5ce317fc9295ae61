import { fill, openBytes } from "./byteSource.js";
import type { Dialect } from "./dialect.js";
import { lexRecord } from "./lexRecord.js";
import { CsvScanner } from "./scanner.js";
import { type Bookmark, maxRecordBytes } from "./shape.js";

/**
 * Reads single records of a text again, skipping from bookmark to bookmark.
 * @param ordinals of the records, ascending
 * @returns the cells of each
 */
export async function rereadRecords(
  file: string,
  dialect: Dialect,
  bookmarks: readonly Bookmark[],
  ordinals: readonly number[],
): Promise<string[][]> {
  const found: string[][] = [];
  const source = await openBytes(file, false);
  let buffer: Buffer = source.buffer(1 << 18);
  try {
    while (found.length < ordinals.length) {
      const wanted = ordinals[found.length] as number;
      const mark = markBefore(bookmarks, wanted) ?? {
        ordinal: 0,
        line: dialect.bodyLine,
        offset: dialect.bodyOffset,
      };
      const scanner = new CsvScanner(dialect, mark, {
        verbatim() {},
        fields() {},
        record(ordinal, bytes, from, to) {
          while (ordinals[found.length] === ordinal) found.push(cellsOf(bytes, from, to, dialect));
        },
      });
      const next = () => ordinals[found.length];
      await source.seek(mark.offset);
      let held = 0;
      for (let isFinal = false; !isFinal && isWithin(next(), wanted, scanner.accepted + nearby); ) {
        if (held === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
        ({ held, isFinal } = await fill(source, buffer, held));
        const done = scanner.push(buffer, held, isFinal);
        buffer.copyWithin(0, done, held);
        held -= done;
        if (isFinal && next() !== undefined) throw new Error(`record ${next()} is gone: ${file}`);
      }
    }
    return found;
  } finally {
    await source.close();
  }
}

/** A record at most so many further on is read up to rather than skipped to. */
const nearby = 2000;

const isWithin = (next: number | undefined, wanted: number, end: number) =>
  next !== undefined && (next === wanted || next < end);

function markBefore(bookmarks: readonly Bookmark[], ordinal: number): Bookmark | undefined {
  let low = 0;
  let high = bookmarks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bookmarks[middle]?.ordinal ?? 0) <= ordinal) low = middle + 1;
    else high = middle;
  }
  return bookmarks[low - 1];
}

function cellsOf(bytes: Buffer, from: number, to: number, dialect: Dialect): string[] {
  const record = bytes.subarray(from, to);
  const lexed = lexRecord(record, 0, record.length, record.length, true, dialect, maxRecordBytes);
  if (typeof lexed === "string") throw new Error("a sound record is broken");
  return lexed.fields.map(([start, end, isQuoted]) => {
    const text = record.toString("utf8", start, end);
    return isQuoted ? text.replaceAll('""', '"') : text;
  });
}
