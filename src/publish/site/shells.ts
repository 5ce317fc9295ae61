import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { allowZoom } from "./allowZoom.js";
import { installedFiles, keepBundles, placeFonts } from "./bundles.js";
import { keptFolder, keptIn } from "./kept.js";
import type { Language } from "./languages.js";
import { bundleScripts } from "./pageScripts.js";
import { dataFolder, dataTime, ownFolders, withPagesRoot } from "./pagesRoot.js";
import { anyId } from "./shellCatalogue.js";

/** Has Framework build the pages below a root into a folder. */
export type Framework = (pages: string, out: string) => Promise<void>;

/**
 * The shells of a site: its pages without data, one for each kind and language, and all that they load but data. They
 * are kept by what they were made of and do not change once they are there.
 *
 * @returns the folder that holds them
 */
export async function siteShells(project: string, language: Language, framework: Framework): Promise<string> {
  const stamp = await stampOf(project, language);
  const folder = await keptFolder(join(project, "reports", ".observablehq", "shells"), stamp);
  try {
    return await keptIn(folder, "site", async (partial) => {
      await withPagesRoot(project, async (pages) => {
        await placeAnyData(pages);
        await framework(pages, partial);
        await rm(join(partial, "_file", dataFolder), { recursive: true, force: true });
        await placeFonts(pages, partial);
        await keepBundles(project, pages);
      });
      await allowZoom(partial);
      await bundleScripts(partial);
      if ((await stampOf(project, language)) !== stamp) throw changed;
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
  const sources = (await filesBelow(pages)).filter((file) => /\.(md|ts)$/.test(file));
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

/** Stands for everything that shells are made of: pages, components, styles, the modules of configuration and build, packages. */
async function stampOf(project: string, language: Language): Promise<string> {
  const stamp = createHash("sha256").update(`${process.version} ${language}`);
  const pages = (await readdir(join(project, "reports"))).filter((name) => !ownFolders.has(name)).sort();
  const files = [
    ...installedFiles.map((file) => join(project, file)),
    ...(await modulesOf(project)),
    ...(await Promise.all(pages.map((name) => filesBelow(join(project, "reports", name))))).flat(),
  ];
  for (const file of files)
    stamp.update(`\n${relative(project, file)}\n`).update(existsSync(file) ? await readFile(file) : "absent");
  return stamp.digest("hex").slice(0, 16);
}

/** The modules behind Framework's configuration and this one, with what is handed to Framework's process. */
async function modulesOf(project: string): Promise<string[]> {
  const config = join(project, "observablehq.config.ts");
  const { metafile } = await build({
    entryPoints: [fileURLToPath(import.meta.url), ...(existsSync(config) ? [config] : [])],
    absWorkingDir: project,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outdir: "unwritten",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const handed = await filesBelow(fileURLToPath(new URL("./framework", import.meta.url)));
  return [...Object.keys(metafile.inputs).map((file) => resolve(project, file)), ...handed].sort();
}

/** Every file, links followed. */
async function filesBelow(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path)).sort();
  return (await Promise.all(names.map((name) => filesBelow(join(path, name))))).flat();
}
