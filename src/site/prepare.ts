import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { build } from "esbuild";

/**
 * What Framework resolves as `npm:` on its own account. It fetches these from a CDN unless they already lie in
 * its cache, so they are bundled from `node_modules` before it starts.
 */
const implicitPackages = ["apache-arrow"];

const fontPackage = "@fontsource/noto-sans-sc";
const fontWeights = [400, 700];

/**
 * Puts everything a site build would otherwise fetch from the internet under the Framework root: the packages
 * that Framework imports by itself, and the font slices with their style sheet. Does nothing where the
 * installed versions are there already.
 *
 * @param reports the Framework root
 */
export async function prepareSite(reports: string): Promise<void> {
  const require = createRequire(join(reports, "..", "package.json"));
  for (const name of implicitPackages) await vendorPackage(reports, name, require);
  await copyFonts(reports, require);
}

async function vendorPackage(reports: string, name: string, require: NodeJS.Require): Promise<void> {
  const version = await packageVersion(name, require);
  const folder = join(reports, ".observablehq", "cache", "_npm", `${name}@${version}`);
  const bundle = join(folder, "_esm.js");
  if (existsSync(bundle)) return;
  await mkdir(folder, { recursive: true });
  const partial = `${bundle}.${process.pid}.tmp`;
  try {
    await build({
      stdin: {
        contents: `export * from ${JSON.stringify(name)};`,
        resolveDir: dirname(await packageFile(name, require)),
      },
      bundle: true,
      format: "esm",
      platform: "browser",
      minify: true,
      outfile: partial,
      logLevel: "silent",
    });
    await rename(partial, bundle);
  } finally {
    await rm(partial, { force: true });
  }
}

async function copyFonts(reports: string, require: NodeJS.Require): Promise<void> {
  const version = await packageVersion(fontPackage, require);
  const folder = join(reports, "fonts");
  const stamp = join(folder, "version.txt");
  const wanted = `${fontPackage}@${version} ${fontWeights.join(" ")} ./files\n`;
  if (existsSync(stamp) && (await readFile(stamp, "utf8")) === wanted) return;

  const source = dirname(await packageFile(fontPackage, require));
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "files"), { recursive: true });
  let sheet = "";
  for (const weight of fontWeights) {
    sheet += woff2Only(await readFile(join(source, `${weight}.css`), "utf8"));
  }
  for (const [, file] of sheet.matchAll(/url\(\.\/files\/([^)]+)\)/g)) {
    if (file) await copyFile(join(source, "files", file), join(folder, "files", file));
  }
  await writeFile(join(folder, "noto-sans-sc.css"), sheet);
  await writeFile(stamp, wanted);
}

function woff2Only(css: string): string {
  return css.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, "");
}

/** Puts the font slices where a built site's style sheet looks for them. Framework copies only what pages name. */
export async function placeFonts(reports: string, site: string): Promise<void> {
  await cp(join(reports, "fonts", "files"), join(site, "_file", "fonts", "files"), { recursive: true });
}

async function packageVersion(name: string, require: NodeJS.Require): Promise<string> {
  const { version } = JSON.parse(await readFile(await packageFile(name, require), "utf8")) as {
    version: string;
  };
  return version;
}

async function packageFile(name: string, require: NodeJS.Require): Promise<string> {
  for (const folder of require.resolve.paths(name) ?? []) {
    const file = join(folder, name, "package.json");
    if (existsSync(file)) return file;
  }
  throw new Error(`package not installed: ${name}`);
}
