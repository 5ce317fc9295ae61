import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build, transform } from "esbuild";

import { needed } from "./installed.js";
import { bundleInstalled, importedByPages } from "./installedModules.js";
import { keptFolder, keptIn } from "./kept.js";

/**
 * What Framework resolves as `npm:` on its own account. It fetches these from a CDN unless they already lie in
 * its cache, so they are bundled from `node_modules` before it starts.
 */
const implicitPackages = ["apache-arrow"];

export const fontPackage = "@fontsource/noto-sans-sc";
export const fontWeights = [400, 700];

/** What tells which packages are installed. */
export const installedFiles = ["node_modules/.package-lock.json", "package-lock.json", "package.json"];

/**
 * Puts everything a site build would otherwise fetch from the internet, or bundle once more, under a Framework root. It
 * is kept by what it was made of, all of it or none, so that any number of builds may read it at once.
 *
 * @param project the folder with `package.json`, `node_modules` and `reports/`
 * @param root the Framework root, whose cache holds nothing yet
 */
export async function furnish(project: string, root: string): Promise<void> {
  const store = await storeOf(project);
  const imported = await importedByPages(project, root);
  const names = createHash("sha256")
    .update([...imported.keys()].sort().join())
    .digest("hex")
    .slice(0, 8);
  const [npm, node, fonts] = await Promise.all([
    keptIn(store, "npm", (folder) => vendorPackages(project, folder)),
    keptIn(store, `node-${names}`, (folder) => bundleInstalled(imported, folder)),
    keptIn(store, "fonts", (folder) => copyFonts(project, folder)),
  ]);
  await rm(join(root, "fonts"), { recursive: true, force: true });
  await symlink(fonts, join(root, "fonts"), "junction");
  const cache = join(root, ".observablehq", "cache");
  await cp(npm, join(cache, "_npm"), { recursive: true });
  await cp(node, join(cache, "_node"), { recursive: true });
}

/** Puts the font slices where a built site's style sheet looks for them. Framework copies only what pages name. */
export async function placeFonts(root: string, site: string): Promise<void> {
  await cp(join(root, "fonts", "files"), join(site, "_file", "fonts", "files"), { recursive: true });
}

/** The folder that is named after what bundles are made of: the installed packages and how they are bundled. */
async function storeOf(project: string): Promise<string> {
  const stamp = await installedStamp(project, import.meta.url);
  return keptFolder(join(project, "reports", ".observablehq", "bundles"), stamp);
}

/** Stands for the installed packages and the module that makes something of them. */
export async function installedStamp(project: string, module: string): Promise<string> {
  const stamp = createHash("sha256");
  for (const file of [...installedFiles.map((name) => join(project, name)), fileURLToPath(module)])
    stamp.update(existsSync(file) ? await readFile(file) : "absent");
  return stamp.digest("hex").slice(0, 16);
}

async function vendorPackages(project: string, folder: string): Promise<void> {
  for (const name of implicitPackages) {
    const { folder: source, named } = await needed(name, project);
    await build({
      stdin: {
        contents: `export * from ${JSON.stringify(name)};`,
        resolveDir: source,
      },
      bundle: true,
      format: "esm",
      platform: "browser",
      minify: true,
      outfile: join(folder, named, "_esm.js"),
      logLevel: "silent",
    });
  }
}

async function copyFonts(project: string, folder: string): Promise<void> {
  const { folder: source } = await needed(fontPackage, project);
  await mkdir(join(folder, "files"), { recursive: true });
  const sheets = fontWeights.map(async (weight) =>
    facesOf(await readFile(join(source, `${weight}.css`), "utf8")),
  );
  const [regular = [], bold = []] = await Promise.all(sheets);
  // The weights of a slice side by side: a packed answer then tells its characters once.
  const { code: sheet } = await transform(regular.flatMap((face, slice) => [face, bold[slice]]).join(""), {
    loader: "css",
    minify: true,
  });
  for (const [, file] of sheet.matchAll(/url\(\.\/files\/([^)]+)\)/g)) {
    if (file) await copyFile(join(source, "files", file), join(folder, "files", file));
  }
  await writeFile(join(folder, "noto-sans-sc.css"), sheet);
}

/** The rules of a font's style sheet, one for each slice. */
function facesOf(css: string): string[] {
  const woff2Only = css.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, "");
  return woff2Only.match(/@font-face\s*\{[^}]*\}/g) ?? [];
}
