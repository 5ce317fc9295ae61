import { constants, existsSync, lstatSync, readdirSync, rmSync } from "node:fs";
import { copyFile, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ownCatalogue } from "../../load/plan.js";
import { CliError } from "../../run/error.js";
import { stopIfInterrupted } from "../../run/interrupt.js";
import { withScratch } from "../../run/scratch.js";
import { startOf } from "../../warehouse/lock.js";
import { told } from "../../words/told.js";

/**
 * Writes all files beside their places and moves them there when all are whole. What somebody has begun of a catalogue or
 * vocabulary stays theirs; a former `sources.yaml` is kept as `.bak`.
 * @returns the files that were written
 */
export async function writeTexts(
  dataDir: string,
  texts: Readonly<Record<string, string>>,
): Promise<string[]> {
  const scratch = join(dataDir, `${scratchPrefix}${process.pid}`);
  const names = Object.keys(texts).filter((name) => name === mapping || !existsSync(join(dataDir, name)));
  await withScratch(scratch, async () => {
    await mkdir(join(scratch, ownCatalogue), { recursive: true });
    for (const name of names) await writeFile(join(scratch, name), texts[name] ?? "", { flag: "wx" });
    stopIfInterrupted();
    await mkdir(join(dataDir, ownCatalogue), { recursive: true });
    // The file that says that all is there comes last.
    const target = join(dataDir, mapping);
    if (existsSync(target)) await copyFile(target, freeName(`${target}.bak`), constants.COPYFILE_EXCL);
    for (const name of [...names.filter((each) => each !== mapping), mapping])
      await rename(join(scratch, name), join(dataDir, name));
  });
  return names;
}

const scratchPrefix = ".herringbone-init-";

/** Removes what a killed one left there. */
export function clearKilled(dataDir: string): void {
  const left = existsSync(dataDir)
    ? readdirSync(dataDir).filter((name) => name.startsWith(scratchPrefix))
    : [];
  for (const name of left.filter((each) => startOf(Number(each.slice(scratchPrefix.length))) === undefined))
    rmSync(join(dataDir, name), { recursive: true, force: true });
}

const mapping = "sources.yaml";

/**
 * Nothing is written through a link into a place that is not the folder's.
 * @throws CliError 2 naming it
 */
export function requireOwnPlaces(dataDir: string): void {
  for (const name of [ownCatalogue, mapping, "vocabulary.yaml"]) {
    const path = join(dataDir, name);
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new CliError(told("init.link", { path }), 2);
  }
}

/** A name that nothing has yet: former mappings are all kept. */
function freeName(path: string): string {
  for (let again = 1; ; again++) {
    const name = again === 1 ? path : `${path}${again}`;
    if (!existsSync(name)) return name;
  }
}
