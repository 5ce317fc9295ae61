import { existsSync, readdirSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { findInstalledBrowser, oldestChromium, versionOf } from "../export/findBrowser.js";
import type { Machine } from "../export/machine.js";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";
import type { Wording } from "../words/wording.js";
import type { Finding } from "./finding.js";

/** Node is recent enough for the packages. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const good = major > 20 || (major === 20 && minor >= 19);
  const mend = told("doctor.installNode");
  return { subject: "Node", state: good ? "good" : "bad", found: version, ...(good ? {} : { mend }) };
}

const neededExtensions = ["icu", "json", "parquet"];

/** DuckDB's binding loads, computes, and carries the extensions that can't be downloaded. */
export async function checkDuckDb(): Promise<Finding> {
  const subject = "DuckDB";
  const mend = told("doctor.installDuckDb");
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
    return {
      subject,
      state: "bad",
      found: told("doctor.lacks", { version: String(version), missing }),
      mend,
    };
  } catch (error) {
    return {
      subject,
      state: "bad",
      found: told("doctor.loadFails", { reason: firstLine(error) }),
      mend,
    };
  }
}

/** A browser is there and recent enough to print running headers. */
export async function checkBrowser(machine: Machine): Promise<Finding> {
  const subject = told("doctor.browser");
  try {
    const path = await findInstalledBrowser(machine);
    if (path === null) {
      const mend = told("doctor.browserComes");
      return {
        subject,
        state: "note",
        found: told("doctor.noBrowser"),
        mend,
      };
    }
    const version = (await versionOf(machine, path)) ?? "unknown version";
    if (Number.parseInt(version, 10) >= oldestChromium || machine.platform === "win32") {
      return {
        subject,
        state: "good",
        found: told("doctor.at", { version, path }),
      };
    }
    const mend = told("doctor.newerBrowser", { oldest: oldestChromium });
    return {
      subject,
      state: "bad",
      found: told("doctor.oldBrowser", { version, path }),
      mend,
    };
  } catch (error) {
    return {
      subject,
      state: "bad",
      found: expected(error),
      mend: told("doctor.namedBrowser"),
    };
  }
}

/** The fonts of site and PDF are installed with the packages. */
export function checkFonts(): Finding {
  const subject = told("doctor.fonts");
  const mend = told("doctor.installFonts");
  try {
    const require = createRequire(import.meta.url);
    const folder = join(dirname(require.resolve("@fontsource/noto-sans-sc/package.json")), "files");
    const slices = existsSync(folder)
      ? readdirSync(folder).filter((name) => /-(400|700)-normal\.woff2$/.test(name)).length
      : 0;
    if (slices > 0)
      return {
        subject,
        state: "good",
        found: told("doctor.fontSlices", { slices }),
      };
    return {
      subject,
      state: "bad",
      found: told("doctor.fontsEmpty"),
      mend,
    };
  } catch {
    return {
      subject,
      state: "bad",
      found: told("doctor.fontsMissing"),
      mend,
    };
  }
}

const roomNeeded = 1_000_000_000;

/** There is room for a second warehouse beside the current one. */
export async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const subject = told("doctor.disk");
  const room = `${(free / 1e9).toFixed(1)} GB`;
  const found = told("doctor.room", { room, folder });
  if (free >= roomNeeded) return { subject, state: "good", found };
  const mend = told("doctor.freeRoom");
  return { subject, state: "bad", found, mend };
}

/** A failure in both languages, where it is one that was foreseen. */
function expected(error: unknown): Wording {
  return error instanceof CliError ? error.wording : firstLine(error);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
