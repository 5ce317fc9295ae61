import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";

import { build, type Plugin } from "esbuild";

/** Where Framework puts modules, each in a file of its own. */
const moduleFolders = { local: "_import", installed: "_node", implicit: "_npm", own: "_observablehq" };

/**
 * Puts all modules of a built site into a file for all pages that need the same, in the place of some hundred: one for the
 * pages, one for those that draw with the charts' grammar, half of it, and one for print. What no page uses stays out. Only
 * the imports of the pages change.
 *
 * @throws Error when a page imports in a form that is not known
 */
export async function bundleScripts(site: string): Promise<void> {
  const names = await readdir(site, { recursive: true });
  const pages = await Promise.all(
    names
      .filter((name) => name.endsWith(".html"))
      .map((name) => join(site, name))
      .map(async (page) => ({ page, html: await readFile(page, "utf8") })),
  );
  const sources = pages.map(({ page, html }) => {
    const own = new Wanted();
    rewrite(html, page, own);
    return own.source();
  });
  const drawing = await drawingSources(site, new Set(sources));
  const groups = new Map<string, { wanted: Wanted; pages: Map<string, Rewritten> }>();
  for (const [index, { page, html }] of pages.entries()) {
    const [, sheet = "site"] = /<link rel="stylesheet"[^>]*\/(\w+)\.\w+\.css"/.exec(html) ?? [];
    const name = sheet === "site" && drawing.has(sources[index] as string) ? "charts" : sheet;
    const group = groups.get(name) ?? { wanted: new Wanted(), pages: new Map<string, Rewritten>() };
    groups.set(name, group);
    group.pages.set(page, rewrite(html, page, group.wanted));
  }
  const filled = [...groups].filter(([, { wanted }]) => wanted.size > 0);
  const bundles = await Promise.all(filled.map(([, { wanted }]) => bundled(site, wanted.source())));
  if (bundles.length > 0) await dropModules(site);
  for (const [index, [name, { pages }]] of filled.entries()) {
    const { contents, data } = bundles[index] as Bundle;
    const hash = createHash("sha256").update(contents).digest("hex").slice(0, 8);
    const bundle = join(site, moduleFolders.local, `${name}.${hash}.js`);
    await writeFile(bundle, contents);
    for (const [page, html] of pages) {
      const path = relative(dirname(page), bundle).replaceAll(sep, "/");
      await writeFile(page, html(path.startsWith(".") ? path : `./${path}`, data));
    }
  }
}

/** Those of some pages' imports of which something is left that draws with the charts' grammar. */
async function drawingSources(site: string, sources: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const filled = [...sources].filter((source) => source !== "");
  const options = bundling(site, new Set());
  const { metafile } = await build({
    ...options,
    entryPoints: filled.map((_, index) => ({ in: `${index}`, out: `${index}` })),
    outdir: site,
    plugins: [eachOf(site, filled), ...options.plugins],
  });
  return new Set(
    filled.filter((_, index) => {
      const [, output] =
        Object.entries(metafile.outputs).find(([name]) => name.endsWith(`/${index}.js`)) ?? [];
      return Object.entries(output?.inputs ?? {}).some(
        ([module, { bytesInOutput }]) => bytesInOutput > 0 && isGrammar(module),
      );
    }),
  );
}

/** Entries that are not files, by their numbers. */
const eachOf = (site: string, sources: readonly string[]): Plugin => ({
  name: "each of",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\d+$/ }, ({ path, kind }) =>
      kind === "entry-point" ? { path, namespace: "pages" } : undefined,
    );
    onLoad({ filter: /./, namespace: "pages" }, ({ path }) => ({
      contents: sources[Number(path)] ?? "",
      resolveDir: site,
    }));
  },
});

const isGrammar = (module: string) => /\/@observablehq\/plot@/.test(module);

interface Bundle {
  contents: Uint8Array;
  /** The files of data that its modules name. */
  data: ReadonlySet<string>;
}

/** How modules come together; what files of data they name is added. */
const bundling = (site: string, data: Set<string>) => ({
  bundle: true as const,
  write: false as const,
  metafile: true as const,
  format: "esm" as const,
  target: "esnext",
  charset: "utf8" as const,
  logLevel: "silent" as const,
  plugins: [onlyWhatIsThere, laterStaysApart(site), grammarOnlyWhereUsed, filesOfThePage(site, data)],
});

async function bundled(site: string, source: string): Promise<Bundle> {
  const data = new Set<string>();
  const { outputFiles } = await build({
    ...bundling(site, data),
    stdin: { contents: source, resolveDir: site },
    minify: true,
  });
  const [{ contents } = { contents: new Uint8Array() }] = outputFiles;
  return { contents, data };
}

/** Framework's style sheets lie beside the modules, and stay. */
async function dropModules(site: string): Promise<void> {
  const { local, implicit, ...packages } = moduleFolders;
  for (const folder of Object.values(packages))
    await rm(join(site, folder), { recursive: true, force: true });
  for (const name of await readdir(join(site, local)))
    if (name !== "styles") await rm(join(site, local, name), { recursive: true });
}

/** What pages import: each thing under a name of its own. */
class Wanted {
  #names = new Map<string, { from: string; name: string }>();

  get size(): number {
    return this.#names.size;
  }

  /** The name under which the bundle exports what `from` exports as `name`. */
  add(from: string, name: string): string {
    for (let number = 1; ; number += 1) {
      const exported = number === 1 ? name : `${name}_${number}`;
      const known = this.#names.get(exported);
      if (known && (known.from !== from || known.name !== name)) continue;
      this.#names.set(exported, { from, name });
      return exported;
    }
  }

  source(): string {
    return [...this.#names]
      .map(([exported, { from, name }]) => `export {${name} as ${exported}} from ${JSON.stringify(from)};`)
      .join("\n");
  }
}

/** Stands for the bundle's address while it has no name yet. */
const place = "the-bundle";

const staticImport = /^import \{([^}]*)\} from "([^"]*)";$/gm;
const manyImports = /^const \[(.*)\] = await Promise\.all\(\[(import\(.*\))\]\);$/gm;
const oneImport = /^const (\{[^}]*\}) = await import\("([^"]*)"\);$/gm;

/** A page's HTML for the address of the bundle, and the data that its modules load. */
type Rewritten = (bundle: string, common: ReadonlySet<string>) => string;

/** A page that imports from the bundle, to which is added what it imports. */
function rewrite(html: string, page: string, wanted: Wanted): Rewritten {
  const at = html.indexOf('<script type="module">');
  const end = html.indexOf("</script>", at);
  if (at < 0) return () => html;
  const named = (list: string, from: string) =>
    list.split(", ").map((each) => {
      const [name = "", local = name] = each.split(": ");
      const exported = wanted.add(resolve(dirname(page), from), name);
      return { exported, local };
    });
  const taken = (names: readonly { exported: string; local: string }[]) =>
    names.map(({ exported, local }) => (exported === local ? local : `${exported}: ${local}`)).join(", ");
  const inner = (braced: string) => braced.slice(1, -1);
  const script = html
    .slice(at, end)
    .replace(staticImport, (_, list: string, from: string) => {
      return `import {${taken(named(list, from)).replaceAll(": ", " as ")}} from "${place}";`;
    })
    .replace(oneImport, (_, list: string, from: string) => {
      return `const {${taken(named(inner(list), from))}} = await import("${place}");`;
    })
    .replace(manyImports, (all, lists: string, imports: string) => {
      const braced = lists.match(/\{[^}]*\}/g) ?? [];
      const froms = [...imports.matchAll(/import\("([^"]*)"\)/g)].map(([, from = ""]) => from);
      if (braced.join(", ") !== lists || braced.length !== froms.length) throw unknownForm(page, all);
      const names = braced.flatMap((list, index) => named(inner(list), froms[index] ?? ""));
      return `const {${taken(names)}} = await import("${place}");`;
    });
  const left = /\b(?:import\s*\(?\s*|from )"(?!the-bundle)[^"]*"/.exec(script);
  if (left) throw unknownForm(page, left[0]);
  const head = html.slice(0, at).replace(/<link rel="modulepreload" href="[^"]*">\n/g, "");
  return (bundle, common) => {
    const links = [
      `<link rel="modulepreload" href="${bundle}">`,
      ...dataOf(script, common).map((path) => `<link rel="preload" as="fetch" crossorigin href="${path}">`),
    ];
    return `${head.replace("<title>", `${links.join("\n")}\n<title>`)}${script.replaceAll(place, bundle)}${html.slice(end)}`;
  };
}

/**
 * Where the data lies that a page loads whatever is chosen on it: asked for at once rather than when the scripts run, and what
 * every page waits for before what is its own.
 */
function dataOf(script: string, common: ReadonlySet<string>): string[] {
  const waited = new Set([...script.matchAll(/await FileAttachment\("([^"]*)"\)/g)].map(([, name]) => name));
  const known = [...script.matchAll(/^registerFile\("([^"]*)", \{[^}]*"path":"([^"]*)"/gm)];
  const isCommon = (name: string) => common.has(name.replace(/^(\.{1,2}\/)*/, ""));
  const paths = (isWanted: (name: string) => boolean) =>
    known.flatMap(([, name = "", path = ""]) => (isWanted(name) ? [path] : []));
  return [...paths(isCommon), ...paths((name) => waited.has(name) && !isCommon(name))];
}

const unknownForm = (page: string, found: string) =>
  new Error(`a page imports in a form that is not known: ${page}: ${found}`);

/** Framework's client names packages that no page uses and that are not installed. */
const onlyWhatIsThere: Plugin = {
  name: "only what is there",
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) =>
      existsSync(resolve(resolveDir, path)) ? undefined : { path, external: true },
    );
  },
};

/**
 * What Framework's client loads at run time, such as Arrow for `FileAttachment.arrow()`, stays a file of its own: pages read
 * their tables with a smaller reader.
 */
const laterStaysApart = (site: string): Plugin => ({
  name: "later stays apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/_npm\// }, ({ path, kind, resolveDir }) =>
      kind === "dynamic-import"
        ? {
            path: relative(join(site, moduleFolders.local), resolve(resolveDir, path)).replaceAll(sep, "/"),
            external: true,
          }
        : undefined,
    );
  },
});

/** As its package says: to load it does nothing that the charts do not ask for. */
const grammarOnlyWhereUsed: Plugin = {
  name: "grammar only where used",
  setup({ onResolve }) {
    onResolve({ filter: /\/@observablehq\/plot@/ }, ({ path, kind, resolveDir }) =>
      kind === "import-statement" ? { path: resolve(resolveDir, path), sideEffects: false } : undefined,
    );
  },
};

/** Where a module names a file of data, the page of it knows under which address that is: so the bundle is the same for all data. */
const filesOfThePage = (site: string, named: Set<string>): Plugin => ({
  name: "files of the page",
  setup({ onLoad }) {
    onLoad({ filter: new RegExp(`^${site.replace(/\W/g, "\\$&")}.*_import.*\\.js$`) }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(
        /FileAttachment\(\{"name":"(?:\.\.\/)*(data\/kpi\/[^"]*)",[^}]*\}, import\.meta\.url\)/g,
        (_, name: string) => {
          named.add(name);
          return `FileAttachment(document.documentElement.dataset.root + "${name}")`;
        },
      ),
    }));
  },
});
