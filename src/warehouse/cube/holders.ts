import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";
import { insertSql, literal, quoted } from "../../engine/sql.js";

/** Whose KPI it is whose numerator alone is anybody's: the column that names the employee; undefined for others. */
export const holderColumn = ({ belongs_to, numerator_dimensions, numerators_of }: Kpi): string | undefined =>
  belongs_to && numerators_of.length > 0 && numerator_dimensions.includes(belongs_to)
    ? belongs_to
    : undefined;

/** Fills `marts.holders`: who has a row of the tables that the KPIs' numerators count among, by the column that names them. */
export async function fillHolders(db: DuckDBConnection, kpis: readonly Kpi[]): Promise<void> {
  const pairs = kpis.flatMap((kpi) => {
    const column = holderColumn(kpi);
    return column === undefined
      ? []
      : kpi.numerators_of.map((table) => `(${literal(table)}, ${literal(column)})`);
  });
  if (pairs.length === 0) return;
  const reader = await db.runAndReadAll(`
    select distinct table_name, column_name from information_schema.columns
    where table_schema = 'intermediate' and (table_name, column_name) in (${pairs.join(", ")})
    order by table_name, column_name`);
  for (const [table, column] of reader.getRowsJson().map((row) => row.map(String))) {
    const holder = quoted(column ?? "");
    await db.run(
      insertSql("marts.holders", {
        columns: { table_name: literal(table ?? ""), column_name: literal(column ?? ""), holder },
        from: `intermediate.${quoted(table ?? "")}`,
        where: [`${holder} is not null`],
        groupBy: [holder],
      }),
    );
  }
}
