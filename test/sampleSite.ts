import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { reconcile } from "../src/answers/reconcile/reconcile.js";
import { showReconciliation } from "../src/answers/reconcile/shown.js";
import { readKept } from "../src/catalogue/catalogueFiles.js";
import { periodOf } from "../src/kpi/periods.js";
import { buildSite } from "../src/publish/site/build.js";
import { silent } from "../src/run/progress.js";
import { buildWarehouse } from "../src/warehouse/build.js";
import { withWarehouse } from "../src/warehouse/open.js";

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
  const root = join(import.meta.dirname, "..");
  const folder = await madeOnce("site", (place) =>
    build({ root, warehouse: join(place, "sample.duckdb"), dist: join(place, "dist") }),
  );
  return { root, warehouse: join(folder, "sample.duckdb"), dist: join(folder, "dist") };
}

/** A folder that one of the files of a test run fills for all of them. */
export async function madeOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  dropAbandoned();
  const shared = join(tmpdir(), `${prefix}${process.ppid}`);
  const folder = join(shared, name);
  const done = join(shared, `${name}.done`);
  const making = join(shared, `${name}.making`);
  mkdirSync(folder, { recursive: true });
  while (!existsSync(done)) {
    if (!take(making)) {
      await sleep(250);
      continue;
    }
    try {
      if (existsSync(done)) break;
      await make(folder);
      writeFileSync(done, "");
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  return folder;
}

async function build({ root, warehouse, dist }: SampleSite): Promise<void> {
  const dataDir = join(root, "data", "sample");
  const catalogDir = [join(dataDir, "catalog"), join(root, "data", "catalog")];
  const now = new Date("2030-01-01T00:00:00Z");
  await buildWarehouse({ dataDir, catalogDir, warehouse, now }, silent);
  await reconcileSome(warehouse, now);
  await buildSite({ root, warehouse, out: dist });
}

/** Keeps a reconciliation for the site to show: a list of all tickets of a month, half of those that are no praise, and more. */
async function reconcileSome(warehouse: string, now: Date): Promise<void> {
  const folder = dirname(warehouse);
  await withWarehouse(warehouse, async (db) => {
    const { catalogue } = await readKept(db);
    const period = periodOf("2026-03-01", "month");
    const theirs = { path: join(folder, "march.csv"), tempDir: folder };
    await db.run(
      `copy (
        select ticket_id as Ticket from staging.tickets
        where created_on >= date '2026-03-01' and created_on < date '2026-04-01'
          and (type = 'praise' or hash(ticket_id) % 2 = 0)
        union all select 'X' || range from range(30)
      ) to '${theirs.path}' (header)`,
    );
    const request = { kpiId: "first_response_time", period, where: [], theirs };
    await showReconciliation(db, warehouse, await reconcile(db, catalogue.kpis, request), now);
  });
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
