import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";
import { literal } from "../../engine/sql.js";
import { comparedStart, type Period } from "../../kpi/periods.js";
import { casesSql } from "../../kpi/queryRows.js";
import { markSql } from "../../warehouse/companyMarks.js";
import { foundOnce } from "../../warehouse/open.js";
import { storedOf } from "../queryKpis.js";
import { closedDimensions, type Numbered } from "./figures.js";

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
const ofWindow = ["role", "grain", "period_start", "until_start"];

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

/**
 * SQL for the cases of a KPI in periods of a grain: `number, key, digest, said`, of which the last two differ where the case's
 * day, numerator, denominator or any dimension does. A growth has those of the window it is compared with too.
 */
export async function digestsSql(
  db: DuckDBConnection,
  kpi: Kpi,
  grain: Period["grain"],
  periods: readonly Numbered[],
): Promise<string> {
  const key = await keyOf(db, kpi);
  const names = closedDimensions(kpi);
  const stored = await storedOf(db, kpi);
  const question = { kpi, by: names.map((name) => ({ name, dimension: name })), where: new Map() };
  const isDated = kpi.cases === "months";
  const more = [...new Set([...key, ...(isDated ? ["case_on"] : [])])];
  const rows = casesSql(question, grain, stored, more);
  const windows = periods.flatMap(({ number, period: { start, end } }) => [
    `(${number}, date ${literal(start)}, '')`,
    ...(kpi.against
      ? [`(${number}, date ${literal(comparedStart({ grain, start, end }, kpi.against))}, '< ')`]
      : []),
  ]);
  const said = saidOf(kpi).map((name) => (names.includes(name) ? `by_${names.indexOf(name)}` : name));
  const text = (name: string) => `coalesce(cast(${name} as varchar), '')`;
  return `
    select windows.number, windows.mark || ${key.map(text).join(" || ' ' || ") || "''"} as key,
      cast(md5_number_lower(concat_ws('|', ${said.map(text).join(", ")})) & 4294967295 as uinteger) as digest,
      [${said.map(text).join(", ")}] as said
    from (${rows}) as cases
    inner join (values ${windows.join(", ")}) as windows (number, start_on, mark) on windows.start_on = cases.start_on
    where cases.role = 'period'`;
}
