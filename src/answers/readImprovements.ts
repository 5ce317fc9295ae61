import type { DuckDBConnection } from "@duckdb/node-api";
import type { Improvement } from "../score/improvements.js";

/** The improvements agreed before a day and by `as_of`, as the KPI team keeps them. */
export async function readImprovements(db: DuckDBConnection, before: string): Promise<Improvement[]> {
  const reader = await db.runAndReadAll(
    `select improvement_id, employee_id, kpi_id, dimension, strftime(agreed_on, '%Y-%m-%d') as agreed_on,
       strftime(due_on, '%Y-%m-%d') as due_on, measure, measure_en, status
     from staging.improvements
     where agreed_on < cast($before as date) and agreed_on <= (select as_of_on from config.settings)
     order by improvement_id`,
    { before },
  );
  return reader.getRowObjectsJson() as unknown as Improvement[];
}
