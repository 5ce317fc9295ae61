import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
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

describe.skipIf(process.platform !== "linux")("a browser that is killed while it prints", () => {
  it.each([
    { kind: "main", lang: "en", said: "herringbone: the browser ended while it printed" },
    { kind: "renderer", lang: "zh-CN", said: "herringbone：浏览器在打印时退出" },
  ])("is told at once when it is its $kind process", async ({ kind, lang, said }) => {
    const child = spawn(
      process.execPath,
      ["src/cli/herringbone.js", "export", "--dist", site.dist, "--out", out, "--lang", lang, "--quiet"],
      { cwd: root, stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, TMPDIR: temp } },
    );
    let told = "";
    child.stderr.on("data", (chunk) => {
      told += chunk;
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    // The page is there when a renderer works at it.
    while (browserProcesses().filter((each) => each.kind === "renderer").length === 0) {
      expect(child.exitCode, told).toBeNull();
      await sleep(20);
    }
    await sleep(1500);
    const killed = browserProcesses().filter((each) => each.kind === kind);
    expect(killed.length).toBeGreaterThan(0);
    for (const { pid } of killed) kill(pid);
    const began = performance.now();
    expect([await ended, told.split("\n").length]).toEqual([1, 2]);
    expect(told.startsWith(said), told).toBe(true);
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(browserProcesses()).toEqual([]);
    expect(readdirSync(out)).toEqual([]);
    expect(readdirSync(temp).filter((name) => name.startsWith("puppeteer"))).toEqual([]);
  });
});
