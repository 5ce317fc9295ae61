import type { DuckDBConnection } from "@duckdb/node-api";
import { named } from "../contract/called.js";
import { localDayOf, stagingColumns } from "../contract/ddl.js";
import { columnsOf, contract, type Table, type TableName, tableNames } from "../contract/index.js";
import { dayIn } from "../contract/timeZone.js";
import { CliError } from "../run/error.js";
import { append } from "../statistics/extremes.js";
import { type Told, told } from "../words/told.js";

/** A column of a table that says when something happened. */
export interface HappenedTime {
  table: TableName;
  column: string;
  /** SQL for its local day. */
  day: string;
  /** SQL condition of the rows whose time it is one of; the others only plan it. */
  where?: string;
}

/** What happens to a row after its own time. */
const laterTimes: Partial<Record<TableName, readonly string[]>> = {
  employees: ["left_on"],
  leads: ["qualified_at", "converted_at", "lost_at"],
  opportunities: ["closed_at"],
  orders: ["delivered_on"],
  tickets: ["first_response_at", "resolved_at"],
  handoffs: ["completed_at"],
  trainings: ["completed_on"],
};

/** An opportunity that is neither won nor lost has a day on which it is expected to close. */
const conditions: Readonly<Record<string, string>> = { "opportunities.closed_at": "won is not null" };

/** Tables whose own time names a period or a plan. */
const planning: readonly TableName[] = ["market_sales", "reviews_360", "contracts" as TableName];

/** Tables of who is there: nothing need have happened since the last of them came. */
const books: readonly TableName[] = ["customers", "employees"];

/** Every time at which something happened, the own times of planning tables last. */
const happened: readonly HappenedTime[] = tableNames
  .filter((table) => !(contract[table] as Table).managed)
  .toSorted((one, other) => Number(planning.includes(one)) - Number(planning.includes(other)))
  .flatMap((table) => {
    const { ownTime } = contract[table] as Table;
    return [...(ownTime ? [ownTime] : []), ...(laterTimes[table] ?? [])].map((name) => timeOf(table, name));
  });

function timeOf(table: TableName, name: string): HappenedTime {
  const column = columnsOf(table).find((each) => each.name === name);
  const where = conditions[`${table}.${name}`];
  return {
    table,
    column: name,
    day: (column && localDayOf(column)) ?? name,
    ...(where ? { where } : {}),
  };
}

/** A market's month counts to its end. */
const toItsEnd = (time: HappenedTime): HappenedTime =>
  time.table === "market_sales" ? { ...time, day: "last_day(month)" } : time;

/** Where nothing happened: times of periods and plans. */
const planned: readonly HappenedTime[] = [
  ...happened.filter(({ table }) => planning.includes(table)).map(toItsEnd),
  timeOf("trainings", "due_on"),
];

/** The times that say how new a table's rows are; none of a table whose rows are not dated. */
export const eventTimes = (table: TableName): HappenedTime[] =>
  happened.filter((time) => time.table === table).map(toItsEnd);

/** Whether a table tells who is there, a period or a plan: nothing need have happened since its newest row. */
export const isBookOrPlan = (table: TableName): boolean => [...books, ...planning].includes(table);

/** SQL for the newest day of a time that has come by a day, ISO; of rows that fulfil conditions. */
export function newestDaySql(
  { day, where, column }: HappenedTime,
  by: string,
  conditions: readonly string[] = [],
): string {
  const known = `date '${by}'`;
  const isKnown = [
    `${day === "last_day(month)" ? column : day} <= ${known}`,
    ...(where ? [where] : []),
    ...conditions,
  ];
  return `strftime(max(least(${day}, ${known})) filter (where ${isKnown.join(" and ")}), '%Y-%m-%d')`;
}

/** The data date: the last day included, `YYYY-MM-DD`, and `table.column` it was found in. */
export interface DataDate {
  day: string;
  from: string;
}

/**
 * The newest day on which anything happened by the day the run started; where nothing did, the newest that a period or
 * a plan names. Of several columns with that day the first in the contract's order is named.
 * @throws CliError 2 when no table holds a time
 */
export async function newestDay(db: DuckDBConnection, now: Date, timeZone: string): Promise<DataDate> {
  const today = dayIn(timeZone, now);
  const isDone = ({ table }: HappenedTime) => !planning.includes(table);
  const isEvent = (time: HappenedTime) => isDone(time) && !books.includes(time.table);
  const hasEvents = (await newestOf(db, happened.filter(isEvent), today)) !== undefined;
  const done = happened.filter(isDone);
  const found = await newestOf(db, hasEvents ? done : [...done, ...planned], today);
  if (found) return found;
  throw new CliError(told("asOf.none"), 2);
}

async function newestOf(
  db: DuckDBConnection,
  times: readonly HappenedTime[],
  today: string,
): Promise<DataDate | undefined> {
  const newest = await perColumn(db, times, (time) => newestDaySql(time, today));
  let found: DataDate | undefined;
  for (const [{ table, column }, day] of newest) {
    if (day !== null && (found === undefined || String(day) > found.day))
      found = { day: String(day), from: `${table}.${column}` };
  }
  return found;
}

/**
 * Fills `config.cut_off` (`row_no`, `table_name`, `column_name`, `count`): the times that lie at or after `as_of` and are
 * not counted. `config.settings` has to be there.
 */
export async function writeCutOff(db: DuckDBConnection): Promise<void> {
  const reader = await db.runAndReadAll(
    "select cast(as_of as varchar), cast(as_of_on as varchar) from config.settings",
  );
  const [asOf, asOfOn] = (reader.getRowsJson()[0] ?? []).map(String);
  const counts = await perColumn(db, happened, ({ table, column, where }) => {
    const isDate = stagingColumns(table).find(({ name }) => name === column)?.type === "DATE";
    const beyond = isDate ? `${column} > date '${asOfOn}'` : `${column} >= timestamptz '${asOf}'`;
    return `count(*) filter (where ${[beyond, ...(where ? [where] : [])].join(" and ")})`;
  });
  const rows = counts.filter(([, count]) => Number(count) > 0);
  await db.run(
    "create table config.cut_off (row_no integer, table_name varchar, column_name varchar, count bigint)",
  );
  if (rows.length === 0) return;
  const tuples = rows.map(
    ([{ table, column }, count], number) => `(${number}, '${table}', '${column}', ${count})`,
  );
  await db.run(`insert into config.cut_off values ${tuples.join(", ")}`);
}

/** One figure a column, in one scan a table. */
async function perColumn(
  db: DuckDBConnection,
  times: readonly HappenedTime[],
  figure: (time: HappenedTime) => string,
): Promise<[HappenedTime, unknown][]> {
  const found: [HappenedTime, unknown][] = [];
  for (const table of new Set(times.map((time) => time.table))) {
    const own = times.filter((time) => time.table === table);
    const reader = await db.runAndReadAll(`select ${own.map(figure).join(", ")} from staging.${table}`);
    const [row = []] = reader.getRowsJson();
    append(
      found,
      own.map((time, index): [HappenedTime, unknown] => [time, row[index] ?? null]),
    );
  }
  return found;
}

/** Times of a column that a build does not count, because they lie at or after its `as_of`. */
export interface CutOff {
  table: string;
  column: string;
  count: number;
}

/** What `writeCutOff` found, in the contract's order. */
export async function readCutOff(db: DuckDBConnection): Promise<CutOff[]> {
  const reader = await db.runAndReadAll(
    "select table_name, column_name, count from config.cut_off order by row_no",
  );
  return reader.getRowsJson().map(([table, column, count]) => ({
    table: String(table),
    column: String(column),
    count: Number(count),
  }));
}

/** A column's cut-off times in a sentence. */
export const cutOffText = ({ table, column, count }: CutOff): Told =>
  told(count === 1 ? "asOf.oneCutOff" : "asOf.cutOff", { count, column: named(`${table}.${column}`) });

/** The last day that a build knows of, and what says so: `table.column`, `--as-of` or `sources.yaml`. */
export async function readDataDate(db: DuckDBConnection): Promise<{ asOfOn: string; asOfFrom: string }> {
  const reader = await db.runAndReadAll("select cast(as_of_on as varchar), as_of_from from config.settings");
  const [asOfOn, asOfFrom] = (reader.getRowsJson()[0] ?? []).map(String);
  return { asOfOn: asOfOn ?? "", asOfFrom: asOfFrom ?? "" };
}
