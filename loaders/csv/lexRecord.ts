import type { CsvShape } from "./shape.js";

/** A record taken apart: each field as [start, end, was quoted], without its outer quotes. */
export interface Lexed {
  fields: (readonly [number, number, boolean])[];
  /** Where the record's text ends, and where the next line begins. */
  end: number;
  after: number;
  /** Physical lines. */
  lines: number;
  /** Quotes inside unquoted fields or white space around quoted ones: readers differ on these. */
  isLoose: boolean;
}

/** Inner lines after which a record that swallows its neighbours is given up. */
const patience = 16;

/**
 * Takes a record apart whose first physical line, `[start, lineEnd)`, holds a quote.
 * @returns "broken" when its quoting is wrong or it cannot be believed, "more" when the buffer ends too early
 */
export function lexRecord(
  bytes: Buffer,
  start: number,
  lineEnd: number,
  length: number,
  final: boolean,
  shape: CsvShape,
  maxBytes: number,
): Lexed | "broken" | "more" {
  const { delimiter } = shape;
  const fields: (readonly [number, number, boolean])[] = [];
  let isLoose = false;
  let spread: Spread | undefined;
  let lines = 1;
  let at = start;
  for (;;) {
    let open = at;
    while (open < length && isPad(bytes[open] as number, delimiter)) open++;
    if (open < length && bytes[open] === quote) {
      if (open > at) isLoose = true;
      const close = closingQuote(bytes, open + 1, length);
      const reach = close < 0 ? length : close;
      if (reach > lineEnd) {
        spread ??= {
          first: fields.length + count(bytes, open, lineEnd, delimiter) + 1,
          key: keyOf(bytes, start, lineEnd, delimiter),
          inner: 0,
          alike: 0,
        };
        const seen = innerLines(bytes, open, reach, shape, spread);
        if (seen.hopeless || reach - start > maxBytes) return "broken";
        if (seen.lines > 0) {
          lines += seen.lines;
          spread.lastFields = count(bytes, seen.lastStart, reach, delimiter) - fields.length;
          spread.lastKey = keyOf(bytes, seen.lastStart, reach, delimiter);
          spread.isProse =
            isSpaced(bytes, seen.lastStart, reach, delimiter) && !isSpaced(bytes, start, lineEnd, delimiter);
        }
      }
      if (close < 0) return final ? "broken" : "more";
      fields.push([open + 1, close, true]);
      at = close + 1;
      const beforePad = at;
      while (at < length && isPad(bytes[at] as number, delimiter)) at++;
      if (at > beforePad) isLoose = true;
      if (at >= length) {
        if (!final) return "more";
        return believe(spread, fields.length, shape, isLoose)
          ? { fields, end: beforePad, after: length, lines, isLoose }
          : "broken";
      }
    } else {
      const from = at;
      while (at < length && bytes[at] !== delimiter && bytes[at] !== 10 && bytes[at] !== 13) {
        if (bytes[at] === quote) isLoose = true;
        at++;
      }
      if (at >= length && !final) return "more";
      fields.push([from, at, false]);
      if (at >= length) {
        return believe(spread, fields.length, shape, isLoose)
          ? { fields, end: length, after: length, lines, isLoose }
          : "broken";
      }
    }
    const next = bytes[at];
    if (next === delimiter) {
      at++;
      continue;
    }
    if (next !== 10 && next !== 13) return "broken";
    if (next === 13 && at + 1 >= length && !final) return "more";
    const after = next === 13 && bytes[at + 1] === 10 && at + 1 < length ? at + 2 : at + 1;
    return believe(spread, fields.length, shape, isLoose)
      ? { fields, end: at, after, lines, isLoose }
      : "broken";
  }
}

const quote = 34;

/** What the physical lines of a record over several lines look like by themselves, quotes ignored. */
interface Spread {
  /** Fields of the first line. */
  first: number;
  /** The kinds of characters its first field is made of. */
  key: number;
  /** Whole lines between the first and the last, and how many of them look like records. */
  inner: number;
  alike: number;
  /** Delimiters before the last line's closing quote, less the fields before that quoted field. */
  lastFields?: number;
  lastKey?: number;
  /** Blanks stand behind the last line's delimiters before the closing quote, where the first line has none. */
  isProse?: boolean;
}

/**
 * Two stray quotes far apart must not swallow the records between: those would each look like one. Nor is a record
 * believed that goes over several lines and still needs a quote to be read loosely: one stray quote would swallow the
 * next record up to its first proper one. Of two neighbouring lines both would have to look like records; in a table of
 * one or two columns every note with a comma does.
 */
function believe(spread: Spread | undefined, fields: number, shape: CsvShape, isLoose: boolean): boolean {
  if (!spread || shape.fields === 1) return true;
  if (isLoose) return false;
  const last = fields + (spread.lastFields ?? 0);
  const edgesAlike = spread.first === shape.fields && last === shape.fields && spread.lastKey === spread.key;
  const mostAlike = spread.alike * 2 > spread.inner;
  if (spread.inner === 0) {
    const areWide = spread.first === shape.fields && last === shape.fields && shape.fields >= telling;
    return shape.fields <= 2 || spread.isProse === true || !(areWide || edgesAlike);
  }
  return !(mostAlike && (edgesAlike || spread.inner >= 3));
}

/** From so many columns on, two lines with as many delimiters as a record has are records, whatever they begin with. */
const telling = 5;

function innerLines(bytes: Buffer, from: number, to: number, shape: CsvShape, spread: Spread) {
  let lines = 0;
  let lineStart = -1;
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte !== 10 && byte !== 13) continue;
    const after = byte === 13 && bytes[at + 1] === 10 ? at + 2 : at + 1;
    if (lineStart >= 0) {
      spread.inner++;
      if (looksLikeRecord(bytes, lineStart, at, shape, spread.key)) spread.alike++;
      if (spread.inner >= patience && spread.alike * 2 > spread.inner && shape.fields > 1) {
        return { lines, lastStart: lineStart, hopeless: true };
      }
    }
    lines++;
    lineStart = after;
    at = after - 1;
  }
  return { lines, lastStart: lineStart < 0 ? from : lineStart, hopeless: false };
}

/** The header's number of fields, the first of them like the record's own, and not prose: there a blank follows. */
function looksLikeRecord(bytes: Buffer, from: number, to: number, shape: CsvShape, key: number): boolean {
  let found = 0;
  for (let at = from; at < to; at++) {
    if (bytes[at] !== shape.delimiter) continue;
    found++;
    if (shape.fields <= 3 && bytes[at + 1] === 32) return false;
  }
  return found === shape.fields - 1 && keyOf(bytes, from, to, shape.delimiter) === key;
}

/** Whether a blank stands behind a delimiter, as in prose. */
function isSpaced(bytes: Buffer, from: number, to: number, delimiter: number): boolean {
  for (let at = from; at + 1 < to; at++) if (bytes[at] === delimiter && bytes[at + 1] === 32) return true;
  return false;
}

/** The kinds of characters of a line's first field: ids of one table are made of the same kinds. */
export function keyOf(bytes: Buffer, from: number, to: number, delimiter: number): number {
  let kinds = 0;
  for (let at = from; at < to && bytes[at] !== delimiter && bytes[at] !== 10 && bytes[at] !== 13; at++) {
    const byte = bytes[at] as number;
    if (byte === quote) continue;
    const isLetter = (byte | 32) >= 97 && (byte | 32) <= 122;
    kinds |= byte >= 48 && byte <= 57 ? 1 : isLetter ? 2 : byte > 127 ? 4 : byte === 32 ? 8 : 16;
  }
  return kinds;
}

function closingQuote(bytes: Buffer, from: number, length: number): number {
  for (let at = bytes.indexOf(quote, from); at >= 0 && at < length; at = bytes.indexOf(quote, at + 2)) {
    if (at + 1 >= length || bytes[at + 1] !== quote) return at;
  }
  return -1;
}

/** How often a byte stands in `[from, to)`. */
export function count(bytes: Buffer, from: number, to: number, byte: number): number {
  let found = 0;
  for (let at = from; at < to; at++) if (bytes[at] === byte) found++;
  return found;
}

function isPad(byte: number, delimiter: number): boolean {
  return byte === 32 || (byte === 9 && delimiter !== 9);
}
