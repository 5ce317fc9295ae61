import { closeSync, openSync, writeSync } from "node:fs";
import type { CsvShape, RecordSink } from "./shape.js";

/**
 * Writes sound records into a CSV file of their own, without a header; loosely quoted ones in strict quoting.
 * The file is complete after `close`.
 */
export function salvageInto(file: string, shape: CsvShape): RecordSink & { close(): void } {
  const descriptor = openSync(file, "w");
  const pending = Buffer.allocUnsafe(1 << 22);
  let held = 0;
  const write = (bytes: Buffer) => {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
  };
  const flush = () => {
    write(pending.subarray(0, held));
    held = 0;
  };
  const add = (bytes: Buffer, from: number, to: number) => {
    if (held + to - from > pending.length) flush();
    if (to - from > pending.length) write(bytes.subarray(from, to));
    else held += bytes.copy(pending, held, from, to);
  };
  const delimiter = String.fromCharCode(shape.delimiter);
  return {
    verbatim: add,
    fields(bytes, fields) {
      const cells = fields.map(([from, to, isQuoted]) => {
        const text = bytes.toString("utf8", from, to);
        return `"${isQuoted ? text : text.replaceAll('"', '""')}"`;
      });
      const line = Buffer.from(cells.join(delimiter) + shape.newline);
      add(line, 0, line.length);
    },
    close() {
      flush();
      closeSync(descriptor);
    },
  };
}
