import { delimiter, join } from "node:path";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";
import { installBrowser } from "./installBrowser.js";
import { type Machine, ownBrowser, ownFolder, thisMachine } from "./machine.js";

/** The first major version that draws running headers and footers from a style sheet. */
export const oldestChromium = 131;

/**
 * The path of a Chrome, Chromium or Edge that starts and is recent enough: `PUPPETEER_EXECUTABLE_PATH`, else one in Puppeteer's
 * cache or our own folder, else one of the system's, else one that is installed now.
 *
 * @throws CliError (2) when `PUPPETEER_EXECUTABLE_PATH` names no program, (1) when no browser could be found
 * or installed; the message says what to run.
 */
export async function findBrowser(machine: Machine = thisMachine): Promise<string> {
  const find = () => findInstalledBrowser(machine);
  return (await find()) ?? installBrowser(machine, find, (path) => starts(machine, path));
}

/** Like `findBrowser`, but null instead of an installation. */
export async function findInstalledBrowser(machine: Machine = thisMachine): Promise<string | null> {
  const named = machine.env.PUPPETEER_EXECUTABLE_PATH;
  if (named) {
    if (!machine.isExecutable(named)) throw new CliError(told("browser.namedMissing", { path: named }), 2);
    return named;
  }
  for (const path of new Set([...(await cachedBrowsers(machine)), ...systemBrowsers(machine)])) {
    if (machine.isExecutable(path) && (await starts(machine, path))) return path;
  }
  return null;
}

/** The version that a browser tells, null where it does not start, or on Windows, where the question opens a window. */
export async function versionOf(machine: Machine, path: string): Promise<string | null> {
  if (machine.platform === "win32") return null;
  const { code, output } = await machine.run(path, ["--version"], { timeout: 30_000 });
  return code === 0 ? (/\d+(\.\d+)+/.exec(output)?.[0] ?? null) : null;
}

/** A package may only be a stub, lack a library or be old: a browser counts when it tells a recent version. */
async function starts(machine: Machine, path: string): Promise<boolean> {
  const version = (await versionOf(machine, path)) ?? "";
  return Number.parseInt(version, 10) >= oldestChromium || machine.platform === "win32";
}

/** Chrome in Puppeteer's cache and in ours, the newest version first, and the Chromium in our folder. */
async function cachedBrowsers(machine: Machine): Promise<string[]> {
  const { getInstalledBrowsers } = await import("@puppeteer/browsers");
  const puppeteers = machine.env.PUPPETEER_CACHE_DIR || join(machine.home, ".cache", "puppeteer");
  const caches = [puppeteers, join(ownFolder(machine), "chrome")];
  // What is no browser in there makes a cache unreadable: then it has none.
  const found = await Promise.all(
    caches.map((cacheDir) => getInstalledBrowsers({ cacheDir }).catch(() => [])),
  );
  return found
    .flat()
    .filter(({ browser }) => browser === "chrome")
    .sort((a, b) => b.buildId.localeCompare(a.buildId, "en", { numeric: true }))
    .map(({ executablePath }) => executablePath)
    .concat(ownBrowser(machine));
}

const linuxNames = [
  "google-chrome-stable",
  "google-chrome",
  "chromium",
  "chromium-browser",
  "microsoft-edge-stable",
  "microsoft-edge",
];

const macPrograms = ["Google Chrome", "Chromium", "Microsoft Edge"].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

const windowsPrograms = [
  "Google\\Chrome\\Application\\chrome.exe",
  "Chromium\\Application\\chrome.exe",
  "Microsoft\\Edge\\Application\\msedge.exe",
];

function systemBrowsers({ platform, env }: Machine): string[] {
  if (platform === "darwin") return macPrograms;
  if (platform === "win32") {
    const folders = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA];
    return folders.flatMap((folder) =>
      folder ? windowsPrograms.map((program) => `${folder}\\${program}`) : [],
    );
  }
  const folders = [...(env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/snap/bin"];
  return linuxNames.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)));
}
