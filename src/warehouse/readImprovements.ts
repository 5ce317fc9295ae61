import type { DuckDBConnection } from "@duckdb/node-api";
import { CliError } from "../error.js";
import type { Kpi } from "../kpi/catalogue.js";
import type { Improvement } from "../kpi/improvements.js";
import { suggest, suggestZh } from "../kpi/suggest.js";

/**
 * The improvements agreed before a day and by `as_of`, as the KPI team keeps them.
 * @throws CliError 2 for a KPI that the catalogue does not have
 */
export async function readImprovements(
  db: DuckDBConnection,
  kpis: readonly Pick<Kpi, "id">[],
  before: string,
): Promise<Improvement[]> {
  const reader = await db.runAndReadAll(
    `select improvement_id, employee_id, kpi_id, dimension, strftime(agreed_on, '%Y-%m-%d') as agreed_on,
       strftime(due_on, '%Y-%m-%d') as due_on, measure, measure_en, status
     from staging.improvements
     where agreed_on < cast($before as date) and agreed_on <= (select as_of_on from config.settings)
     order by improvement_id`,
    { before },
  );
  const items = reader.getRowObjectsJson() as unknown as Improvement[];
  const ids = kpis.map(({ id }) => id);
  for (const { improvement_id, kpi_id } of items) {
    if (kpi_id === null || ids.includes(kpi_id)) continue;
    throw new CliError(
      {
        en: `improvements.csv: ${improvement_id}: not in kpis.yaml: ${kpi_id}${suggest(kpi_id, ids)}`,
        zh: `improvements.csv：${improvement_id}：kpis.yaml 中没有 ${kpi_id}${suggestZh(kpi_id, ids)}`,
      },
      2,
    );
  }
  return items;
}
