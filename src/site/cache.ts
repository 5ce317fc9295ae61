import { existsSync } from "node:fs";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { PublishedTable } from "./publish/archive.js";

const dataCache = (reports: string) => join(reports, ".observablehq", "cache", "data");

/**
 * Framework serves a loader's cached output until the loader's own file changes. This drops the cache when the
 * warehouse it was read from is another file, or the same file with a newer build in it.
 */
export async function dropStaleData(reports: string, warehouse: string): Promise<void> {
  const folder = dataCache(reports);
  const stamp = join(folder, "source.txt");
  const { mtimeMs, size, ino } = await stat(warehouse);
  const wanted = `${warehouse}\n${mtimeMs} ${size} ${ino}\n`;
  if (existsSync(stamp) && (await readFile(stamp, "utf8")) === wanted) return;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(stamp, wanted);
}

/** The list of published tables that the last run of the archive loader left; empty if none ran. */
export async function publishedTables(reports: string): Promise<PublishedTable[]> {
  const file = join(dataCache(reports), "kpi", "published.json");
  if (!existsSync(file)) return [];
  return JSON.parse(await readFile(file, "utf8")) as PublishedTable[];
}
