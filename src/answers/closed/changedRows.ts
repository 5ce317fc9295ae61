import type { DuckDBConnection } from "@duckdb/node-api";
import { primaryKeyOf, rowNumber } from "../../contract/ddl.js";
import { type TableName, tableNames } from "../../contract/index.js";
import { literal, quoted } from "../../engine/sql.js";
import { objectsOf } from "./closedPeriods.js";

/** How many rows of a table one of two builds alone has read, and how many say something else of the same key. */
export interface ChangedRows {
  table: TableName;
  came: number;
  went: number;
  changed: number;
}

/**
 * The tables of which the open build has other rows than an attached one, in the contract's order; by what both read of a row. What no KPI
 * of some is made of is left out.
 * @param older the attached build's name
 */
export async function changedRows(
  db: DuckDBConnection,
  older: string,
  kpis?: readonly string[],
): Promise<ChangedRows[]> {
  const read = await objectsOf(
    db,
    `select name, list(column_name order by column_name)::varchar[] as columns from (
       select table_name as name, column_name from duckdb_columns()
       where schema_name = 'staging' and database_name in (current_database(), ${literal(older)})
       group by all having count(*) = 2)
     group by name`,
  );
  const columnsOf = new Map(read.map(({ name, columns }) => [String(name), columns as string[]]));
  const asked = kpis && (await tablesOf(db, older, kpis));
  const found: ChangedRows[] = [];
  for (const table of tableNames) {
    const columns = (columnsOf.get(table) ?? []).filter((name) => name !== rowNumber);
    const key = primaryKeyOf(table);
    if (asked?.has(table) === false || !key.every((name) => columns.includes(name))) continue;
    const hashes = (of: string) =>
      `select hash(${key.map(quoted).join(", ")}) as place, hash(${columns.map(quoted).join(", ")}) as digest
       from ${of}staging.${quoted(table)}`;
    // Nearly all rows are alike: these are left out before keys are looked at.
    const [counts] = await objectsOf(
      db,
      `with others as (
         select older.place as was, newer.place as now
         from (${hashes(`${quoted(older)}.`)}) as older full outer join (${hashes("")}) as newer using (digest)
         where older.place is null or newer.place is null)
       select count(*) filter (where was.place is null)::integer as came, count(*) filter (where now.place is null)::integer as went,
         count(*) filter (where was.place is not null and now.place is not null)::integer as changed
       from (select was as place from others where was is not null) as was
       full outer join (select now as place from others where now is not null) as now using (place)`,
    );
    const { came = 0, went = 0, changed = 0 } = counts ?? {};
    const row = { table, came: Number(came), went: Number(went), changed: Number(changed) };
    if (row.came + row.went + row.changed > 0) found.push(row);
  }
  return found;
}

/** The tables that KPIs are made of, in either build. */
async function tablesOf(
  db: DuckDBConnection,
  older: string,
  kpis: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await objectsOf(
    db,
    `select distinct split_part(name, '.', 1) as name from (
       select kpi_id, unnest(columns) as name from config.lineage
       union all select kpi_id, unnest(columns) from ${quoted(older)}.config.lineage)
     where kpi_id in (${kpis.map(literal).join(", ")})`,
  );
  return new Set(rows.map(({ name }) => String(name)));
}
