import { cp, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { type BuildFailure, build } from "esbuild";

import { CliError } from "../../run/error.js";
import { withScratch } from "../../run/scratch.js";
import { startOf } from "../../warehouse/lock.js";
import { told } from "../../words/told.js";
import { furnish } from "./bundles.js";
import { ownFolders } from "./pageFiles.js";

/**
 * Runs `use` with a Framework root that no other build knows: it becomes a copy of the pages, without data yet, when `copied` resolves. Nothing in it was
 * computed by an earlier build but bundles of the installed packages. It lies within the project, since Framework looks
 * from there for `node_modules`, and is gone afterwards; what killed builds left goes, too.
 */
export async function withPagesRoot<T>(
  project: string,
  use: (root: string, copied: Promise<void>) => Promise<T>,
): Promise<T> {
  const pages = join(project, "reports");
  const roots = join(pages, ".observablehq", "runs");
  await mkdir(roots, { recursive: true });
  await dropAbandoned(roots);
  const root = await mkdtemp(join(roots, `${process.pid}-${startOf(process.pid) ?? ""}-`));
  return withScratch(root, () => use(root, copyPages(project, pages, root)));
}

async function copyPages(project: string, pages: string, root: string): Promise<void> {
  const names = (await readdir(pages)).filter((name) => !ownFolders.has(name));
  await Promise.all(
    names.map((name) => cp(join(pages, name), join(root, name), { recursive: true, dereference: true })),
  );
  await translate(root);
  await furnish(project, root);
}

/**
 * Puts JavaScript in the place of TypeScript, all at once and as Framework would do it one by one, waiting for each.
 * @throws CliError 1 where it is not valid, with file and line
 */
async function translate(root: string): Promise<void> {
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const sources = names.map((name) => join(root, name));
  await build({
    entryPoints: names,
    absWorkingDir: root,
    outdir: root,
    outbase: root,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    logLevel: "silent",
  }).catch(({ errors }: BuildFailure) => {
    const reason = errors.map(({ text, location }) =>
      location === null ? text : `${join("reports", location.file)}:${location.line}: ${text}`,
    );
    throw new CliError(told("site.buildFailed", { reason }), 1);
  });
  await Promise.all(sources.map((source) => rm(source)));
}

/** Where pages look for their data, below a Framework root and below `_file` of a built site. */
export const dataFolder = join("data", "kpi");

/** Framework puts a file's time into the names of modules that load it: the same data gives the same site. */
export const dataTime = new Date("2000-01-01T00:00:00Z");

async function dropAbandoned(roots: string): Promise<void> {
  for (const name of await readdir(roots)) {
    const [, pid, started] = /^(\d+)-(\d*)-/.exec(name) ?? [];
    const now = pid === undefined ? undefined : startOf(Number(pid));
    if (now === undefined || (now !== null && started !== "" && now !== started))
      await rm(join(roots, name), { recursive: true, force: true });
  }
}
