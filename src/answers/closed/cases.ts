import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";
import { literal } from "../../engine/sql.js";
import { casesOf } from "../../kpi/ownSql.js";
import { comparedStart } from "../../kpi/periods.js";
import { reading, rowsInPeriods } from "../../kpi/queryRows.js";
import { markSql } from "../../warehouse/companyMarks.js";
import { foundOnce } from "../../warehouse/open.js";
import { byGrain, closedDimensions, type Numbered } from "./asked.js";

/** So many cases of a KPI in a period are told apart; of more only the number is kept. */
export const mostCases = 1_000_000;

/** Columns that name no person, customer or lead. */
const ofNobody = [
  "ticket_id",
  "order_id",
  "line_no",
  "opportunity_id",
  "answer_id",
  "handoff_id",
  "case_on",
  "month_on",
  "market",
];

/** Whether a case's key names no person, customer or lead. */
export const isOfNobody = (key: readonly string[]): boolean => key.every((name) => ofNobody.includes(name));

/**
 * SQL for a case's key as the record keeps it. Of who is erased later the record has no id, and without its salt nobody can tell which
 * digest was theirs; that somebody is gone is counted.
 * @param salt SQL; empty in records of before
 */
export const keptKey = (columns: readonly string[], key: string, salt: string): string =>
  isOfNobody(columns) ? key : `case when ${salt} = '' then ${key} else ${markSql(key, salt)} end`;

/** What a window says of a case, beside which it is. */
export const ofWindow = ["role", "grain", "period_start", "until_start"];

/** The columns that tell a KPI's cases apart within a period; none where they cannot be. */
export async function keyOf(db: DuckDBConnection, kpi: Kpi): Promise<string[]> {
  const grains = await foundOnce(db, "grains of models", async () => {
    const reader = await db.runAndReadAll("select relation, to_json(grain)::varchar from config.models");
    return new Map(reader.getRowsJson().map(([name, grain]) => [String(name), String(grain)]));
  });
  const grain = JSON.parse(grains.get(`marts.${kpi.id}`) ?? "[]") as string[];
  return grain.filter((name) => !ofWindow.includes(name));
}

/** What is said of a case, by which it is another when it changes: names of columns. */
export const saidOf = (kpi: Kpi): string[] => [
  "numerator",
  "denominator",
  ...(kpi.cases === "months" ? ["case_on"] : []),
  ...closedDimensions(kpi),
];

/** Rows of a KPI's cases in no period yet, a case a row: SQL, and the columns that it gives. */
export interface CaseRows {
  sql: string;
  columns: readonly string[];
}

/**
 * The rows of a KPI's cases that some periods, or what they are compared with, may be made of.
 * @param relation SQL for a relation like the KPI's cases
 */
export async function caseRows(
  db: DuckDBConnection,
  kpi: Kpi,
  periods: readonly Numbered[],
  relation = casesOf(kpi),
): Promise<CaseRows> {
  const names = closedDimensions(kpi);
  const question = { kpi, by: names.map((name) => ({ name, dimension: name })), where: new Map() };
  const { from, column } = reading(question, relation, "cases");
  const split = names.map((name, at) => `${column(name)} as by_${at}`);
  const columns = [...new Set(["numerator", "denominator", ...(await keyOf(db, kpi)), ...placing(kpi)])];
  return {
    sql: `
      select ${[...split, ...columns.map((name) => `cases.${name}`)].join(", ")}
      from ${from} where ${placedIn(kpi, periods, (name) => `cases.${name}`)}`,
    columns: [...names.map((_, at) => `by_${at}`), ...columns],
  };
}

/**
 * SQL condition of the rows of a KPI's cases that some periods, or what they are compared with, may be made of.
 * @param column SQL for a column of the cases
 */
export function placedIn(kpi: Kpi, periods: readonly Numbered[], column: (name: string) => string): string {
  const starts = periods.flatMap((each) => windowsOf(kpi, each).map(({ start }) => start)).sort();
  const ends = periods.map(({ period: { end } }) => end).sort();
  const [first, until] = [starts[0], ends.at(-1)].map((day) => `date ${literal(day ?? "")}`);
  const grains = [...byGrain(periods).keys()].map(literal);
  return kpi.cases === "months"
    ? `${column("case_on")} >= ${first} and ${column("case_on")} < ${until}`
    : `${column("role")} = 'period' and ${column("grain")} in (${grains.join(", ")})
        and ${column("period_start")} < ${until}
        and coalesce(${column("until_start")}, ${column("period_start")} + 1) > ${first}`;
}

/** The columns that say which periods a row lies in. */
export const placing = ({ cases }: Kpi): readonly string[] => (cases === "months" ? ["case_on"] : ofWindow);

/** The windows of a period that a KPI's value is made of: its own, and the one that a growth is measured against. */
const windowsOf = ({ against }: Kpi, { period }: Numbered): { start: string; mark: string }[] => [
  { start: period.start, mark: "" },
  ...(against ? [{ start: comparedStart(period, against), mark: otherWindow }] : []),
];

/** Before the key of a case of the window that a growth is measured against. */
export const otherWindow = "< ";

/** SQL for the text of a case's key. */
export const keyText = (columns: readonly string[]): string => columns.map(text).join(" || ' ' || ") || "''";

const text = (name: string) => `coalesce(cast(${name} as varchar), '')`;

/** SQL for the texts of what is said of a case, over the columns of `caseRows`. */
export function saidTexts(kpi: Kpi): string {
  const names = closedDimensions(kpi);
  return saidOf(kpi)
    .map((name) => text(names.includes(name) ? `by_${names.indexOf(name)}` : name))
    .join(", ");
}

/**
 * SQL for the cases of a KPI in periods: `number, key` and one more value of each. A growth has those of the window that it is
 * compared with, too.
 * @param rows those of `caseRows`, some of them, or some of their columns with the key and where they lie among them
 */
export async function casesIn(
  db: DuckDBConnection,
  kpi: Kpi,
  { periods, rows, value }: { periods: readonly Numbered[]; rows: CaseRows; value: string },
): Promise<string> {
  const key = keyText(await keyOf(db, kpi));
  const values = rows.columns.filter((name) => !ofWindow.includes(name)).map((name) => `cases.${name}`);
  const ofGrains = [...byGrain(periods)].map(([grain, some]) => {
    const windows = some.flatMap((each) =>
      windowsOf(kpi, each).map(({ start, mark }) => `(${each.number}, date ${literal(start)}, '${mark}')`),
    );
    return `
      select windows.number, windows.mark || ${key} as key, ${value}
      from (${rowsInPeriods(kpi, grain, { from: `(${rows.sql}) as cases`, values: values.join(", ") })}) as cases
      inner join (values ${windows.join(", ")}) as windows (number, start_on, mark) on windows.start_on = cases.start_on
      where cases.role = 'period'`;
  });
  return ofGrains.join(" union all ");
}

/**
 * SQL for the cases of a KPI in periods: `number, key, digest`, of which the last differs where the case's day, numerator,
 * denominator or any dimension does.
 */
export async function digestsSql(
  db: DuckDBConnection,
  kpi: Kpi,
  periods: readonly Numbered[],
): Promise<string> {
  const value = `cast(md5_number_lower(concat_ws('|', ${saidTexts(kpi)})) & 4294967295 as uinteger) as digest`;
  return casesIn(db, kpi, { periods, rows: await caseRows(db, kpi, periods), value });
}
