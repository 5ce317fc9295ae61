import { createRequire } from "node:module";
import { CliError } from "../error.js";
import { cacheFolder, ownBrowser, puppeteerCache } from "./browserFolders.js";
import { withInstallLock } from "./installLock.js";
import type { Machine } from "./machine.js";
import { unpackChromium } from "./unpackChromium.js";

type Find = (machine: Machine) => Promise<string | null>;

/**
 * Installs a browser and gives its path. Three ways, the first that leads to a browser that starts: Puppeteer's
 * own download, the distribution's package (as root on Debian or Ubuntu), an npm package that carries one.
 * Processes that ask at the same time wait for the first.
 *
 * @throws CliError that lists what was tried and what to run by hand.
 */
export async function installBrowser(machine: Machine, find: Find): Promise<string> {
  return installFirst(machine, find, waysFor(machine));
}

function waysFor(machine: Machine): Way[] {
  if (machine.platform !== "linux") return [fromPuppeteer];
  return machine.isRoot && isDebian(machine)
    ? [fromPuppeteer, fromDebian, fromNpm]
    : [fromPuppeteer, fromNpm];
}

interface Way {
  name: string;
  install(machine: Machine): Promise<string | null>;
}

async function installFirst(machine: Machine, find: Find, ways: Way[]): Promise<string> {
  return withInstallLock(machine, async () => {
    const meanwhile = await find(machine);
    if (meanwhile !== null) return meanwhile;
    const failures: string[] = [];
    for (const { name, install } of ways) {
      machine.note({
        en: `no browser found, installing one: ${name}`,
        zh: `没有找到浏览器，正在安装：${name}`,
      });
      const failure = await install(machine);
      const path = failure === null ? await find(machine) : null;
      if (path !== null) return path;
      failures.push(`  ${name}: ${failure ?? "installed, but it does not start"}`);
    }
    throw new CliError({
      en: `no browser for the PDF, and none could be installed\n${failures.join("\n")}\n${advice(machine)}`,
      zh: `没有可用于生成 PDF 的浏览器，也未能安装\n${failures.join("\n")}\n${advice(machine)}`,
    });
  });
}

const fromPuppeteer: Way = {
  name: "Chrome for Testing (needs the internet)",
  async install(machine) {
    const behindProxy = machine.env.HTTPS_PROXY || machine.env.https_proxy;
    if (!behindProxy && !(await isReachable(machine))) return "its download server can't be reached";
    const cli = createRequire(import.meta.url).resolve("puppeteer/lib/cjs/puppeteer/node/cli.js");
    const env = {
      ...machine.env,
      PUPPETEER_SKIP_DOWNLOAD: "false",
      PUPPETEER_CACHE_DIR: puppeteerCache(machine),
    };
    const withLibraries = machine.isRoot && isDebian(machine) ? ["--install-deps"] : [];
    return failure(
      await machine.run(process.execPath, [cli, "browsers", "install", "chrome", ...withLibraries], { env }),
    );
  },
};

/** Asked in a process of its own, so that a made-up machine never touches the network. */
async function isReachable(machine: Machine): Promise<boolean> {
  const host = "storage.googleapis.com";
  const script = `require("node:tls").connect({host:"${host}",servername:"${host}",port:443},()=>process.exit(0)).on("error",()=>process.exit(1))`;
  return (await machine.run(process.execPath, ["-e", script], { timeout: 8_000 })).code === 0;
}

const fromDebian: Way = {
  name: "the distribution's package chromium",
  async install(machine) {
    const env = { ...machine.env, DEBIAN_FRONTEND: "noninteractive" };
    const options = ["-y", "-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=2"];
    const update = failure(await machine.run("apt-get", ["update", ...options], { env }));
    const install = failure(
      await machine.run("apt-get", ["install", ...options, "--no-install-recommends", "chromium"], { env }),
    );
    return install === null ? null : (update ?? install);
  },
};

/** The last version whose engines allow Node 20. */
const chromiumPackage = "@sparticuz/chromium@143.0.4";

const fromNpm: Way = {
  name: `the npm package ${chromiumPackage}`,
  async install(machine) {
    const folder = cacheFolder(machine);
    const flags = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const npm = await machine.run("npm", ["install", "--prefix", folder, ...flags, chromiumPackage]);
    if (npm.code !== 0) return failure(npm);
    const unpacked = await unpackChromium(folder, ownBrowser(machine));
    return unpacked;
  },
};

function isDebian(machine: Machine): boolean {
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(machine.read("/etc/os-release") ?? "");
}

/** Null for success, else the last line that says something. */
function failure({ code, output }: { code: number; output: string }): string | null {
  if (code === 0) return null;
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return (lines.findLast((line) => /error|^E:/i.test(line)) ?? lines.at(-1) ?? `exit code ${code}`).trim();
}

function advice(machine: Machine): string {
  const install = isDebian(machine)
    ? "install one with: sudo apt-get update && sudo apt-get install -y chromium"
    : "install Chrome, Chromium or Edge";
  return `${install}\nor name one with: export PUPPETEER_EXECUTABLE_PATH=/path/to/chrome`;
}
