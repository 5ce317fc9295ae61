import type { DuckDBConnection } from "@duckdb/node-api";
import { primaryKeyOf, stagingColumns } from "../contract/ddl.js";
import type { TableName } from "../contract/index.js";
import { literal, quoted } from "../engine/sql.js";
import { rowState, type Unit } from "./loadTable.js";

/** Temp tables of `row_no`: further copies of a row, and rows another row of the same key replaced. */
export interface Doubles {
  copies: number;
  replaced: number;
}

/**
 * Finds rows that share their primary key among a table's good rows and fills the temp tables `copied` and `lost`.
 * Of identical rows the last read stays; of different ones the latest `updated_at` (none loses against any), then the
 * last read. A row that another one of its own file replaced is no earlier version: `is_within_file`.
 */
export async function findDoubles(
  db: DuckDBConnection,
  table: TableName,
  units: readonly Unit[],
  currency: string,
): Promise<Doubles> {
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
    await db.run("create or replace temp table copied (row_no BIGINT)");
    await db.run("create or replace temp table lost (row_no BIGINT, is_within_file BOOLEAN)");
    return { copies: 0, replaced: 0 };
  }
  const columns = [
    ...stagingColumns(table, units[0]?.mapping.extra).map(({ name }) => quoted(name)),
    "updated_at",
  ];
  // No currency is that of the settings: an amount with its sign and one without are the same.
  const judged = columns.map((name) =>
    name === quoted("currency") ? `coalesce(${name}, ${literal(currency)})` : name,
  );
  await db.run(
    `create or replace temp table doubles as
    select row_no, ${columns.join(", ")},
        row_number() over (partition by ${judged.join(", ")} order by row_no desc) as copy_number
    from ${staged}
    where _state = ${rowState.good} and ${hash} in (select key_hash from shared_keys)`,
  );
  await db.run("create or replace temp table copied as select row_no from doubles where copy_number > 1");
  await findFiles(db, units);
  const ranked = (within: readonly string[]) =>
    `row_number() over (partition by ${[...key, ...within].join(", ")} order by updated_at desc nulls last, doubles.row_no desc)`;
  await db.run(
    `create or replace temp table lost as
    select row_no, place_in_file > 1 as is_within_file from (
        select doubles.row_no, ${ranked([])} as place, ${ranked(["double_files.file_number"])} as place_in_file
        from doubles join double_files on double_files.row_no = doubles.row_no
        where copy_number = 1
    ) as ranked where place > 1`,
  );
  const counts = await db.runAndReadAll("select (select count(*) from copied), (select count(*) from lost)");
  await db.run("drop table doubles");
  return { copies: Number(counts.value(0, 0)), replaced: Number(counts.value(1, 0)) };
}

/** Fills the temp table `double_files` (row_no, file_number) for the rows of `doubles`. */
async function findFiles(db: DuckDBConnection, units: readonly Unit[]): Promise<void> {
  const ranges = units.map(({ base, rows }, index) => `(${base}, ${base + rows}, ${index})`);
  await db.run(
    `create or replace temp table double_files as
    select doubles.row_no, ranges.file_number from doubles
    join (values ${ranges.join(", ")}) as ranges (first_row, end_row, file_number)
        on doubles.row_no >= ranges.first_row and doubles.row_no < ranges.end_row`,
  );
  const numbers = new Map<string, number>();
  for (const [index, unit] of units.entries()) {
    if (unit.file !== null) continue;
    const found = await db.runAndReadAll(
      `select row_no from double_files where file_number = ${index} order by row_no`,
    );
    const ids = found.getRows().map(([id]) => Number(id));
    const places = await unit.placesOf(ids.map((id) => id - unit.base));
    if (places.every(({ file }) => file === places[0]?.file)) continue;
    const numberOf = (file: string | null) => {
      const known = numbers.get(file ?? "") ?? units.length + numbers.size;
      numbers.set(file ?? "", known);
      return known;
    };
    await db.run("create or replace temp table traced_files (row_no BIGINT, file_number BIGINT)");
    const appender = await db.createAppender("traced_files");
    for (const [place, { file }] of places.entries()) {
      appender.appendBigInt(BigInt(ids[place] ?? 0));
      appender.appendBigInt(BigInt(numberOf(file)));
      appender.endRow();
    }
    appender.closeSync();
    await db.run(`delete from double_files where file_number = ${index}`);
    await db.run("insert into double_files select row_no, file_number from traced_files");
  }
}
