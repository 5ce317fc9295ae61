import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { CliError } from "../../src/run/error.js";
import { told } from "../../src/words/told.js";

/** The bytes of a file in order, with their digest. */
export interface ByteSource {
  /** Fills a part of `target`; 0 at the end. */
  read(target: Buffer, offset: number): Promise<number>;
  /** Goes to a byte of the file. */
  seek(offset: number): Promise<void>;
  /** Hex SHA-256 of what was read so far. */
  digest(): string;
  /** Bytes of the file read so far. */
  taken(): number;
  /** A buffer of so many bytes, or of fewer where the file is smaller: thousands of small files would else fill the memory. */
  buffer(most: number): Buffer<ArrayBuffer>;
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

/** @throws CliError 1 when the file cannot be read */
export async function openBytes(file: string, digested = true): Promise<ByteSource> {
  let handle: FileHandle;
  let size: number;
  try {
    handle = await open(file, "r");
    ({ size } = await handle.stat());
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
    // One byte more than the file has, so that its end is met before the buffer is full.
    buffer: (most) => Buffer.allocUnsafe(size === 0 ? most : Math.min(most, size + 1)),
    close: () => handle.close(),
  };
}

function unreadable(file: string, error: unknown): CliError {
  return new CliError(told("file.unreadable", { file, reason: (error as Error).message }), 1, {
    cause: error,
  });
}
