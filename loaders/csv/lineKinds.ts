/** Nothing but blanks and tabs, or nothing at all. */
export function isWhite(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 32 && bytes[at] !== 9) return false;
  return true;
}

export const isLineEnd = (byte: number) => byte === 10 || byte === 13;

/** Where the bytes behind the last line end begin: 0 when there is none. */
export function afterLastLineEnd(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && !isLineEnd(bytes[end - 1] as number)) end--;
  return end;
}
