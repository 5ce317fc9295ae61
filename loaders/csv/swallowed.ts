import { isUtf8 } from "node:buffer";
import { count, keyOf, type Lexed, lexRecord } from "./lexRecord.js";
import { isLineEnd, isWhite } from "./lineKinds.js";
import { type CsvShape, maxRecordBytes } from "./shape.js";

/**
 * Whether a record over several lines that has not the header's number of fields is a stray quote's doing: a line it
 * holds would be a sound record if reading resumed there, or most of them look like its first. Such a record is not
 * believed, so that no sound one is lost to its quote.
 * @param second where the second line begins
 * @returns "more" when the buffer ends too early to tell
 */
export function swallowsRecords(
  bytes: Buffer,
  start: number,
  second: number,
  lexed: Lexed,
  length: number,
  final: boolean,
  shape: CsvShape,
): boolean | "more" {
  const { delimiter } = shape;
  const delimiters = count(bytes, start, second, delimiter);
  const key = keyOf(bytes, start, second, delimiter);
  let inner = 0;
  let alike = 0;
  for (let at = second; at < lexed.end; ) {
    let end = at;
    while (end < length && !isLineEnd(bytes[end] as number)) end++;
    const isSound = isSoundFrom(bytes, at, end, length, final, shape);
    if (isSound) return isSound;
    if (end < lexed.end) {
      inner++;
      const isLike = delimiters > 0 && count(bytes, at, end, delimiter) === delimiters;
      if (isLike && keyOf(bytes, at, end, delimiter) === key) alike++;
    }
    at = bytes[end] === 13 && bytes[end + 1] === 10 ? end + 2 : end + 1;
  }
  return inner >= 3 && alike * 2 > inner;
}

/** Whether a sound record begins with a line. */
function isSoundFrom(
  bytes: Buffer,
  start: number,
  end: number,
  length: number,
  final: boolean,
  shape: CsvShape,
): boolean | "more" {
  const line = bytes.subarray(start, end);
  if (isWhite(bytes, start, end) || line.length > maxRecordBytes || line.includes(0)) return false;
  if (!line.includes(quote)) {
    return count(bytes, start, end, shape.delimiter) === shape.fields - 1 && isUtf8(line);
  }
  const lexed = lexRecord(bytes, start, end, length, final, shape, maxRecordBytes);
  if (lexed === "more") return "more";
  return (
    lexed !== "broken" && lexed.fields.length === shape.fields && isUtf8(bytes.subarray(start, lexed.end))
  );
}

const quote = 34;
