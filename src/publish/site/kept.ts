import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";

import { withScratch } from "../../run/scratch.js";
import { dropDamaged, isWhole, noteSizes } from "../../run/whole.js";

const unusedAfterMs = 7 * 24 * 3_600_000;

/**
 * The folder that keeps what was computed from what a stamp stands for, among those of other stamps. Those that nobody
 * asked for in a week go; a running build may still read them until then.
 */
export async function keptFolder(folders: string, stamp: string): Promise<string> {
  const folder = join(folders, stamp);
  await mkdir(folder, { recursive: true });
  await utimes(folder, new Date(), new Date());
  for (const name of await readdir(folders)) {
    const other = await stat(join(folders, name)).catch(() => null); // another build may have removed it
    if (other && Date.now() - other.mtimeMs > unusedAfterMs)
      await rm(join(folders, name), { recursive: true, force: true });
  }
  return folder;
}

/** A folder of those, made if it is not there yet; it appears whole or not at all. */
export async function keptIn(
  folder: string,
  name: string,
  make: (partial: string) => Promise<void>,
): Promise<string> {
  const kept = join(folder, name);
  if (isWhole(kept)) return kept;
  dropDamaged(kept);
  const partial = await mkdtemp(join(folder, `${name}-`));
  await withScratch(partial, async () => {
    try {
      await make(partial);
      noteSizes(partial, kept);
      await rename(partial, kept);
    } catch (error) {
      if (!isWhole(kept)) throw error; // else another build was faster
    }
  });
  return kept;
}
