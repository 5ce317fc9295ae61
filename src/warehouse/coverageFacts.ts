import type { DuckDBConnection } from "@duckdb/node-api";
import { businessTimeAt, businessTimeBefore } from "../catalogue/businessCalendar.js";
import { columnsOf, contract, type Table, type TableName, tableNames } from "../contract/index.js";
import { literal } from "../engine/sql.js";
import { type DayRows, tableRecord } from "../kpi/record.js";

/** What a load knows of the tables beyond their rows. */
export interface StagedTable {
  table: TableName;
  /** The contract's columns that a source maps. */
  mapped: readonly string[];
  /** `covers_from` and `covers_to` as the sources give them, both inclusive. */
  covers: readonly { source: string; from: string | null; to: string | null }[];
}

/** The day that dates a row where it is not the contract's own time. */
const datedBy: Partial<Record<TableName, { from: string; day: string }>> = {
  employees: { from: "staging.employees", day: "left_on" },
  trainings: { from: "staging.trainings", day: "due_on" },
  event_invitations: {
    from: "staging.event_invitations inner join staging.events using (event_id)",
    day: "held_on",
  },
};

/** Tables that never end by themselves: what they record may well not happen for a year. */
export const endless: readonly string[] = ["contracts", "employees", "trainings"];

/** Tables that record nothing that happened in the CRM. */
const withoutRecord: readonly string[] = ["initiatives", "milestones", "products"];

/** Columns whose values are kinds of row that a KPI may need one of, or that make a row a case. */
const kindColumns = [
  ["tickets", "type"],
  ["contacts", "purpose"],
  ["customer_status", "status"],
  ["market_sales", "is_own"],
  ["survey_answers", "survey"],
  ["survey_answers", "dimension"],
] as const;

/**
 * Writes what the extracts cover, after `config.settings`: `config.table_records`, `config.given_covers`,
 * `config.filled_columns`, `config.row_kinds` and `config.day_only_columns`. Each table is read once, for its days.
 */
export async function writeCoverageFacts(
  db: DuckDBConnection,
  staged: readonly StagedTable[],
  { timeZone, longestLimit, hasCalendar }: { timeZone: string; longestLimit: number; hasCalendar: boolean },
): Promise<void> {
  await db.run(`
    create table config.given_covers (
        row_no integer, table_name varchar, source varchar, covers_from date, covers_to date
    )`);
  const given = staged.flatMap(({ table, covers }) => covers.map((cover) => ({ table, ...cover })));
  for (const [number, { table, source, from, to }] of given.entries()) {
    await db.run(
      `insert into config.given_covers values (${number}, ${literal(table)}, ${literal(source)}, ${dateSql(from)}, ${dateSql(to)})`,
    );
  }
  await writeRecords(db, staged, { timeZone, longestLimit, hasCalendar });
  await writeColumns(db, staged);
  await writeDayOnly(db, timeZone);
}

const dateSql = (day: string | null) => (day === null ? "cast(null as date)" : `date '${day}'`);

async function writeRecords(
  db: DuckDBConnection,
  staged: readonly StagedTable[],
  { timeZone, longestLimit, hasCalendar }: { timeZone: string; longestLimit: number; hasCalendar: boolean },
): Promise<void> {
  const settings = await db.runAndReadAll("select cast(as_of_on as varchar) from config.settings");
  const asOfDay = String(settings.value(0, 0));
  const values: string[] = [];
  for (const table of tableNames) {
    const { ownTime, managed } = contract[table] as Table;
    if (managed || withoutRecord.includes(table)) continue;
    const dated = datedBy[table] ?? ownTimeOf(table, ownTime);
    if (!dated) continue;
    const covers = staged.find((each) => each.table === table)?.covers ?? [];
    const { days, newest } = await readDays(db, table, dated);
    const [givenFrom = null] = covers.flatMap(({ from }) => from ?? []).sort();
    const [givenTo = null] = covers
      .flatMap(({ to }) => to ?? [])
      .sort((one, other) => (one < other ? 1 : -1));
    const record = tableRecord(days, {
      table,
      asOfDay,
      newest,
      given: { from: table === "customers" ? null : givenFrom, to: givenTo },
      neverEnds: endless.includes(table),
      ofMonths: table === "market_sales",
    });
    const { stray } = record;
    values.push(
      `(${[
        literal(table),
        record.rows,
        dateSql(record.covers_from),
        dateSql(record.covers_until),
        dateSql(record.later_covers_until),
        record.usual_gap ?? "null",
        stray?.rows ?? 0,
        dateSql(stray?.first ?? null),
        dateSql(stray?.last ?? null),
        dateSql(record.ended_on),
        dateSql(givenFrom),
        dateSql(givenTo),
      ].join(", ")})`,
    );
  }
  const instant = `timezone('${timeZone}', cast(covers_until as timestamp))`;
  await db.run(`
    create table config.table_records as
    select *,
      coalesce(known_until, (select as_of from config.settings)) as known_at,
      case when known_until is null then (select business_microseconds from config.settings)
        else ${hasCalendar ? businessTimeAt("known_until") : "cast(null as bigint)"} end as known_business_microseconds,
      case when known_until is null then (select limits_passed_at from config.settings)
        else ${hasCalendar ? businessTimeBefore("known_until", longestLimit) : `make_timestamptz(epoch_us(known_until) - ${longestLimit})`}
        end as limits_passed_at
    from (
      select *, ${instant} as known_until
      from (values ${values.join(", ")}) as records (table_name, rows_count, covers_from, covers_until,
        later_covers_until, usual_gap, stray_rows, stray_from, stray_to, ended_on, given_from, given_to)
    )`);
}

function ownTimeOf(table: TableName, ownTime: string | undefined): { from: string; day: string } | undefined {
  return ownTime === undefined ? undefined : { from: `staging."${table}"`, day: localDay(table, ownTime) };
}

/** The day of a column: of an instant its companion in the configured zone. */
function localDay(table: TableName, column: string): string {
  const kind = columnsOf(table).find(({ name }) => name === column)?.kind;
  return kind === "timestamp" ? column.replace(/_at$/, "_on") : column;
}

/** The days of a table's rows before `as_of`, and the newest day before it that any of their times names. */
async function readDays(
  db: DuckDBConnection,
  table: TableName,
  { from, day }: { from: string; day: string },
): Promise<{ days: DayRows[]; newest: string | null }> {
  const times = columnsOf(table).filter(({ kind }) => kind === "timestamp" || kind === "date");
  const newest = times.map(({ name }) => {
    const own = localDay(table, name);
    return `max(${own}) filter (where ${isBefore(table, name)})`;
  });
  const own = columnsOf(table).find(({ name }) => localDay(table, name) === day)?.name;
  const reader = await db.runAndReadAll(`
    with settings as (select as_of, as_of_on from config.settings)
    select cast(${day} as varchar) as day,
      count(*) filter (where ${own === undefined ? `${day} <= settings.as_of_on` : isBefore(table, own)}) as day_rows,
      cast(${newest.length > 1 ? `greatest(${newest.join(", ")})` : (newest[0] ?? "null")} as varchar) as newest
    from ${from} cross join settings
    where ${day} is not null
    group by ${day} order by ${day}`);
  const rows = reader
    .getRowsJson()
    .map(([at, count, last]) => ({ at: String(at), count: Number(count), last }));
  const before = rows.filter(({ count }) => count > 0);
  const [first] = rows;
  const kept = before.length > 0 ? before : first ? [{ ...first, count: 0 }] : [];
  const all = before.flatMap(({ last }) => (last === null || last === undefined ? [] : String(last))).sort();
  return { days: kept.map(({ at, count }): DayRows => [at, count]), newest: all.at(-1) ?? null };
}

function isBefore(table: TableName, column: string): string {
  const kind = columnsOf(table).find(({ name }) => name === column)?.kind;
  return kind === "timestamp" ? `${column} < settings.as_of` : `${column} <= settings.as_of_on`;
}

async function writeColumns(db: DuckDBConnection, staged: readonly StagedTable[]): Promise<void> {
  const filled: string[] = [];
  for (const table of tableNames) {
    const columns = columnsOf(table);
    const mapped = staged.find((each) => each.table === table)?.mapped;
    const items = columns.map(
      ({ name }) => `exists (select 1 from staging."${table}" where "${name}" is not null)`,
    );
    const count = await db.runAndReadAll(`select count(*) from staging."${table}"`);
    const [row = []] =
      count.value(0, 0) === 0n ? [] : (await db.runAndReadAll(`select ${items.join(", ")}`)).getRowsJson();
    columns.forEach(({ name }, index) => {
      const isMapped = mapped === undefined ? row[index] === true : mapped.includes(name);
      filled.push(`(${literal(table)}, ${literal(name)}, ${isMapped}, ${row[index] === true})`);
    });
  }
  await db.run(`
    create table config.filled_columns as
    select * from (values ${filled.join(", ")}) as columns (table_name, column_name, is_mapped, is_filled)`);
  const kinds = kindColumns.map(
    ([table, column]) =>
      `select distinct '${table}' as table_name, '${column}' as column_name, cast(${column} as varchar) as kind
       from staging.${table} where ${column} is not null`,
  );
  await db.run(`create table config.row_kinds as ${kinds.join(" union all ")}`);
}

/** Of one time of day throughout, that many rows are no accident: the days of another zone. */
const fewestOfOneTime = 20;

/** The instants of tickets that hold days only: all at local midnight, or many at one and the same time of day. */
async function writeDayOnly(db: DuckDBConnection, timeZone: string): Promise<void> {
  const found = ["created_at", "first_response_at"].map((column) => {
    const time = `cast(timezone('${timeZone}', ${column}) as time)`;
    const some = `(select ${time} from staging.tickets where ${column} is not null limit 1)`;
    const differs = (from: string) =>
      `exists (select 1 from staging.tickets where ${column} is not null and ${time} <> ${from})`;
    return `
      select 'tickets' as table_name, '${column}' as column_name
      where exists (select 1 from staging.tickets where ${column} is not null)
        and (not ${differs("time '00:00:00'")}
          or (not ${differs(some)} and (select count(${column}) from staging.tickets) >= ${fewestOfOneTime}))`;
  });
  await db.run(`create table config.day_only_columns as ${found.join(" union all ")}`);
}
