import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { literal } from "../../src/engine/sql.js";
import { differing, everyRow } from "../warehouse/everyRow.js";
import { measure } from "./measure.js";

/** What holds at 1e7 tickets. */
const limit = 0.25;

/** The tables that grow by a day's rows, each with its key and its times. */
const growing: Readonly<Record<string, { key: string; times: readonly string[] }>> = {
  tickets: { key: "ticket_id", times: ["created_at", "first_response_at", "resolved_at"] },
  orders: { key: "order_id", times: ["ordered_at", "promised_on", "delivered_on"] },
  handoffs: { key: "handoff_id", times: ["handed_at", "due_at", "completed_at"] },
  contacts: { key: "contact_id", times: ["contacted_at"] },
  survey_answers: { key: "answer_id", times: ["answered_at"] },
};

/**
 * A build after one more day has come, against one of the same extracts that does all anew: how long each takes, whether both hold
 * the same rows in every table, and what the quicker one had to do.
 * @returns whether they are the same, and the limit is kept that holds at 1e7 tickets
 */
export async function benchIncrement(
  herringbone: string,
  places: { data: string; catalog: string; scratch: string },
  isBound: boolean,
  say: (text: string) => void,
): Promise<boolean> {
  const { data, catalog, scratch } = places;
  const folder = join(scratch, "growing");
  mkdirSync(folder);
  for (const name of readdirSync(data).filter((each) => statSync(join(data, each)).isFile()))
    if (name !== "sources.yaml") linkSync(join(data, name), join(folder, name));
  const sources = readFileSync(join(data, "sources.yaml"), "utf8");
  const names = Object.keys(growing).join("|");
  writeFileSync(
    join(folder, "sources.yaml"),
    sources.replace(new RegExp(`^( +(?:${names}): \\w+)[.]csv$`, "gm"), "$1*.csv"),
  );
  const [quick, slow] = ["quick", "slow"].map((name) => join(scratch, `${name}.duckdb`)) as [string, string];
  const build = (file: string, ...more: string[]) =>
    measure([
      herringbone,
      "build",
      "--data",
      folder,
      "--warehouse",
      file,
      "--catalog",
      catalog,
      "--lang",
      "en",
      ...more,
    ]);
  const first = await build(quick);
  say(`  the first    ${first.seconds.toFixed(2)} s`);
  copyFileSync(quick, slow);
  const rows = await addDay(folder);
  const increment = await build(quick);
  say(`  increment    ${increment.seconds.toFixed(2)} s, ${rows} rows more: ${keptLine(increment.said)}`);
  const full = await build(slow, "--full");
  say(`  full         ${full.seconds.toFixed(2)} s`);
  const ratio = increment.seconds / full.seconds;
  say(
    `  increment ÷ full ${ratio.toFixed(3)} (limit ${limit} at 1e7, aim 0.05); of processor time ${(increment.cpuSeconds / full.cpuSeconds).toFixed(3)}`,
  );
  // Of two builds the times of the runs differ, and what is named after them.
  const others = differing(await everyRow(quick), await everyRow(slow)).filter(
    (name) => !/"(?:config|ingest)"/.test(name),
  );
  say(`  tables that differ: ${others.length === 0 ? "none" : others.join(", ")}`);
  return others.length === 0 && (!isBound || ratio <= limit);
}

const keptLine = (said: string) => /^.*earlier build.*$/m.exec(said)?.[0] ?? "nothing was kept";

/** The extract's last day once more, a day later, as a file of its own beside each table that grows. */
async function addDay(folder: string): Promise<number> {
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  let rows = 0;
  try {
    for (const [table, { key, times }] of Object.entries(growing)) {
      const [own = ""] = times;
      const read = `read_csv(${literal(join(folder, `${table}.csv`))}, all_varchar = true, header = true)`;
      const later = times.map((name) => {
        const format = name.endsWith("_on") ? "%Y-%m-%d" : "%Y-%m-%d %H:%M:%S";
        return `strftime(cast(${name} as timestamp) + interval 1 day, '${format}') as ${name}`;
      });
      const { rowsChanged } = await db.run(
        `copy (
            select * replace (${key} || 'N' as ${key}, ${later.join(", ")}) from ${read}
            where left(${own}, 10) = (select max(left(${own}, 10)) from ${read})
        ) to ${literal(join(folder, `${table}-2026-07-01.csv`))} (format csv, header true)`,
      );
      rows += rowsChanged;
    }
  } finally {
    instance.closeSync();
  }
  return rows;
}
