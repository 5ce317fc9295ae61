import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

function sync(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Makes a file by building it under another name in the same folder and renaming it when `make` is done. A reader of
 * `path` sees the old file or the new one, never a part; after a crash only a leftover stays, which the next call
 * clears. To be called by one process at a time (see `withLock`).
 */
export async function replaceFile<T>(
  path: string,
  make: (buildingPath: string, scratchDir: string) => Promise<T>,
): Promise<T> {
  const folder = dirname(path);
  const prefix = `${basename(path)}.building`;
  clearLeftovers(folder, prefix);
  const building = join(folder, prefix);
  const scratch = join(folder, `${prefix}.tmp`);
  mkdirSync(scratch, { recursive: true });
  try {
    const result = await make(building, scratch);
    sync(building);
    renameSync(building, path);
    sync(folder);
    return result;
  } finally {
    clearLeftovers(folder, prefix);
  }
}

function clearLeftovers(folder: string, prefix: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
