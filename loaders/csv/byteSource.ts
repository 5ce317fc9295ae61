import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { CliError } from "../../src/error.js";

/** The bytes of a file in order, decompressed, with a digest of the file as it stands on the disk. */
export interface ByteSource {
  /** Fills a part of `target`; 0 at the end. */
  read(target: Buffer, offset: number): Promise<number>;
  /** Hex SHA-256 of what was read so far. */
  digest(): string;
  close(): Promise<void>;
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
  return {
    async read(target, offset) {
      try {
        const { bytesRead } = await handle.read(target, offset, target.length - offset, null);
        if (digested) hash.update(target.subarray(offset, offset + bytesRead));
        return bytesRead;
      } catch (error) {
        throw unreadable(file, error);
      }
    },
    digest: () => hash.digest("hex"),
    close: () => handle.close(),
  };
}

async function gunzipped(file: string): Promise<ByteSource> {
  const hash: Hash = createHash("sha256");
  const source = createReadStream(file, { highWaterMark: 1 << 20 });
  source.on("data", (chunk) => hash.update(chunk));
  const unzip = createGunzip({ chunkSize: 1 << 20 });
  source.on("error", (error) => unzip.destroy(error));
  source.pipe(unzip);
  const chunks = unzip[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let left: Buffer | undefined;
  return {
    async read(target, offset) {
      if (!left || left.length === 0) {
        try {
          const next = await chunks.next();
          if (next.done) return 0;
          left = next.value;
        } catch (error) {
          throw unreadable(file, error);
        }
      }
      const copied = left.copy(target, offset);
      left = left.subarray(copied);
      return copied;
    },
    digest: () => hash.digest("hex"),
    async close() {
      source.destroy();
      unzip.destroy();
    },
  };
}

function unreadable(file: string, error: unknown): CliError {
  return new CliError(`cannot read ${file}: ${(error as Error).message}`, 1, { cause: error });
}
