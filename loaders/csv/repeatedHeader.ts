import { isLineEnd } from "./lineKinds.js";
import type { CsvShape } from "./shape.js";

/** Whether a line is the header's again, as where one export was put behind another; a byte order mark may lead it. */
export function isHeader(bytes: Buffer, start: number, end: number, { headerLine }: CsvShape): boolean {
  if (!headerLine) return false;
  const from = end - start === headerLine.length + 3 && hasMark(bytes, start) ? start + 3 : start;
  return end - from === headerLine.length && headerLine.compare(bytes, from, end) === 0;
}

/** Whether one of a text's whole lines is the header's. */
export function holdsHeader(text: Buffer, shape: CsvShape): boolean {
  const { headerLine } = shape;
  if (!headerLine || headerLine.length === 0) return false;
  for (let at = text.indexOf(headerLine); at >= 0; at = text.indexOf(headerLine, at + 1)) {
    const start = at >= 3 && hasMark(text, at - 3) ? at - 3 : at;
    const end = at + headerLine.length;
    const isLine = start === 0 || isLineEnd(text[start - 1] as number);
    if (isLine && (end === text.length || isLineEnd(text[end] as number))) return true;
  }
  return false;
}

const hasMark = (bytes: Buffer, at: number) =>
  bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
