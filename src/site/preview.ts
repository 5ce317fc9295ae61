import { spawn } from "node:child_process";
import { existsSync, type FSWatcher, utimesSync, watch } from "node:fs";
import { join } from "node:path";

import { CliError } from "../error.js";
import type { Progress } from "../progress.js";
import { frameworkBin, siteEnvironment } from "./build.js";
import { dropStaleData } from "./cache.js";
import { prepareSite } from "./prepare.js";

export interface PreviewOptions {
  root: string;
  warehouse: string;
  catalogDir: readonly string[];
  dataDir: string;
  port: number;
}

/** Editors write a file in several steps; a rebuild waits until nothing has changed for so long. */
const quietMs = 400;

/**
 * Serves the pages with Framework's preview, which follows pages and components by itself, and calls `rebuild`
 * when models, catalogue or extracts change. Resolves when the preview is interrupted.
 *
 * @throws CliError when the preview ends by itself, for instance because the port is taken
 */
export async function previewSite(
  options: PreviewOptions,
  rebuild: () => Promise<void>,
  progress: Progress,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const { root, warehouse, catalogDir, dataDir, port } = options;
  const reports = join(root, "reports");
  await prepareSite(reports);
  await dropStaleData(reports, warehouse);

  const child = spawn(
    process.execPath,
    [frameworkBin(root), "preview", "--no-open", "--port", String(port)],
    { cwd: root, env: siteEnvironment(env, { warehouse }), stdio: "inherit" },
  );
  const stop = followChanges([join(root, "src", "models"), ...catalogDir, dataDir], async () => {
    try {
      await rebuild();
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      progress.warn({ en: error.message, zh: error.in("zh-CN") });
      return;
    }
    await dropStaleData(reports, warehouse);
    touch(join(reports, "data", "kpi.zip.ts"));
  });
  const end = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGINT", end).on("SIGTERM", end);
  try {
    const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>(
      (done, fail) => {
        child.on("error", fail);
        child.on("close", (code, signal) => done({ code, signal }));
      },
    );
    if (signal === null && code !== 0)
      throw new CliError({ en: `the preview ended with code ${code}`, zh: `预览已结束，退出码 ${code}` });
  } finally {
    process.off("SIGINT", end).off("SIGTERM", end);
    stop();
  }
}

/** Runs `react` after changes in the folders have come to rest, never twice at once. Returns what ends it. */
export function followChanges(folders: readonly string[], react: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let pending = false;
  const run = async () => {
    if (running) {
      pending = true;
      return;
    }
    running = true;
    try {
      await react();
    } finally {
      running = false;
    }
    if (pending) {
      pending = false;
      schedule();
    }
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), quietMs);
  };
  const watchers: FSWatcher[] = folders
    .filter((folder) => existsSync(folder))
    .map((folder) => watch(folder, { recursive: true }, schedule));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** Framework runs a loader again, and tells the open pages, when the loader's own file is newer. */
function touch(file: string): void {
  const now = new Date();
  utimesSync(file, now, now);
}
