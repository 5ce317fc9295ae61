import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../../engine/sql.js";
import { idKeysOf } from "../../load/mapping/leftOut.js";
import { idOf, looseId } from "./caseId.js";
import type { CaseList } from "./caseList.js";

/** Fills the temp table `dropped` (id, rule) with the cases of the temp table `wanted` that a mapping left out, and by what. */
export async function findLeftOut(db: DuckDBConnection, { parts }: CaseList): Promise<void> {
  await db.run("create or replace temp table dropped (id varchar, rule varchar)");
  // A build from before they were kept has none.
  const kept = await db.runAndReadAll(
    "select 1 from information_schema.tables where table_schema = 'ingest' and table_name = 'left_out'",
  );
  if (kept.getRows().length === 0) return;
  for (const { table, keys } of parts) {
    const columns = keys.map((key) => `key_${idKeysOf(table).indexOf(key)}`);
    await db.run(
      `insert into dropped
       select wanted.id, min(left_out.table_name
         || case when regexp_matches(left_out.rule, '^(inner join|having) ') then ' ' else ' where ' end || left_out.rule)
       from ingest.left_out join wanted on ${looseId("wanted.spelt")} = ${looseId(idOf(columns))}
       where left_out.table_name = ${literal(table)} group by wanted.id`,
    );
  }
}
