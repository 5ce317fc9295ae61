import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

import { onInterrupt } from "../../run/interrupt.js";
import { startOf } from "../../warehouse/lock.js";
import { isOnDemand } from "../onDemand.js";
import type { ZipEntry } from "../zip.js";
import { furnish } from "./bundles.js";

/** What of the pages' folder a build has of its own: data, packages, fonts. */
const own = new Set([".observablehq", "data", "fonts"]);

/**
 * Runs `use` with a Framework root that no other build knows: a copy of the pages, without data yet. Nothing in it was
 * computed by an earlier build but bundles of the installed packages. It lies within the project, since Framework looks
 * from there for `node_modules`, and is gone afterwards; what killed builds left goes, too.
 */
export async function withPagesRoot<T>(project: string, use: (root: string) => Promise<T>): Promise<T> {
  const pages = join(project, "reports");
  const roots = join(pages, ".observablehq", "runs");
  await mkdir(roots, { recursive: true });
  await dropAbandoned(roots);
  const root = await mkdtemp(join(roots, `${process.pid}-${startOf(process.pid) ?? ""}-`));
  const over = onInterrupt(() => rm(root, { recursive: true, force: true }));
  try {
    for (const name of await readdir(pages)) {
      if (!own.has(name))
        await cp(join(pages, name), join(root, name), { recursive: true, dereference: true });
    }
    await furnish(project, root);
    return await use(root);
  } finally {
    await rm(root, { recursive: true, force: true });
    over();
  }
}

/** Where pages look for their data, below a Framework root and below `_file` of a built site. */
const dataFolder = join("data", "kpi");

/** Framework puts a file's time into the names of modules that load it: the same data gives the same site. */
const dataTime = new Date("2000-01-01T00:00:00Z");

/** Puts the data where pages look for it. As plain files they cost Framework no search for what might load them. */
export async function placeData(root: string, members: readonly ZipEntry[]): Promise<void> {
  for (const { path, bytes } of members) {
    const file = join(root, dataFolder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
    await utimes(file, dataTime, dataTime);
  }
}

/** Puts what pages load on demand, and Framework does not know, into a built site. */
export async function placeOnDemand(site: string, members: readonly ZipEntry[]): Promise<void> {
  for (const { path, bytes } of members.filter(isOnDemand)) {
    const file = join(site, "_file", dataFolder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

/** The data files of a built site by their names below the data folder, without Framework's hash in them. */
export async function builtData(site: string): Promise<{ path: string; file: string }[]> {
  const folder = join(site, "_file", dataFolder);
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const path = relative(folder, file).replaceAll(sep, "/");
      return { path: path.replace(/\.[0-9a-f]{8}(\.\w+)$/, "$1"), file };
    });
}

async function dropAbandoned(roots: string): Promise<void> {
  for (const name of await readdir(roots)) {
    const [, pid, started] = /^(\d+)-(\d*)-/.exec(name) ?? [];
    const now = pid === undefined ? undefined : startOf(Number(pid));
    if (now === undefined || (now !== null && started !== "" && now !== started))
      await rm(join(roots, name), { recursive: true, force: true });
  }
}
