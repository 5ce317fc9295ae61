import { existsSync, readdirSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { findInstalledBrowser, oldestChromium, versionOf } from "../export/findBrowser.js";
import type { Machine } from "../export/machine.js";
import { CliError } from "../run/error.js";
import type { Wording } from "../words/wording.js";
import type { Finding } from "./finding.js";

/** Node is recent enough for the packages. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const good = major > 20 || (major === 20 && minor >= 19);
  const mend = {
    en: "install Node 20.19 or newer, then run: npm ci",
    zh: "请安装 Node 20.19 或更新版本，然后运行：npm ci",
  };
  return { subject: "Node", state: good ? "good" : "bad", found: version, ...(good ? {} : { mend }) };
}

const neededExtensions = ["icu", "json", "parquet"];

/** DuckDB's binding loads, computes, and carries the extensions that can't be downloaded. */
export async function checkDuckDb(): Promise<Finding> {
  const subject = "DuckDB";
  const mend = {
    en: "run: npm ci (the binding is an optional package; --omit=optional leaves it out)",
    zh: "请运行：npm ci（绑定是可选依赖，--omit=optional 会把它略去）",
  };
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
      found: { en: `${version} without ${missing.join(", ")}`, zh: `${version}，缺少 ${missing.join("、")}` },
      mend,
    };
  } catch (error) {
    return {
      subject,
      state: "bad",
      found: { en: `does not load: ${firstLine(error)}`, zh: `无法加载：${firstLine(error)}` },
      mend,
    };
  }
}

/** A browser is there and recent enough to print running headers. */
export async function checkBrowser(machine: Machine): Promise<Finding> {
  const subject = { en: "browser", zh: "浏览器" };
  try {
    const path = await findInstalledBrowser(machine);
    if (path === null) {
      const mend = {
        en: "nothing to do; or install Chrome, Chromium or Edge yourself",
        zh: "无须处理；也可自行安装 Chrome、Chromium 或 Edge",
      };
      return {
        subject,
        state: "note",
        found: { en: "none, the first export installs one", zh: "没有，首次导出时会安装" },
        mend,
      };
    }
    const version = (await versionOf(machine, path)) ?? "unknown version";
    if (Number.parseInt(version, 10) >= oldestChromium || machine.platform === "win32") {
      return {
        subject,
        state: "good",
        found: { en: `${version} at ${path}`, zh: `${version}，位于 ${path}` },
      };
    }
    const mend = {
      en: `install Chromium ${oldestChromium} or newer, or name one in PUPPETEER_EXECUTABLE_PATH`,
      zh: `请安装 Chromium ${oldestChromium} 或更新版本，或用 PUPPETEER_EXECUTABLE_PATH 指定`,
    };
    return {
      subject,
      state: "bad",
      found: { en: `${version} is too old: ${path}`, zh: `${version} 版本过旧：${path}` },
      mend,
    };
  } catch (error) {
    return {
      subject,
      state: "bad",
      found: expected(error),
      mend: {
        en: "unset PUPPETEER_EXECUTABLE_PATH, or mend it",
        zh: "请取消或改正 PUPPETEER_EXECUTABLE_PATH",
      },
    };
  }
}

/** The fonts of site and PDF are installed with the packages. */
export function checkFonts(): Finding {
  const subject = { en: "fonts", zh: "字体" };
  const mend = { en: "run: npm ci", zh: "请运行：npm ci" };
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
        found: { en: `Noto Sans SC, ${slices} slices`, zh: `Noto Sans SC，${slices} 个分片` },
      };
    return {
      subject,
      state: "bad",
      found: { en: "Noto Sans SC has no files", zh: "Noto Sans SC 没有文件" },
      mend,
    };
  } catch {
    return {
      subject,
      state: "bad",
      found: { en: "Noto Sans SC is not installed", zh: "Noto Sans SC 未安装" },
      mend,
    };
  }
}

const roomNeeded = 1_000_000_000;

/** There is room for a second warehouse beside the current one. */
export async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const subject = { en: "disk", zh: "磁盘" };
  const room = `${(free / 1e9).toFixed(1)} GB`;
  const found = { en: `${room} free in ${folder}`, zh: `${folder} 可用 ${room}` };
  if (free >= roomNeeded) return { subject, state: "good", found };
  const mend = {
    en: "free at least 1 GB: a build writes the new warehouse beside the current one",
    zh: "请至少腾出 1 GB：构建会在现有数据仓库旁写出新的",
  };
  return { subject, state: "bad", found, mend };
}

/** A failure in both languages, where it is one that was foreseen. */
function expected(error: unknown): Wording {
  return error instanceof CliError ? { en: error.message, zh: error.in("zh-CN") } : firstLine(error);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
