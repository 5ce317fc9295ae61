import { createReadStream, statSync } from "node:fs";
import { Transform } from "node:stream";
import { Decompress } from "fzstd";
import xxhash from "xxhash-wasm";
import { writeUnpacked } from "./bounded.js";

/**
 * Decompresses a Zstandard file, all its frames, and holds each against its end, its length and its checksum where the
 * writer took them down: `fzstd` decodes but does not check, and Node's own decoder is not in every Node that this runs on.
 * @throws CliError 1 when it is damaged
 */
export async function unzstd(source: string, target: string, file: string): Promise<void> {
  const frames = new Frames(await xxhash());
  const decoder = new Transform({
    transform(chunk: Buffer, _, done) {
      done(failureOf(() => frames.push(chunk, (bytes) => this.push(bytes))));
    },
    flush(done) {
      done(failureOf(() => frames.end()));
    },
  });
  const bytes = createReadStream(source, { highWaterMark: 1 << 18 });
  await writeUnpacked(bytes, [decoder], target, { file, packed: statSync(source).size });
}

function failureOf(act: () => void): Error | null {
  try {
    act();
    return null;
  } catch (error) {
    return error as Error;
  }
}

type Take = (bytes: Buffer) => void;

/** The frames of a file as RFC 8878 has them: a header, blocks that say their sizes, and perhaps a checksum. */
class Frames {
  private pending: Buffer = Buffer.alloc(0);
  private state: "header" | "block" | "body" | "checksum" | "skipped" = "header";
  /** Bytes to come of a block's body or of a frame that is to be skipped. */
  private left = 0;
  private isLastBlock = false;
  private hasChecksum = false;
  private size: bigint | undefined;
  private written = 0n;
  private seen = 0;
  private hash: ReturnType<Awaited<ReturnType<typeof xxhash>>["create64"]>;
  private decoder = new Decompress();

  constructor(private readonly hashes: Awaited<ReturnType<typeof xxhash>>) {
    this.hash = hashes.create64();
  }

  push(chunk: Buffer, take: Take): void {
    let bytes = this.pending.length > 0 ? Buffer.concat([this.pending, chunk]) : chunk;
    for (let used = -1; used !== 0 && bytes.length > 0; bytes = bytes.subarray(used))
      used = this.step(bytes, take);
    this.pending = Buffer.from(bytes);
  }

  end(): void {
    if (this.state !== "header" || this.pending.length > 0 || this.seen === 0)
      throw new Error("unexpected end of file");
  }

  /** @returns how many bytes are done with; 0 for more */
  private step(bytes: Buffer, take: Take): number {
    switch (this.state) {
      case "header":
        return this.header(bytes, take);
      case "block": {
        if (bytes.length < 3) return 0;
        const head = bytes.readUIntLE(0, 3);
        const type = (head >> 1) & 3;
        if (type === 3) throw new Error("invalid block type");
        this.isLastBlock = (head & 1) === 1;
        this.left = type === 1 ? 1 : head >> 3;
        this.state = this.left > 0 ? "body" : this.afterBlock();
        return this.decode(bytes, 3, this.state === "header");
      }
      case "body": {
        const used = Math.min(this.left, bytes.length);
        this.left -= used;
        if (this.left === 0) this.state = this.afterBlock();
        return this.decode(bytes, used, this.state === "header");
      }
      case "checksum": {
        if (bytes.length < 4) return 0;
        this.decode(bytes, 4, true);
        if (BigInt(bytes.readUInt32LE(0)) !== (this.hash.digest() & 0xffffffffn))
          throw new Error("incorrect data check");
        this.state = "header";
        return 4;
      }
      case "skipped": {
        const used = Math.min(this.left, bytes.length);
        this.left -= used;
        if (this.left === 0) this.state = "header";
        return used;
      }
    }
  }

  private header(bytes: Buffer, take: Take): number {
    if (bytes.length < 8) return 0;
    const magic = bytes.readUInt32LE(0);
    if ((magic & 0xfffffff0) >>> 0 === 0x184d2a50) {
      this.left = bytes.readUInt32LE(4);
      this.state = this.left > 0 ? "skipped" : "header";
      return 8;
    }
    if (magic !== 0xfd2fb528) throw new Error("incorrect header check");
    const descriptor = bytes[4] as number;
    const isSingle = (descriptor & 0x20) !== 0;
    const dictionary = [0, 1, 2, 4][descriptor & 3] as number;
    const sizes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] as number;
    const at = 5 + (isSingle ? 0 : 1) + dictionary;
    if (bytes.length < at + sizes) return 0;
    this.size = sizes === 0 ? undefined : sizeOf(bytes, at, sizes);
    this.hasChecksum = (descriptor & 4) !== 0;
    this.written = 0n;
    this.seen++;
    this.hash = this.hashes.create64();
    this.decoder = new Decompress((data) => {
      const copy = Buffer.from(data);
      this.written += BigInt(copy.length);
      this.hash.update(copy);
      if (copy.length > 0) take(copy);
    });
    this.state = "block";
    return this.decode(bytes, at + sizes);
  }

  private afterBlock(): "block" | "checksum" | "header" {
    return !this.isLastBlock ? "block" : this.hasChecksum ? "checksum" : "header";
  }

  private decode(bytes: Buffer, count: number, isEnd = false): number {
    this.decoder.push(bytes.subarray(0, count), isEnd);
    if (isEnd && this.size !== undefined && this.size !== this.written)
      throw new Error("incorrect length check");
    return count;
  }
}

function sizeOf(bytes: Buffer, at: number, length: number): bigint {
  if (length === 8) return bytes.readBigUInt64LE(at);
  return BigInt(bytes.readUIntLE(at, length)) + (length === 2 ? 256n : 0n);
}
