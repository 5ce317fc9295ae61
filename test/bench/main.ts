import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { greatest } from "../../src/statistics/extremes.js";
import { catalogueOf } from "../someKpis.js";
import { benchAssess } from "./assess.js";
import { type Comparison, compareFigures, floorKpis } from "./compare.js";
import { benchExtract } from "./extract.js";
import { benchIncrement } from "./increment.js";
import { type Measurement, measure, median } from "./measure.js";
import { benchMemory } from "./memory.js";
import { benchSite } from "./site.js";

/** What holds at 1e7 tickets; smaller runs only report. */
const limits = { ratio: 3, peakBytes: 4e9, tickets: 1e7 };

const herringbone = fileURLToPath(new URL("../../src/cli/herringbone.js", import.meta.url));
const floorRun = fileURLToPath(new URL("./floorRun.ts", import.meta.url));
const buildRun = fileURLToPath(new URL("./buildRun.ts", import.meta.url));
const catalog = fileURLToPath(new URL("../../data/catalog", import.meta.url));

type Runs = Record<"build" | "some" | "plain" | "floor" | "read", Measurement[]>;

const say = (text: string) => process.stdout.write(`${text}\n`);

/**
 * The build of all KPIs, a build of the floor's alone, the floor and a bare read of the same extract, alternating, so that
 * a slow minute hits all four; or `assess` alone, a build after one more day, or one of very many tickets.
 */
async function bench(
  tickets: number,
  repetitions: number,
  {
    site: withSite,
    assess: withAssess,
    increment,
    memory,
  }: { site: boolean; assess: boolean; increment: boolean; memory: boolean },
): Promise<boolean> {
  if (memory) return inScratch((scratch) => benchMemory(herringbone, { catalog, scratch }, tickets, say));
  const data = await benchExtract(tickets, say);
  say(`${tickets.toExponential()} tickets, ${megabytes(folderBytes(data))} of CSV: ${data}`);
  return inScratch(async (scratch) => {
    const warehouse = join(scratch, "build.duckdb");
    const some = join(scratch, "some.duckdb");
    const floor = join(scratch, "floor.duckdb");
    const runs: Runs = { build: [], some: [], plain: [], floor: [], read: [] };
    const build = async (file: string, catalog: string) => {
      rmSync(file, { force: true });
      const places = ["--data", data, "--warehouse", file, "--catalog", catalog];
      return measure([herringbone, "build", ...places, "--full", "--quiet"]);
    };
    if (increment) {
      const places = { data, catalog, scratch };
      return await benchIncrement(herringbone, places, tickets >= limits.tickets, say);
    }
    if (withAssess) return await benchAssess(herringbone, data, scratch, repetitions, say);
    for (let repetition = 1; repetition <= repetitions; repetition += 1) {
      rmSync(floor, { force: true });
      runs.floor.push(await measure(["--import", "tsx", floorRun, "floor", data, floor]));
      runs.read.push(await measure(["--import", "tsx", floorRun, "read", data]));
      runs.build.push(await build(warehouse, catalog));
      const own = catalogueOf(await floorKpis(floor), join(scratch, "catalog"));
      runs.some.push(await build(some, own));
      rmSync(some, { force: true });
      runs.plain.push(await measure(["--import", "tsx", buildRun, data, some, own]));
      say(
        `run ${repetition}: ${Object.entries(runs)
          .map(([name, all]) => `${name} ${shown(all.at(-1))}`)
          .join(", ")}`,
      );
    }
    report(runs, warehouse, floor);
    const isGood = judge(runs, await compareFigures(floor, warehouse), tickets);
    return (!withSite || (await benchSite(warehouse, scratch, repetitions, say))) && isGood;
  });
}

async function inScratch<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "herringbone-bench-run-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(runs: Runs, warehouse: string, floor: string): void {
  say(`\nmedians of ${runs.build.length}`);
  for (const [name, all] of Object.entries(runs)) {
    const peaks = all.map(({ peakBytes }) => peakBytes ?? Number.NaN);
    say(
      `  ${name.padEnd(6)} ${median(seconds(all)).toFixed(2).padStart(8)} s  peak ${megabytes(median(peaks))}`,
    );
  }
  say(`  files  build ${megabytes(statSync(warehouse).size)}, floor ${megabytes(statSync(floor).size)}`);
  say(`  some ÷ floor  ${ratio(runs.some, runs.floor)} (limit ${limits.ratio}, aim 1.5)`);
  say(
    `                ${(median(runs.some.map((run) => run.cpuSeconds)) / median(runs.floor.map((run) => run.cpuSeconds))).toFixed(2)} of processor time`,
  );
  say(`  plain ÷ floor ${ratio(runs.plain, runs.floor)} (nothing kept for the next build)`);
  say(`  build ÷ floor ${ratio(runs.build, runs.floor)}`);
  say(`  build ÷ read  ${ratio(runs.build, runs.read)}`);
  say(`  floor ÷ read  ${ratio(runs.floor, runs.read)}`);
}

function judge(runs: Runs, compared: Comparison, tickets: number): boolean {
  const { figures, kpis, differences } = compared;
  const known = readCatalogue(catalog).kpis.length;
  say(`  build computes ${known} KPIs, some and floor one of each kind: ${kpis.join(", ")}`);
  say(
    `  ${figures} figures of these ${kpis.length} compared, ${differences.length} differ by more than 1e-9`,
  );
  for (const { kpi_id, period, group, part, floor, build } of differences.slice(0, 20)) {
    say(`    ${kpi_id} ${period} ${group}${part}: floor ${floor}, build ${build}`);
  }
  const found = ratio(runs.some, runs.floor);
  const peak = greatest(runs.build.map(({ peakBytes }) => peakBytes ?? 0));
  const isBound = tickets >= limits.tickets;
  if (isBound && Number(found) > limits.ratio) say(`over the limit: some ÷ floor ${found}`);
  if (isBound && peak > limits.peakBytes) say(`over the limit: peak ${megabytes(peak)}`);
  const withinLimits = !isBound || (Number(found) <= limits.ratio && peak <= limits.peakBytes);
  return figures > 0 && differences.length === 0 && withinLimits;
}

/** How many times the median of the second the median of the first is. */
const ratio = (of: readonly Measurement[], to: readonly Measurement[]) =>
  (median(seconds(of)) / median(seconds(to))).toFixed(2);

const seconds = (runs: readonly Measurement[]) => runs.map((run) => run.seconds);
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const shown = (run: Measurement | undefined) =>
  run ? `${run.seconds.toFixed(2)} s (${megabytes(run.peakBytes ?? Number.NaN)})` : "–";

function folderBytes(folder: string): number {
  return readdirSync(folder).reduce((total, name) => total + statSync(join(folder, name)).size, 0);
}

const { values } = parseArgs({
  options: {
    tickets: { type: "string", default: "1e6" },
    repetitions: { type: "string", default: "3" },
    site: { type: "boolean", default: false },
    assess: { type: "boolean", default: false },
    increment: { type: "boolean", default: false },
    memory: { type: "boolean", default: false },
  },
});
const tickets = Number(values.tickets);
const repetitions = Number(values.repetitions);
if (!(Number.isInteger(tickets) && tickets >= 1000 && Number.isInteger(repetitions) && repetitions > 0)) {
  process.stderr.write(
    "usage: npm run bench -- --tickets 1e6|1e7 [--repetitions 3] [--site | --assess | --increment | --memory]\n",
  );
  process.exitCode = 2;
} else if (!(await bench(tickets, repetitions, values))) {
  process.exitCode = 1;
}
