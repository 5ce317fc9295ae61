import { copyFileSync, linkSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kept } from "../../catalogue/catalogueFiles.js";
import { literal } from "../../engine/sql.js";
import type { ConcludedBuild } from "../../warehouse/build.js";
import { type Closing, closedFigures, openClosings, requireFile } from "../../warehouse/closings.js";
import { numbered } from "./asked.js";
import { digestsSql } from "./cases.js";
import { definitionsOfEach } from "./definitions.js";
import { differ } from "./differ.js";
import { closingsOfCompany } from "./ofCompany.js";

/**
 * Holds the figures of closed periods beside those of a build, and writes down which differ, and by which rows: in
 * `config.closed_periods`, `config.restatements` and `config.restated_cases`. The closed figures stay what they are.
 */
export async function findRestatements(
  db: DuckDBConnection,
  kept: Kept,
  { buildId, closings: record, scratchDir }: ConcludedBuild,
): Promise<void> {
  const own = await closingsOfCompany(db, record);
  const numbers = new Set(own.map(({ number }) => number));
  await db.run("delete from config.closings_seen");
  for (const [at, digest] of record.digests.entries())
    await db.run("insert into config.closings_seen values ($1, $2, $3, $4)", [
      at + 1,
      digest,
      buildId,
      numbers.has(at + 1),
    ]);
  for (const closing of openClosings(record)) {
    const { marks: _, definitions: __, cases: ___, cubes: ____, salt: _____, ...entry } = closing;
    await db.run("insert into config.closed_periods values ($1, $2, $3, $4)", [
      closing.number,
      JSON.stringify(entry),
      numbers.has(closing.number),
      numbers.has(closing.number) ? closing.figures : 0,
    ]);
  }
  if (own.length === 0) return;
  const found = await definitionsOfEach(db, kept, own);
  const definitions = new Map(own.map(({ number }, at) => [number, found[at] ?? {}]));
  const signed = new Map<number, string>();
  const casesOf = (closing: Closing): string => {
    const { number } = closing;
    const known = signed.get(number) ?? readable(requireFile(record, closing, "cases"), scratchDir, closing);
    signed.set(number, known);
    return known;
  };
  await differ(db, kept, {
    former: own,
    figures: closedFigures,
    definitions,
    casesOf: async function* (all) {
      for (const [kpi, some] of all) {
        const older = some.map(
          (closing) =>
            `select ${closing.number} as number, key, digest from read_parquet(${literal(casesOf(closing))}) where id = ${literal(kpi.id)}`,
        );
        const newer = await digestsSql(db, kpi, some.map(numbered));
        yield { kpi, cases: { older: older.join(" union all "), newer } };
      }
    },
    into: { restatements: "config.restatements", cases: "config.restated_cases" },
  });
}

/** A file of the record in a folder that the engine may read. */
function readable(path: string, folder: string, { number }: Closing): string {
  const place = join(folder, `${number}.closed.parquet`);
  try {
    linkSync(path, place);
  } catch {
    copyFileSync(path, place);
  }
  return place;
}
