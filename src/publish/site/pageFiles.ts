import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What of the pages' folder a build has of its own, or has no use for: data, packages, fonts, packs. */
export const ownFolders = new Set([".observablehq", "data", "fonts", "packs"]);

/** The files of which pages are made, below the folder of pages. */
export const pageFiles = (pages: string): string[] =>
  readdirSync(pages)
    .filter((name) => !ownFolders.has(name))
    .sort()
    .flatMap((name) => filesBelow(join(pages, name)));

/** Every file, links followed. */
export function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}
