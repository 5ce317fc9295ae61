import { createHash } from "node:crypto";
import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../../engine/sql.js";
import { catalogSource } from "../../load/plan.js";
import type { TitleReport } from "../../load/report.js";
import type { Measured } from "./measure.js";

/** So many builds are known to the next one. */
const kept = 28;

/** A build before, the earliest has the lowest number; builds of the same inputs are one. */
export interface KnownBuild {
  number: number;
  tables: ReadonlyMap<string, { loaded: number; nullShares: Readonly<Record<string, number>> }>;
  titles: readonly TitleReport[];
}

export interface Inputs {
  digest: string;
  /** The number under which they are noted. */
  number: number;
  /** They were noted before: a build of them was taken. */
  wereTaken: boolean;
}

/** What the extracts hold; where one has no digest of its own, what was measured of them. */
export async function inputsOf(db: DuckDBConnection, measured: readonly Measured[]): Promise<Inputs> {
  const reader = await db.runAndReadAll(
    `select source, table_name, sha256, rows_read from ingest.files where source <> ${literal(catalogSource)} order by all`,
  );
  const files = reader.getRowsJson();
  const isKnown = files.every(([, , sha256]) => sha256 !== null);
  const digest = createHash("sha256")
    .update(JSON.stringify([files, ...(isKnown ? [] : [measured])]))
    .digest("hex");
  const numbers = await db.runAndReadAll(
    `select min(number) filter (where inputs = ${literal(digest)}), coalesce(max(number), 0) + 1 from config.table_history`,
  );
  const [[before, next] = []] = numbers.getRowsJson();
  return { digest, number: Number(before ?? next), wereTaken: before !== null };
}

/** The builds of other inputs that came before these were first seen, the earliest first. */
export async function knownBuilds(db: DuckDBConnection, { number }: Inputs): Promise<KnownBuild[]> {
  const counts = await db.runAndReadAll(
    `select number, table_name, loaded, to_json(null_shares) as null_shares from config.table_history
     where number < ${number} order by number, table_name`,
  );
  const titles = await db.runAndReadAll(
    `select number, source, raw_table, to_json(titles) as titles, to_json(common) as common from config.title_history
     where number < ${number} order by all`,
  );
  const builds = new Map<
    number,
    { tables: Map<string, { loaded: number; nullShares: Record<string, number> }> }
  >();
  for (const row of counts.getRowObjectsJson()) {
    const build = builds.get(Number(row.number)) ?? { tables: new Map() };
    builds.set(Number(row.number), build);
    const nullShares = JSON.parse(String(row.null_shares)) as Record<string, number>;
    build.tables.set(String(row.table_name), { loaded: Number(row.loaded), nullShares });
  }
  const headers = titles.getRowObjectsJson().map((row) => ({
    number: Number(row.number),
    source: String(row.source),
    part: String(row.raw_table),
    titles: JSON.parse(String(row.titles)) as string[],
    common: JSON.parse(String(row.common)) as string[],
  }));
  return [...builds].map(([each, { tables }]) => ({
    number: each,
    tables,
    titles: headers.filter((header) => header.number === each),
  }));
}

/** Notes a build for those that follow; of inputs that were seen before it takes the place of what was noted then. */
export async function noteBuild(
  db: DuckDBConnection,
  { digest, number }: Inputs,
  {
    buildId,
    measured,
    titles,
  }: { buildId: string; measured: readonly Measured[]; titles: readonly TitleReport[] },
): Promise<void> {
  for (const table of ["table_history", "title_history"])
    await db.run(`delete from config.${table} where number = ${number}`);
  const build = [number, literal(buildId), literal(digest)];
  await insert(
    db,
    "table_history",
    measured.map((one) => {
      const shares = Object.entries(one.nullShares).map(
        ([column, share]) => `${literal(column)}: ${share}::double`,
      );
      const counts = [one.rowsMapped, one.loaded, one.quarantined];
      return [...build, literal(one.table), ...counts, `map {${shares.join(", ")}}`];
    }),
  );
  await insert(
    db,
    "title_history",
    titles.map(({ source, part, titles: all, common }) => [
      number,
      literal(source),
      literal(part),
      listSql(all),
      listSql(common),
    ]),
  );
  for (const table of ["title_history", "table_history"])
    await db.run(`delete from config.${table} where number not in (
      select distinct number from config.table_history order by number desc limit ${kept})`);
}

const listSql = (texts: readonly string[]) => `cast([${texts.map(literal).join(", ")}] as varchar[])`;

async function insert(
  db: DuckDBConnection,
  table: string,
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  // A row a statement: maps without entries have another type.
  for (const row of rows) await db.run(`insert into config.${table} values (${row.join(", ")})`);
}
