import { spawn } from "node:child_process";
import { existsSync, type FSWatcher, mkdirSync, rmSync, utimesSync, watch } from "node:fs";
import { join } from "node:path";
import { CliError } from "../../run/error.js";
import { onInterrupt } from "../../run/interrupt.js";
import type { Progress } from "../../run/progress.js";
import { withLock } from "../../warehouse/lock.js";
import { told } from "../../words/told.js";
import type { Wording } from "../../words/wording.js";
import { frameworkBin, siteEnvironment } from "./build.js";
import { furnish } from "./bundles.js";

export interface PreviewOptions {
  root: string;
  warehouse: string;
  catalogDir: readonly string[];
  dataDir: string;
  port: number;
}

/** Editors write a file in several steps; a rebuild waits until nothing has changed for so long. */
const quietMs = 400;

const otherPreview = (pid: number, path: string): Wording => told("lock.otherPreview", { pid, path });

/**
 * Serves the pages with Framework's preview, which follows pages and components by itself, and calls `rebuild`
 * when models, catalogue or extracts change. It goes on until it is interrupted. Of earlier previews nothing is
 * trusted; site builds have data of their own.
 *
 * @throws CliError when another preview runs in the project, or this one ends by itself, for instance because the port
 * is taken
 */
export async function previewSite(
  options: PreviewOptions,
  rebuild: () => Promise<void>,
  progress: Progress,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const framework = join(options.root, "reports", ".observablehq");
  mkdirSync(framework, { recursive: true });
  await withLock(
    join(framework, "preview.lock"),
    async () => {
      const cache = join(framework, "cache");
      rmSync(cache, { recursive: true, force: true });
      await furnish(options.root, join(options.root, "reports"));
      await preview(
        options,
        { rebuild, dropData: () => rmSync(join(cache, "data"), { recursive: true, force: true }) },
        progress,
        env,
      );
    },
    otherPreview,
  );
}

async function preview(
  { root, warehouse, catalogDir, dataDir, port }: PreviewOptions,
  { rebuild, dropData }: { rebuild: () => Promise<void>; dropData: () => void },
  progress: Progress,
  env: NodeJS.ProcessEnv,
): Promise<void> {
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
      progress.warn(error.wording);
      return;
    }
    dropData();
    touch(join(root, "reports", "data", "kpi.zip.ts"));
  });
  const closed = new Promise<{ code: number | null; signal: string | null }>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code, signal) => done({ code, signal }));
  });
  const over = onInterrupt(() => {
    child.kill();
    return closed;
  });
  try {
    const { code, signal } = await closed;
    if (code !== 0)
      throw new CliError(told("preview.ended", { why: signal ?? told("exit.code", { code: code ?? "" }) }));
  } finally {
    over();
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
