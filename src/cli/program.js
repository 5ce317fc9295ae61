import { createHash } from "node:crypto";
import { readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { sourceStamp } from "../run/sourceStamp.js";
import { dropDamaged, isWhole, noteSizes, sizesFile } from "../run/whole.js";

const project = fileURLToPath(new URL("../..", import.meta.url));
const programs = join(project, "reports", ".observablehq", "program");

/** Packages that look for files of their own, and so stay where they are. */
const apart = ["esbuild", "@duckdb/node-bindings*", "wasm-xlsxwriter"];

const unusedAfterMs = 7 * 24 * 3_600_000;

/**
 * The program in a few files of JavaScript with the packages that it loads: it starts in a fifth of the time that its many
 * modules take. It is made when it is first wanted and kept by all that it is made of.
 *
 * @returns the address of its main module; undefined where it cannot be made or kept
 */
export async function keptProgram() {
  try {
    const stamp = stampOf();
    const kept = join(programs, stamp);
    if (!isWhole(kept)) await make(kept, stamp);
    touch(kept);
    return pathToFileURL(join(kept, "main.js")).href;
  } catch {
    return undefined;
  }
}

/** Says that it is still started, as far as whoever starts it may. */
function touch(kept) {
  try {
    for (const path of [kept, sizesFile(kept)]) utimesSync(path, new Date(), new Date());
  } catch {
    // Somebody else's: the owner's own starts keep it.
  }
}

/** Stands for the program's sources and packages, and where they lie: it knows its files by their full names. */
const stampOf = () =>
  createHash("sha256").update(project).update(sourceStamp(project)).digest("hex").slice(0, 16);

/** Makes the program; it appears whole or not at all, and those that nobody started in a week go. */
async function make(kept, stamp) {
  const { build } = await import("esbuild");
  dropDamaged(kept);
  const partial = `${kept}-${process.pid}`;
  try {
    await build({
      entryPoints: [join(project, "src", "cli", "main.ts")],
      absWorkingDir: project,
      outdir: partial,
      bundle: true,
      splitting: true,
      platform: "node",
      format: "esm",
      target: "node20.19",
      sourcemap: true,
      external: apart,
      // For packages that are no ES modules.
      banner: {
        js: 'import { createRequire as of } from "node:module"; const require = of(import.meta.url);',
      },
      plugins: [fromItsPlace],
      logLevel: "silent",
    });
    if (stampOf() !== stamp) throw new Error("the sources changed meanwhile");
    noteSizes(partial, kept);
    renameSync(partial, kept);
  } catch (error) {
    if (!isWhole(kept)) throw error; // else another process was faster
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  for (const name of readdirSync(programs)) {
    const other = join(programs, name);
    if (Date.now() - (statSync(other, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > unusedAfterMs)
      rmSync(other, { recursive: true, force: true });
  }
}

/** Modules go on to look for files from where they were written; packages that are loaded on demand stay apart, too. */
const fromItsPlace = {
  name: "from its place",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[^.]/ }, ({ kind }) =>
      kind === "dynamic-import" ? { external: true } : undefined,
    );
    onLoad({ filter: /[\\/](src|loaders)[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source
        .replaceAll("import.meta.url", () => JSON.stringify(pathToFileURL(path).href))
        .replaceAll("import.meta.dirname", () => JSON.stringify(dirname(path)));
      return { contents, loader: "ts" };
    });
  },
};
