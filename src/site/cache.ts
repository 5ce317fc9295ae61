import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { onInterrupt } from "../interrupt.js";
import type { PublishedTable } from "./publish/archive.js";
import type { ZipEntry } from "./publish/zip.js";

const dataCache = (reports: string) => join(reports, ".observablehq", "cache", "data");

/**
 * Framework serves a loader's cached output until the loader's own file changes. This drops the cache when what
 * the loader reads has changed: the warehouse or the publishing code; or when a build ended before
 * its data was placed.
 * @returns whether the cache was dropped
 */
export async function dropStaleData(reports: string, warehouse: string): Promise<boolean> {
  const folder = dataCache(reports);
  const stamp = join(folder, "source.txt");
  const publishing = [join(import.meta.dirname, "publish"), join(import.meta.dirname, "..", "contract")];
  const wanted = (await Promise.all([warehouse, ...publishing].map(stateOf))).join("");
  const isPlaced = existsSync(stamp) && existsSync(join(folder, "kpi"));
  if (isPlaced && (await readFile(stamp, "utf8")) === wanted) return false;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(stamp, wanted);
  return true;
}

/**
 * Puts the members of the data archive where Framework keeps what it took out of it. Left to itself it reads the whole
 * archive for each of them.
 */
export async function placeData(reports: string, members: readonly ZipEntry[]): Promise<void> {
  const folder = join(dataCache(reports), "kpi");
  const partial = `${folder}.${process.pid}.tmp`;
  const over = onInterrupt(() => rm(partial, { recursive: true, force: true }));
  try {
    for (const { path, bytes } of members) {
      await mkdir(dirname(join(partial, path)), { recursive: true });
      await writeFile(join(partial, path), bytes);
    }
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
    over();
  }
}

/** A line that changes with a file, or with any file of a folder. */
async function stateOf(path: string): Promise<string> {
  if (!existsSync(path)) return `${path} absent\n`;
  const state = await stat(path);
  if (!state.isDirectory()) return `${path} ${state.mtimeMs} ${state.size} ${state.ino}\n`;
  const names = (await readdir(path)).sort();
  return (await Promise.all(names.map((name) => stateOf(join(path, name))))).join("");
}

/** The list of published tables that the last run of the archive loader left; empty if none ran. */
export async function publishedTables(reports: string): Promise<PublishedTable[]> {
  const file = join(dataCache(reports), "kpi", "published.json");
  if (!existsSync(file)) return [];
  return JSON.parse(await readFile(file, "utf8")) as PublishedTable[];
}
