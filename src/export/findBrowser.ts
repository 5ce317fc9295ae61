import { delimiter, join } from "node:path";
import { CliError } from "../error.js";
import { ownBrowser, puppeteerCache } from "./browserFolders.js";
import { installBrowser } from "./installBrowser.js";
import { type Machine, thisMachine } from "./machine.js";

/** The first major version that draws running headers and footers from a style sheet. */
export const oldestChromium = 131;

/**
 * The path of a Chrome, Chromium or Edge that starts and is recent enough: `PUPPETEER_EXECUTABLE_PATH`, else one in Puppeteer's
 * cache, else one of the system's, else one that is installed now.
 *
 * @throws CliError (2) when `PUPPETEER_EXECUTABLE_PATH` names no program, (1) when no browser could be found
 * or installed; the message says what to run.
 */
export async function findBrowser(machine: Machine = thisMachine): Promise<string> {
  return (await findInstalledBrowser(machine)) ?? installBrowser(machine, findInstalledBrowser);
}

/** Like `findBrowser`, but null instead of an installation. */
export async function findInstalledBrowser(machine: Machine = thisMachine): Promise<string | null> {
  const named = machine.env.PUPPETEER_EXECUTABLE_PATH;
  if (named) {
    if (!machine.isExecutable(named))
      throw new CliError(
        {
          en: `PUPPETEER_EXECUTABLE_PATH names no program: ${named}`,
          zh: `PUPPETEER_EXECUTABLE_PATH 指向的不是程序：${named}`,
        },
        2,
      );
    return named;
  }
  for (const path of new Set([...cachedBrowsers(machine), ...systemBrowsers(machine)])) {
    if (machine.isExecutable(path) && (await starts(machine, path))) return path;
  }
  return null;
}

const programOfPlatform: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ["chrome-linux64/chrome", "chrome-linux-arm64/chrome"],
  darwin: ["arm64", "x64"].map(
    (cpu) => `chrome-mac-${cpu}/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing`,
  ),
  win32: ["chrome-win64/chrome.exe", "chrome-win32/chrome.exe"],
};

/** Programs in Puppeteer's cache, the newest version first, and our own. */
function cachedBrowsers(machine: Machine): string[] {
  const root = join(puppeteerCache(machine), "chrome");
  const versions = machine.list(root).sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
  const programs = programOfPlatform[machine.platform] ?? [];
  const cached = versions.flatMap((version) => programs.map((program) => join(root, version, program)));
  return [...cached, ownBrowser(machine)];
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

/** A package may only be a stub, lack a library or be old: a browser counts when it tells a recent version. */
async function starts(machine: Machine, path: string): Promise<boolean> {
  if (machine.platform === "win32") return true; // there the flag opens a window
  const { code, output } = await machine.run(path, ["--version"], { timeout: 30_000 });
  return code === 0 && Number(/(\d+)\.\d+\.\d+/.exec(output)?.[1]) >= oldestChromium;
}
