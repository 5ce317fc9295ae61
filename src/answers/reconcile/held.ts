import type { DuckDBConnection } from "@duckdb/node-api";
import { literal, quoted } from "../../engine/sql.js";
import { casesOf } from "../../kpi/ownSql.js";
import { monthsOf, type Period } from "../../kpi/periods.js";
import { conditions, reading } from "../../kpi/queryRows.js";
import type { KpiQuestion } from "../../kpi/request.js";
import { idOf } from "./caseId.js";
import type { CaseList } from "./caseList.js";
import { dayColumns } from "./ownRows.js";

/**
 * Fills the temp table `held`, a row a case of ours that is in the period, may be in it by another date or time zone, or is in
 * their list: whether it counts here (`is_ours`) or would in another period (`is_counted`), whether the period itself says so (`is_decided`), its value in the KPI's unit, and
 * the days of its row.
 */
export async function holdCases(
  db: DuckDBConnection,
  question: KpiQuestion,
  cases: CaseList,
  period: Period,
  columns: readonly string[],
): Promise<void> {
  const { kpi, where } = question;
  const { keys, counted, isWhole } = cases;
  const { from, column } = reading(question, casesOf(kpi), "cases");
  const inScope = ["true", ...conditions(where, column)].join(" and ");
  const id = idOf(keys.map((key) => `cases.${quoted(key)}`));
  const [start, end] = [`date ${literal(period.start)}`, `date ${literal(period.end)}`];
  const within = (name: string) => `coalesce(${name} >= ${start} and ${name} < ${end}, false)`;
  const dated = kpi.cases === "months";
  const starts = "cases.period_start";
  const inPeriod = dated
    ? within("cases.case_on")
    : `${starts} <= ${start} and coalesce(cases.until_start, ${starts} + 1) > ${start}`;
  // A row is of one period or of a run of them.
  const runLength = `coalesce(datediff('month', ${starts}, cases.until_start) // ${monthsOf[period.grain]}, 1)`;
  const ofRole = dated ? "true" : `cases.role = 'period' and cases.grain = '${period.grain}'`;
  const days = dayColumns(cases).map(({ day }) => quoted(`on_${day}`));
  // A case that another date or zone may bring into the period, for what it says against such a guess.
  const near = cases.parts.some(({ day }) => day !== null)
    ? ` union all select id from own_rows where ${["happened_on", ...days].map((each) => nearby(each, period)).join(" or ")}`
    : "";
  await db.run(`create or replace temp table near as select id from theirs${near}`);
  const ofRow = ["happened_at", ...days];
  const dates = isWhole
    ? `select id, ${ofRow.join(", ")} from own_rows`
    : `select id, ${ofRow.map((name) => `min(${name}) as ${name}`).join(", ")} from own_rows where id in (select id from summed) group by id`;
  const value = cases.hasValues
    ? (prefix: string) => valueSql(kpi, `${prefix}numerator`, `${prefix}denominator`)
    : () => "cast(null as double)";
  // Where a case is one row there is nothing to add up.
  const isRow = dated && isWhole;
  const here = "in_period and in_scope";
  const [all, sum] = isRow
    ? [(sql: string) => sql, (sql: string, when: string) => `case when ${when} then ${sql} end`]
    : [(sql: string) => `bool_or(${sql})`, (sql: string, when: string) => `sum(${sql}) filter (${when})`];
  // Where it counts, if it does anywhere: a customer stands in many periods' books.
  const counts = `in_scope and ${counted} ${dated ? "<>" : ">"} 0`;
  const firstDay = isRow ? "day_on" : `coalesce(min(day_on) filter (${counts}), min(day_on))`;
  const summed = `
       select id, ${all("in_period")} as in_period, ${all("in_scope")} as in_scope,
         coalesce(${all("in_period and is_awaiting")}, false) as is_awaiting, ${firstDay} as day_on,
         ${sum("numerator", here)} as numerator, ${sum("denominator", here)} as denominator,
         coalesce(${sum(counted, here)}, 0) <> 0 as is_ours, coalesce(${sum(`${counted} * times`, "in_scope")}, 0) <> 0 as is_counted,
         ${dated ? all("in_period") : `coalesce(bool_or(in_period and ${counted} <> 0), false)`} as is_decided
       from kept ${isRow ? "" : "group by id"}`;
  await db.run(
    `create or replace temp table held as
     with
     cases as (
       select ${id} as id, ${inPeriod} as in_period, ${inScope} as in_scope,
         ${dated ? "cases.case_on" : starts} as day_on, cases.numerator, cases.denominator,
         ${dated ? "1" : runLength} as times, ${columns.includes("is_awaiting") ? "cases.is_awaiting" : "false"} as is_awaiting
       from ${from} where ${ofRole} and ${id} is not null
     ),
     kept as (select * from cases where in_period or id in (select id from near)),
     summed as (${summed}),
     dates as (${dates})
     select summed.*, ${value("summed.")} as value, dates.* exclude (id), theirs.id is not null as is_theirs
     from summed left join dates on dates.id = summed.id left join theirs on theirs.id = summed.id`,
  );
}

const nearby = (day: string, { start, end }: Period) =>
  `(${day} >= date ${literal(start)} - 2 and ${day} < date ${literal(end)} + 2)`;

/** A case's value in the KPI's unit. */
function valueSql({ kind, scale }: KpiQuestion["kpi"], numerator: string, denominator: string): string {
  const sum = `cast(${numerator} as double) / ${scale.toExponential()}`;
  return kind === "count" || kind === "sum" ? sum : `${sum} / nullif(cast(${denominator} as double), 0)`;
}
