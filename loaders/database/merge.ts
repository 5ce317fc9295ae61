import { rmSync } from "node:fs";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { literal, quoted } from "../../src/engine/sql.js";
import type { Shape } from "./driver.js";

/** The columns that tell a relation's rows and their versions apart, with what their texts mean. */
export interface Marks {
  key: Shape["columns"];
  cursor: Shape["columns"][number];
  /** Columns whose cells are held against the database's. */
  held: Shape["columns"];
}

/** So far behind the last a row may have been written that is seen only now: rows of a transaction that took long. */
const margins = { time: "interval 1 hour", number: "1000" };

/**
 * From which value of the cursor on rows are to be read, by those that were kept: the greatest, but none of later than
 * they were read, less a margin. Undefined where no kept row says so.
 * @param at when they were read, in UTC
 * @param path beside which there is room
 */
export async function startOf(
  kept: string,
  { cursor }: Marks,
  at: string,
  path: string,
): Promise<string | undefined> {
  const value = ordered(cursor);
  const start =
    cursor.as === "time"
      ? `strftime(max(${value}) filter (${value} <= ${literal(at)}::timestamp) - ${margins.time}, '%Y-%m-%d %H:%M:%S.%f')`
      : `(floor(max(${value})) - ${margins.number})::DECIMAL(38, 0)::VARCHAR`;
  return inEngine(path, async (db) => {
    const found = await db.runAndReadAll(`select ${start} from read_parquet(${literal(kept)})`);
    return (found.value(0, 0) as string | null) ?? undefined;
  });
}

/** Rows in the order of their key, with what tells whether they are those that the database has. */
export interface Merged {
  count: number;
  /** As `Session.print` has it. */
  sum: string;
  isKey: boolean;
  sha256: string;
}

/**
 * Writes the rows that were read in the order of their key, in a file; with kept ones also these, but those that were read
 * anew or whose cursor is of the range that was.
 */
export function merge(
  to: string,
  { key, cursor, held }: Marks,
  columns: readonly string[],
  read: string,
  kept?: { path: string; start: string },
): Promise<Merged> {
  const all = columns.map(quoted).join(", ");
  const keys = key.map(({ name }) => quoted(name));
  const cell = quoted(cursor.name);
  const start = `${literal(kept?.start ?? "")}::${cursor.as === "time" ? "timestamp" : "DECIMAL(38, 6)"}`;
  const older = kept
    ? ` union all
      select ${all} from read_parquet(${literal(kept.path)}) as kept
      where ${cell} is not null and coalesce(${ordered(cursor)} < ${start}, true)
      and not exists (select 1 from read as fresh where ${keys.map((name) => `fresh.${name} = kept.${name}`).join(" and ")})`
    : "";
  const order = key.flatMap((each) => [...(each.as === "number" ? [ordered(each)] : []), quoted(each.name)]);
  return inEngine(to, async (db) => {
    await db.run(`create view read as select * from read_parquet(${literal(read)})`);
    await db.run(
      `copy (select * from (select ${all} from read${older}) order by ${order.join(", ")}) to ${literal(to)} (format parquet)`,
    );
    const mark = `sha256(concat_ws('|', ${held.map((each) => `coalesce('t' || ${plain(each)}, 'n')`).join(", ")}))`;
    const found = await db.runAndReadAll(
      `select count(*)::VARCHAR, coalesce(sum(('0x' || left(${mark}, 15))::BIGINT), 0)::VARCHAR,
        count(distinct (${keys.join(", ")})) filter (${keys.map((name) => `${name} is not null`).join(" and ")}) = count(*),
        sha256(concat_ws(' ', ${literal(all)}, count(*), sum(md5_number_lower(cells)), sum(md5_number_upper(cells))))
      from (select *, to_json([${all}])::VARCHAR as cells from read_parquet(${literal(to)}))`,
    );
    const [count, sum, isKey, sha256] = found.getRows()[0] ?? [];
    return { count: Number(count), sum: String(sum), isKey: isKey === true, sha256: String(sha256) };
  });
}

/** A cell's text without the offset of UTC that was put behind it. */
const plain = ({ name, as }: Shape["columns"][number]) =>
  as === "time" ? `regexp_replace(${quoted(name)}, '\\+00:00$', '')` : quoted(name);

/** A cell as what it is ordered by; null of what is neither a number nor a time of ours, as `infinity`. */
const ordered = ({ name, as }: Shape["columns"][number]) =>
  as === "time"
    ? `try_cast(regexp_replace(${quoted(name)}, '\\+00(:00)?$', '') as timestamp)`
    : `try_cast(${quoted(name)} as DECIMAL(38, 6))`;

/** A database of its own beside a file, which spills to the disk. */
export async function inEngine<T>(path: string, use: (db: DuckDBConnection) => Promise<T>): Promise<T> {
  const spill = `${path}.spill`;
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: "512MB",
    threads: "1",
    temp_directory: spill,
  });
  const db = await instance.connect();
  try {
    return await use(db);
  } finally {
    db.closeSync();
    instance.closeSync();
    rmSync(spill, { recursive: true, force: true });
  }
}
