import { existsSync, readdirSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { findInstalledBrowser, oldestChromium } from "../export/findBrowser.js";
import type { Machine } from "../export/machine.js";
import type { Finding } from "./finding.js";

/** Node is recent enough for the packages. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const good = major > 20 || (major === 20 && minor >= 19);
  const mend = "install Node 20.19 or newer, then run: npm ci";
  return { subject: "Node", state: good ? "good" : "bad", found: version, ...(good ? {} : { mend }) };
}

const neededExtensions = ["icu", "json", "parquet"];

/** DuckDB's binding loads, computes, and carries the extensions that can't be downloaded. */
export async function checkDuckDb(): Promise<Finding> {
  const subject = "DuckDB";
  const mend = "run: npm ci (the binding is an optional package; --omit=optional leaves it out)";
  try {
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(":memory:");
    const db = await instance.connect();
    const version = (await db.runAndReadAll("select version()")).value(0, 0);
    const loaded = await db.runAndReadAll("select extension_name from duckdb_extensions() where loaded");
    db.closeSync();
    instance.closeSync();
    const names = loaded.getRows().map(([name]) => String(name));
    const missing = neededExtensions.filter((name) => !names.includes(name));
    if (missing.length === 0) return { subject, state: "good", found: String(version) };
    return { subject, state: "bad", found: `${version} without ${missing.join(", ")}`, mend };
  } catch (error) {
    return { subject, state: "bad", found: `does not load: ${firstLine(error)}`, mend };
  }
}

/** A browser is there and recent enough to print running headers. */
export async function checkBrowser(machine: Machine): Promise<Finding> {
  const subject = "browser";
  try {
    const path = await findInstalledBrowser(machine);
    if (path === null) {
      const mend = "nothing to do; or install Chrome, Chromium or Edge yourself";
      return { subject, state: "note", found: "none, the first export installs one", mend };
    }
    const { output } = await machine.run(path, ["--version"], { timeout: 30_000 });
    const version = /\d+(\.\d+)+/.exec(output)?.[0] ?? "unknown version";
    if (Number.parseInt(version, 10) >= oldestChromium) {
      return { subject, state: "good", found: `${version} at ${path}` };
    }
    const mend = `install Chromium ${oldestChromium} or newer, or name one in PUPPETEER_EXECUTABLE_PATH`;
    return { subject, state: "bad", found: `${version} is too old: ${path}`, mend };
  } catch (error) {
    return {
      subject,
      state: "bad",
      found: firstLine(error),
      mend: "unset PUPPETEER_EXECUTABLE_PATH, or mend it",
    };
  }
}

/** The fonts of site and PDF are installed with the packages. */
export function checkFonts(): Finding {
  const subject = "fonts";
  try {
    const require = createRequire(import.meta.url);
    const folder = join(dirname(require.resolve("@fontsource/noto-sans-sc/package.json")), "files");
    const slices = existsSync(folder)
      ? readdirSync(folder).filter((name) => /-(400|700)-normal\.woff2$/.test(name)).length
      : 0;
    if (slices > 0) return { subject, state: "good", found: `Noto Sans SC, ${slices} slices` };
    return { subject, state: "bad", found: "Noto Sans SC has no files", mend: "run: npm ci" };
  } catch {
    return { subject, state: "bad", found: "Noto Sans SC is not installed", mend: "run: npm ci" };
  }
}

const roomNeeded = 1_000_000_000;

/** There is room for a second warehouse beside the current one. */
export async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const found = `${(free / 1e9).toFixed(1)} GB free in ${folder}`;
  if (free >= roomNeeded) return { subject: "disk", state: "good", found };
  const mend = "free at least 1 GB: a build writes the new warehouse beside the current one";
  return { subject: "disk", state: "bad", found, mend };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
