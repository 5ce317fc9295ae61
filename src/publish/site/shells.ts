import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { both } from "../../run/both.js";
import { allowZoom } from "./allowZoom.js";
import { installedFiles, placeFonts } from "./bundles.js";
import { keptFolder, keptIn } from "./kept.js";
import type { Language } from "./languages.js";
import { filesBelow, pageFiles } from "./pageFiles.js";
import { bundleScripts } from "./pageScripts.js";
import { dataFolder, dataTime, withPagesRoot } from "./pagesRoot.js";
import { anyId } from "./shellCatalogue.js";

/** Has Framework build the pages below a root into a folder, once they are there. */
export type Framework = (pages: string, out: string, there: Promise<void>) => Promise<void>;

/**
 * The shells of a site: its pages without data, one for each kind and language, and all that they load but data. They
 * are kept by what they were made of and do not change once they are there.
 *
 * @returns the folder that holds them
 */
export async function siteShells(project: string, language: Language, framework: Framework): Promise<string> {
  const stamp = stampOf(project, language);
  const folder = await keptFolder(join(project, "reports", ".observablehq", "shells"), stamp);
  try {
    return await keptIn(folder, "site", async (partial) => {
      await withPagesRoot(project, async (pages, copied) => {
        const there = copied.then(() => placeAnyData(pages));
        await both(there, framework(pages, partial, there));
        await rm(join(partial, "_file", dataFolder), { recursive: true, force: true });
        await placeFonts(pages, partial);
      });
      await allowZoom(partial);
      await bundleScripts(partial);
      if (stampOf(project, language) !== stamp) throw changed;
    });
  } catch (error) {
    if (error !== changed) throw error;
    return siteShells(project, language, framework);
  }
}

/** What shells are made of is no longer what it was when they were begun. */
const changed = new Error("the pages changed while their shells were built");

/** Every file of data that pages name, without content: Framework wants to see it. */
async function placeAnyData(pages: string): Promise<void> {
  const sources = filesBelow(pages).filter((file) => /\.(md|js)$/.test(file));
  const texts = await Promise.all(sources.map((file) => readFile(file, "utf8")));
  const named = texts
    .join("\n")
    .matchAll(/FileAttachment\(["`](?:\/|(?:\.\.?\/)*)(data\/kpi\/[^"`]*)["`]\)/g);
  for (const [, name = ""] of named) {
    const file = join(pages, name.replace(/\$\{observable\.params\.id\}/g, anyId));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, "");
    await utimes(file, dataTime, dataTime);
  }
}

/**
 * Stands for everything that shells are made of: pages, components, styles, packages, and what of the program may have a part
 * in configuration and build.
 */
function stampOf(project: string, language: Language): string {
  const stamp = createHash("sha256").update(`${process.version} ${language}`);
  const files = [
    ...[...installedFiles, "observablehq.config.ts"].map((file) => join(project, file)),
    ...filesBelow(program).filter((file) => /\.[jt]s$/.test(file)),
    ...pageFiles(join(project, "reports")),
  ];
  for (const file of files)
    stamp.update(`\n${relative(project, file)}\n`).update(existsSync(file) ? readFileSync(file) : "absent");
  return stamp.digest("hex").slice(0, 16);
}

const program = fileURLToPath(new URL("../..", import.meta.url));
