import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import JSZip from "jszip";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { findBrowser, findInstalledBrowser } from "../../src/export/findBrowser.js";
import { type Machine, thisMachine } from "../../src/export/machine.js";
import { worded } from "../../src/words/wording.js";
import { folderOfTest } from "../temporaryFolder.js";

/** What the download host answers to all questions. */
let archive: Buffer;
const host = createServer((_, response) => void response.end(archive));
let address: string;

beforeAll(async () => {
  host.listen(0, "127.0.0.1");
  await once(host, "listening");
  address = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
});
afterAll(() => host.close());

let home: string;
let bin: string;
let notes: string[];

beforeEach(() => {
  home = folderOfTest("a home");
  bin = join(home, "bin");
  notes = [];
  mkdirSync(bin);
});

/** This machine without its browsers, with a home of its own, and with `npm` being what the test puts there. */
function bare(env: NodeJS.ProcessEnv = {}): Machine {
  const PATH = [bin, process.env.PATH].join(delimiter);
  return {
    ...thisMachine,
    env: { PATH, HOME: home, PUPPETEER_CHROME_DOWNLOAD_BASE_URL: "http://127.0.0.1:1", ...env },
    platform: "linux",
    home,
    isExecutable: (path) => path.startsWith(home) && thisMachine.isExecutable(path),
    note: (line) => notes.push(worded(line, "en")),
  };
}

const own = (...path: string[]) => join(home, ".cache", "herringbone", ...path);
const tells = (version: string) => `#!/bin/sh\necho Chrome ${version}\n`;

/** An archive as the download host has them. */
async function packed(program: string): Promise<Buffer> {
  const zip = new JSZip();
  zip.file("chrome-linux64/chrome", program, { unixPermissions: 0o755 });
  return zip.generateAsync({ type: "nodebuffer", platform: "UNIX" });
}

/** Puts an `npm` there that notes each call, does `first`, then installs a package that unpacks a browser as the true one does. */
function npm(first = ":"): void {
  const unpack = `import { writeFileSync } from "node:fs";
export default { async executablePath() { writeFileSync(process.env.TMPDIR + "/chromium", ${JSON.stringify(tells("148.0.1.2"))}, { mode: 0o700 }); } };`;
  const script = `#!/bin/sh
echo "$@" >> '${home}/npm.log'
grep -q '"version": "148' "$3/package-lock.json" || exit 9
${first}
folder="$3/node_modules/@sparticuz/chromium"
mkdir -p "$folder"
echo '{"type": "module", "main": "index.js"}' > "$folder/package.json"
cat > "$folder/index.js" <<'END'
${unpack}
END
`;
  writeFileSync(join(bin, "npm"), script);
  chmodSync(join(bin, "npm"), 0o755);
}

const calls = () => readFileSync(join(home, "npm.log"), "utf8").trim().split("\n");

describe("Puppeteer's own download", () => {
  const chrome = () => own("chrome/chrome/linux-148.0.7778.97/chrome-linux64/chrome");

  test("goes into our folder and is found there again", async () => {
    archive = await packed(tells("148.0.7778.97"));
    const machine = bare({ PUPPETEER_CHROME_DOWNLOAD_BASE_URL: address });
    expect(await findBrowser(machine)).toBe(chrome());
    expect(notes).toEqual(["no browser found, installing one: Chrome for Testing (needs the internet)"]);
    expect(await findInstalledBrowser(bare())).toBe(chrome());
    expect(readdirSync(own())).toEqual(["chrome"]);
  });

  test.each([
    ["half of it", async () => (await packed(tells("148.0.7778.97"))).subarray(0, 100)],
    ["one that lacks a library", () => packed("#!/bin/sh\necho libnss3.so: cannot open >&2; exit 127\n")],
  ])("%s is not kept: the npm package comes next", async (_, made) => {
    archive = await made();
    npm();
    const machine = bare({ PUPPETEER_CHROME_DOWNLOAD_BASE_URL: address });
    expect(await findBrowser(machine)).toBe(own("chromium/launch-chromium"));
    expect(notes.at(-1)).toContain("@sparticuz/chromium");
    expect(readdirSync(own())).toEqual(["chromium"]);
  });
});

describe("the npm package", () => {
  test("starts from our folder, without what is needed only to unpack it", async () => {
    npm();
    expect(await findBrowser(bare())).toBe(own("chromium/launch-chromium"));
    expect(existsSync(own("chromium/node_modules"))).toBe(false);
    expect(await findBrowser(bare())).toBe(own("chromium/launch-chromium"));
    expect(calls()).toHaveLength(1);
  });

  test("two that ask at the same time install it once", async () => {
    npm("sleep 1");
    const both = await Promise.all([findBrowser(bare()), findBrowser(bare())]);
    expect(both).toEqual([own("chromium/launch-chromium"), own("chromium/launch-chromium")]);
    expect(calls()).toHaveLength(1);
  });

  test("of another content than the lock file says is refused", { timeout: 60_000 }, async () => {
    const lock = JSON.parse(readFileSync("src/export/chromium/package-lock.json", "utf8"));
    const registry = createServer(({ url = "" }, response) => {
      const name = decodeURIComponent(url.slice(1));
      const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
      const dist = { integrity, tarball: `http://127.0.0.1:${port()}/-/${name}.tgz` };
      response.end(
        url.includes("/-/")
          ? "other"
          : JSON.stringify({ name, versions: { [version]: { name, version, dist } } }),
      );
    });
    const port = () => (registry.address() as AddressInfo).port;
    registry.listen(0, "127.0.0.1");
    await once(registry, "listening");
    const settings = {
      npm_config_registry: `http://127.0.0.1:${port()}/`,
      npm_config_cache: join(home, "npm cache"),
      npm_config_fetch_retries: "0",
    };
    const message = await findBrowser(bare(settings)).catch((error) => error.message);
    registry.close();
    expect(message).toMatch(/npm package @sparticuz\/chromium: sha512-\S+ integrity checksum failed/);
    expect(readdirSync(own())).toEqual([]);
  });

  test.each(["SIGKILL", "SIGTERM"] as const)("%s while it installs", { timeout: 60_000 }, async (signal) => {
    npm(`[ -e '${home}/again' ] || { echo $$ > '${home}/npm.pid'; exec sleep 60; }`);
    const code = `
      const { findBrowser } = await import("./src/export/findBrowser.ts");
      const { thisMachine } = await import("./src/export/machine.ts");
      const home = ${JSON.stringify(home)};
      await findBrowser({ ...thisMachine, home, isExecutable: (path) => path.startsWith(home) });`;
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const args = ["--import", "tsx", "--input-type=module", "-e", code];
    const child = spawn(process.execPath, args, { cwd: root, env: { ...bare().env }, stdio: "ignore" });
    const ended = once(child, "exit");
    await vi.waitFor(() => expect(readFileSync(join(home, "npm.pid"), "utf8")).toMatch(/\d\n/), 30_000);
    const sleeper = Number(readFileSync(join(home, "npm.pid"), "utf8"));
    expect(readdirSync(own()).sort()).toEqual(["browser.lock", "installing"]);
    child.kill(signal);
    await ended;
    if (signal === "SIGTERM") {
      expect(readdirSync(own())).toEqual([]);
      expect(() => process.kill(sleeper, 0)).toThrow("ESRCH");
    } else process.kill(sleeper, "SIGKILL");
    writeFileSync(join(home, "again"), "");
    expect(await findBrowser(bare())).toBe(own("chromium/launch-chromium"));
    expect(readdirSync(own())).toEqual(["chromium"]);
  });
});

test("when nothing helps it says what was tried and what to run, and nothing of the system is touched", async () => {
  npm("echo 'npm error code E404'; echo 'npm error 404 Not Found - GET somewhere'; exit 1");
  for (const name of ["apt-get", "sudo"]) {
    writeFileSync(join(bin, name), `#!/bin/sh\necho ${name} >> '${home}/npm.log'\n`, { mode: 0o755 });
  }
  const read = (path: string) => (path === "/etc/os-release" ? "ID=debian\n" : null);
  const error = await findBrowser({ ...bare(), isRoot: true, read }).catch((reason) => reason);
  expect(error).toMatchObject({ name: "CliError", exitCode: 1 });
  expect(error.message.split("\n")).toEqual([
    "no browser for the PDF, and none could be installed",
    "  Chrome for Testing (needs the internet): its download server can't be reached",
    "  the npm package @sparticuz/chromium: 404 Not Found - GET somewhere",
    "install one with: sudo apt-get update && sudo apt-get install -y chromium",
    "or name one with: export PUPPETEER_EXECUTABLE_PATH=/path/to/chrome",
  ]);
  expect(error.in("zh-CN")).toContain("Chrome for Testing（需要互联网）: 无法连接其下载服务器");
  expect(calls()).toEqual([expect.stringMatching(/^ci --prefix /)]);
});
