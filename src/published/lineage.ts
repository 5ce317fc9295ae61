/** A row of `lineage.json`: a contract column that a KPI is read from, and through which models. */
export interface LineageRow {
  kpi_id: string;
  /** Models from the KPI down, as `intermediate.tickets`. */
  models: string[];
  /** Contract columns, as `tickets.created_at`. */
  columns: string[];
}
