import { isUtf8 } from "node:buffer";
import { openBytes } from "./byteSource.js";
import { isWhollyValid } from "./encoding.js";

const headBytes = 1 << 20;

/** The first bytes of a file, decompressed. */
export async function headOf(file: string): Promise<{ head: Buffer; isWhole: boolean }> {
  const source = await openBytes(file, false);
  try {
    const buffer = Buffer.allocUnsafe(headBytes);
    let held = 0;
    for (let read = -1; read !== 0 && held < buffer.length; held += read)
      read = await source.read(buffer, held);
    return { head: buffer.subarray(0, held), isWhole: held < buffer.length };
  } finally {
    await source.close();
  }
}

/** UTF-8 unless most of the lines with other than ASCII characters are not and the whole file is valid GB18030. */
export async function guessEncoding(head: Buffer, file: string): Promise<string> {
  const whole = head.subarray(0, head.lastIndexOf(10) + 1);
  if (isUtf8(whole)) return "utf-8";
  let utf8 = 0;
  let other = 0;
  for (let at = 0; at < whole.length; ) {
    const end = whole.indexOf(10, at);
    const line = whole.subarray(at, end);
    at = end + 1;
    if (!isUtf8(line)) other++;
    else if (line.some((byte) => byte > 127)) utf8++;
  }
  return other > utf8 && (await isWhollyValid(file, "gb18030")) ? "gb18030" : "utf-8";
}
