import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { withWarehouse } from "../../src/warehouse/open.js";
import { isLong, isTurn } from "../long.js";
import { type SampleSite, sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = temporaryFolder("interrupt");
const warehouse = join(folder, "w.duckdb");
const out = join(folder, "out");
let site: SampleSite;

beforeAll(async () => {
  site = await sampleSite();
});

const signals = [
  { signal: "SIGINT", code: 130 },
  { signal: "SIGTERM", code: 143 },
] as const;

const start = (...args: string[]) =>
  spawn(process.execPath, ["src/cli/herringbone.js", ...args, "--quiet"], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
  });

interface End {
  code: number | null;
  told: string;
}

/** Interrupts a command when it has come so far. */
async function interrupt(child: ChildProcess, signal: NodeJS.Signals, isThere: () => boolean): Promise<End> {
  let told = "";
  child.stderr?.on("data", (chunk) => {
    told += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  while (!isThere()) {
    expect(child.exitCode, told).toBeNull();
    await sleep(5);
  }
  child.kill(signal);
  return { code: await ended, told };
}

/** Processes whose command line or environment holds a text. */
function processesWith(text: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return ["cmdline", "environ"].some((file) =>
        readFileSync(join("/proc", pid, file), "latin1").includes(text),
      );
    } catch {
      return false;
    }
  });
}

const names = (path: string) => readdirSync(path).sort();
const buildId = () =>
  withWarehouse(warehouse, async (db) => {
    const reader = await db.runAndReadAll("select build_id from config.settings");
    return String(reader.value(0, 0));
  });

describe("an interrupted build", () => {
  // A company of a few tickets in `npm test`.
  const data = isLong ? "data/sample" : "test/cases/inputs/site-needs";
  const args = ["build", "--data", data, "--warehouse", warehouse];

  beforeAll(() => {
    const first = spawnSync(process.execPath, ["src/cli/herringbone.js", ...args, "--quiet"], { cwd: root });
    expect(first.status, String(first.stderr)).toBe(0);
  });

  const stages = [
    { stage: "with the lock", isThere: () => existsSync(`${warehouse}.lock`) },
    { stage: "with its scratch folder", isThere: () => existsSync(`${warehouse}.building.tmp`) },
    { stage: "with its new file", isThere: () => existsSync(`${warehouse}.building`) },
  ];

  // Of a company of some size by one of them.
  const sent = signals.filter(({ signal }) => !isLong || signal === "SIGTERM");

  it.each(sent.flatMap((each) => stages.map((stage) => ({ ...each, ...stage }))))(
    "$stage ends with $code on $signal and leaves the previous warehouse alone",
    async ({ signal, code, isThere }) => {
      const before = await buildId();
      const ended = await interrupt(start(...args), signal, isThere);
      expect(ended).toEqual({ code, told: "herringbone：已中断，原有结果未变\n" });
      expect(names(folder)).toEqual(["w.duckdb"]);
      expect(await buildId()).toBe(before);
    },
  );
});

describe.skipIf(process.platform !== "linux")("an interrupted site and export", () => {
  const small = join(folder, "small.duckdb");
  beforeAll(() => {
    const data = join(folder, "data");
    mkdirSync(data);
    writeFileSync(
      join(data, "orders.csv"),
      "order_id,line_no,customer_id,ordered_at,revenue\n1,1,C1,2026-01-02 10:00,5\n",
    );
    const args = ["build", "--data", data, "--warehouse", small, "--quiet"];
    const built = spawnSync(process.execPath, ["src/cli/herringbone.js", ...args], { cwd: root });
    expect(built.status, String(built.stderr)).toBe(0);
  });

  const bySignal = it.each(signals.filter(({ signal }) => isTurn(signal === "SIGINT")));

  bySignal("site ends with $code on $signal, its processes too", async ({ signal, code }) => {
    const mine = join(folder, `site-${signal}`);
    const args = ["site", "--warehouse", small, "--out", join(mine, "dist")];
    const isWriting = () => existsSync(mine) && names(mine).some((name) => name.includes(".building-"));
    expect((await interrupt(start(...args), signal, isWriting)).code).toBe(code);
    expect(names(mine)).toEqual([]);
    expect(processesWith(join(mine, "dist.building-"))).toEqual([]);
    rmSync(mine, { recursive: true });
  });

  bySignal("export ends with $code on $signal, its browser too", async ({ signal, code }) => {
    const temp = mkdtempSync(join(tmpdir(), "herringbone-interrupt-temp-"));
    const child = spawn(
      process.execPath,
      ["src/cli/herringbone.js", "export", "--dist", site.dist, "--out", out, "--quiet"],
      { cwd: root, stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, TMPDIR: temp } },
    );
    const hasBrowser = () => processesWith(`--user-data-dir=${temp}`).length > 0;
    expect((await interrupt(child, signal, hasBrowser)).code).toBe(code);
    // The browser is killed; the system takes a moment to clear its helpers away.
    await vi.waitFor(() => expect(processesWith(temp)).toEqual([]), 3000);
    expect(names(temp).filter((name) => name.startsWith("puppeteer"))).toEqual([]);
    expect(existsSync(out) ? names(out) : []).toEqual([]);
    rmSync(temp, { recursive: true });
  });
});
