import type { DuckDBConnection } from "@duckdb/node-api";
import { stagingColumns } from "../../contract/ddl.js";
import { literal, quoted } from "../../engine/sql.js";
import { casesOf } from "../../kpi/ownSql.js";
import type { Period } from "../../kpi/periods.js";
import { conditions, reading } from "../../kpi/queryRows.js";
import type { KpiQuestion } from "../../kpi/request.js";
import type { CaseList } from "./caseList.js";

/** The days of a table, and the instant of each that has one. */
export interface DayColumn {
  day: string;
  /** The contract's column. */
  name: string;
  isInstant: boolean;
}

export function dayColumns({ table }: Pick<CaseList, "table">): DayColumn[] {
  const columns = stagingColumns(table);
  return columns.flatMap(({ name, type }, index) => {
    if (type !== "DATE") return [];
    const before = columns[index - 1];
    const isInstant = before?.type === "TIMESTAMPTZ" && before.name.replace(/_at$/, "_on") === name;
    return [{ day: name, name: isInstant ? before.name : name, isInstant }];
  });
}

/**
 * Fills the temp table `held`, a row a case of ours that is in the period, may be in it by another date or time zone, or is in
 * their list: whether it counts here (`is_ours`) or would in another period (`is_counted`), its value in the KPI's unit, and
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
  const { table, key, counted, day } = cases;
  const { from, column } = reading(question, casesOf(kpi), "cases");
  const inScope = ["true", ...conditions(where, column)].join(" and ");
  const id = `cast(cases.${quoted(key)} as varchar)`;
  const [start, end] = [`date ${literal(period.start)}`, `date ${literal(period.end)}`];
  const within = (name: string) => `coalesce(${name} >= ${start} and ${name} < ${end}, false)`;
  const dated = kpi.cases === "months";
  const starts = "cases.period_start";
  const inPeriod = dated
    ? within("cases.case_on")
    : `${starts} <= ${start} and coalesce(cases.until_start, ${starts} + 1) > ${start}`;
  const ofRole = dated ? "true" : `cases.role = 'period' and cases.grain = '${period.grain}'`;
  const days = dayColumns(cases);
  // A case that another date or zone may bring into the period, for what it says against such a guess.
  const staged = quoted(key);
  const near = day
    ? ` union select ${staged} from staging.${quoted(table)} where ${staged} is not null and (${days.map((each) => nearby(quoted(each.day), period)).join(" or ")})`
    : "";
  await db.run(`create or replace temp table near as select id from theirs${near}`);
  const instant = days.find((each) => each.day === day && each.isInstant)?.name;
  const ofRow = [
    `min(${instant ? quoted(instant) : "cast(null as timestamptz)"}) as happened_at`,
    ...days.map(({ day: name }) => `min(${quoted(name)}) as ${quoted(`on_${name}`)}`),
  ];
  const value = cases.hasValues
    ? (prefix: string) => valueSql(kpi, `${prefix}numerator`, `${prefix}denominator`)
    : () => "cast(null as double)";
  await db.run(
    `create or replace temp table held as
     with
     cases as (
       select ${id} as id, ${inPeriod} as in_period, ${inScope} as in_scope,
         ${dated ? "cases.case_on" : starts} as day_on, cases.numerator, cases.denominator,
         ${columns.includes("is_awaiting") ? "cases.is_awaiting" : "false"} as is_awaiting
       from ${from} where ${ofRole} and ${id} is not null
     ),
     kept as (
       select * from cases where in_period
       union all select * from cases where not in_period and id in (select id from near)
     ),
     summed as (
       select id, bool_or(in_period) as in_period, bool_or(in_scope) as in_scope,
         coalesce(bool_or(is_awaiting) filter (in_period), false) as is_awaiting, min(day_on) as day_on,
         sum(numerator) filter (in_period and in_scope) as numerator,
         sum(denominator) filter (in_period and in_scope) as denominator,
         coalesce(sum(${counted}) filter (in_period and in_scope), 0) <> 0 as is_ours,
         coalesce(sum(${counted}) filter (in_scope), 0) <> 0 as is_counted
       from kept group by id
     ),
     dates as (
       select ${quoted(key)} as id, ${ofRow.join(", ")} from staging.${quoted(table)}
       where ${quoted(key)} in (select id from summed) group by ${quoted(key)}
     )
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
