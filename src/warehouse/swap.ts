import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { onInterrupt } from "../run/interrupt.js";
import { machineFailure } from "../run/machineFailure.js";

/** Has a file, or what a folder lists, written to the disk. */
export function sync(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Replaces a small file: whoever reads it sees the old text or the new one, on the disk, too; where that fails nothing is left beside it. To be
 * called by one process at a time.
 * @throws CliError 1 where the machine is in the way, a full disk for one
 */
export function replaceText(path: string, text: string): void {
  const part = `${path}.part`;
  try {
    writeFileSync(part, text);
    sync(part);
    renameSync(part, path);
    sync(dirname(path));
  } catch (error) {
    rmSync(part, { force: true });
    // Of a failed write Node does not say where.
    if (error instanceof Error) Object.assign(error, { path: (error as NodeJS.ErrnoException).path ?? path });
    throw machineFailure(error) ?? error;
  }
}

/**
 * Makes a file by building it under another name in the same folder and renaming it when `make` is done. A reader of
 * `path` sees the old file or the new one, never a part; after a crash only a leftover stays, which the next call
 * clears. To be called by one process at a time (see `withLock`).
 * @param before runs when the new file is whole and the old one still there, with what `make` gave
 */
export async function replaceFile<T>(
  path: string,
  make: (buildingPath: string, scratchDir: string) => Promise<T>,
  before: (made: T) => void = () => {},
): Promise<T> {
  const folder = dirname(path);
  const prefix = `${basename(path)}.building`;
  clearLeftovers(folder, prefix);
  const building = join(folder, prefix);
  const scratch = join(folder, `${prefix}.tmp`);
  const over = onInterrupt(() => clearLeftovers(folder, prefix));
  try {
    mkdirSync(scratch, { recursive: true });
    const result = await make(building, scratch);
    sync(building);
    before(result);
    renameSync(building, path);
    sync(folder);
    return result;
  } finally {
    over();
    clearLeftovers(folder, prefix);
  }
}

/**
 * Gives a file a name of its own beside itself, so that another can take its place.
 * @returns the name
 */
export function setAside(path: string): string {
  const free = (serial: number): string => {
    const name = serial === 1 ? `${path}.broken` : `${path}.broken-${serial}`;
    return existsSync(name) ? free(serial + 1) : name;
  };
  const aside = free(1);
  renameSync(path, aside);
  return aside;
}

/** The building file, what DuckDB writes beside it, and the scratch folder; nothing else of a similar name. */
function clearLeftovers(folder: string, prefix: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix) || !/^(\.wal(\..*)?|\.tmp)?$/.test(name.slice(prefix.length))) continue;
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}
