import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { DuckDBInstance } from "@duckdb/node-api";
import { literal, quoted } from "../../src/engine/sql.js";
import { CliError } from "../../src/run/error.js";
import { type Told, told } from "../../src/words/told.js";
import { columnNames } from "../columns.js";
import type { Row } from "../database/driver.js";
import type { Kept } from "../database/kept.js";
import { spool } from "../database/spool.js";
import type { Cells } from "./cells.js";
import { ApiError } from "./fault.js";
import { Progress } from "./progress.js";

/** An object's records, as an interface gives them. */
export interface Reading {
  /** The column that tells records apart; of several versions of one the last is taken. */
  key: string;
  /** Columns that there are whether or not a record has them. */
  columns?: readonly string[];
  /** How many records there are by the interface's own count; undefined where it has none. */
  count(): Promise<number | undefined>;
  /** Waits before it is read once more. */
  rest?(): Promise<void>;
  /** All of them, page by page. */
  pages(): AsyncIterable<readonly Cells[]>;
  /** Records that its count leaves out. */
  isUncounted?(cells: Cells): boolean;
  /** How many fewer or more than it counts there may be, so that it is told and no fault; absent: none. */
  slack?(count: number): { fewer: number; more: number };
}

/** So often an object is read that changes while it is read. */
const readings = 3;

/**
 * Keeps an object's records in a file, in the order of their key, once they are as many as the interface counts.
 * @param path of the Parquet file
 * @throws CliError 1 when they are never as many, or no end comes
 */
export async function keepRecords(reading: Reading, path: string, file: string): Promise<Kept> {
  let changed = 0;
  for (let attempt = 1; ; attempt++) {
    const before = await reading.count();
    const header = await collected(reading, path, before);
    const { uncounted, doubled, ...kept } = await inKeyOrder(reading, path, header);
    const accepted = kept.accepted + kept.refused.length;
    const records = accepted - uncounted;
    const difference = before === undefined ? 0 : records - before;
    const { fewer, more } = (before !== undefined && reading.slack?.(before)) || { fewer: 0, more: 0 };
    if (-fewer <= difference && difference <= more) {
      const counts = { file, records: String(records), count: String(before) };
      const notes: Told[] = [
        ...(changed > 0 ? [told("remote.changed", { file, times: String(changed) })] : []),
        ...(before === undefined ? [told("remote.uncounted", { file })] : []),
        ...(difference === 0 ? [] : [told("remote.near", counts)]),
        ...(doubled > 0 ? [told("remote.doubled", { file, count: String(doubled) })] : []),
      ];
      return { ...kept, counted: accepted, told: notes };
    }
    const after = await reading.count();
    if (attempt >= readings || (after === before && attempt > 1))
      throw new CliError(
        fewer > 0
          ? told("remote.tooFew", {
              file,
              records: String(records),
              count: String(before),
              fewer: String(fewer),
            })
          : told("load.otherCount", {
              file,
              inserted: String(accepted),
              counted: String(Number(before) + uncounted),
            }),
        1,
      );
    await reading.rest?.();
    changed++;
  }
}

/** Writes pages as lines of JSON, for only when all are here is it known which columns there are: these are returned. */
async function collected(reading: Reading, path: string, counted: number | undefined): Promise<string[]> {
  const columns = new Set(reading.columns ?? []);
  // A count that may be of another time is no bound.
  const isExact = counted !== undefined && reading.slack === undefined;
  const progress = await Progress.to(dirname(path), isExact ? counted : undefined);
  const out = createWriteStream(`${path}.ndjson`);
  let last = "";
  try {
    for await (const page of reading.pages()) {
      const lines = page.map((cells) => JSON.stringify(cells));
      const text = lines.map((line) => `${line}\n`).join("");
      const digest = createHash("sha256").update(text).digest("hex");
      if (page.length > 0 && digest === last) throw new ApiError({ what: "endless" });
      last = digest;
      await progress.page(
        page.map((cells, at) => cells[reading.key] ?? lines[at] ?? ""),
        Buffer.byteLength(text),
      );
      for (const cells of page) for (const name of Object.keys(cells)) columns.add(name);
      const unfit = [...columns].find((name) => name.includes("\0"));
      if (unfit !== undefined) throw new ApiError({ what: "badField", name: unfit });
      if (!out.write(text)) await once(out, "drain");
    }
  } finally {
    out.end();
    await once(out, "close");
  }
  return [...columns];
}

async function inKeyOrder(reading: Reading, path: string, header: string[]) {
  // Names of our own beside those of the fields, whatever these are called.
  const names = columnNames([...header, "_uncounted", "_at"]);
  const columns = names.slice(0, header.length);
  const [mark = "", at = ""] = names.slice(header.length);
  try {
    const spooled = await spool(path, names, batches(`${path}.ndjson`, header, reading));
    if (header.length === 0) return { ...spooled, path, header, columns, uncounted: 0, doubled: 0 };
    const { rows, marked } = await sorted(path, columns, { key: reading.key, mark, at });
    const doubled = spooled.accepted - rows;
    return { ...spooled, accepted: rows, path, header, columns, uncounted: marked, doubled };
  } finally {
    rmSync(`${path}.ndjson`, { force: true });
  }
}

const batchRows = 1000;

async function* batches(file: string, header: readonly string[], reading: Reading): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  let at = 0;
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const cells = JSON.parse(line) as Cells;
    const mark = reading.isUncounted?.(cells) ? "1" : null;
    rows.push([...header.map((name) => cells[name] ?? null), mark, String(at++)]);
    if (rows.length < batchRows) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

/** One record a key, the last that was given, in the key's order: the same records give the same file. */
async function sorted(
  path: string,
  columns: readonly string[],
  names: { key: string; mark: string; at: string },
): Promise<{ rows: number; marked: number }> {
  const scratch = `${path}.sort.duckdb`;
  const instance = await DuckDBInstance.create(scratch, { memory_limit: "512MB", threads: "1" });
  const db = await instance.connect();
  const by = quoted(columns.includes(names.key) ? names.key : (columns[0] ?? names.key));
  const at = `cast(${quoted(names.at)} as bigint)`;
  const from = `(
    select * from read_parquet(${literal(path)})
    qualify ${by} is null or row_number() over (partition by ${by} order by ${at} desc) = 1
  )`;
  try {
    const marks = await db.runAndReadAll(`select count(*), count(${quoted(names.mark)}) from ${from}`);
    await db.run(
      `copy (select ${columns.map(quoted).join(", ")} from ${from} order by length(${by}), ${by}, ${at})
      to ${literal(`${path}.sorted`)} (format parquet)`,
    );
    renameSync(`${path}.sorted`, path);
    return { rows: Number(marks.value(0, 0)), marked: Number(marks.value(1, 0)) };
  } finally {
    db.closeSync();
    instance.closeSync();
    for (const name of [scratch, `${scratch}.wal`]) rmSync(name, { force: true });
  }
}
