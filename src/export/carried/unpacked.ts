import { createInflate, inflateSync } from "node:zlib";
import type { PDFObjectStreamParser, PDFRawStream } from "@cantoo/pdf-lib";

/** No pack comes near these: bytes of one stream, of all, and how many there are. */
const most = { one: 32 * 2 ** 20, all: 128 * 2 ** 20, streams: 100_000 };

/** What keeps a PDF from being opened: more bytes than so many, or streams that are packed as no print of ours is. */
export type Overpacked = TooLarge | "other" | null;

/** Most bytes that it may become. */
export interface TooLarge {
  most: number;
}

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

/** How many bytes the lists of objects have become that were read into a document. */
const listed = new WeakMap<object, number>();

/** What of a locked PDF that was read is beyond bounds, by the context that it was read into. */
export const overlisted = (context: object): TooLarge | null => {
  const size = listed.get(context) ?? 0;
  return size > most.all ? { most: most.all } : null;
};

type Lists = Pick<typeof PDFObjectStreamParser, "forStream">;
const bounded = new WeakSet<Lists>();

/**
 * Has a reader of locked PDFs unpack no more of their lists of objects than they may take: it unpacks them as it meets them, and what is
 * locked tells nobody before how large it gets. What is beyond is not read; `overlisted` tells of it.
 */
export function boundLists(lists: Lists): void {
  if (bounded.has(lists)) return;
  bounded.add(lists);
  const { forStream } = lists;
  lists.forStream = (stream, wait) => {
    const { context } = stream.dict;
    const all = (listed.get(context) ?? 0) + listSize(stream);
    listed.set(context, all);
    if (all > most.all) throw new Error("too much");
    return forStream(stream, wait);
  };
}

/** How much a list of objects becomes; of one that is too large, more than all may be. */
function listSize({ contents }: PDFRawStream): number {
  try {
    return inflateSync(contents, { maxOutputLength: most.one }).length;
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    // Readers of PDFs take what came out before the fault.
    return isTooLarge ? most.all + 1 : contents.length;
  }
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
