import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../kpi/catalogue.js";
import { unknown } from "../../kpi/dimensions.js";
import { grains } from "../../kpi/periods.js";
import { periodStartSql } from "../../kpi/sql.js";
import { dimensionList } from "./tables.js";

/** Median and 90th percentile of a KPI's cases for every period, over all and by each dimension the catalogue names. */
export async function fillPercentiles(db: DuckDBConnection, kpi: Kpi): Promise<void> {
  const names = kpi.percentiles ?? [];
  const columns = names
    .map((name) => `coalesce(cast(${name} as varchar), '${unknown}') as ${name}, `)
    .join("");
  await db.run(`
    create temp table measured as
    select case_on, ${columns} numerator from marts.${kpi.id} where denominator is not null`);
  for (const grain of grains) {
    const sets = ["(start_on)", ...names.map((name) => `(start_on, ${name})`)].join(", ");
    const keys = ["start_on", ...names].join(", ");
    await db.run(`
      insert into marts.kpi_percentiles
      select '${kpi.id}', 'period', '${grain}', start_on, ${dimensionList((name) => names.includes(name as never))},
        n, quantiles[1] / ${kpi.scale}, quantiles[2] / ${kpi.scale}, null, null, null, null
      from (
        select ${keys}, cast(count(*) as double) as n, quantile_cont(numerator, [0.5, 0.9]) as quantiles
        from (select *, ${periodStartSql(grain, "case_on")} as start_on from measured)
        group by grouping sets (${sets})
      ) order by ${keys}`);
  }
  await db.run("drop table measured");
}
