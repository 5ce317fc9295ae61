import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, LaunchOptions } from "puppeteer";
import { CliError } from "../run/error.js";
import { escapeXml } from "../run/escapeXml.js";
import { onInterrupt } from "../run/interrupt.js";
import { told } from "../words/told.js";
import { dropProfile, newProfile } from "./browserProfile.js";
import { findBrowser, oldestChromium } from "./findBrowser.js";
import { type Machine, ownBrowser, thisMachine } from "./machine.js";

/**
 * Calls `use` with a browser. Calls at the same time share one; it is closed when the last has ended.
 *
 * @throws CliError when there is no browser, or it does not start.
 */
export async function withBrowser<T>(
  use: (browser: Browser) => Promise<T>,
  machine: Machine = thisMachine,
): Promise<T> {
  const browser = await acquire(machine);
  try {
    return await use(browser);
  } finally {
    await release();
  }
}

let users = 0;
let shared: Promise<Browser> | undefined;
let over = () => {};

async function acquire(machine: Machine): Promise<Browser> {
  users += 1;
  if (users === 1) over = onInterrupt(closeShared);
  try {
    for (;;) {
      shared ??= launch(machine);
      const asked = shared;
      const browser = await asked;
      if (browser.connected) return browser;
      if (shared === asked) shared = undefined;
    }
  } catch (error) {
    await release();
    throw error;
  }
}

async function release(): Promise<void> {
  users -= 1;
  if (users > 0) return;
  await closeShared();
  over();
}

async function closeShared(): Promise<void> {
  const closing = shared;
  shared = undefined;
  await closing?.then(
    (browser) => browser.close(),
    () => undefined, // it never started: acquire has said so
  );
}

/** What keeps it from calling home and makes it draw the same on every machine. */
const flags = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
  "--disable-lcd-text",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  // Otherwise it begins with two pages of its address bar, which take longer than the print of a sheet.
  "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,PreloadTopChromeWebUI,PreloadTopChromeWebUILessNavigations",
];

/**
 * Writes which fonts the browser finds: those of the file that `FONTCONFIG_FILE` names, else the machine's, and one that is
 * always there; their letters are placed as on every other machine.
 */
function fontSettings({ env }: Machine, folder: string): string {
  const settings = [
    env.FONTCONFIG_FILE || "/etc/fonts/fonts.conf",
    join(import.meta.dirname, "chromium", "fallback.conf"),
  ];
  const includes = settings.map((file) => `<include ignore_missing="yes">${escapeXml(file)}</include>`);
  const path = join(folder, "fonts.conf");
  writeFileSync(path, `<?xml version="1.0"?>\n<fontconfig>${includes.join("")}</fontconfig>\n`);
  return path;
}

async function launch(machine: Machine): Promise<Browser> {
  const executablePath = await findBrowser(machine);
  const { default: puppeteer } = await import("puppeteer");
  const profile = newProfile();
  const options: LaunchOptions = {
    userDataDir: profile,
    executablePath,
    headless: executablePath === ownBrowser(machine) ? "shell" : true,
    args: needsNoSandbox(machine) ? [...flags, "--no-sandbox"] : flags,
    env: { ...machine.env, FONTCONFIG_FILE: fontSettings(machine, profile), TZ: "UTC" },
    pipe: true, // it ends with this process, however that ends
    // closeShared does it
    handleSIGHUP: false,
    handleSIGINT: false,
    handleSIGTERM: false,
  };
  const start = async (more: LaunchOptions = {}) => {
    const browser = await puppeteer.launch({ ...options, ...more });
    browser.process()?.once("exit", () => dropProfile(profile));
    return recent(browser);
  };
  try {
    return await start();
  } catch (error) {
    if (error instanceof CliError) throw error;
    if (!/no usable sandbox|sandbox.*(not|failed)/i.test(String(error)) || needsNoSandbox(machine)) {
      dropProfile(profile);
      throw new CliError(
        told("browser.noStart", { path: executablePath, reason: (error as Error).message.split("\n") }),
        1,
        {
          cause: error,
        },
      );
    }
    // Some systems forbid the sandbox to ordinary users. The only pages opened are the ones built here.
    machine.note(told("browser.noSandbox"));
    return start({ args: [...flags, "--no-sandbox"] });
  }
}

/** @throws CliError where a browser is too old, which is closed */
async function recent(browser: Browser): Promise<Browser> {
  const version = await browser.version();
  if (Number(/\/(\d+)\./.exec(version)?.[1]) >= oldestChromium) return browser;
  await browser.close();
  throw new CliError(told("browser.tooOld", { oldest: oldestChromium, version }));
}

/** Chromium refuses its sandbox to root, and a container has no rights to build one. */
export function needsNoSandbox({ platform, isRoot, env, read }: Machine): boolean {
  if (platform !== "linux") return false;
  if (isRoot || env.container || env.KUBERNETES_SERVICE_HOST) return true;
  if (read("/.dockerenv") !== null || read("/run/.containerenv") !== null) return true;
  return /docker|containerd|kubepods|lxc|podman/.test(read("/proc/1/cgroup") ?? "");
}
