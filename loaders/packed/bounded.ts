import { createWriteStream } from "node:fs";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CliError } from "../../src/run/error.js";
import { machineFailure } from "../../src/run/machineFailure.js";
import { told } from "../../src/words/told.js";

/** What is packed more tightly than this is no table: rows of a CRM shrink to a tenth, very like ones to a fiftieth. */
const mostTimes = 200;
/** Little enough to be unpacked however tightly it is packed. */
const alwaysBytes = 256 * 2 ** 20;
const mostBytes = 64 * 2 ** 30;

/** How many bytes may come out of so many. */
export const mostUnpacked = (packed: number): number =>
  Math.min(mostBytes, Math.max(alwaysBytes, mostTimes * packed));

/** Too much comes out of a file. */
export const tooLarge = (file: string, packed: number): CliError =>
  new CliError(told("packed.tooLarge", { file, packed, times: mostTimes, most: mostBytes / 2 ** 30 }), 1);

/** What is packed cannot be unpacked to its end. */
export const damaged = (file: string, reason: string, cause?: unknown): CliError =>
  new CliError(told("file.unreadable", { file, reason: told("packed.damaged", { reason }) }), 1, { cause });

/**
 * Writes what comes out of a packed file, on whose way there are `steps`, each chunk looked at by `each`.
 * @param packed bytes of the file, by which it is told how many may come out of it
 * @throws CliError 1 when it is damaged, or more comes out of it than out of a table
 */
export async function writeUnpacked(
  source: Readable,
  steps: readonly Transform[],
  target: string,
  { file, packed, each }: { file: string; packed: number; each?: (chunk: Buffer) => void },
): Promise<void> {
  let written = 0;
  const bound = new Transform({
    transform(chunk: Buffer, _, done) {
      written += chunk.length;
      each?.(chunk);
      if (written > mostUnpacked(packed)) done(tooLarge(file, packed));
      else done(null, chunk);
    },
  });
  try {
    await pipeline([source, ...steps, bound, createWriteStream(target)]);
  } catch (error) {
    throw machineFailure(error) ?? damaged(file, (error as Error).message, error);
  }
}
