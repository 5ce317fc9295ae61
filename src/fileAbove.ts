import { statSync } from "node:fs";
import { dirname } from "node:path";

/** What stands in the way of a path: the nearest thing above it that exists, where that is no folder. */
export function fileAbove(path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      return statSync(folder).isDirectory() ? undefined : folder;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== "ENOENT" && code !== "ENOTDIR") || folder === dirname(folder)) throw error;
    }
  }
}
