import type { DuckDBConnection } from "@duckdb/node-api";
import { CliError } from "../../run/error.js";
import { type Closing, type Closings, openClosings } from "../../warehouse/closings.js";
import { areFound } from "../../warehouse/companyMarks.js";
import { told } from "../../words/told.js";

/**
 * The closings that hold of the data in a warehouse: those that its builds have seen beside them ever since, and others whose
 * data are found in them. Those of another company are no business of this one.
 * @throws CliError 1 where entries are gone that a build has seen
 */
export async function closingsOfCompany(db: DuckDBConnection, record: Closings): Promise<Closing[]> {
  const reader = await db.runAndReadAll(
    "select number, digest, build_id, is_own from config.closings_seen order by number",
  );
  const ownBefore = new Set<number>();
  for (const [number, digest, build, isOwn] of reader.getRowsJson()) {
    if (record.digests[Number(number) - 1] !== digest)
      throw new CliError(
        told("close.gone", { number: Number(number), build: String(build), path: record.folder }),
      );
    if (isOwn === true) ownBefore.add(Number(number));
  }
  const own: Closing[] = [];
  for (const closing of openClosings(record))
    if (ownBefore.has(closing.number) || (await areFound(db, closing.marks, closing.salt))) own.push(closing);
  return own;
}
