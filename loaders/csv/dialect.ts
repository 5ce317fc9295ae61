import { CliError } from "../../src/run/error.js";
import { told } from "../../src/words/told.js";
import { lexRecord } from "./lexRecord.js";
import { type CsvShape, maxRecordBytes } from "./shape.js";

/** How a CSV text is written, as its header tells. */
export interface Dialect extends CsvShape {
  /** The header's cells, trimmed. */
  header: string[];
  /** Where the rows begin: byte and physical line. */
  bodyOffset: number;
  bodyLine: number;
  /** The header stands on the first line and begins with the first byte (or the byte order mark). */
  isPlain: boolean;
}

const candidates = [",", ";", "\t", "|"];

/**
 * Reads the header from a text's first bytes; the delimiter that splits it into most cells is taken when none is set.
 * @param head the beginning of the text, UTF-8
 * @param isWhole nothing follows
 * @throws CliError 1 for an empty text or a header that is none
 */
export function readDialect(head: Buffer, isWhole: boolean, file: string, delimiter?: string): Dialect {
  let at = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const front = at;
  let line = 1;
  while (at < head.length && [10, 13, 32, 9].includes(head[at] as number)) {
    if (head[at] === 10 || (head[at] === 13 && head[at + 1] !== 10)) line++;
    at++;
  }
  if (at >= head.length) throw new CliError(told("csv.empty", { file }), 1);
  const start = line === 1 ? front : at;
  const isPlain = line === 1;
  let end = start;
  while (end < head.length && head[end] !== 10 && head[end] !== 13) end++;
  const text = head.subarray(start, end).toString("utf8");
  const byte = (delimiter ?? mostFrequent(text)).charCodeAt(0);
  const newline = head[end] === 13 && head[end + 1] === 10 ? "\r\n" : "\n";
  const shape: CsvShape = { fields: 0, delimiter: byte, newline };
  const lexed = lexRecord(head, start, end, head.length, isWhole, shape, maxRecordBytes);
  if (typeof lexed === "string") {
    throw new CliError(told("csv.brokenHeader", { bytes: head.length, file }), 1);
  }
  const header = lexed.fields.map(([from, to, isQuoted]) => {
    const cell = head.subarray(from, to).toString("utf8");
    return (isQuoted ? cell.replaceAll('""', '"') : cell).trim();
  });
  return {
    ...shape,
    fields: header.length,
    header,
    bodyOffset: lexed.after,
    bodyLine: line + lexed.lines,
    isPlain: isPlain && lexed.lines === 1 && !lexed.isLoose,
    ...(lexed.lines === 1 ? { headerLine: Buffer.from(head.subarray(start, end)) } : {}),
  };
}

function mostFrequent(line: string): string {
  const bare = line.replaceAll(/"[^"]*"/g, "");
  const counted = candidates.map((candidate) => ({ candidate, count: bare.split(candidate).length - 1 }));
  counted.sort((a, b) => b.count - a.count);
  return counted[0]?.count ? counted[0].candidate : ",";
}
