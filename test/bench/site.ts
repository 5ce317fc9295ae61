import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { columnsOf } from "../../src/contract/index.js";
import { frameworkBin, siteEnvironment } from "../../src/publish/site/build.js";
import { furnish } from "../../src/publish/site/bundles.js";
import { copyProject } from "../copyProject.js";
import { benchTables } from "./extract.js";
import { measure, median } from "./measure.js";

const limit = 0.5;

/**
 * The site built from the warehouse, for the first time and again with other data, against a bare Framework build of the
 * same pages over a warehouse without rows, alternating, in a copy of the project of its own.
 *
 * @returns whether the ratio of the medians, of a site built again, is within the limit
 */
export async function benchSite(
  warehouse: string,
  scratch: string,
  repetitions: number,
  say: (text: string) => void,
): Promise<boolean> {
  const copy = copyProject(join(scratch, "project"));
  const herringbone = join(copy, "src", "cli", "herringbone.js");
  const catalog = join(copy, "data", "catalog");
  const empty = await emptyWarehouse(herringbone, catalog, scratch);
  const bareOut = join(scratch, "dist-empty");
  const environment = siteEnvironment(process.env, { warehouse: empty, out: bareOut });
  const site = ["site", "--warehouse", warehouse, "--out", join(scratch, "dist"), "--quiet"];
  const framework = join(copy, "reports", ".observablehq");
  const cached = join(framework, "cache", "data");
  // Not measured: bundles what Framework would fetch, for both.
  await measure([herringbone, ...site], { cwd: copy });
  await furnish(copy, join(copy, "reports"));
  const first: number[] = [];
  const ours: number[] = [];
  const bare: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    rmSync(join(framework, "shells"), { recursive: true, force: true });
    first.push((await measure([herringbone, ...site], { cwd: copy })).seconds);
    ours.push((await measure([herringbone, ...site], { cwd: copy })).seconds);
    rmSync(cached, { recursive: true, force: true });
    // Framework does not clear an output folder outside its project.
    rmSync(bareOut, { recursive: true, force: true });
    bare.push((await measure([frameworkBin(copy), "build"], { cwd: copy, env: environment })).seconds);
  }
  const ratio = median(ours) / median(bare);
  say(`\nsite, medians of ${repetitions}`);
  say(`  site build, the first    ${median(first).toFixed(2).padStart(8)} s`);
  say(`  site build, other data   ${median(ours).toFixed(2).padStart(8)} s`);
  say(`  Framework, same, no data ${median(bare).toFixed(2).padStart(8)} s`);
  say(
    `  site ÷ Framework ${ratio.toFixed(2)} (limit ${limit}), the first ${(median(first) / median(bare)).toFixed(2)}`,
  );
  return ratio <= limit;
}

/** A build of tables that have a header and no rows. */
async function emptyWarehouse(herringbone: string, catalog: string, scratch: string): Promise<string> {
  const data = join(scratch, "empty");
  mkdirSync(data);
  for (const table of benchTables) {
    const header = columnsOf(table).map(({ name }) => name);
    writeFileSync(join(data, `${table}.csv`), `${header.join(",")}\n`);
  }
  const warehouse = join(scratch, "empty.duckdb");
  const places = ["--data", data, "--catalog", catalog, "--warehouse", warehouse];
  await measure([herringbone, "build", ...places, "--as-of", "2026-06-30", "--quiet"]);
  return warehouse;
}
