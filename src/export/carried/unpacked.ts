import { createInflate } from "node:zlib";

/** No pack comes near these: bytes of one stream, of all, and how many there are. */
const most = { one: 32 * 2 ** 20, all: 128 * 2 ** 20, streams: 100_000 };

/** What keeps a PDF from being opened: more bytes than so many, or streams that are packed as no print of ours is. */
export type Overpacked = { most: number } | "other" | null;

/**
 * Whether a PDF may be opened: how large its streams get, of which no more is unpacked than they may take. It is read off
 * the bytes, for whoever opens a file unpacks lists of objects before anything can be asked of them.
 */
export async function overpacked(pdf: Uint8Array): Promise<Overpacked> {
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  if (!isPackedOnce(file)) return "other";
  let [all, count] = [0, 0];
  for (let at = file.indexOf(keyword); at >= 0; at = file.indexOf(keyword, at + keyword.length)) {
    const start = startOf(file, at + keyword.length);
    if (start === undefined || !isDeflated(file, start)) continue;
    count += 1;
    const size = await unpackedSize(file.subarray(start));
    all += size;
    if (size > most.one) return { most: most.one };
    if (all > most.all || count > most.streams) return { most: most.all };
  }
  return null;
}

const keyword = "stream";

/** Where a stream's bytes begin behind its keyword; of `endstream` nowhere, unless by chance. */
function startOf(file: Buffer, at: number): number | undefined {
  const isBroken = file[at] === 0x0d && file[at + 1] === 0x0a;
  if (isBroken) return at + 2;
  return file[at] === 0x0a || file[at] === 0x0d ? at + 1 : undefined;
}

/** Whether bytes begin as zlib's do (RFC 1950). */
function isDeflated(file: Buffer, at: number): boolean {
  const [method = 0, flags = 0] = file.subarray(at, at + 2);
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
}

/** How much comes out of what is packed, broken or not; no more than one too many is worked out. */
async function unpackedSize(packed: Buffer): Promise<number> {
  const inflate = createInflate();
  inflate.end(packed);
  let size = 0;
  try {
    for await (const part of inflate) {
      size += (part as Buffer).length;
      if (size > most.one) break;
    }
  } catch {
    // Readers of PDFs take what came out before.
  }
  return size;
}

/** Names of ways to pack that can be laid over each other, or of which little makes much. */
const others = /^(?:ASCII|CCITT|Crypt|JBIG2|JPX|LZW|RunLength)/;

/** Whether every stream that is packed says so by one name, so that what comes out is not packed again. */
function isPackedOnce(file: Buffer): boolean {
  const text = file.toString("latin1");
  const filter =
    /\/(?:F|#46)(?:i|#69)(?:l|#6[cC])(?:t|#74)(?:e|#65)(?:r|#72)(?![^\s/<>[\](){}%\0])(?:\s*(?:\/([\w.]+)|\[\s*\/([\w.]+)\s*\])\s*(?=[/>]))?/g;
  for (const [, one, only] of text.matchAll(filter)) {
    const name = one ?? only;
    if (name === undefined || others.test(name)) return false;
  }
  return true;
}
