import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onInterrupt } from "../interrupt.js";
import { cacheFolder } from "./browserFolders.js";
import type { Machine } from "./machine.js";

/** Lets one process at a time install a browser; a lock whose process is gone is taken over. */
export async function withInstallLock<T>(machine: Machine, use: () => Promise<T>): Promise<T> {
  const path = join(cacheFolder(machine), "browser.lock");
  mkdirSync(dirname(path), { recursive: true });
  while (!take(path)) await sleep(500);
  const over = onInterrupt(() => rmSync(path, { force: true }));
  try {
    return await use();
  } finally {
    over();
    rmSync(path, { force: true });
  }
}

function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (!isHeld(path)) rmSync(path, { force: true });
    return false;
  }
}

function isHeld(path: string): boolean {
  try {
    const owner = Number(readFileSync(path, "utf8"));
    return owner === 0 || process.kill(owner, 0); // 0: just made, not yet written
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
