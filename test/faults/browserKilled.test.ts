import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SampleSite, sampleSite } from "../sampleSite.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
let site: SampleSite;
let temp: string;
let out: string;

beforeAll(async () => {
  site = await sampleSite();
  temp = mkdtempSync(join(tmpdir(), "herringbone-browser-killed-"));
  out = mkdtempSync(join(tmpdir(), "herringbone-browser-out-"));
});
afterAll(() => {
  for (const folder of [temp, out]) rmSync(folder, { recursive: true, force: true });
});

/** The browser's processes by what they do: `main`, `renderer`, `gpu-process`, … */
function browserProcesses(): { pid: number; kind: string }[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      if (!readFileSync(join("/proc", pid, "environ"), "latin1").includes(temp)) return [];
      const words = readFileSync(join("/proc", pid, "cmdline"), "latin1").split("\0");
      const type = words.find((word) => word.startsWith("--type="))?.slice("--type=".length);
      const isMain = words.some((word) => word.startsWith(`--user-data-dir=${temp}`));
      return type === undefined && !isMain ? [] : [{ pid: Number(pid), kind: type ?? "main" }];
    } catch {
      return [];
    }
  });
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
    for (const { pid } of killed) process.kill(pid, "SIGKILL");
    const began = performance.now();
    expect([await ended, told.split("\n").length]).toEqual([1, 2]);
    expect(told.startsWith(said), told).toBe(true);
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(browserProcesses()).toEqual([]);
    expect(readdirSync(out)).toEqual([]);
    expect(readdirSync(temp).filter((name) => name.startsWith("puppeteer"))).toEqual([]);
  });
});
