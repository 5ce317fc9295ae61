import { existsSync, readFileSync, realpathSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, parse, sep } from "node:path";
import { filesBelow, guardOutput } from "../../run/outputGuard.js";
import { told } from "../../words/told.js";

/** Written into every site: whose folder it is, and each file of it on a line of its own. */
const siteMarker = ".herringbone-site";

const markerHead = "Built by herringbone site, which replaces this folder. Its files:";

/**
 * The folder that a site may be built into: one that is absent or empty, or that holds an earlier site and nothing
 * else. A link is followed, so that it stays and the folder behind it is replaced.
 *
 * @param kept folders and files that must not lie in the folder: the project, the warehouse, the extracts
 * @throws CliError 2 for any other folder, before anything is written
 */
export function siteTarget(out: string, { root, kept }: { root: string; kept: readonly string[] }): string {
  const refusal = (target: string) => placeFault(target, root, kept) ?? contentFault(target);
  return guardOutput(out, { option: "--out", kind: "folder", refusal });
}

/** Whether a folder holds a built site. */
export function isSite(folder: string): boolean {
  const marker = join(folder, siteMarker);
  if (existsSync(marker)) return readFileSync(marker, "utf8").startsWith(markerHead);
  return isUnmarkedSite(folder);
}

/** Marks a finished site, so that a later build knows its own files. */
export async function markSite(site: string): Promise<void> {
  await writeFile(join(site, siteMarker), [markerHead, ...siteFiles(site), ""].join("\n"));
}

const siteFiles = (site: string) => filesBelow(site).filter((file) => file !== siteMarker);

const isWithin = (path: string, folder: string) => `${path}${sep}`.startsWith(join(folder, sep));

function placeFault(target: string, root: string, kept: readonly string[]) {
  const real = [root, homedir(), ...kept].map((path) => (existsSync(path) ? realpathSync(path) : path));
  if (target === parse(target).root || real.some((path) => isWithin(path, target))) {
    return told("out.protected");
  }
  const sources = ["reports", "src", "loaders", "data", "test", "node_modules", ".git"];
  const source = sources.find(
    (name) => existsSync(join(root, name)) && isWithin(target, realpathSync(join(root, name))),
  );
  if (source === undefined) return;
  return told("out.inProject", { folder: source });
}

function contentFault(target: string) {
  const foreign = existsSync(target) ? foreignFile(target) : undefined;
  if (foreign === undefined) return;
  return told("out.otherContent", { name: foreign });
}

/** A file of a folder that no site build wrote; undefined where there is none. */
function foreignFile(folder: string): string | undefined {
  const files = siteFiles(folder);
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
