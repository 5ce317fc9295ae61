import type { DuckDBConnection } from "@duckdb/node-api";
import { literal, quoted } from "../../src/engine/sql.js";
import { checkPages } from "./checksums.js";
import { isFloat, isNested, isTime, type ParquetColumn } from "./columnText.js";

/** What a file says of itself, held against what is in it. */
export interface Survey {
  columns: ParquetColumn[];
  /** Rows by the footer, that of the file and those of its row groups. */
  rows: number;
}

/**
 * Reads all of a file once: pages that are damaged are found before a row is taken. Few writers put checksums beside pages, so
 * each column's least and greatest value and its nulls are held against what the writer took down of them, too.
 * @throws Error saying what does not hold
 */
export async function survey(db: DuckDBConnection, path: string): Promise<Survey> {
  const from = `read_parquet(${literal(path)}, hive_partitioning = false)`;
  const listed = (await db.runAndReadAll(`describe select * from ${from}`)).getRowObjects();
  const types = listed.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
  const footer = await db.runAndReadAll(
    `select num_rows, (select coalesce(sum(num_rows), 0) from (
        select distinct row_group_id, row_group_num_rows as num_rows from parquet_metadata(${literal(path)})
      )) as in_groups
    from parquet_file_metadata(${literal(path)})`,
  );
  const [rows, inGroups] = (footer.getRows()[0] ?? []).map(Number) as [number, number];
  if (rows !== inGroups) throw new Error(`${rows} rows by the footer, ${inGroups} in its row groups`);
  const paths = await db.runAndReadAll(
    `select distinct path_in_schema from parquet_metadata(${literal(path)})`,
  );
  const described = new Set(paths.getRows().map(([name]) => String(name)));
  // The footer names a column twice: in its schema, and beside the column's pages.
  const other = types.find(({ name, type }) => described.size > 0 && !isNested(type) && !described.has(name));
  if (other) throw new Error(`the footer has two names for column ${other.name}`);
  await checkPages(db, path);
  const wanted = types.flatMap(({ name, type }, index) => [
    `count(${quoted(name)}) as n${index}`,
    `${isTime(type) ? `coalesce(bool_and(${quoted(name)} = date_trunc('day', ${quoted(name)})), false)` : "false"} as d${index}`,
    `${isBounded(type) ? `min(${quoted(name)})` : "null"} as l${index}`,
    `${isBounded(type) ? `max(${quoted(name)})` : "null"} as g${index}`,
  ]);
  const bounds = types.map(({ name, type }, index) => {
    const bound = (column: string) =>
      `${column === "stats_min_value" ? "min" : "max"}(try_cast(${column} as ${isBounded(type) ? type : "VARCHAR"}))`;
    const isWhole = (column: string) => `count(${column}) = count(*)`;
    return `(select {
        'nulls': case when ${isWhole("stats_null_count")} then sum(stats_null_count) end,
        'least': case when ${isWhole("stats_min_value")} then ${bound("stats_min_value")} end,
        'greatest': case when ${isWhole("stats_max_value")} then ${bound("stats_max_value")} end
      } from parquet_metadata(${literal(path)}) where path_in_schema = ${literal(name)} and num_values > 0) as b${index}`;
  });
  const checks = types.map(
    ({ type }, index) =>
      `${isNested(type) ? "true" : `coalesce(count_of - n${index} = b${index}.nulls, true)`}
        and coalesce(l${index} >= b${index}.least, true) and coalesce(g${index} <= b${index}.greatest, true)`,
  );
  const found = await db.runAndReadAll(
    `select count_of, ${types.map((_, index) => `d${index}`).join(", ")}, ${checks.join(", ")}
    from (select count(*) as count_of, ${wanted.join(", ")} from ${from}) cross join (select ${bounds.join(", ")})`,
  );
  const [count, ...flags] = found.getRows()[0] ?? [];
  if (Number(count) !== rows) throw new Error(`${count} rows, but ${rows} by the footer`);
  const wrong = types.find((_, index) => flags[types.length + index] === false);
  if (wrong) throw new Error(`column ${wrong.name} holds other values than its writer took down`);
  return { columns: types.map((column, index) => ({ ...column, isOfDays: flags[index] === true })), rows };
}

/** Of these types the writers' bounds are of one meaning. */
const isBounded = (type: string) =>
  !isNested(type) && !isFloat(type) && /^(VARCHAR|DATE|DECIMAL|(U?(TINY|SMALL|BIG)?INT(EGER)?)$)/.test(type);
