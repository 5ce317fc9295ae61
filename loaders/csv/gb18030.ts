/**
 * Bytes of the GB18030 character that begins at a byte, 0 when none does. Every two-byte code is assigned (the WHATWG
 * index fills the user-defined areas); of the four-byte codes two ranges are: the BMP's rest and the other planes.
 */
export function characterLength(bytes: Buffer, at: number): 0 | 1 | 2 | 4 {
  const first = bytes[at] as number;
  if (first <= 0x80) return 1;
  if (first === 0xff) return 0;
  const second = bytes[at + 1] ?? 0;
  if (second >= 0x40) return second !== 0x7f && second !== 0xff ? 2 : 0;
  const third = bytes[at + 2] ?? 0;
  const fourth = bytes[at + 3] ?? 0;
  if (!isDigit(second) || third < 0x81 || third === 0xff || !isDigit(fourth)) return 0;
  const code = (((first - 0x81) * 10 + second - 0x30) * 126 + third - 0x81) * 10 + fourth - 0x30;
  return code <= lastOfBmp || (code >= firstBeyond && code <= lastBeyond) ? 4 : 0;
}

const lastOfBmp = 39_419;
const firstBeyond = 189_000;
const lastBeyond = 1_237_575;
const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;

/**
 * Whether a line is GB18030, and whether it reads like it: where each of its characters beyond ASCII ends in an ASCII
 * byte, as `Müller` in Latin-1 would, it may as well be Latin text.
 */
export function gb18030Kind(line: Buffer): "gb18030" | "doubtful" | "other" {
  let kind: "gb18030" | "doubtful" = "doubtful";
  for (let at = 0; at < line.length; ) {
    const length = characterLength(line, at);
    if (length === 0) return "other";
    if (length === 4 || (length === 2 && (line[at + 1] as number) > 0x80)) kind = "gb18030";
    at += length;
  }
  return kind;
}

/**
 * GB18030 text as UTF-8. Bytes that belong to no character stay as they are: what follows them is no continuation byte,
 * or the two would have been a character, so that they are no UTF-8 either.
 */
export function gb18030ToUtf8(bytes: Buffer): Buffer {
  const decoder = new TextDecoder("gb18030");
  const parts: Buffer[] = [];
  const add = (from: number, to: number) => {
    if (to > from) parts.push(Buffer.from(decoder.decode(bytes.subarray(from, to))));
  };
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    if (length === 0) {
      add(from, at);
      parts.push(bytes.subarray(at, at + 1));
      from = at + 1;
    }
    at += length || 1;
  }
  add(from, bytes.length);
  return Buffer.concat(parts);
}
