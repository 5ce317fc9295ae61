import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { literal } from "../../src/engine/sql.js";
import { greatest } from "../../src/statistics/extremes.js";
import { type Measurement, measure } from "./measure.js";

/** What holds however many tickets there are: a tenth of them takes a tenth of the time, but for so much. */
const limits = { peakBytes: 4 * 2 ** 30, linear: 0.2 };

/**
 * Builds of many tickets and of a tenth as many, of two tables that hold what the KPIs of response, resolution and repeated contacts
 * need: 1e8 tickets are 8 GB of CSV. Shows time, memory and what lay spilled.
 * @returns whether memory stays below its limit and time grows with the rows
 */
export async function benchMemory(
  herringbone: string,
  places: { catalog: string; scratch: string },
  tickets: number,
  say: (text: string) => void,
): Promise<boolean> {
  const runs: { rows: number; bytes: number; run: Measurement }[] = [];
  for (const rows of [Math.round(tickets / 10), tickets]) {
    const data = join(tmpdir(), "herringbone-bench", `lean-${rows}`);
    const bytes = await leanExtract(rows, data);
    const warehouse = join(places.scratch, `lean-${rows}.duckdb`);
    const own = ["--data", data, "--warehouse", warehouse, "--catalog", places.catalog, "--quiet"];
    const run = await measure([herringbone, "build", ...own]);
    runs.push({ rows, bytes, run });
    const gigabytes = (of: number | null) => `${((of ?? Number.NaN) / 1e9).toFixed(2)} GB`;
    say(
      `  ${rows.toExponential()} tickets, ${gigabytes(bytes)} of CSV: ${run.seconds.toFixed(1)} s, ${run.cpuSeconds.toFixed(1)} s of processor time, peak ${gigabytes(run.peakBytes)}, file ${gigabytes(statSync(warehouse).size)}`,
    );
    rmSync(warehouse, { force: true });
    rmSync(`${warehouse}.cache`, { recursive: true, force: true });
  }
  const [few, many] = runs.map(({ rows, run }) => ({
    wall: run.seconds / rows,
    cpu: run.cpuSeconds / rows,
  })) as [{ wall: number; cpu: number }, { wall: number; cpu: number }];
  say(
    `  a ticket of the many takes ${(many.wall / few.wall).toFixed(2)} of the time of one of the few (limit ${1 + limits.linear}), ${(many.cpu / few.cpu).toFixed(2)} of the processor time`,
  );
  const peak = greatest(runs.map(({ run }) => run.peakBytes ?? 0));
  return peak <= limits.peakBytes && many.wall / few.wall <= 1 + limits.linear;
}

/** Tickets of 36 months and their customers, a fiftieth as many, made by DuckDB from hashes of their numbers; the same each time. */
async function leanExtract(tickets: number, folder: string): Promise<number> {
  const names = ["tickets", "customers"].map((table) => join(folder, `${table}.csv`));
  const sizes = () =>
    names.reduce((sum, name) => sum + (statSync(name, { throwIfNoEntry: false })?.size ?? 0), 0);
  if (statSync(folder, { throwIfNoEntry: false })) return sizes();
  const unfinished = `${folder}.tmp`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const customers = Math.round(tickets / 50);
  const of = (what: string, below: number) => `cast(hash(n, '${what}') % ${below} as integer)`;
  const one = (what: string, words: readonly string[]) =>
    `[${words.map((word) => literal(word)).join(", ")}][1 + ${of(what, words.length)}]`;
  const minute = (sql: string) => `strftime(${sql}, '%Y-%m-%d %H:%M')`;
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: "2GB",
    preserve_insertion_order: "false",
  });
  try {
    const db = await instance.connect();
    await db.run(`copy (
        select 'C' || n as customer_id, 'Customer ' || n as name, ${one("segment", ["key", "general", "small"])} as segment,
          ${one("region", ["华东", "华南", "华北", "西南"])} as region,
          date '2022-01-01' + ${of("acquired", 540)} as acquired_on
        from range(${customers}) as numbers (n)
      ) to ${literal(join(unfinished, "customers.csv"))} (format csv, header)`);
    await db.run(`copy (
        select n as ticket_id, 'C' || ${of("customer", customers)} as customer_id,
          ${one("type", ["inquiry", "request", "complaint", "repair"])} as type,
          ${one("channel", ["phone", "email", "online", "wechat"])} as channel,
          ${minute("created")} as created_at,
          ${minute(`created + to_minutes(cast(1 + ${of("response", 900)} as integer))`)} as first_response_at,
          ${minute(`created + to_minutes(cast(901 + ${of("resolution", 9000)} as integer))`)} as resolved_at
        from (
          select n, timestamp '2023-07-01' + to_minutes(cast(n * 1578240 // ${tickets} as integer)) as created
          from range(${tickets}) as numbers (n)
        ) as numbered
      ) to ${literal(join(unfinished, "tickets.csv"))} (format csv, header)`);
    writeFileSync(
      join(unfinished, "sources.yaml"),
      [
        "extracts:",
        "  files: { tickets: tickets.csv, customers: customers.csv }",
        "  tables:",
        "    tickets: { from: tickets, covers_from: 2023-07-01 }",
        "    customers: { from: customers }",
        "",
      ].join("\n"),
    );
  } finally {
    instance.closeSync();
  }
  renameSync(unfinished, folder);
  return sizes();
}
