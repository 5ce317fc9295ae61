import { statfs } from "node:fs/promises";
import { ApiError } from "./fault.js";

/** What an interface may give before it is told that it never ends. */
export const bounds = {
  /** Pages in a row that bring no new record. */
  idlePages: 50,
  /** Pages beyond two a record. */
  morePages: 1000,
  /** Records beyond twice those that are counted, or that differ. */
  moreRecords: 20_000,
  /** Records of what nobody counts. */
  uncounted: 50_000_000,
  /** Of the room that there was, what may be filled. */
  share: 0.5,
  /** Bytes after which it is looked how full the disk is. */
  lookBytes: 64 * 1024 * 1024,
};

/** Signs of the sketch by which records are known again: 16 MB, whatever comes. */
const sketchBits = 2 ** 27;

/**
 * Whether the pages of an object lead to an end: each brings records that were not there before, none comes for ever, and what
 * they fill is at most half of the room that there was.
 */
export class Progress {
  private readonly sketch = new Uint8Array(sketchBits / 8);
  private pages = 0;
  private idle = 0;
  private records = 0;
  private distinct = 0;
  private bytes = 0;
  private looked = 0;

  /**
   * @param most records that there may be at most
   * @param room bytes that may be filled
   */
  private constructor(
    private readonly most: number,
    private readonly room: number,
  ) {}

  /** @param counted how many records there are; undefined where nobody counts them, or not exactly */
  static async to(folder: string, counted: number | undefined): Promise<Progress> {
    const most = counted === undefined ? bounds.uncounted : 2 * counted + bounds.moreRecords;
    return new Progress(most, (await roomIn(folder)) * bounds.share);
  }

  /**
   * Takes a page, by what tells its records apart.
   * @throws ApiError `endless`, or `fills` where it takes too much of the disk
   */
  async page(keys: readonly string[], bytes: number): Promise<void> {
    const before = this.distinct;
    for (const key of keys) this.take(key);
    this.pages++;
    this.records += keys.length;
    this.idle = this.distinct > before ? 0 : this.idle + 1;
    if (
      this.idle > bounds.idlePages ||
      this.pages > 2 * this.distinct + bounds.morePages ||
      this.records > 2 * this.distinct + bounds.moreRecords ||
      this.records > this.most
    )
      throw new ApiError({ what: "endless" });
    this.bytes += bytes;
    if (this.bytes - this.looked < bounds.lookBytes) return;
    this.looked = this.bytes;
    if (this.bytes > this.room) throw new ApiError({ what: "fills" });
  }

  private take(key: string): void {
    const bit = hashOf(key) % sketchBits;
    const mask = 1 << (bit & 7);
    const at = bit >>> 3;
    const held = this.sketch[at] ?? 0;
    if ((held & mask) !== 0) return;
    this.sketch[at] = held | mask;
    this.distinct++;
  }
}

/** FNV-1a, 32 bits, mixed: some keys that share a bit do no harm, for a page has many. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

async function roomIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
