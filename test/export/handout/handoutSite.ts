import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSite } from "../../../src/publish/site/build.js";
import { commandLine } from "../../commandLine.js";
import { madeOnce, type SampleSite } from "../../sampleSite.js";

export const minCell = 5;

/** The period that is closed, of which later data give other figures. */
const closedPeriod = "2026-Q1";

/** A region's name, and a team's too. */
export const shared = "华东";

const root = join(import.meta.dirname, "..", "..", "..");

/**
 * The sample as a company would hand it out: figures of few are hidden, a team is called as a region is, and since a period was
 * closed tickets of all regions were answered later.
 */
export async function handoutSite(): Promise<SampleSite> {
  const folder = await madeOnce("handout", build);
  return { root, warehouse: join(folder, "w.duckdb"), dist: join(folder, "dist") };
}

async function build(folder: string): Promise<void> {
  const data = join(folder, "data");
  cpSync(join(root, "data", "sample"), data, { recursive: true });
  writeFileSync(join(data, "catalog", "settings.yaml"), `min_cell: ${minCell}\n`);
  change(join(data, "employees.csv"), (text) => text.replaceAll(",一组,", `,${shared},`));
  const warehouse = join(folder, "w.duckdb");
  const run = commandLine({ cwd: root, now: "2030-01-01", warehouse });
  const done = async (...args: string[]) => {
    const { code, all } = await run(...args);
    if (code !== 0) throw new Error(`${args.join(" ")}: ${all}`);
  };
  const built = ["build", "--data", data, "--quiet"];
  await done(...built);
  await done("close", closedPeriod);
  change(join(data, "tickets.csv"), (text) =>
    text.replace(/(,2026-02-1\d \d\d:)[0-4](\d:\d\d,)(2026-02-1\d \d\d:)[0-4](?=\d:\d\d,)/g, "$10$2$35"),
  );
  await done(...built);
  await buildSite({ root, warehouse, out: join(folder, "dist") });
}

function change(file: string, by: (text: string) => string): void {
  const before = readFileSync(file, "utf8");
  const after = by(before);
  if (after === before) throw new Error(`nothing to change in ${file}`);
  writeFileSync(file, after);
}
