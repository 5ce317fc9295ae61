import { isUtf8 } from "node:buffer";

/** The line as text; bytes that are no UTF-8 as `\xE9`. */
export function readable(bytes: Buffer, start: number, end: number): string {
  const line = bytes.subarray(start, end);
  if (isUtf8(line)) return line.toString("utf8");
  let text = "";
  for (const byte of line) {
    text += byte < 128 ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase()}`;
  }
  return text;
}
