import { existsSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TableName } from "../../src/contract/index.js";
import { generateSample } from "../../src/sample/generate.js";
import type { SampleOptions } from "../../src/sample/options.js";

/** The tables that the KPIs of the cube need or that those refer to, and no others. */
export const benchTables: readonly TableName[] = [
  "employees",
  "customers",
  "customer_status",
  "leads",
  "opportunities",
  "products",
  "orders",
  "tickets",
  "handoffs",
  "contacts",
  "events",
  "event_invitations",
  "survey_answers",
  "market_sales",
  "trainings",
];

/** The benchmark's company of so many tickets: 1e7 tickets make 2e6 orders, 2e5 customers, 2e6 answers. */
export function benchOptions(tickets: number): SampleOptions {
  return {
    customers: Math.max(20, Math.round(tickets / 50)),
    months: 36,
    seed: 1,
    dirt: 0,
    variety: 0,
    tickets,
    orders: Math.round(tickets / 5),
    answers: Math.round(tickets / 5),
    tables: benchTables,
  };
}

/** The folder with the benchmark's extract; generated when it, or a table of it, is not there yet. */
export async function benchExtract(tickets: number, say: (text: string) => void): Promise<string> {
  const folder = join(tmpdir(), "herringbone-bench", `extract-${tickets}`);
  if (benchTables.every((table) => existsSync(join(folder, `${table}.csv`)))) return folder;
  const unfinished = `${folder}.tmp`;
  rmSync(unfinished, { recursive: true, force: true });
  const began = performance.now();
  await generateSample(unfinished, benchOptions(tickets));
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  say(`generated in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return folder;
}
