import { readDialect } from "../../loaders/csv/dialect.js";
import { CsvScanner } from "../../loaders/csv/scanner.js";
import type { RecordSink } from "../../loaders/csv/shape.js";

export interface Scanned {
  /** The sound records' text, as a reader would get them. */
  records: string;
  scanner: CsvScanner;
}

/** Scans a whole CSV text, fed in pieces of a size, with or without a sink. */
export function scanText(text: string | Buffer, pieceSize = 1 << 22, withSink = true): Scanned {
  const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text);
  const dialect = readDialect(bytes, true, "test.csv");
  const written: Buffer[] = [];
  const sink: RecordSink = {
    verbatim: (from, start, end) => written.push(Buffer.from(from.subarray(start, end))),
    fields: (from, fields) =>
      written.push(
        Buffer.from(
          `${fields.map(([start, end, isQuoted]) => `"${isQuoted ? from.toString("utf8", start, end) : from.toString("utf8", start, end).replaceAll('"', '""')}"`).join(String.fromCharCode(dialect.delimiter))}${dialect.newline}`,
        ),
      ),
  };
  const scanner = new CsvScanner(
    dialect,
    { ordinal: 0, offset: dialect.bodyOffset, line: dialect.bodyLine },
    withSink ? sink : undefined,
  );
  const body = bytes.subarray(dialect.bodyOffset);
  let held = Buffer.alloc(0);
  for (let at = 0; ; at += pieceSize) {
    const isFinal = at >= body.length;
    held = Buffer.concat([held, body.subarray(at, at + pieceSize)]);
    const done = scanner.push(held, held.length, isFinal);
    held = held.subarray(done);
    if (isFinal) break;
  }
  return { records: Buffer.concat(written).toString("utf8"), scanner };
}
