import type { DuckDBConnection } from "@duckdb/node-api";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";
import { provenGrains } from "./keys.js";
import type { Model } from "./modelFiles.js";

/** Checks that no two rows of a model share the columns of its grain, by a query where its SQL does not prove it. */
export async function checkGrains(db: DuckDBConnection, models: readonly Model[]): Promise<void> {
  const proven = provenGrains(models);
  for (const model of models) {
    if (proven.has(model.relation)) continue;
    const duplicates = await db.runAndReadAll(duplicateSql(model));
    if (duplicates.currentRowCount > 0) {
      throw new CliError(
        told("model.sharedGrain", {
          file: model.file,
          grain: model.grain.join(", "),
          row: JSON.stringify(duplicates.getRowsJson()[0]),
        }),
      );
    }
  }
}

/** A query that must return no rows. */
function duplicateSql({ relation, sql, materialized, grain }: Model): string {
  const columns = grain.join(", ");
  const from = materialized ? relation : `(\n${sql}\n)`;
  return `select ${columns} from ${from} group by ${columns} having count(*) > 1 limit 1`;
}
