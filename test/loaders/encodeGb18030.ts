/** Two-byte characters of GB18030, found by decoding every code there may be. */
const codes = new Map<string, Buffer>();
const decoder = new TextDecoder("gb18030");
for (let first = 0x81; first <= 0xfe; first++) {
  for (let second = 0x40; second <= 0xfe; second++) {
    const code = Buffer.from([first, second]);
    const text = decoder.decode(code);
    if (second !== 0x7f && text.length === 1) codes.set(text, code);
  }
}
codes.set("㐀", Buffer.from([0x81, 0x39, 0xee, 0x39]));
codes.set("\ufffd", Buffer.from([0x84, 0x31, 0xa4, 0x37]));

/** Text in GB18030: ASCII, its two-byte characters, 㐀 and U+FFFD. */
export function encodeGb18030(text: string): Buffer {
  const bytes = Buffer.alloc(4 * text.length);
  let at = 0;
  for (const char of text) {
    if (char < "\x80") {
      bytes[at] = char.charCodeAt(0);
      at += 1;
      continue;
    }
    const code = codes.get(char);
    if (!code) throw new Error(`not encoded here: ${char}`);
    at += code.copy(bytes, at);
  }
  return bytes.subarray(0, at);
}

/** All characters of two bytes. */
export const twoByteCharacters: readonly string[] = [...codes.keys()].filter(
  (char) => codes.get(char)?.length === 2,
);
