import { openBytes } from "./byteSource.js";

const headBytes = 1 << 20;

/** The first bytes of a file. */
export async function headOf(file: string): Promise<{ head: Buffer; isWhole: boolean }> {
  const source = await openBytes(file, false);
  try {
    const buffer = source.buffer(headBytes);
    let held = 0;
    for (let read = -1; read !== 0 && held < buffer.length; held += read)
      read = await source.read(buffer, held);
    return { head: buffer.subarray(0, held), isWhole: held < buffer.length };
  } finally {
    await source.close();
  }
}
