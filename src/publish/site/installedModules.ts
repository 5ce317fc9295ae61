import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

import { build, type Plugin } from "esbuild";

import { installed } from "./installed.js";
import { pageFiles } from "./pageFiles.js";

/** Packages by what Framework calls them, `NAME@VERSION`, each with the folder of who imports it. */
type Imported = ReadonlyMap<string, Importing>;

interface Importing {
  name: string;
  from: string;
}

/**
 * Bundles packages, and those that these import, as Framework does for want of them: one after the other,
 * in a quarter of a site's time. What is no ECMAScript module goes into the bundles that import it; where a page imports it,
 * it is left to Framework.
 *
 * @param folder gets a file `NAME@VERSION/index.js` for each package
 */
export async function bundleInstalled(imported: Imported, folder: string): Promise<void> {
  const done = new Set<string>();
  let wanted = imported;
  while (wanted.size > 0) {
    const next = new Map<string, Importing>();
    const { outputFiles } = await build({
      entryPoints: [...wanted.keys()].map((named) => ({ in: named, out: join(named, "index") })),
      outdir: folder,
      bundle: true,
      write: false,
      format: "esm",
      platform: "browser",
      target: "es2022",
      define: { "process.env.NODE_ENV": '"production"' },
      charset: "utf8",
      minify: true,
      logLevel: "silent",
      plugins: [eachApart(wanted, next)],
    });
    for (const { path, text } of outputFiles) {
      const up = relative(dirname(path), folder).replaceAll(sep, "/");
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text.replaceAll(`"${anyDepth}`, `"${up}/`));
    }
    for (const named of wanted.keys()) done.add(named);
    wanted = new Map([...next].filter(([named]) => !done.has(named)));
  }
}

/** Where a bundle names another one, until it is known how deep it lies itself. */
const anyDepth = "/_node/";

/** A package's whole name, without what may be named within it. */
const packageName = /^(?:@[\w.-]+\/)?[\w.-]+$/;

/**
 * The packages that pages import.
 *
 * @param pages a Framework root
 */
export async function importedByPages(project: string, pages: string): Promise<Imported> {
  const sources = pageFiles(pages).filter((name) => /\.(md|[jt]s)$/.test(name));
  const texts = await Promise.all(sources.map((name) => readFile(name, "utf8")));
  const found = new Map<string, Importing>();
  for (const [, name = ""] of texts.join("\n").matchAll(/\bfrom\s*["']([^"']+)["']/g)) {
    const known = packageName.test(name) ? await installed(name, project) : null;
    if (known?.isModule) found.set(known.named, { name, from: project });
  }
  return found;
}

/** Marks what is looked for as an entry, which lies in its own bundle. */
const ownEntry = Symbol("entry");

const eachApart = (wanted: Imported, next: Map<string, Importing>): Plugin => ({
  name: "each apart",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === ownEntry) return undefined;
      const entry = kind === "entry-point" ? wanted.get(path) : undefined;
      if (entry)
        return resolve(entry.name, {
          resolveDir: entry.from,
          kind: "import-statement",
          pluginData: ownEntry,
        });
      const known = packageName.test(path) ? await installed(path, resolveDir) : null;
      if (!known?.isModule) return undefined;
      next.set(known.named, { name: path, from: resolveDir });
      return { path: `${anyDepth}${known.named}/index.js`, external: true };
    });
  },
});
