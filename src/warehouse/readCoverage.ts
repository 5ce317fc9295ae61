import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../catalogue/kpis.js";
import type { Coverage } from "../kpi/coverage.js";
import { coverageOf, type Facts } from "../kpi/coverageOf.js";
import type { TableRecord } from "../kpi/record.js";
import type { GivenCover } from "../words/coverageText.js";
import { foundOnce, readOnce } from "./open.js";

/** What a warehouse's build found recorded of a KPI. */
export const readCoverage = (db: DuckDBConnection, kpi: Kpi): Promise<Coverage> =>
  foundOnce(db, kpi, async () => coverageOf(kpi, await readFacts(db)));

/** What a build found its extracts to cover, see `writeCoverageFacts`. */
export const readFacts = (db: DuckDBConnection): Promise<Facts> =>
  foundOnce(db, readFacts, () => findFacts(db));

async function findFacts(db: DuckDBConnection): Promise<Facts> {
  const rows = async (sql: string) => (await readOnce(db, sql)).getRowObjectsJson();
  const [settings] = await rows("select churn_rule, inactivity_days, time_zone from config.settings");
  const columns = await rows("select * from config.filled_columns");
  const kinds = await rows("select * from config.row_kinds");
  const dayOnly = await rows("select * from config.day_only_columns");
  const known = await rows(`
    select table_name, epoch_us(limits_passed_at) / 1000 as limits_passed_at
    from config.table_records where covers_until is not null`);
  const nameOf = (row: Record<string, unknown>) => `${row.table_name}.${row.column_name}`;
  return {
    churnRule: String(settings?.churn_rule),
    inactivityDays: Number(settings?.inactivity_days),
    timeZone: String(settings?.time_zone),
    records: new Map((await readRecords(db)).map((record) => [record.table, record])),
    columns: new Map(
      columns.map((row) => [
        nameOf(row),
        row.is_filled === true ? "filled" : row.is_mapped === true ? "empty" : "unmapped",
      ]),
    ),
    kinds: new Set(kinds.map((row) => `${nameOf(row)}=${row.kind}`)),
    dayOnly: new Set(dayOnly.map(nameOf)),
    limitsPassedAt: new Map(known.map((row) => [String(row.table_name), Number(row.limits_passed_at)])),
  };
}

/** The tables' records, in the contract's order. */
async function readRecords(db: DuckDBConnection): Promise<TableRecord[]> {
  const reader = await readOnce(
    db,
    `select table_name, rows_count, cast(covers_from as varchar), cast(covers_until as varchar),
       cast(later_covers_until as varchar), usual_gap, stray_rows, cast(stray_from as varchar),
       cast(stray_to as varchar), cast(ended_on as varchar), cast(given_from as varchar), cast(given_to as varchar)
     from config.table_records`,
  );
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  return reader.getRowsJson().map((row): TableRecord => {
    const [table, rows, from, until, later, gap, strayRows, strayFrom, strayTo, ended, givenFrom, givenTo] =
      row;
    return {
      table: String(table),
      rows: Number(rows),
      covers_from: text(from),
      covers_until: text(until),
      later_covers_until: text(later),
      usual_gap: gap === null ? null : Number(gap),
      stray:
        Number(strayRows) > 0
          ? { rows: Number(strayRows), first: String(strayFrom), last: String(strayTo) }
          : null,
      ended_on: text(ended),
      given_from: text(givenFrom),
      given_to: text(givenTo),
    };
  });
}

/** What `check` and the quality page tell of the tables' records. */
export interface Recorded {
  records: TableRecord[];
  given: GivenCover[];
  /** `table.column` of instants that hold days only. */
  dayOnly: string[];
  asOfDay: string;
}

export async function readRecorded(db: DuckDBConnection): Promise<Recorded> {
  const { records, dayOnly } = await readFacts(db);
  const found = await readOnce(
    db,
    `select table_name, source, cast(covers_from as varchar) as covers_from, cast(covers_to as varchar) as covers_to
     from config.given_covers order by row_no`,
  );
  const settings = await readOnce(db, "select cast(as_of_on as varchar) from config.settings");
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  return {
    records: [...records.values()],
    given: found.getRowsJson().map(([table, source, from, to]) => ({
      table: String(table),
      source: String(source),
      covers_from: text(from),
      covers_to: text(to),
    })),
    dayOnly: [...dayOnly],
    asOfDay: String(settings.value(0, 0)),
  };
}
