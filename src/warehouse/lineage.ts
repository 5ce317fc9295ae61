import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../kpi/catalogue.js";
import type { Model } from "./modelFiles.js";

export async function writeLineage(
  db: DuckDBConnection,
  models: readonly Model[],
  kpis: readonly Kpi[],
): Promise<void> {
  void db;
  void models;
  void kpis;
}
