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
  /** Its count is of another time or of fewer records than were read; then that is told, and nothing held against it. */
  isEstimate?(records: number): boolean;
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
    const { uncounted, ...kept } = await inKeyOrder(reading, path, header);
    const accepted = kept.accepted + kept.refused.length;
    const counted = before === undefined ? undefined : before + uncounted;
    const isHeld = counted !== undefined && !(reading.isEstimate?.(accepted - uncounted) ?? false);
    if (!isHeld || counted === accepted) {
      const notes: Told[] = [
        ...(changed > 0 ? [told("remote.changed", { file, times: String(changed) })] : []),
        ...(isHeld ? [] : [told("remote.uncounted", { file, count: String(before ?? "–") })]),
      ];
      return { ...kept, counted: accepted, told: notes };
    }
    const after = await reading.count();
    if (attempt >= readings || (after === before && attempt > 1))
      throw new CliError(
        told("load.otherCount", { file, inserted: String(accepted), counted: String(counted) }),
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
  const isExact = counted !== undefined && reading.isEstimate === undefined;
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
      if (!out.write(text)) await once(out, "drain");
    }
  } finally {
    out.end();
    await once(out, "close");
  }
  return [...columns];
}

async function inKeyOrder(reading: Reading, path: string, header: string[]) {
  const columns = columnNames(header);
  const marked = [...columns, uncountedMark];
  try {
    const spooled = await spool(path, marked, batches(`${path}.ndjson`, header, reading));
    if (header.length === 0) return { ...spooled, path, header, columns, uncounted: 0 };
    const uncounted = await sorted(path, columns, reading.key);
    return { ...spooled, accepted: uncounted.rows, path, header, columns, uncounted: uncounted.marked };
  } finally {
    rmSync(`${path}.ndjson`, { force: true });
  }
}

const uncountedMark = "_uncounted";
const batchRows = 1000;

async function* batches(file: string, header: readonly string[], reading: Reading): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const cells = JSON.parse(line) as Cells;
    rows.push([...header.map((name) => cells[name] ?? null), reading.isUncounted?.(cells) ? "1" : null]);
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
  key: string,
): Promise<{ rows: number; marked: number }> {
  const scratch = `${path}.sort.duckdb`;
  const instance = await DuckDBInstance.create(scratch, { memory_limit: "512MB", threads: "1" });
  const db = await instance.connect();
  const by = quoted(columns.includes(key) ? key : (columns[0] ?? key));
  const from = `read_parquet(${literal(path)}, file_row_number = true)`;
  const last = `(select *, row_number() over (partition by ${by} order by file_row_number desc) as _version from ${from})`;
  try {
    const marks = await db.runAndReadAll(
      `select count(*), count(${quoted(uncountedMark)}) from ${last} where _version = 1 or ${by} is null`,
    );
    await db.run(
      `copy (select ${columns.map(quoted).join(", ")} from ${last} where _version = 1 or ${by} is null order by length(${by}), ${by}, file_row_number)
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
