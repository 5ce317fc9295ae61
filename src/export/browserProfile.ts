import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOf } from "../warehouse/lock.js";

const prefix = "herringbone-browser-";

/** A folder for what a browser keeps, called after this process. Those of processes that ended and could not clear theirs go. */
export function newProfile(): string {
  for (const name of readdirSync(tmpdir())) {
    const [, owner] = new RegExp(`^${prefix}(\\d+)-`).exec(name) ?? [];
    if (owner !== undefined && startOf(Number(owner)) === undefined) dropProfile(join(tmpdir(), name));
  }
  return mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
}

/** Clears the folder of a browser that has ended. */
export function dropProfile(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch {
    // It is another user's, or still written: a later run clears it.
  }
}
