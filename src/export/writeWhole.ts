import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { stopIfInterrupted } from "../run/interrupt.js";
import { withScratch } from "../run/scratch.js";

/** Writes a file, its folder too: it appears whole or not at all. */
export async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  const partial = `${path}.${process.pid}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  await withScratch(partial, async () => {
    await writeFile(partial, content);
    stopIfInterrupted();
    await rename(partial, path);
  });
}
