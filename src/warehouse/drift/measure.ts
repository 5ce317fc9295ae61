import type { DuckDBConnection } from "@duckdb/node-api";
import { rowNumber } from "../../contract/ddl.js";
import { columnsOf, contract, type Table, type TableName } from "../../contract/index.js";
import { quoted } from "../../engine/sql.js";
import { eventTimes, newestDaySql } from "../../load/asOf.js";
import type { TableReport } from "../../load/report.js";

/** A staged table measured: how many cells of its columns are empty, and the newest day of each source's rows. */
export interface Measured {
  table: TableName;
  sources: readonly string[];
  rowsMapped: number;
  loaded: number;
  quarantined: number;
  /** By contract column; empty of a table without rows. */
  nullShares: Readonly<Record<string, number>>;
  newest: readonly { source: string; day: string | null }[];
}

/** Tables that the CRM gives, in one aggregate each; those that the KPI team keeps are as it wants them. */
export async function measureTables(
  db: DuckDBConnection,
  tables: readonly TableReport[],
  asOfOn: string,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const report of tables) {
    if ((contract[report.table] as Table).managed) continue;
    measured.push(await measure(db, report, asOfOn));
  }
  return measured;
}

async function measure(
  db: DuckDBConnection,
  { table, rowsMapped, loaded, quarantined, ranges }: TableReport,
  asOfOn: string,
): Promise<Measured> {
  const columns = columnsOf(table).map(({ name }) => name);
  const sources = [...new Set(ranges.map(({ source }) => source))];
  const times = eventTimes(table);
  const newest = sources.flatMap((source) => {
    const own = ranges.filter((range) => range.source === source);
    const inRange = own.map(({ from, to }) => `(${rowNumber} >= ${from} and ${rowNumber} < ${to})`);
    const where = sources.length > 1 ? [`(${inRange.join(" or ")})`] : [];
    return times.map((time) => newestDaySql(time, asOfOn, where));
  });
  const items = ["count(*)", ...columns.map((name) => `count(${quoted(name)})`), ...newest];
  const reader = await db.runAndReadAll(`select ${items.join(", ")} from staging.${quoted(table)}`);
  const [[rows, ...values] = []] = reader.getRowsJson();
  const count = Number(rows);
  const days = values.slice(columns.length);
  return {
    table,
    sources,
    rowsMapped,
    loaded,
    quarantined,
    nullShares:
      count === 0
        ? {}
        : Object.fromEntries(columns.map((name, at) => [name, (count - Number(values[at])) / count])),
    newest: sources.map((source, at) => ({
      source,
      day:
        days
          .slice(at * times.length, (at + 1) * times.length)
          .flatMap((day) => (day === null || day === undefined ? [] : String(day)))
          .sort()
          .at(-1) ?? null,
    })),
  };
}
