import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Lists the files of a folder that is kept, with their sizes; beside it, so that it can be copied as it is. */
export const sizesFile = (folder) => `${folder}.sizes.json`;

/** Notes what a folder consists of, to be called before it is moved to its place. */
export function noteSizes(folder, place) {
  writeFileSync(sizesFile(place), JSON.stringify(sizesIn(folder)));
}

/**
 * Whether a folder still has all its files in the size that was noted: a copy that broke off, a power cut or a full disk
 * leave shorter ones.
 */
export function isWhole(folder) {
  try {
    const noted = JSON.parse(readFileSync(sizesFile(folder), "utf8"));
    const found = sizesIn(folder);
    return Object.entries(noted).every(([name, size]) => found[name] === size);
  } catch {
    return false;
  }
}

/** Takes a damaged folder out of the way: whoever makes it anew finds the place free, or another's whole one there. */
export function dropDamaged(folder) {
  if (!existsSync(folder)) return;
  const aside = `${folder}-damaged-${process.pid}`;
  renameSync(folder, aside);
  rmSync(aside, { recursive: true, force: true });
}

function sizesIn(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file.slice(folder.length + 1), statSync(file).size];
    }),
  );
}
