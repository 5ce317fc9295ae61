import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { withBrowser } from "../../src/export/browser.js";
import { BrowserEnded, Printer } from "../../src/export/printPage.js";
import { withStaticServer } from "../../src/export/staticServer.js";
import { isLong, isTurn } from "../long.js";
import { type SampleSite, sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
let site: SampleSite;
const temp = temporaryFolder("browser-killed");
const out = temporaryFolder("browser-out");

beforeAll(async () => {
  site = await sampleSite();
});

const text = (path: string) => {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return ""; // it has ended
  }
};

/** The browser's processes by what they do: `main`, `renderer`, `gpu-process`, … */
function browserProcesses(): { pid: number; kind: string }[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const [, parent] = text(`/proc/${name}/stat`)
        .replace(/^.*\) /s, "")
        .split(" ");
      return { pid: Number(name), parent: Number(parent), line: text(`/proc/${name}/cmdline`) };
    });
  const family = new Set(
    all.filter(({ line }) => line.includes(`--user-data-dir=${temp}`)).map(({ pid }) => pid),
  );
  for (let before = -1; before < family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all
    .filter(({ pid }) => family.has(pid))
    .map(({ pid, line }) => ({ pid, kind: /--type=([\w-]+)/.exec(line)?.[1] ?? "main" }));
}

/** The death of one process may already have taken the next with it. */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** An export as it runs: what it has told, and how it ends. */
function start(folder: string, ...args: string[]) {
  const child = spawn(
    process.execPath,
    ["src/cli/herringbone.js", "export", ...args, "--dist", site.dist, "--out", folder, "--quiet"],
    { cwd: root, stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, TMPDIR: temp } },
  );
  const run = { child, told: "", ended: new Promise<number | null>((done) => child.once("close", done)) };
  child.stderr.on("data", (chunk) => {
    run.told += chunk;
  });
  return run;
}

/** Five files. */
const batch = ["quality-certificate", "--each", "region"];

const renderers = () => browserProcesses().filter(({ kind }) => kind === "renderer");

async function until(run: ReturnType<typeof start>, isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    expect(run.child.exitCode, run.told).toBeNull();
    await sleep(20);
  }
}

const pdfsIn = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".pdf")) : [];

const listIn = (folder: string): { file: string; sha256: string }[] =>
  JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")).files;

/** That all that is listed is there as it was made, and nothing half-made. */
function expectWhole(folder: string): void {
  const files = listIn(folder);
  for (const { file, sha256 } of files)
    expect(
      createHash("sha256")
        .update(readFileSync(join(folder, file)))
        .digest("hex"),
    ).toBe(sha256);
  expect(pdfsIn(folder)).toEqual(files.map(({ file }) => file).sort());
  expect(readdirSync(folder).filter((name) => /tmp|partial/.test(name))).toEqual([]);
}

const traces = () => readdirSync(temp).filter((name) => /^(?:puppeteer|herringbone-browser)/.test(name));

describe.skipIf(process.platform !== "linux")("a browser that is killed while it prints", () => {
  it.skipIf(isLong).each(["main", "renderer"])("prints again when it was its %s process", async (kind) => {
    const folder = join(out, kind);
    const run = start(folder, "quality-certificate");
    await until(run, () => renderers().length > 0);
    await sleep(1500);
    for (const { pid } of browserProcesses().filter((each) => each.kind === kind)) kill(pid);
    expect([await run.ended, run.told]).toEqual([0, ""]);
    expectWhole(folder);
    expect(browserProcesses()).toEqual([]);
    expect(traces()).toEqual([]);
  });

  it.skipIf(isLong).each([0, 100, 200])(
    "is noticed at once when a page's process ends %s ms after it came, while the page opens",
    { timeout: 60_000 },
    async (wait) => {
      vi.stubEnv("TMPDIR", temp);
      const began = performance.now();
      writeFileSync(join(temp, "page.html"), '<p data-report="ready" data-title="A page">A line</p>');
      const printed = await withStaticServer({ root: temp }, (address) =>
        withBrowser(async (browser) => {
          const known = new Set(renderers().map(({ pid }) => pid));
          const printer = new Printer(browser);
          const printing = printer.print(`${address}page.html`, 60_000).then(
            () => "printed", // what was killed was none of the page
            (error: unknown) => (error instanceof BrowserEnded ? "ended" : error),
          );
          await vi.waitFor(() => expect(renderers().some(({ pid }) => !known.has(pid))).toBe(true), 10_000);
          await sleep(wait);
          for (const { pid } of renderers()) kill(pid);
          const how = await printing;
          await printer.close();
          return how;
        }),
      );
      vi.unstubAllEnvs();
      expect(["printed", "ended"]).toContain(printed);
      expect(performance.now() - began).toBeLessThan(25_000);
    },
  );

  const languages = [
    { lang: "en", said: "herringbone: the browser ended while it printed" },
    { lang: "zh-CN", said: "herringbone：浏览器在打印时退出" },
  ];
  it.each(languages.filter(({ lang }) => isTurn(lang === "zh-CN")))(
    "is told when that happens again, in $lang",
    { timeout: 240_000 },
    async ({ lang, said }) => {
      const folder = join(out, lang);
      const run = start(folder, "--lang", lang);
      // Beside the page that prints there is one that the browser came up with, until it is killed.
      for (let least = 2; run.child.exitCode === null; await sleep(20)) {
        if (renderers().length < least) continue;
        await sleep(1200);
        for (const { pid } of renderers()) kill(pid);
        least = 1;
      }
      expect([await run.ended, run.told.split("\n").length]).toEqual([1, 2]);
      expect(run.told.startsWith(said), run.told).toBe(true);
      expect(browserProcesses()).toEqual([]);
      expect(readdirSync(folder)).toEqual([]);
      expect(traces()).toEqual([]);
    },
  );

  it.runIf(isLong)("costs a batch no more than what it had in hand", async () => {
    const folder = join(out, "batch");
    const run = start(folder, ...batch);
    await until(run, () => pdfsIn(folder).length >= 2);
    const before = pdfsIn(folder).map((name) => ({ name, written: statSync(join(folder, name)).mtimeMs }));
    for (const { pid } of browserProcesses().filter(({ kind }) => kind === "main")) kill(pid);
    expect([await run.ended, run.told]).toEqual([0, ""]);
    expectWhole(folder);
    expect(listIn(folder).length).toBeGreaterThan(before.length);
    for (const { name, written } of before) expect(statSync(join(folder, name)).mtimeMs).toBe(written);
  });
});

describe.skipIf(process.platform !== "linux")("a batch that is killed", () => {
  const folder = join(out, "killed");
  const list = join(folder, "manifest.partial.jsonl");
  const notes = () => (existsSync(list) ? readFileSync(list, "utf8").split("\n").slice(1, -1) : []);

  it.skipIf(isLong)("goes on where it was, and its browser ends with it", async () => {
    const run = start(folder, ...batch);
    await until(run, () => notes().length >= 2);
    run.child.kill("SIGKILL");
    await run.ended;
    const made = notes().map((line) => JSON.parse(line).facts.file as string);
    const written = made.map((file) => statSync(join(folder, file)).mtimeMs);
    expect(existsSync(join(folder, "manifest.json"))).toBe(false);
    await vi.waitFor(() => expect(browserProcesses()).toEqual([]), 10_000);
    const [lost = ""] = made;
    rmSync(join(folder, lost));
    const next = start(folder, ...batch);
    expect([await next.ended, next.told]).toEqual([0, ""]);
    expectWhole(folder);
    expect(made.slice(1).map((file) => statSync(join(folder, file)).mtimeMs)).toEqual(written.slice(1));
    expect(listIn(folder).map(({ file }) => file)).toContain(lost);
    expect(existsSync(`${folder}.lock`)).toBe(false);
  });
});
