import type { DuckDBConnection } from "@duckdb/node-api";
import { primaryKeyOf, stagingColumns } from "../../contract/ddl.js";
import type { TableName } from "../../contract/index.js";
import { rowState } from "./loadTable.js";
import { quoted } from "./quoting.js";

/** Temp tables of `row_id`: further copies of a row, and rows another row of the same key replaced. */
export interface Doubles {
  copies: number;
  replaced: number;
}

/**
 * Finds rows that share their primary key among a table's good rows and fills the temp tables `copied` and `lost`.
 * Of identical rows the last read stays; of different ones the latest `updated_at` (none loses against any), then the
 * last read.
 */
export async function findDoubles(db: DuckDBConnection, table: TableName): Promise<Doubles> {
  const staged = `staging.${quoted(table)}`;
  const key = primaryKeyOf(table).map(quoted);
  const hash = `hash(${key.join(", ")})`;
  await db.run(
    `create or replace temp table shared_keys as
    select key_hash from (select ${hash} as key_hash from ${staged} where _state = ${rowState.good}) as hashed
    group by key_hash having count(*) > 1`,
  );
  const shared = await db.runAndReadAll("select count(*) from shared_keys");
  if (Number(shared.value(0, 0)) === 0) {
    await db.run("create or replace temp table copied (row_id BIGINT)");
    await db.run("create or replace temp table lost (row_id BIGINT)");
    return { copies: 0, replaced: 0 };
  }
  const columns = [...stagingColumns(table).map(({ name }) => quoted(name)), "updated_at"].join(", ");
  await db.run(
    `create or replace temp table doubles as
    select rowid as row_id, ${columns},
        row_number() over (partition by ${columns} order by rowid desc) as copy_number
    from ${staged}
    where _state = ${rowState.good} and ${hash} in (select key_hash from shared_keys)`,
  );
  await db.run("create or replace temp table copied as select row_id from doubles where copy_number > 1");
  await db.run(
    `create or replace temp table lost as
    select row_id from (
        select row_id,
            row_number() over (partition by ${key.join(", ")} order by updated_at desc nulls last, row_id desc) as place
        from doubles where copy_number = 1
    ) as ranked where place > 1`,
  );
  const counts = await db.runAndReadAll("select (select count(*) from copied), (select count(*) from lost)");
  await db.run("drop table doubles");
  return { copies: Number(counts.value(0, 0)), replaced: Number(counts.value(1, 0)) };
}
