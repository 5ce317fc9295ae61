import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import {
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { onInterrupt } from "../../run/interrupt.js";

/**
 * What Framework resolves as `npm:` on its own account. It fetches these from a CDN unless they already lie in
 * its cache, so they are bundled from `node_modules` before it starts.
 */
const implicitPackages = ["apache-arrow"];

const fontPackage = "@fontsource/noto-sans-sc";
const fontWeights = [400, 700];

/** The folders of a store: packages as Framework imports them by itself, as pages import them, and the fonts. */
const kinds = { npm: "_npm", node: "_node" } as const;

const cacheOf = (root: string) => join(root, ".observablehq", "cache");

/**
 * Puts everything a site build would otherwise fetch from the internet, or bundle once more, under a Framework root. It
 * is kept by what it was made of, all of it or none, so that any number of builds may read it at once.
 *
 * @param project the folder with `package.json`, `node_modules` and `reports/`
 * @param root the Framework root, whose cache holds nothing yet
 */
export async function furnish(project: string, root: string): Promise<void> {
  const store = await storeOf(project);
  await inStore(store, kinds.npm, (folder) => vendorPackages(project, folder));
  await inStore(store, "fonts", (folder) => copyFonts(project, folder));
  await rm(join(root, "fonts"), { recursive: true, force: true });
  await symlink(join(store, "fonts"), join(root, "fonts"), "junction");
  for (const kind of Object.values(kinds)) {
    const kept = join(store, kind);
    if (existsSync(kept)) await cp(kept, join(cacheOf(root), kind), { recursive: true });
  }
}

/** Keeps what Framework has bundled for a root, once it has said that all went well. */
export async function keepBundles(project: string, root: string): Promise<void> {
  const made = join(cacheOf(root), kinds.node);
  if (!existsSync(made)) return;
  await inStore(await storeOf(project), kinds.node, (folder) => cp(made, folder, { recursive: true }));
}

/** Puts the font slices where a built site's style sheet looks for them. Framework copies only what pages name. */
export async function placeFonts(root: string, site: string): Promise<void> {
  await cp(join(root, "fonts", "files"), join(site, "_file", "fonts", "files"), { recursive: true });
}

/** The folder that is named after what bundles are made of: the installed packages and how they are bundled. */
async function storeOf(project: string): Promise<string> {
  const stamp = createHash("sha256");
  const installed = ["node_modules/.package-lock.json", "package-lock.json", "package.json"];
  for (const file of [...installed.map((name) => join(project, name)), fileURLToPath(import.meta.url)])
    stamp.update(existsSync(file) ? await readFile(file) : "absent");
  const bundles = join(project, "reports", ".observablehq", "bundles");
  const store = join(bundles, stamp.digest("hex").slice(0, 16));
  await mkdir(store, { recursive: true });
  await utimes(store, new Date(), new Date());
  await dropUnused(bundles);
  return store;
}

const unusedAfterMs = 7 * 24 * 3_600_000;

/** Removes what was made of packages that are no longer installed; a running build may still read it. */
async function dropUnused(bundles: string): Promise<void> {
  for (const name of await readdir(bundles)) {
    const store = join(bundles, name);
    if (Date.now() - (await stat(store)).mtimeMs > unusedAfterMs)
      await rm(store, { recursive: true, force: true });
  }
}

/** Makes a folder of the store, if it is not there yet; it appears whole or not at all. */
async function inStore(store: string, name: string, make: (folder: string) => Promise<void>): Promise<void> {
  const folder = join(store, name);
  if (existsSync(folder)) return;
  const partial = await mkdtemp(join(store, `${name}-`));
  const over = onInterrupt(() => rm(partial, { recursive: true, force: true }));
  try {
    await make(partial);
    await rename(partial, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // else another build was faster
  } finally {
    await rm(partial, { recursive: true, force: true });
    over();
  }
}

async function vendorPackages(project: string, folder: string): Promise<void> {
  const require = createRequire(join(project, "package.json"));
  for (const name of implicitPackages) {
    await build({
      stdin: {
        contents: `export * from ${JSON.stringify(name)};`,
        resolveDir: dirname(packageFile(name, require)),
      },
      bundle: true,
      format: "esm",
      platform: "browser",
      minify: true,
      outfile: join(folder, `${name}@${await packageVersion(name, require)}`, "_esm.js"),
      logLevel: "silent",
    });
  }
}

async function copyFonts(project: string, folder: string): Promise<void> {
  const source = dirname(packageFile(fontPackage, createRequire(join(project, "package.json"))));
  await mkdir(join(folder, "files"), { recursive: true });
  let sheet = "";
  for (const weight of fontWeights) {
    sheet += woff2Only(await readFile(join(source, `${weight}.css`), "utf8"));
  }
  for (const [, file] of sheet.matchAll(/url\(\.\/files\/([^)]+)\)/g)) {
    if (file) await copyFile(join(source, "files", file), join(folder, "files", file));
  }
  await writeFile(join(folder, "noto-sans-sc.css"), sheet);
}

function woff2Only(css: string): string {
  return css.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, "");
}

async function packageVersion(name: string, require: NodeJS.Require): Promise<string> {
  return (JSON.parse(await readFile(packageFile(name, require), "utf8")) as { version: string }).version;
}

function packageFile(name: string, require: NodeJS.Require): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    const file = join(folder, name, "package.json");
    if (existsSync(file)) return file;
  }
  throw new Error(`package not installed: ${name}`);
}
