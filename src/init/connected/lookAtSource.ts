import type { DuckDBConnection } from "@duckdb/node-api";
import { kinds, type Surveyed, streamed } from "../../../loaders/index.js";
import { stopIfInterrupted } from "../../run/interrupt.js";
import type { Told } from "../../words/told.js";
import type { RawTable } from "../group.js";
import type { Connected } from "./origin.js";

/** What a database or an account has, and what of it cannot be read. */
export interface LookAtSource {
  tables: RawTable[];
  unread: { file: string; why: Told }[];
}

/** Looks at all that a source has; some rows of each table are put into a table of the engine. */
export async function lookAtSource(db: DuckDBConnection, source: Connected): Promise<LookAtSource> {
  const look: LookAtSource = { tables: [], unread: [] };
  for await (const each of kinds[source.kind]?.survey?.(source.settings) ?? []) {
    stopIfInterrupted();
    if ("why" in each) look.unread.push({ file: each.name, why: each.why });
    else look.tables.push(await keptIn(db, `surveyed_${look.tables.length}`, each, source));
  }
  return look;
}

async function keptIn(
  db: DuckDBConnection,
  relation: string,
  surveyed: Surveyed,
  source: Connected,
): Promise<RawTable> {
  const { name, path, header, columns, rows, isWhole } = surveyed;
  await streamed(db, columns, withoutNul(rows), async (from) => {
    await db.run(`create or replace temp table ${relation} as select * from ${from}`);
    return rows.length;
  });
  return {
    // As a file would lie in the folder of its schema.
    file: path.join("/"),
    files: [name],
    patterns: [name],
    ...{ header, columns, relation, isWhole, rows: rows.length },
    // The rows are in the engine now.
    origin: { source, surveyed: { ...surveyed, rows: [] } },
  };
}

/** No text of the engine's can hold a NUL; a build refuses such a row. */
async function* withoutNul(rows: Surveyed["rows"]) {
  for (const row of rows) yield row.map((cell) => cell?.replaceAll("\0", "") ?? null);
}
