import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSite } from "../src/publish/site/build.js";
import { silent } from "../src/run/progress.js";
import { buildWarehouse } from "../src/warehouse/build.js";

export interface SampleSite {
  /** The project, which holds `reports/`. */
  root: string;
  warehouse: string;
  /** The built site. */
  dist: string;
}

const prefix = "herringbone-sample-site-";

/**
 * Warehouse and site of the committed sample, built once for all files of a test run: two builds at the same time
 * would share Framework's cache under `reports/`.
 */
export async function sampleSite(): Promise<SampleSite> {
  dropAbandoned();
  const root = join(import.meta.dirname, "..");
  const folder = join(tmpdir(), `${prefix}${process.ppid}`);
  const site = { root, warehouse: join(folder, "sample.duckdb"), dist: join(folder, "dist") };
  const done = join(folder, "done");
  mkdirSync(folder, { recursive: true });
  while (!existsSync(done)) {
    if (!take(join(folder, "building"))) {
      await sleep(250);
      continue;
    }
    try {
      if (existsSync(done)) break;
      await build(site);
      writeFileSync(done, "");
    } finally {
      rmSync(join(folder, "building"), { recursive: true, force: true });
    }
  }
  return site;
}

async function build({ root, warehouse, dist }: SampleSite): Promise<void> {
  const dataDir = join(root, "data", "sample");
  const catalogDir = [join(dataDir, "catalog"), join(root, "data", "catalog")];
  const now = new Date("2030-01-01T00:00:00Z");
  await buildWarehouse({ dataDir, catalogDir, warehouse, now }, silent);
  await buildSite({ root, warehouse, out: dist });
}

function take(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes what earlier runs left. */
function dropAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = new RegExp(`^${prefix}(\\d+)$`).exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
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
