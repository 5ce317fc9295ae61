import { spawn } from "node:child_process";
import { existsSync, renameSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";

import { CliError } from "../error.js";
import { onInterrupt } from "../interrupt.js";
import { machineFailure } from "../machineFailure.js";
import { dropStaleData, placeData, publishedTables } from "./cache.js";
import { announce, followedData } from "./dataFollows.js";
import { placeFonts, prepareSite } from "./prepare.js";
import type { PublishedTable } from "./publish/archive.js";
import { publishEntries } from "./publish/publish.js";
import type { ZipEntry } from "./publish/zip.js";
import { markSite, siteTarget } from "./target.js";

export interface SiteOptions {
  /** The project folder, which holds `reports/` and `observablehq.config.ts`. */
  root: string;
  /** The warehouse file; the site only reads it. */
  warehouse: string;
  /** Where the finished site goes; default `dist` in the project. */
  out?: string;
  /** What must not lie in `out`, beside project and warehouse. */
  kept?: readonly string[];
}

export interface SiteEffects {
  env: NodeJS.ProcessEnv;
  /** Everything the pages know, as files by their paths. */
  publish(env: NodeJS.ProcessEnv): Promise<ZipEntry[]>;
  run(command: string, args: string[], options: RunOptions): Promise<RunResult>;
}

export interface RunOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** What the command is told the end of, see `followedData`; if it fails the command is ended. */
  awaits?: Promise<void> | undefined;
}

export interface RunResult {
  code: number;
  output: string;
}

export interface SiteResult {
  out: string;
  seconds: number;
  tables: PublishedTable[];
}

export const siteEffects: SiteEffects = { env: process.env, publish: publishEntries, run: runCaptured };

/**
 * Builds the static site from the warehouse. Framework writes into a folder beside the target, which takes the
 * target's place only when the build succeeded, so a reader sees the previous site or the new one. The data is
 * published while Framework reads the pages.
 *
 * @throws CliError 2 when the target holds anything but an earlier site, 1 when the warehouse is absent or Framework
 * fails; the target is then untouched
 */
export async function buildSite(
  options: SiteOptions,
  effects: SiteEffects = siteEffects,
): Promise<SiteResult> {
  const began = performance.now();
  const root = resolve(options.root);
  const warehouse = resolve(root, options.warehouse);
  const named = resolve(root, options.out ?? "dist");
  const guard = { root, kept: [warehouse, ...(options.kept ?? [])] };
  const out = siteTarget(named, guard);
  if (!existsSync(warehouse))
    throw new CliError({
      en: `no warehouse yet, run "herringbone build" first: ${warehouse}`,
      zh: `还没有数据仓库，请先运行 herringbone build：${warehouse}`,
    });

  const reports = join(root, "reports");
  await prepareSite(reports);
  const isStale = await dropStaleData(reports, warehouse);
  await dropAbandoned(out);

  const partial = `${out}.building-${process.pid}.tmp`;
  await mkdir(dirname(out), { recursive: true });
  const env = siteEnvironment(effects.env, { warehouse, out: partial });
  const data = isStale ? effects.publish(env).then((members) => placeData(reports, members)) : undefined;
  const over = onInterrupt(() => rm(partial, { recursive: true, force: true }));
  try {
    const run = effects.run(process.execPath, [frameworkBin(root), "build"], {
      cwd: root,
      env: data ? { ...env, ...followedData } : env,
      awaits: data,
    });
    const [ran, placed] = await Promise.allSettled([run, data]);
    if (placed.status === "rejected") throw placed.reason;
    if (ran.status === "rejected") throw ran.reason;
    const { code, output } = ran.value;
    if (code !== 0 && /\b(ENOSPC|EDQUOT|EROFS|EACCES)\b/.test(output))
      throw machineFailure(output.split("\n").find((line) => /\b(ENOSPC|EDQUOT|EROFS|EACCES)\b/.test(line)));
    if (code !== 0)
      throw new CliError({
        en: `the site build failed:\n${lastLines(output, 30)}`,
        zh: `网站生成失败：\n${lastLines(output, 30)}`,
      });
    await placeFonts(reports, partial);
    await markSite(partial);
    siteTarget(named, guard); // it may have got a file since
    await putInPlace(partial, out);
  } finally {
    await rm(partial, { recursive: true, force: true });
    over();
  }
  return { out: named, seconds: (performance.now() - began) / 1000, tables: await publishedTables(reports) };
}

/** What the Framework process and the loaders under it need to know. */
export function siteEnvironment(
  env: NodeJS.ProcessEnv,
  options: { warehouse: string; out?: string },
): NodeJS.ProcessEnv {
  return {
    ...env,
    OBSERVABLE_TELEMETRY_DISABLE: "true",
    HERRINGBONE_WAREHOUSE: options.warehouse,
    ...(options.out === undefined ? {} : { HERRINGBONE_SITE: options.out }),
  };
}

/** Framework's command, run by this Node rather than found on the path. */
export function frameworkBin(root: string): string {
  const require = createRequire(join(root, "package.json"));
  for (const folder of require.resolve.paths("@observablehq/framework") ?? []) {
    const bin = join(folder, "@observablehq", "framework", "dist", "bin", "observable.js");
    if (existsSync(bin)) return bin;
  }
  throw new CliError("package not installed; run npm ci: @observablehq/framework");
}

async function putInPlace(partial: string, out: string): Promise<void> {
  const previous = `${out}.previous-${process.pid}.tmp`;
  const over = onInterrupt(() => rm(previous, { recursive: true, force: true }));
  try {
    exchange(partial, out, previous);
    await rm(previous, { recursive: true, force: true });
  } finally {
    over();
  }
}

/** In one go: an interruption finds the site either before or after. */
function exchange(partial: string, out: string, previous: string): void {
  const hasPrevious = existsSync(out);
  if (hasPrevious) renameSync(out, previous);
  try {
    renameSync(partial, out);
  } catch (error) {
    if (hasPrevious) renameSync(previous, out);
    throw error;
  }
}

/** Removes what killed builds left beside the target; brings the target back if the kill fell into the swap. */
async function dropAbandoned(out: string): Promise<void> {
  const folder = dirname(out);
  if (!existsSync(folder)) return;
  const pattern = new RegExp(`^${basename(out).replace(/\W/g, "\\$&")}\\.(building|previous)-(\\d+)\\.tmp$`);
  for (const name of await readdir(folder)) {
    const [, kind, pid] = pattern.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    if (kind === "previous" && !existsSync(out)) await rename(join(folder, name), out);
    else await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}

async function runCaptured(
  command: string,
  args: string[],
  { awaits, ...options }: RunOptions,
): Promise<RunResult> {
  return new Promise((done, fail) => {
    // In a process group of its own, so that what it starts ends with it.
    const detached = process.platform !== "win32";
    const child = spawn(command, args, {
      ...options,
      detached,
      stdio: ["ignore", "pipe", "pipe", ...(awaits ? ["ipc" as const] : [])],
    });
    if (awaits) announce(awaits, child);
    const closed = new Promise((resolve) => child.once("close", resolve));
    const over = onInterrupt(async () => {
      if (child.pid === undefined || child.exitCode !== null) return;
      if (detached) process.kill(-child.pid, "SIGKILL");
      else child.kill();
      await closed;
    });
    let output = "";
    const take = (chunk: Buffer) => {
      output += chunk.toString("utf8");
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.on("error", (error) => {
      over();
      fail(error);
    });
    child.on("close", (code) => {
      over();
      done({ code: code ?? 1, output });
    });
  });
}
