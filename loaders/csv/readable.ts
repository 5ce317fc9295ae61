import { isUtf8 } from "node:buffer";

/** The line as text; bytes that are no UTF-8 as `\xE9`. */
export function readable(bytes: Buffer, start: number, end: number): string {
  const line = bytes.subarray(start, end);
  if (isUtf8(line)) return line.toString("utf8");
  let text = "";
  let from = 0;
  for (let at = 0; at < line.length; ) {
    const length = characterLength(line, at);
    if (length === 0) {
      text += `${line.toString("utf8", from, at)}\\x${line.toString("hex", at, at + 1).toUpperCase()}`;
      from = at + 1;
    }
    at += length || 1;
  }
  return text + line.toString("utf8", from);
}

/** Bytes of the UTF-8 character that begins at a byte, 0 when none does. */
function characterLength(line: Buffer, at: number): number {
  const first = line[at] as number;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  return isUtf8(line.subarray(at, at + length)) ? length : 0;
}
