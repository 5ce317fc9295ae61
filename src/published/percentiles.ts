/** A row of `percentiles/<kpi_id>.json`: a dimension is null where the row is over all its values. */
export interface Percentiles {
  kpi_id: string;
  role: string;
  grain: string;
  period_start: string;
  n: number;
  median: number | null;
  p90: number | null;
  /** 1 where they are not shown. */
  hidden: number;
  [dimension: string]: string | number | null;
}
