import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { literal, quoted } from "../../src/engine/sql.js";
import { columnNames } from "../columns.js";
import type { Row } from "../database/driver.js";
import { inEngine } from "../database/merge.js";
import { spool } from "../database/spool.js";
import type { Cells } from "./cells.js";
import { ApiError } from "./fault.js";
import { Progress } from "./progress.js";
import type { Reading } from "./reading.js";

/** Writes pages as lines of JSON, for only when all are here is it known which columns there are: these are returned. */
export async function collected(
  reading: Reading,
  pages: AsyncIterable<readonly Cells[]>,
  path: string,
  counted: number | undefined,
): Promise<string[]> {
  const own = reading.columns ?? [];
  const columns = new Set(own);
  // A count that may be of another time is no bound.
  const isExact = counted !== undefined && reading.slack === undefined;
  const progress = await Progress.to(dirname(path), isExact ? counted : undefined);
  const out = createWriteStream(`${path}.ndjson`);
  let last = "";
  try {
    for await (const page of pages) {
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
  return inOrder(own, columns);
}

/** An object's own columns, then the others by their names, whichever record had them first. */
const inOrder = (own: readonly string[], columns: Iterable<string>): string[] => {
  const others = new Set(columns);
  for (const name of own) others.delete(name);
  return [...new Set(own), ...[...others].sort()];
};

interface Earlier {
  path: string;
  known: readonly string[];
  /** Those that are deleted are none any more. */
  dropsGone: boolean;
}

/**
 * Puts the records that were collected, and those kept of an earlier reading, into their file, each once: how many there are, how many of
 * these are deleted though the account does not count them, came more than once, or were read now.
 */
export async function inKeyOrder(reading: Reading, path: string, read: readonly string[], kept?: Earlier) {
  const header = inOrder(reading.columns ?? [], [...(kept?.known ?? []), ...read]);
  // A name of our own beside those of the fields, whatever these are called.
  const names = columnNames([...header, "_at"]);
  const columns = names.slice(0, header.length);
  try {
    const { refused, ...spooled } = await spool(path, names, batches(`${path}.ndjson`, header));
    const nothing = { uncounted: 0, doubled: 0, anew: 0 };
    if (header.length === 0) return { ...spooled, refused, header, columns, ...nothing };
    const found = await sorted(path, columns, { reading, at: names.at(-1) ?? "", kept });
    const { rows, gone, fresh, sha256 } = found;
    const uncounted = reading.gone?.isCounted === false ? gone : 0;
    const doubled = spooled.accepted - fresh;
    return { accepted: rows, refused, sha256, header, columns, uncounted, doubled, anew: fresh };
  } finally {
    rmSync(`${path}.ndjson`, { force: true });
  }
}

const batchRows = 1000;

async function* batches(file: string, header: readonly string[]): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  let at = 0;
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const cells = JSON.parse(line) as Cells;
    rows.push([...header.map((name) => cells[name] ?? null), String(at++)]);
    if (rows.length < batchRows) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

/** One record a key, the last that was given, in the key's order: the same records give the same file, and the same digest. */
async function sorted(
  path: string,
  columns: readonly string[],
  { reading, at, kept }: { reading: Reading; at: string; kept: Earlier | undefined },
): Promise<{ rows: number; gone: number; fresh: number; sha256: string }> {
  const by = quoted(columns.includes(reading.key) ? reading.key : (columns[0] ?? reading.key));
  const { gone } = reading;
  const isGone =
    gone && columns.includes(gone.column) ? `${quoted(gone.column)} = ${literal(gone.is)}` : "false";
  const all = columns.map(quoted).join(", ");
  const fresh = `select ${all}, cast(${quoted(at)} as bigint) as ${quoted(at)} from read_parquet(${literal(path)})`;
  const older = kept
    ? ` union all by name select *, cast(-1 as bigint) as ${quoted(at)} from read_parquet(${literal(kept.path)})
        ${kept.dropsGone ? `where not coalesce(${isGone}, false)` : ""}`
    : "";
  const last = `${by} is null or row_number() over (partition by ${by} order by ${quoted(at)} desc) = 1`;
  return inEngine(path, async (db) => {
    const counted = await db.runAndReadAll(
      `select count(distinct ${by}) + count(*) filter (${by} is null) from (${fresh})`,
    );
    await db.run(
      `copy (select ${all} from (select * from (${fresh}${older}) qualify ${last})
        order by length(${by}), ${by}, ${quoted(at)}) to ${literal(`${path}.sorted`)} (format parquet)`,
    );
    renameSync(`${path}.sorted`, path);
    const found = await db.runAndReadAll(
      `select count(*), count(*) filter (${isGone}),
        sha256(concat_ws(' ', ${literal(all)}, count(*), sum(md5_number_lower(cells)), sum(md5_number_upper(cells))))
      from (select *, to_json([${all}])::VARCHAR as cells from read_parquet(${literal(path)}))`,
    );
    const [rows, goneRows, sha256] = found.getRows()[0] ?? [];
    return {
      rows: Number(rows),
      gone: Number(goneRows),
      fresh: Number(counted.value(0, 0)),
      sha256: String(sha256),
    };
  });
}

/** From when on a next reading asks: the last change less an hour, for what was being written then may be seen only later. */
export async function lastChange(
  path: string,
  columns: readonly string[],
  column: string,
): Promise<string | undefined> {
  if (!columns.includes(column)) return undefined;
  const found = await inEngine(path, (db) =>
    db.runAndReadAll(
      `select strftime(max(try_cast(${quoted(column)} as timestamp)) - interval 1 hour, '%Y-%m-%dT%H:%M:%SZ')
       from read_parquet(${literal(path)})`,
    ),
  );
  return (found.value(0, 0) as string | null) ?? undefined;
}
