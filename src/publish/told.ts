import type { DuckDBConnection } from "@duckdb/node-api";
import { type Dimension, unknown } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import { type Grain, monthsOf } from "../kpi/periods.js";
import { periodStartSql } from "../kpi/sql.js";
import { nestedOf } from "../warehouse/cube/nested.js";
import { rests } from "../warehouse/cube/windows.js";
import { isOf, isWhole, keySql } from "./cells.js";

/** What decides: the dimensions of `cells` that combine, and how few a figure may tell of. */
export interface Hiding {
  kpis: readonly Kpi[];
  dimensions: readonly Dimension[];
  minCell: number;
  /** Employees may be told of one by one: then figures about them are, and teams however small. */
  withPersons: boolean;
}

/** What a cell adds up to another in: over all values of a dimension, of employees to teams, or over time. */
const sumsOf = (hiding: Hiding) => [
  ...hiding.dimensions,
  "by",
  "team",
  "time",
  ...nestings(hiding).map(({ id }) => id),
];

/** What a KPI's cell adds up to another's in, with what is left of that: a direction by the name of what is left. */
const nestings = ({ kpis }: Pick<Hiding, "kpis">) => kpis.flatMap(({ id }) => nestedOf(id) ?? []);

/** These, and what follows from each other without a sum: windows cut in one month differ by whole periods and by days. */
export const directionsOf = (hiding: Hiding) => [...sumsOf(hiding), "cut"];

/** Whether a direction's cells are told all or none. */
export const isAllOrNone = (direction: string) => direction === "time" || direction === "cut";

/** SQL for what tells lines of the same sum apart: the company's figure is that of each dimension that stands alone. */
export const splitOf = (direction: string) => (direction === "by" ? ', "by"' : "");

/** SQL for how many of a line have to be hidden at least: two, and three where other dimensions split it too. */
export const leastOf = (direction: string) =>
  ["by", "team", "time", "cut"].includes(direction) || nestedOf(direction)
    ? "2"
    : "case when is_crossed then 3 else 2 end";

/** SQL for what is hidden first of a line, before what tells of the fewest: what is published nowhere by itself. */
export const firstOf = (direction: string) =>
  nestedOf(direction) ? `told.kpi_id <> '${direction}'::word, ` : "";

/** SQL condition of a row of `told` that may be the sum of a line in a direction; the company's own, which is never hidden, aside. */
export function mayBeSum(direction: string): string {
  const nested = nestedOf(direction);
  if (nested) return `kpi_id = '${nested.whole}'::word`;
  if (direction === "by" || direction === "cut") return "false";
  if (direction === "team") return `"by" = 'team'::word`;
  return direction === "time" ? "not is_month" : `"by" is null and "line_${direction}" is null`;
}

/** How many people bits and counts stand for at least. */
export const people = (bits: string, count: string) =>
  `greatest(coalesce(bit_count(${bits}), 0), coalesce(${count}, 0))`;

/** SQL condition of a number of people that a figure may not tell of. */
export const few = (number: string, minCell: number) => `(${number} between 1 and ${minCell - 1})`;
export const fewBits = (bits: string, minCell: number) => few(`coalesce(bit_count(${bits}), 0)`, minCell);

/** SQL condition of bits of what a window leaves of any of the periods that it is cut in. */
export const fewRest = (minCell: number, prefix = "") =>
  `(${rests.map((rest) => fewBits(`${prefix}${rest}`, minCell)).join(" or ")})`;

/** How many employees a team has in a period: where none is told of, neither is a team of few. */
const staffSql = `
  select grain, period_start, team as name, count(*) as staff
  from intermediate.periods inner join intermediate.employees
    on coalesce(hired_on < period_end, true) and coalesce(left_on >= period_start, true)
  where role = 'period' and team is not null group by grain, period_start, team`;
const noStaffSql = "select null as grain, null::date as period_start, null as name, null as staff";

/**
 * The temp table `told`: whom each cell tells of, whether that alone hides it (`is_few`), and for each direction the key of the
 * cell that it adds up to with others (`line_<direction>`; null where it has no cases, or none is there). Cells of the same cases
 * are one `figure`, because what has only one part tells that part; one that is the company's own too is `is_whole`, one that has to
 * be hidden `is_gone`.
 */
export async function createTold(db: DuckDBConnection, hiding: Hiding, kpis: readonly Kpi[]): Promise<void> {
  const { dimensions, minCell, withPersons } = hiding;
  const others = dimensions.map((name) => `("${name}" is not null)::int`).join(" + ") || "0";
  const { holder, isHeld } = holderOf(hiding);
  const lines = linesOf(hiding, isHeld);
  const sums = lines.map(({ direction, condition, sum }) => {
    return `case when number > 0 and ${condition} then ${sum} end as "sum_${direction}"`;
  });
  const existing = lines.map(({ direction, among }) => {
    const isThere =
      among === undefined ? "true" : `"sum_${direction}" in (select key from cells where ${among})`;
    return `case when ${isThere} then "sum_${direction}" end as "line_${direction}"`;
  });
  const select = (condition: string) => `
    select key, kpi_id, key as figure, name, contributors as who, contributor_count as counted, ${rests.join(", ")}, staff, number::integer as number, is_split,
      not is_split as is_whole, is_few, is_few as is_gone, false as is_merged, others > 1 as is_crossed, grain = 'month'::word as is_month, "by", ${existing.join(", ")}
    from (
      select *, ${sums.join(", ")}, is_split and (${few("number", minCell)} or ${few("coalesce(staff, 0)", minCell)}
        or (number = 0 and awaiting > 0) or ${fewRest(minCell)}) as is_few
      from (
        select cells.*, cutoff_on, staff, ${people("contributors", "contributor_count")} as number, not (${isWhole(dimensions)}) as is_split,
          ${nameSql(dimensions)} as name, ${others} as others, employees.team as holder_team
        from cells left join (${withPersons ? noStaffSql : staffSql}) as staff
          on "by" = 'team'::word and staff.name = "value" and staff.grain = cells.grain and staff.period_start = cells.period_start
        left join intermediate.periods as windows on cells.role <> 'period'::word and windows.role = cells.role
          and windows.grain = cells.grain and windows.period_start = cells.period_start
        left join intermediate.employees as employees on employees.employee_id = ${holder}
        where ${isOf(kpis)} and ${condition}
      )
    )`;
  // What adds up in other directions lies apart, so that a look at one direction passes the rest over.
  await db.run(`create or replace temp table told as ${select('"by" is null')}`);
  await db.run(`insert into told ${select('"by" is not null')}`);
  await mergeFigures(db, hiding, kpis);
}

/**
 * SQL for the pairs of an elapsed window's cell and that of a period which begins with it and has the same cases, because the cell
 * has none between the ends of both: that it has no row in the month of the cut says so.
 */
function sameAsPeriodSql({ dimensions }: Hiding, kpis: readonly Kpi[]): string {
  const adding = kpis.filter(addsUp);
  const period = (grain: string, start: string) =>
    keySql(dimensions, { role: "'period'", grain: `'${grain}'`, period_start: start }, "cells.");
  const longer: Grain[] = ["quarter", "half", "year"];
  const shorter: Grain[] = ["month", "quarter", "half"];
  const monthOfCut = "cast(date_trunc('month', cutoff_on) as date)";
  const twinsOf = (grain: Grain, condition: string) => `
    select cells.key, contributors as who, ${period(grain, "cells.period_start")} as twin,
      case when cutoff_on <> ${monthOfCut} then ${period("month", monthOfCut)} end as cut_month
    from cells inner join intermediate.periods as windows
      on windows.role = cells.role and windows.grain = cells.grain and windows.period_start = cells.period_start
    where cells.role <> 'period'::word and ${isOf(adding)} and contributors is not null and ${condition}`;
  const cut = [
    ...longer.map((grain) =>
      twinsOf(grain, `rest_${grain} is null and ${periodStartSql(grain, "cutoff_on")} = cells.period_start`),
    ),
    ...shorter.map((grain) =>
      twinsOf(
        grain,
        `${periodStartSql(grain, "cells.period_start")} = cells.period_start
          and cells.period_start + interval ${monthsOf[grain]} month = ${monthOfCut}`,
      ),
    ),
  ];
  // Few are asked for of many, which are looked through once.
  return `
    (with cut as materialized (${cut.join(" union all ")}),
    told_months as (select key from told where is_month and key in (select cut_month from cut))
    select cut.key as child, told.key as parent from told inner join cut on cut.twin = told.key and cut.who = told.who
    where (cut_month in (from told_months)) is not true)`;
}

/**
 * SQL for what breaks a tie between cells that tell of as many: their words, whatever the KPI and whatever other words there
 * are, so that the next build decides the same.
 */
function nameSql(dimensions: readonly Dimension[]): string {
  const words = ["role", "grain", "period_start", "by", "value", ...dimensions];
  const strings = words.map((name) => `cells."${name}"${name === "period_start" ? "" : "::varchar"}`);
  return `hash(${["''", ...strings].join(", ")})`;
}

/** SQL for the employee whom a cell is of, and for whether it is of one whose team has figures too. */
function holderOf({ kpis, dimensions }: Hiding): { holder: string; isHeld: string } {
  const columns = new Set(kpis.flatMap(({ belongs_to: column }) => column ?? []));
  const cases = [...columns].map((column): [string, string] => {
    const own = kpis.filter((kpi) => kpi.belongs_to === column && !kpi.dimensions.includes("team"));
    const others = dimensions.filter((name) => name !== column).map((name) => ` and "${name}" is null`);
    const crossed = ` or ("by" is null and "${column}" is not null${others.join("")})`;
    const is = `"by" = '${column}'::word${dimensions.includes(column) ? crossed : ""}`;
    return [
      `${isOf(own)} and (${is})`,
      dimensions.includes(column) ? `coalesce("value", "${column}")` : '"value"',
    ];
  });
  return {
    holder: `case ${cases.map(([is, who]) => `when ${is} then ${who}`).join(" ")} when true then null end`,
    isHeld: [...cases.map(([is]) => `(${is})`), "false"].join(" or "),
  };
}

/** What adds up in a direction, as SQL over a cell: whether it does, the key of the sum, and among which cells that has to be. */
interface Line {
  direction: string;
  condition: string;
  sum: string;
  /** Absent where a sum is always there. */
  among?: string;
}

/** Whether a KPI's months add up to longer periods, or tell two that do. */
const addsUp = ({ additive, against }: Kpi) => additive || against !== undefined;

function linesOf({ kpis, dimensions }: Hiding, isHeld: string): Line[] {
  const adding = kpis.filter(addsUp);
  const start = `cast(case grain when 'month' then date_trunc('quarter', period_start)
    when 'quarter' then date_trunc('year', period_start) + to_months(case when month(period_start) > 6 then 6 else 0 end)
    else date_trunc('year', period_start) end as date)`;
  const nowhere = Object.fromEntries(dimensions.map((name) => [name, "null"]));
  return [
    ...dimensions.map((name) => ({
      direction: name,
      condition: `"${name}" is not null`,
      sum: keySql(dimensions, { [name]: "null" }),
    })),
    {
      direction: "by",
      condition: '"by" is not null',
      sum: keySql(dimensions, { ...nowhere, by: "null", value: "null" }),
      among: isWhole(dimensions),
    },
    {
      direction: "team",
      condition: `(${isHeld})`,
      sum: keySql(dimensions, { ...nowhere, by: "'team'", value: `coalesce(holder_team, '${unknown}')` }),
      among: `"by" = 'team'::word`,
    },
    {
      direction: "time",
      condition: `role = 'period'::word and grain <> 'year'::word and ${isOf(adding)}`,
      sum: keySql(dimensions, {
        grain: "case grain when 'month' then 'quarter' when 'quarter' then 'half' else 'year' end",
        period_start: start,
      }),
      among: "role = 'period'::word and grain <> 'month'::word",
    },
    {
      direction: "cut",
      condition: `cutoff_on is not null and ${isOf(adding)}`,
      sum: `hash(${keySql(dimensions, { role: "null", grain: "null", period_start: "cast(date_trunc('month', cutoff_on) as date)" })})`,
    },
    ...nestings({ kpis }).map(({ id, whole, part }) => ({
      direction: id,
      condition: `kpi_id in ('${id}'::word, '${part}'::word)`,
      sum: keySql(dimensions, { kpi_id: `'${whole}'` }),
      among: `kpi_id = '${whole}'::word`,
    })),
  ];
}

/** Makes cells of the same cases one figure: what a line has only one part of is that part, and
 * a window that of a period without another case. `merged` are those of several cells. */
async function mergeFigures(db: DuckDBConnection, hiding: Hiding, kpis: readonly Kpi[]): Promise<void> {
  const only = sumsOf(hiding).map((direction) => {
    const line = `"line_${direction}"`;
    return `
      select any_value(key) as child, ${line} as parent from told where ${line} is not null
      group by ${line}${splitOf(direction)} having count(*) = 1`;
  });
  await db.run(
    `create or replace temp table same as ${[...only, sameAsPeriodSql(hiding, kpis)].join(" union ")}`,
  );
  await db.run("insert into same select parent, child from same");
  await db.run("create or replace temp table parts as from told where key in (select child from same)");
  for (let changed = 1; changed > 0; ) {
    const result = await db.run(`
      update parts set figure = least_of.figure from (
        select same.child, min(parts.figure) as figure from same inner join parts on parts.key = same.parent group by same.child
      ) as least_of where least_of.child = parts.key and least_of.figure < parts.figure`);
    changed = result.rowsChanged;
  }
  const columns = ["name", "who", "counted", "staff", "number", "is_whole", "is_gone"];
  await db.run(`
    create or replace temp table merged as
    select parts.* replace (true as is_merged, ${columns.map((name) => `figures.${name} as ${name}`).join(", ")})
    from parts inner join (
      select figure, min(name) as name, any_value(who) as who, any_value(counted) as counted, max(staff) as staff,
        max(number) as number, bool_or(is_whole) as is_whole, not bool_or(is_whole) and bool_or(is_few) as is_gone
      from parts group by figure
    ) as figures using (figure)`);
  const own = ["figure", "is_merged", ...columns].map((name) => `${name} = merged.${name}`);
  await db.run(`update told set ${own.join(", ")} from merged where merged.key = told.key`);
  await db.run("drop table parts");
}
