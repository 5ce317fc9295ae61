import type { DuckDBConnection } from "@duckdb/node-api";
import { cubeDimensions, type Kpi } from "../../catalogue/kpis.js";
import { literal } from "../../engine/sql.js";
import { addMonths, monthsOf } from "../../kpi/periods.js";
import { teamHolder } from "../../kpi/request.js";
import { readOnce } from "../../warehouse/open.js";
import type { Numbered } from "./asked.js";

/**
 * A digest of all that the cubes hold of each KPI in periods, by number and KPI: while it is the same, so are the figures of all
 * groups, and nobody needs to ask for them. KPIs that are null without a month are not read from the cubes, and have none.
 */
export async function cubeDigests(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  periods: readonly Numbered[],
): Promise<Map<number, Map<string, string>>> {
  const names = cubeDimensions(kpis).map((name) => `"${name}"`);
  const digest = `sum(hash(${["cuboid", "numerator", "denominator", "n", ...names].join(", ")}))`;
  const months = periods.flatMap(({ number, period: { grain, start } }) =>
    Array.from({ length: monthsOf[grain] }, (_, at) => `(${number}, date ${literal(addMonths(start, at))})`),
  );
  const windows = periods.map(
    ({ number, period: { grain, start } }) => `(${number}, ${literal(grain)}, date ${literal(start)})`,
  );
  const reader = await db.runAndReadAll(`
    select number, kpi_id, string_agg(cast(digest as varchar), ' ' order by cube) from (
      select number, kpi_id, 'months' as cube, ${digest} as digest
      from marts.kpi_cube inner join (values ${months.join(", ")}) as asked (number, month) using (month)
      group by number, kpi_id
      union all
      select number, kpi_id, 'windows', ${digest}
      from marts.kpi_period_cube inner join (values ${windows.join(", ")}) as asked (number, grain, period_start)
        using (grain, period_start)
      where role = 'period' group by number, kpi_id
      union all
      select number, kpi_id, 'percentiles', sum(hash(${["median", "p90", ...names].join(", ")}))
      from marts.kpi_percentiles inner join (values ${windows.join(", ")}) as asked (number, grain, period_start)
        using (grain, period_start)
      where role = 'period' group by number, kpi_id
    ) group by number, kpi_id`);
  const teams = await readOnce(
    db,
    "select cast(sum(hash(employee_id, team)) as varchar) from intermediate.known_employees",
  );
  const found = new Map(periods.map(({ number }) => [number, new Map<string, string>()]));
  const own = new Map(kpis.filter(({ all_months }) => !all_months).map((kpi) => [kpi.id, kpi]));
  for (const [number, id, sum] of reader.getRowsJson()) {
    const kpi = own.get(String(id));
    const team = kpi && teamHolder(kpi) ? ` ${String(teams.value(0, 0))}` : "";
    if (kpi) found.get(Number(number))?.set(kpi.id, String(sum) + team);
  }
  return found;
}
