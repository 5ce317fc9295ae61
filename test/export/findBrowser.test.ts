import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { needsNoSandbox } from "../../src/export/browser.js";
import { findBrowser } from "../../src/export/findBrowser.js";
import type { Machine, RunResult } from "../../src/export/machine.js";
import { worded } from "../../src/wording.js";

interface Fake extends Machine {
  programs: Set<string>;
  commands: string[];
  notes: string[];
}

const debian = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n';
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "herringbone-home-"));
});

afterEach(() => rmSync(home, { recursive: true }));

/** A machine with the given programs; `answer` replies to a command line, all others fail. */
function machine(
  programs: string[],
  overrides: Partial<Machine> = {},
  answer: (command: string, fake: Fake) => RunResult | undefined = () => undefined,
): Fake {
  const fake: Fake = {
    programs: new Set(programs),
    commands: [],
    notes: [],
    env: { PATH: "/usr/local/bin:/usr/bin" },
    platform: "linux",
    isRoot: true,
    home,
    isExecutable: (path) => fake.programs.has(path),
    list: (folder) => {
      const below = [...fake.programs].filter((path) => path.startsWith(`${folder}/`));
      return [...new Set(below.map((path) => path.slice(folder.length + 1).split("/")[0] ?? ""))].sort();
    },
    read: (path) => (path === "/etc/os-release" ? debian : null),
    run: async (command, args) => {
      const line = [command, ...args].join(" ");
      fake.commands.push(line);
      const answered = answer(line, fake);
      if (answered) return answered;
      return line.endsWith(" --version") && fake.programs.has(command)
        ? { code: 0, output: "Chromium 150.0.1.2" }
        : { code: 1, output: "E: it did not work" };
    },
    note: (line) => fake.notes.push(worded(line, "en")),
    ...overrides,
  };
  return fake;
}

const cached = (version: string) => join(home, ".cache/puppeteer/chrome", version, "chrome-linux64/chrome");

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
    const path = "/cache/chrome/linux-148.0.7/chrome-linux64/chrome";
    expect(await findBrowser(machine([path], { env: { PUPPETEER_CACHE_DIR: "/cache" } }))).toBe(path);
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

  test("one that does not start is passed over", async () => {
    const both = ["/usr/bin/google-chrome", "/usr/bin/chromium"];
    const stub = (line: string) =>
      line.startsWith("/usr/bin/google-chrome")
        ? { code: 127, output: "libnss3.so: cannot open" }
        : undefined;
    expect(await findBrowser(machine(both, {}, stub))).toBe("/usr/bin/chromium");
  });
});

describe("no browser", () => {
  const installs = (pattern: RegExp, path: string) => (line: string, fake: Fake) => {
    if (!pattern.test(line)) return undefined;
    fake.programs.add(path);
    return { code: 0, output: "" };
  };

  test("root on Debian without the internet gets the distribution's package", async () => {
    const fake = machine([], {}, installs(/^apt-get install .* chromium$/, "/usr/bin/chromium"));
    expect(await findBrowser(fake)).toBe("/usr/bin/chromium");
    expect(fake.commands.find((line) => line.startsWith("apt-get update"))).toContain(" -y ");
    expect(fake.commands.some((line) => line.includes("cli.js browsers install"))).toBe(false);
    expect(fake.notes.at(-1)).toContain("the distribution's package chromium");
  });

  test("with the internet it is Puppeteer's own", async () => {
    const reachable = installs(/cli\.js browsers install chrome/, cached("linux-148.0.7"));
    const fake = machine([], {}, (line, self) =>
      line.includes("node:tls") ? { code: 0, output: "" } : reachable(line, self),
    );
    expect(await findBrowser(fake)).toBe(cached("linux-148.0.7"));
    expect(fake.commands.some((line) => line.startsWith("apt-get"))).toBe(false);
  });

  test("without root nothing of the system is touched", async () => {
    const fake = machine([], { isRoot: false });
    await expect(findBrowser(fake)).rejects.toThrow("no browser for the PDF");
    expect(fake.commands.some((line) => line.startsWith("apt-get"))).toBe(false);
    expect(fake.commands.find((line) => line.startsWith("npm install"))).toContain("@sparticuz/chromium@");
  });

  test("when nothing helps it says what was tried and what to run", async () => {
    const error = await findBrowser(machine([])).catch((reason) => reason);
    expect(error).toMatchObject({ name: "CliError", exitCode: 1 });
    expect(error.message).toContain("the distribution's package chromium: E: it did not work");
    expect(error.message).toContain("apt-get install -y chromium");
    expect(error.message).toContain("export PUPPETEER_EXECUTABLE_PATH=");
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
