import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { CliError } from "../../src/run/error.js";
import { told } from "../../src/words/told.js";

/** The bytes of a file in order, decompressed, with a digest of the file as it stands on the disk. */
export interface ByteSource {
  /** Fills a part of `target`; 0 at the end. */
  read(target: Buffer, offset: number): Promise<number>;
  /** Goes to a byte of the decompressed text; a compressed one is read up to it, anew when it lies behind. */
  seek(offset: number): Promise<void>;
  /** Hex SHA-256 of what was read so far. */
  digest(): string;
  /** Bytes of the file read so far; undefined of a compressed one, which may end before its file does. */
  taken(): number | undefined;
  close(): Promise<void>;
}

/**
 * Reads on until the buffer is full or the text ends. A line that outgrows its buffer is looked at once each time the
 * buffer doubles, not once a chunk.
 * @returns bytes held, and whether the text has ended
 */
export async function fill(
  source: ByteSource,
  buffer: Buffer,
  held: number,
): Promise<{ held: number; isFinal: boolean }> {
  let end = held;
  while (end < buffer.length) {
    const read = await source.read(buffer, end);
    if (read === 0) return { held: end, isFinal: true };
    end += read;
  }
  return { held: end, isFinal: false };
}

/** @throws CliError 1 when the file cannot be read or its compression is damaged */
export async function openBytes(file: string, digested = true): Promise<ByteSource> {
  return file.endsWith(".gz") ? gunzipped(file) : plain(file, digested);
}

async function plain(file: string, digested: boolean): Promise<ByteSource> {
  let handle: FileHandle;
  try {
    handle = await open(file, "r");
  } catch (error) {
    throw unreadable(file, error);
  }
  const hash = createHash("sha256");
  let position = 0;
  let taken = 0;
  return {
    async seek(offset) {
      position = offset;
    },
    async read(target, offset) {
      try {
        const { bytesRead } = await handle.read(target, offset, target.length - offset, position);
        position += bytesRead;
        taken += bytesRead;
        if (digested) hash.update(target.subarray(offset, offset + bytesRead));
        return bytesRead;
      } catch (error) {
        throw unreadable(file, error);
      }
    },
    digest: () => hash.digest("hex"),
    taken: () => taken,
    close: () => handle.close(),
  };
}

async function gunzipped(file: string): Promise<ByteSource> {
  const hash: Hash = createHash("sha256");
  let stream = gunzip(file, hash);
  let position = 0;
  let left: Buffer | undefined;
  const next = async (): Promise<Buffer | undefined> => {
    try {
      if (left && left.length > 0) return left;
      const chunk = await stream.chunks.next();
      return chunk.done ? undefined : chunk.value;
    } catch (error) {
      throw unreadable(file, error);
    }
  };
  const take = (chunk: Buffer, count: number) => {
    left = chunk.subarray(count);
    position += count;
  };
  return {
    async seek(offset) {
      if (offset < position) {
        stream.close();
        stream = gunzip(file, hash);
        position = 0;
        left = undefined;
      }
      for (let chunk: Buffer | undefined; position < offset; ) {
        chunk = await next();
        if (!chunk) return;
        take(chunk, Math.min(chunk.length, offset - position));
      }
    },
    async read(target, offset) {
      const chunk = await next();
      if (!chunk) return 0;
      const copied = chunk.copy(target, offset);
      take(chunk, copied);
      return copied;
    },
    digest: () => hash.digest("hex"),
    taken: () => undefined,
    close: async () => stream.close(),
  };
}

function gunzip(file: string, hash: Hash) {
  const source = createReadStream(file, { highWaterMark: 1 << 20 });
  source.on("data", (chunk) => hash.update(chunk));
  const unzip = createGunzip({ chunkSize: 1 << 20 });
  source.on("error", (error) => unzip.destroy(error));
  source.pipe(unzip);
  return {
    chunks: unzip[Symbol.asyncIterator]() as AsyncIterator<Buffer>,
    close() {
      source.destroy();
      unzip.destroy();
    },
  };
}

function unreadable(file: string, error: unknown): CliError {
  return new CliError(told("file.unreadable", { file, reason: (error as Error).message }), 1, {
    cause: error,
  });
}
