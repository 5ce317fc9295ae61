import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../kpi/catalogue.js";
import { grains } from "../../kpi/periods.js";
import { periodStartSql } from "../../kpi/sql.js";
import { dimensionList } from "./tables.js";

/** Median and 90th percentile of a KPI's cases for every period, over all and by each dimension the catalogue names. */
export async function fillPercentiles(db: DuckDBConnection, kpi: Kpi): Promise<void> {
  if (!kpi.percentiles) return;
  for (const grain of grains) {
    const start = periodStartSql(grain, "case_on");
    const names = kpi.percentiles;
    const sets = ["(start_on)", ...names.map((name) => `(start_on, ${name})`)].join(", ");
    await db.run(`
      insert into marts.kpi_percentiles
      select '${kpi.id}', 'period', '${grain}', start_on, ${dimensionList((name) => names.includes(name as never))},
        n, quantiles[1] / ${kpi.scale}, quantiles[2] / ${kpi.scale}, null, null, null, null
      from (
        select start_on, ${names.join(", ")}, cast(count(*) as double) as n,
          quantile_cont(numerator, [0.5, 0.9]) as quantiles
        from (
          select ${start} as start_on, numerator,
            ${names.map((name) => `coalesce(cast(${name} as varchar), '(unknown)') as ${name}`).join(", ")}
          from marts.${kpi.id} where denominator is not null
        )
        group by grouping sets (${sets})
      ) order by start_on, ${names.join(", ")}`);
  }
}
