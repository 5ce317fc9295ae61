import type { DuckDBConnection } from "@duckdb/node-api";
import { unknown } from "../../catalogue/dimensions.js";
import { type Grain, grains } from "../../kpi/periods.js";
import { periodStartSql } from "../../kpi/sql.js";
import { percentileEnds as ends, mostForInterval, rankRows } from "../../statistics/percentiles.js";
import type { CaseSource } from "./source.js";
import { dimensionList } from "./tables.js";

/** Sources whose percentiles one scan serves: those of a group of the cube that are split by the same dimensions. */
export function groupPercentiles(groups: readonly (readonly CaseSource[])[]): CaseSource[][] {
  return groups.flatMap((group) => {
    const bySplit = new Map<string, CaseSource[]>();
    for (const source of group) {
      const split = source.kpi.percentiles?.join();
      if (split !== undefined) bySplit.set(split, [...(bySplit.get(split) ?? []), source]);
    }
    return [...bySplit.values()];
  });
}

/**
 * Median and 90th percentile of the cases of a group of KPIs for every period, over all and by each dimension the
 * catalogue names, with the order statistics that enclose them where the cases are few enough for it to matter.
 */
export async function fillPercentiles(db: DuckDBConnection, group: readonly CaseSource[]): Promise<void> {
  const names = group[0]?.kpi.percentiles ?? [];
  await db.run(`create temp table measured as ${measuredSql(group, names)}`);
  for (const grain of grains) {
    await db.run(`create temp table quantiles as ${quantilesSql(group, grain, names)}`);
    for (const [index, { kpi }] of group.entries()) {
      const hasRanks = await writeRanks(db, index);
      await db.run(`create temp table ends as ${hasRanks ? endsSql(index, grain, names) : noEndsSql(names)}`);
      await db.run(`insert into marts.kpi_percentiles by name ${rowsSql(kpi, index, grain, names)}`);
      await db.run("drop table ranks; drop table ends");
    }
    await db.run("drop table quantiles");
  }
  await db.run("drop table measured");
}

/** One row a case of any of the KPIs: its day, its dimensions and the value `num_<index>` for each KPI it is measured by. */
function measuredSql(group: readonly CaseSource[], names: readonly string[]): string {
  const [first] = group as [CaseSource, ...CaseSource[]];
  const dimensions = names.map(
    (name) => `coalesce(cast(${first.columns.get(name)} as varchar), '${unknown}') as ${name},`,
  );
  const values = group.map(({ columns, where }, index) => {
    const isMeasured = `(${where ?? "true"}) and (${columns.get("denominator")}) is not null`;
    return `case when ${isMeasured} then ${columns.get("numerator")} end as num_${index}`;
  });
  const day = first.columns.get("case_on");
  return `
    select * from (
      select ${day} as case_on, ${dimensions.join(" ")} ${values.join(", ")} from ${first.from}
    ) as cases where ${group.map((_, index) => `num_${index} is not null`).join(" or ")}`;
}

/** What the percentiles are taken over: every case of a period, and those of each value of each dimension. */
const splitsOf = (names: readonly string[]): string[][] => [[], ...names.map((name) => [name])];

const casesSql = (grain: Grain) =>
  `(select *, ${periodStartSql(grain, "case_on")} as start_on from measured) as cases`;

function quantilesSql(group: readonly CaseSource[], grain: Grain, names: readonly string[]): string {
  const sets = splitsOf(names).map((split) => `(${["start_on", ...split].join(", ")})`);
  const figures = group.map(
    (_, index) =>
      `count(num_${index}) as n_${index}, quantile_cont(num_${index}, [0.5, 0.9]) as quantiles_${index}`,
  );
  return `
    select ${["start_on", ...names, ...figures].join(", ")}
    from ${casesSql(grain)} group by grouping sets (${sets.join(", ")})`;
}

/** Fills the table `ranks`: the order statistics to look up for each number of cases; false where there are none. */
async function writeRanks(db: DuckDBConnection, index: number): Promise<boolean> {
  const sizes = await db.runAndReadAll(
    `select distinct n_${index} from quantiles where n_${index} between 1 and ${mostForInterval}`,
  );
  await db.run(`create temp table ranks (n bigint, ${ends.map((end) => `${end} int`).join(", ")})`);
  const known = sizes.getRowsJson().map(([size]) => Number(size));
  if (known.length > 0) await db.run(`insert into ranks values ${rankRows(known)}`);
  return known.length > 0;
}

/** The intervals' ends of every group of cases that has ranks. */
function endsSql(index: number, grain: Grain, names: readonly string[]): string {
  const parts = splitsOf(names).map((split) => {
    const keys = ["start_on", ...split];
    const isSplit = names.map((name) => `quantiles.${name} is ${split.includes(name) ? "not " : ""}null`);
    return `
      select ${keys.map((key) => `quantiles.${key}`).join(", ")},
        any_value(columns(ranks.* exclude (n))), list_sort(list(cases.num_${index})) as sorted
      from quantiles
      inner join ranks on ranks.n = quantiles.n_${index}
      inner join ${casesSql(grain)} on ${keys.map((key) => `cases.${key} = quantiles.${key}`).join(" and ")}
      where ${[...isSplit, `cases.num_${index} is not null`].join(" and ")}
      group by ${keys.map((key) => `quantiles.${key}`).join(", ")}`;
  });
  return `
    select ${["start_on", ...names].join(", ")}, ${ends.map((end) => `sorted[${end}] as ${end}`).join(", ")}
    from (${parts.join(" union all by name ")})`;
}

const noEndsSql = (names: readonly string[]) => `
  select ${["start_on", ...names].join(", ")}, ${ends.map((end) => `cast(null as bigint) as ${end}`).join(", ")}
  from quantiles where false`;

function rowsSql(
  { id, scale }: CaseSource["kpi"],
  index: number,
  grain: Grain,
  names: readonly string[],
): string {
  return `
    select '${id}' as kpi_id, 'period' as role, '${grain}' as grain, start_on as period_start, ${dimensionList(names)}
      cast(n as double) as n, quantiles[1] / ${scale} as median, quantiles[2] / ${scale} as p90,
      ${ends.map((end) => `cast(${end} as double) / ${scale} as ${end}`).join(", ")}
    from (
      select ${["start_on", ...names].map((key) => `quantiles.${key}`).join(", ")},
        n_${index} as n, quantiles_${index} as quantiles, ${ends.map((end) => `ends.${end}`).join(", ")}
      from quantiles left join ends
        on ends.start_on = quantiles.start_on
        ${names.map((name) => `and ends.${name} is not distinct from quantiles.${name}`).join(" ")}
      where n_${index} > 0
    ) order by ${["start_on", ...names].join(", ")}`;
}
