import type { Kpi } from "../catalogue/kpis.js";
import type { Grain } from "./periods.js";

/** n: the cases of rates, means, sums and growths, the customers of customer rates, what a count counts. */
export function countSql(kpi: Kpi, numerator: string, denominator: string): string {
  if (kpi.kind === "count") return `sum(${numerator})`;
  if (kpi.kind === "sum" || kpi.kind === "share" || kpi.all_months) return `count(${numerator})`;
  return `sum(${denominator})`;
}

/** Σ numerator² where the interval needs it. Squares stay exact: whole numbers widened, decimals as they are. */
export function squaresSql(kpi: Kpi, numerator: string): string {
  if (kpi.kind !== "mean" && kpi.kind !== "nps") return "0";
  return kpi.scale === 1 ? `sum(${numerator} * ${numerator})` : `sum(square(${numerator}))`;
}

/** An exact sum as the double of the KPI's unit, whose scale may be beyond whole numbers; nothing summed is 0. */
export function unitSql(sum: string, scale = 1): string {
  const divided = scale === 1 ? "" : ` / ${scale.toExponential()}`;
  return `coalesce(cast(${sum} as double)${divided}, 0)`;
}

/** Start of the period that a day lies in. */
export function periodStartSql(grain: Grain, day: string): string {
  if (grain !== "half") return `cast(date_trunc('${grain}', ${day}) as date)`;
  const year = `cast(date_trunc('year', ${day}) as date)`;
  return `case when month(${day}) > 6 then plus_months(${year}, 6) else ${year} end`;
}
