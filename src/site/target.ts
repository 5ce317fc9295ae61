import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, parse, relative, resolve, sep } from "node:path";

import { CliError } from "../error.js";
import { fileAbove } from "../fileAbove.js";

/** Written into every site: whose folder it is, and each file of it on a line of its own. */
export const siteMarker = ".herringbone-site";

const markerHead = "Built by herringbone site, which replaces this folder. Its files:";

/** What file managers leave behind, which nobody misses. */
const litter = new Set([".DS_Store", "Thumbs.db", "desktop.ini"]);

/**
 * The folder that a site may be built into: one that is absent or empty, or that holds an earlier site and nothing
 * else. A link is followed, so that it stays and the folder behind it is replaced.
 *
 * @param kept folders and files that must not lie in the folder: the project, the warehouse, the extracts
 * @throws CliError 2 for any other folder, before anything is written
 */
export function siteTarget(out: string, { root, kept }: { root: string; kept: readonly string[] }): string {
  const target = behindLinks(resolve(out));
  refusePlaces(target, out, root, kept);
  refuseParent(target, out);
  if (!existsSync(target)) return target;
  if (!statSync(target).isDirectory()) {
    throw new CliError(
      { en: `--out has to be a folder, this is none: ${out}`, zh: `--out 须是文件夹，这里不是：${out}` },
      2,
    );
  }
  const foreign = foreignFile(target);
  if (foreign !== undefined) {
    throw new CliError(
      {
        en: `--out holds something else than an earlier site (${foreign}), and would lose it; name an empty or a new folder: ${out}`,
        zh: `--out 里有不属于以前站点的内容（${foreign}），继续会把它删掉；请换一个空的或新的文件夹：${out}`,
      },
      2,
    );
  }
  return target;
}

/** Whether a folder holds a built site. */
export function isSite(folder: string): boolean {
  const marker = join(folder, siteMarker);
  if (existsSync(marker)) return readFileSync(marker, "utf8").startsWith(markerHead);
  return isUnmarkedSite(folder);
}

/** Marks a finished site, so that a later build knows its own files. */
export async function markSite(site: string): Promise<void> {
  await writeFile(join(site, siteMarker), [markerHead, ...filesBelow(site), ""].join("\n"));
}

/** A path with links resolved as far as it exists; the last link may lead to nothing yet. */
function behindLinks(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const folder = dirname(path);
  if (existsSync(folder) && statSync(folder).isDirectory() && isLink(path)) {
    throw new CliError(
      { en: `--out is a link that leads nowhere: ${path}`, zh: `--out 是一个失效的链接：${path}` },
      2,
    );
  }
  return folder === path ? path : join(behindLinks(folder), path.slice(join(folder, sep).length));
}

const isLink = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

const isWithin = (path: string, folder: string) => `${path}${sep}`.startsWith(join(folder, sep));

function refusePlaces(target: string, out: string, root: string, kept: readonly string[]): void {
  const real = [root, homedir(), ...kept].map((path) => (existsSync(path) ? realpathSync(path) : path));
  const sources = ["reports", "src", "loaders", "data", "test", "node_modules", ".git"];
  if (target === parse(target).root || real.some((path) => isWithin(path, target))) {
    throw new CliError(
      {
        en: `--out is, or holds, what a site must not replace; name a folder of its own: ${out}`,
        zh: `--out 本身或其中有不能被站点替换的内容，请为站点单独指定一个文件夹：${out}`,
      },
      2,
    );
  }
  const source = sources.find(
    (name) => existsSync(join(root, name)) && isWithin(target, realpathSync(join(root, name))),
  );
  if (source !== undefined) {
    throw new CliError(
      {
        en: `--out lies in the project's folder ${source}, which is no place for a site: ${out}`,
        zh: `--out 位于项目的 ${source} 文件夹，站点不能放在这里：${out}`,
      },
      2,
    );
  }
}

function refuseParent(target: string, out: string): void {
  const above = fileAbove(target);
  if (above === undefined) return;
  throw new CliError(
    {
      en: `--out lies in something that is no folder (${above}): ${out}`,
      zh: `--out 的上级不是文件夹（${above}）：${out}`,
    },
    2,
  );
}

/** A file of a folder that no site build wrote; undefined where there is none. */
function foreignFile(folder: string): string | undefined {
  const files = filesBelow(folder);
  const marker = join(folder, siteMarker);
  if (!existsSync(marker)) return files.length === 0 ? undefined : foreignOfUnmarked(folder, files);
  const [head, ...known] = readFileSync(marker, "utf8").split("\n");
  if (head !== markerHead) return siteMarker;
  const own = new Set(known);
  return files.find((file) => !own.has(file));
}

const bundles = /^_(file|import|node|npm|observablehq|jsr)\//;

/** Sites were not marked at first. They hold pages, and what those load, and say so in their first page. */
function foreignOfUnmarked(folder: string, files: readonly string[]): string | undefined {
  return isUnmarkedSite(folder)
    ? files.find((file) => !bundles.test(file) && !file.endsWith(".html"))
    : files[0];
}

function isUnmarkedSite(folder: string): boolean {
  const index = join(folder, "index.html");
  return (
    existsSync(index) &&
    existsSync(join(folder, "_observablehq")) &&
    / · Herringbone<\/title>/.test(readFileSync(index, "utf8"))
  );
}

/** Every file below a folder but the marker and litter, as `/`-separated relative paths. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !litter.has(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .filter((file) => file !== siteMarker)
    .sort();
}
