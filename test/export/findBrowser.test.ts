import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { needsNoSandbox } from "../../src/export/browser.js";
import { dropProfile, newProfile } from "../../src/export/browserProfile.js";
import { findBrowser } from "../../src/export/findBrowser.js";
import type { Machine, RunResult } from "../../src/export/machine.js";
import { worded } from "../../src/words/wording.js";
import { folderOfTest } from "../temporaryFolder.js";

let home: string;

beforeEach(() => {
  home = folderOfTest("home");
});

/** A machine with the given programs, which tell their version unless `answer` says otherwise. */
function machine(
  programs: string[],
  overrides: Partial<Machine> = {},
  answer: (program: string) => RunResult | undefined = () => undefined,
): Machine {
  return {
    env: { PATH: "/usr/local/bin:/usr/bin" },
    platform: "linux",
    isRoot: true,
    home,
    isExecutable: (path) => programs.includes(path),
    read: () => null,
    run: async (program) => answer(program) ?? { code: 0, output: "Chromium 150.0.1.2" },
    note: (line) => expect.unreachable(worded(line, "en")),
    ...overrides,
  };
}

/** Makes the folder of a version in a cache, and tells its program. */
function cached(version: string, cache = join(home, ".cache/puppeteer")): string {
  const folder = join(cache, "chrome", version, "chrome-linux64");
  mkdirSync(folder, { recursive: true });
  return join(folder, "chrome");
}

describe("a browser that is there", () => {
  test("the one named by the environment comes first", async () => {
    const env = { PATH: "/usr/bin", PUPPETEER_EXECUTABLE_PATH: "/opt/chrome" };
    expect(await findBrowser(machine(["/opt/chrome", "/usr/bin/chromium"], { env }))).toBe("/opt/chrome");
  });

  test("a named one that is missing is a mistake to report, not to repair", async () => {
    const env = { PUPPETEER_EXECUTABLE_PATH: "/opt/chrome" };
    await expect(findBrowser(machine(["/usr/bin/chromium"], { env }))).rejects.toMatchObject({
      message: "PUPPETEER_EXECUTABLE_PATH names no program: /opt/chrome",
      exitCode: 2,
    });
  });

  test("the newest in Puppeteer's cache comes before the system's", async () => {
    const versions = [cached("linux-99.0.1"), cached("linux-148.0.7"), cached("linux-131.0.9")];
    expect(await findBrowser(machine([...versions, "/usr/bin/chromium"]))).toBe(cached("linux-148.0.7"));
  });

  test("Puppeteer's cache may be elsewhere", async () => {
    const cache = join(home, "elsewhere");
    const path = cached("linux-148.0.7", cache);
    expect(await findBrowser(machine([path], { env: { PUPPETEER_CACHE_DIR: cache } }))).toBe(path);
  });

  test("what lies in Puppeteer's cache and is no browser is passed over", async () => {
    cached("unknown-148.0.7");
    writeFileSync(join(home, ".cache/puppeteer/firefox"), "");
    expect(await findBrowser(machine(["/usr/bin/chromium"]))).toBe("/usr/bin/chromium");
  });

  test.each(["/usr/local/bin/google-chrome", "/usr/bin/chromium", "/usr/bin/microsoft-edge-stable"])(
    "the system's: %s",
    async (path) => {
      expect(await findBrowser(machine([path]))).toBe(path);
    },
  );

  test("the system's on macOS and Windows", async () => {
    const chrome = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    expect(await findBrowser(machine([chrome], { platform: "darwin" }))).toBe(chrome);
    const edge = "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe";
    const env = { PROGRAMFILES: "C:\\Program Files", "PROGRAMFILES(X86)": "C:\\Program Files (x86)" };
    expect(await findBrowser(machine([edge], { platform: "win32", env }))).toBe(edge);
  });

  test("one that does not start, or is old, is passed over", async () => {
    const both = ["/usr/bin/google-chrome", "/usr/bin/chromium"];
    const stub = (program: string) =>
      program === both[0] ? { code: 127, output: "libnss3.so: cannot open" } : undefined;
    expect(await findBrowser(machine(both, {}, stub))).toBe("/usr/bin/chromium");
    const old = (program: string) =>
      program === both[0] ? { code: 0, output: "Chrome 130.0.1.2" } : undefined;
    expect(await findBrowser(machine(both, {}, old))).toBe("/usr/bin/chromium");
  });
});

test("the sandbox is given up only for root and in containers", () => {
  const user = { isRoot: false };
  expect(needsNoSandbox(machine([]))).toBe(true);
  expect(needsNoSandbox(machine([], user))).toBe(false);
  expect(needsNoSandbox(machine([], { ...user, env: { container: "podman" } }))).toBe(true);
  expect(needsNoSandbox(machine([], { ...user, read: (path) => (path === "/.dockerenv" ? "" : null) }))).toBe(
    true,
  );
  expect(needsNoSandbox(machine([], { ...user, platform: "darwin" }))).toBe(false);
});

test("what a browser kept of a process that was killed is cleared by the next, that of a live one stays", () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const [dead, alive] = [pid, process.ppid].map((owner) =>
    join(tmpdir(), `herringbone-browser-${owner}-test`),
  );
  for (const folder of [dead, alive]) mkdirSync(join(folder as string, "Default"), { recursive: true });
  const own = newProfile();
  expect([dead, alive, own].map((folder) => existsSync(folder as string))).toEqual([false, true, true]);
  for (const folder of [alive, own]) dropProfile(folder as string);
  expect(existsSync(own)).toBe(false);
});
