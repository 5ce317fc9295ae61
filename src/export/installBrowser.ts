import { rmSync } from "node:fs";
import { cp, mkdir, rename, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { CliError } from "../run/error.js";
import { onInterrupt } from "../run/interrupt.js";
import { withLock } from "../warehouse/lock.js";
import { type Told, told } from "../words/told.js";
import { type Machine, ownFolder, type RunOptions } from "./machine.js";

/** Whether a program is a browser that will do. */
type Starts = (path: string) => Promise<boolean>;

/** A way to a browser: puts one into an empty folder and gives its program there. */
interface Way {
  name: Told;
  /** Its place in our own folder. */
  place: string;
  install(machine: Machine, folder: string): Promise<string>;
}

/**
 * Installs a browser into our own folder and gives its path: Puppeteer's own download, else (on Linux) the Chromium
 * that an npm package carries with its libraries. Processes that ask at the same time wait for the first.
 *
 * @param find looks whether one is there meanwhile
 * @throws CliError that lists what was tried and what to run by hand.
 */
export async function installBrowser(
  machine: Machine,
  find: () => Promise<string | null>,
  starts: Starts,
): Promise<string> {
  const own = ownFolder(machine);
  await mkdir(own, { recursive: true });
  const install = async () => (await find()) ?? installFirst(machine, own, starts);
  return withLock(join(own, "browser.lock"), install, "wait");
}

/** The first way that leads to a browser that starts; only then it is moved to its place. */
async function installFirst(machine: Machine, own: string, starts: Starts): Promise<string> {
  const scratch = join(own, "installing");
  const building = join(scratch, String(process.pid));
  const emptying = { recursive: true, force: true, maxRetries: 10 }; // what a killed process started may still write
  const failures: [Told, Error][] = [];
  const over = onInterrupt(() => rmSync(scratch, emptying));
  try {
    for (const { name, place, install } of machine.platform === "linux" ? [chrome, chromium] : [chrome]) {
      machine.note(told("browser.installing", { name }));
      await rm(scratch, emptying);
      await mkdir(building, { recursive: true });
      try {
        const program = await install(machine, building);
        if (!(await starts(program))) throw doesNotStart;
        await rm(join(own, place), emptying);
        await rename(building, join(own, place));
        return join(own, place, relative(building, program));
      } catch (error) {
        failures.push([name, error as Error]);
      }
    }
  } finally {
    over();
    await rm(scratch, emptying);
  }
  const tried = failures.map(([name, why]) =>
    told("browser.tried", { name, why: why instanceof CliError ? why.wording : why.message }),
  );
  throw new CliError(told("browser.none", { tried, ...advice(machine) }));
}

const here = import.meta.dirname;
const doesNotStart = new CliError(told("browser.startsNot"));

/** What Puppeteer downloads, of the version it is made for, from `PUPPETEER_CHROME_DOWNLOAD_BASE_URL` where it is set. */
const chrome: Way = {
  name: told("browser.chromeForTesting"),
  place: "chrome",
  async install(machine, folder) {
    const { Browser, BrowserPlatform, getDownloadUrl } = await import("@puppeteer/browsers");
    // Exported, but not among its types.
    const made = (await import("puppeteer")) as unknown as { PUPPETEER_REVISIONS: { chrome: string } };
    const { HTTPS_PROXY, https_proxy, PUPPETEER_CHROME_DOWNLOAD_BASE_URL: baseUrl } = machine.env;
    const browser = { browser: Browser.CHROME, buildId: made.PUPPETEER_REVISIONS.chrome };
    const url = getDownloadUrl(browser.browser, BrowserPlatform.LINUX, browser.buildId, baseUrl);
    const answer = () => fetch(url, { method: "HEAD", signal: AbortSignal.timeout(8_000) });
    if (!HTTPS_PROXY && !https_proxy && (await answer().catch(() => null)) === null)
      throw new CliError(told("browser.unreachable"));
    const options = JSON.stringify({ ...browser, cacheDir: folder, baseUrl });
    const code = `import("@puppeteer/browsers").then(({ install }) => install(${options})).then((it) => console.log(it.executablePath))`;
    const output = await ran(machine, process.execPath, ["-e", code], { cwd: here });
    return output.split("\n")[0] ?? "";
  },
};

/**
 * `chromium/` says which package, by a lock file, and how it is started. It is no dependency of ours: its 66 MB are of
 * use only where there is no browser. It unpacks itself into the temporary folder, told to be the one in which it lies.
 */
const chromium: Way = {
  name: told("browser.chromiumPackage"),
  place: "chromium",
  async install(machine, folder) {
    await cp(join(here, "chromium"), folder, { recursive: true });
    const flags = [
      "--ignore-scripts",
      "--engine-strict=false",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ];
    await ran(machine, "npm", ["ci", "--prefix", folder, ...flags]);
    const code = 'import("@sparticuz/chromium").then(({ default: packed }) => packed.executablePath())';
    // The variable has it unpack its libraries, too.
    const env = { ...machine.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" };
    await ran(machine, process.execPath, ["-e", code], { cwd: folder, env });
    await rm(join(folder, "node_modules"), { recursive: true });
    return join(folder, "launch-chromium");
  },
};

/** Runs a program and gives its output; one that fails throws the line that says why. */
async function ran(machine: Machine, program: string, args: string[], options?: RunOptions): Promise<string> {
  const { code, output } = await machine.run(program, args, { env: machine.env, ...options });
  if (code === 0) return output;
  const why = /(?:Provider: |^npm error (?!code|errno|syscall)|^\w*Error: (?!All))(.+)/m.exec(output)?.[1];
  throw new Error(why ?? (output.trim().split("\n").at(-1) || `exit code ${code}`));
}

/** What somebody can do, as on the machine's system. */
function advice(machine: Machine) {
  const isDebian = /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(machine.read("/etc/os-release") ?? "");
  const apt = "sudo apt-get update && sudo apt-get install -y chromium";
  const name = "export PUPPETEER_EXECUTABLE_PATH=/path/to/chrome";
  const install = isDebian ? told("browser.installWith", { command: apt }) : told("browser.install");
  return { install, naming: name };
}
