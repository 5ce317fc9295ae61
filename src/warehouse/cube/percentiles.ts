import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../kpi/catalogue.js";
import { unknown } from "../../kpi/dimensions.js";
import { orderStatisticRanks } from "../../kpi/intervals.js";
import { type Grain, grains } from "../../kpi/periods.js";
import { periodStartSql } from "../../kpi/sql.js";
import { dimensionList } from "./tables.js";

/** Percentiles of more cases than this are kept without interval: finding its ends would mean sorting them all. */
const mostForInterval = 10_000;

/**
 * Median and 90th percentile of a KPI's cases for every period, over all and by each dimension the catalogue names,
 * with the order statistics that enclose them where the cases are few enough for it to matter.
 */
export async function fillPercentiles(db: DuckDBConnection, kpi: Kpi): Promise<void> {
  const names = kpi.percentiles ?? [];
  const columns = names
    .map((name) => `coalesce(cast(${name} as varchar), '${unknown}') as ${name}, `)
    .join("");
  await db.run(`
    create temp table measured as
    select case_on, ${columns} numerator from marts.${kpi.id} where denominator is not null`);
  for (const grain of grains) {
    await db.run(`create temp table quantiles as ${quantilesSql(grain, names)}`);
    await writeRanks(db);
    await db.run(`insert into marts.kpi_percentiles ${rowsSql(kpi, grain, names)}`);
    await db.run("drop table quantiles; drop table ranks");
  }
  await db.run("drop table measured");
}

function quantilesSql(grain: Grain, names: readonly string[]): string {
  const keys = ["start_on", ...names].join(", ");
  const sets = ["(start_on)", ...names.map((name) => `(start_on, ${name})`)].join(", ");
  return `
    select ${keys}, count(*) as n, quantile_cont(numerator, [0.5, 0.9]) as quantiles
    from (select *, ${periodStartSql(grain, "case_on")} as start_on from measured)
    group by grouping sets (${sets})`;
}

async function writeRanks(db: DuckDBConnection): Promise<void> {
  const sizes = await db.runAndReadAll(`select distinct n from quantiles where n <= ${mostForInterval}`);
  await db.run(
    "create temp table ranks (n bigint, median_low int, median_high int, p90_low int, p90_high int)",
  );
  const rows = sizes.getRowsJson().map(([size]) => {
    const [median, p90] = [orderStatisticRanks(Number(size), 0.5), orderStatisticRanks(Number(size), 0.9)];
    return `(${[size, median.low, median.high, p90.low, p90.high].map((rank) => rank ?? "null").join(", ")})`;
  });
  if (rows.length > 0) await db.run(`insert into ranks values ${rows.join(", ")}`);
}

function rowsSql(kpi: Kpi, grain: Grain, names: readonly string[]): string {
  const same = (one: string, other: string) =>
    names.map((name) => ` and (${other}.${name} is null or ${one}.${name} = ${other}.${name})`).join("");
  const keys = ["start_on", ...names];
  const ends = ["median_low", "median_high", "p90_low", "p90_high"];
  return `
    with
    ranked as (
      select ${keys.map((key) => `quantiles.${key}`).join(", ")}, ranks.* exclude (n), cases.numerator,
        row_number() over (
          partition by ${keys.map((key) => `quantiles.${key}`).join(", ")} order by cases.numerator
        ) as rank
      from quantiles
      inner join ranks on ranks.n = quantiles.n
      inner join (select *, ${periodStartSql(grain, "case_on")} as start_on from measured) as cases
        on cases.start_on = quantiles.start_on${same("cases", "quantiles")}
    ),
    ends as (
      select ${keys.join(", ")},
        ${ends.map((end) => `max(case when rank = ${end} then numerator end) as ${end}`).join(", ")}
      from ranked group by ${keys.join(", ")}
    )
    select '${kpi.id}', 'period', '${grain}', start_on,
      ${dimensionList((name) => names.includes(name as never))},
      cast(n as double), quantiles[1] / ${kpi.scale}, quantiles[2] / ${kpi.scale},
      ${ends.map((end) => `cast(${end} as double) / ${kpi.scale}`).join(", ")}
    from (
      select quantiles.*, ${ends.map((end) => `ends.${end}`).join(", ")}
      from quantiles left join ends
        on ends.start_on = quantiles.start_on
        ${names.map((name) => `and ends.${name} is not distinct from quantiles.${name}`).join(" ")}
    ) order by ${keys.join(", ")}`;
}
