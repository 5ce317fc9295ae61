import { type CsvShape, maxRecordBytes } from "./shape.js";

/** Lines counted in bulk, and places to go on from: how many lines stand before a byte. */
export interface PlainLines {
  lines: number;
  marks: [lines: number, offset: number][];
}

/**
 * Counts whole lines in bulk when nothing about them is out of the ordinary: no quotes, no NUL bytes, no blank lines,
 * one kind of line end and as many delimiters as so many lines should have. A line too short that is made up for by one
 * too long goes unnoticed here; the reader rejects it, the counts differ and the exact pass decides.
 * @param text whole lines
 * @param firstMark first byte to mark a line near, then one every `markBytes`
 * @returns undefined when the lines have to be looked at one by one
 */
export function countPlainLines(
  text: Buffer,
  shape: CsvShape,
  firstMark: number,
  markBytes: number,
): PlainLines | undefined {
  const { fields, newline } = shape;
  const first = text[0];
  if (text.length === 0 || fields === 1 || first === 10 || first === 13) return undefined;
  if (text[text.length - 1] !== 10 || text.includes(34) || text.includes(0)) return undefined;
  if (text.includes(newline + newline) || (newline === "\n" && text.includes(13))) return undefined;
  const weights = new Uint32Array(256);
  weights[shape.delimiter] = 1;
  weights[10] = 1 << 10;
  weights[13] = 1 << 20;
  const marks: [number, number][] = [];
  let nextMark = firstMark;
  let delimiters = 0;
  let lines = 0;
  let returns = 0;
  for (let block = 0; block < text.length; block += 1000) {
    const end = Math.min(block + 1000, text.length);
    let sum = 0;
    for (let at = block; at < end; at++) sum += weights[text[at] as number] as number;
    if (block >= nextMark) {
      const lineEnd = block === 0 ? -1 : text.lastIndexOf(10, block - 1);
      marks.push([lines, lineEnd + 1]);
      nextMark = block + markBytes;
    }
    delimiters += sum & 1023;
    lines += (sum >>> 10) & 1023;
    returns += sum >>> 20;
  }
  const isPlain = delimiters === lines * (fields - 1) && returns === (newline === "\n" ? 0 : lines);
  return isPlain && (newline === "\n" || endsInPairs(text)) ? { lines, marks } : undefined;
}

/** Whether a CR stands before every LF: as many of both may be a line that ends with CR alone and one with LF. */
function endsInPairs(text: Buffer): boolean {
  for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) {
    if (text[at - 1] !== 13) return false;
  }
  return true;
}

/** Whether a line is longer than a record may be. */
export function hasLongLine(text: Buffer): boolean {
  for (let at = 0; text.length - at > maxRecordBytes; ) {
    const end = text.subarray(at, at + maxRecordBytes + 1).lastIndexOf(10);
    if (end < 0) return true;
    at += end + 1;
  }
  return false;
}
