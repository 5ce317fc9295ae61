import type { DuckDBConnection } from "@duckdb/node-api";
import type { Dimension } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import type { Grain } from "../kpi/periods.js";
import { partsSql } from "../kpi/query.js";
import { numberColumn, type PublishedColumn, readColumns, wordColumn } from "./arrow.js";

/** A KPI and a dimension that its change is split by. */
export interface Split {
  kpi: Kpi;
  dimension: Dimension;
}

const grains: Grain[] = ["month", "quarter", "half", "year"];
const words = ["kpi_id", "role", "grain", "period_start", "by", "value"];
const numbers = ["numerator", "denominator", "base_numerator", "base_denominator", "hidden"];

/** The splits whose groups' own values do not say what they add to the whole: of KPIs that are null without a month. */
export function splitsOfParts(kpis: readonly Kpi[]): Split[] {
  return kpis
    .filter(({ all_months }) => all_months)
    .flatMap((kpi) => kpi.dimensions.map((dimension) => ({ kpi, dimension })));
}

/** What each group adds to numerator and denominator, and of the growth of a share to those of its base. */
export async function partsTable(db: DuckDBConnection, splits: readonly Split[]): Promise<PublishedColumn[]> {
  if (splits.length === 0) {
    return [...words.map((name) => wordColumn(name, [])), ...numbers.map((name) => numberColumn(name, []))];
  }
  const selects = splits.flatMap(({ kpi, dimension }) =>
    grains.map((grain) => {
      const question = { kpi, by: [{ name: dimension, dimension }], where: new Map() };
      const base =
        kpi.kind === "growth"
          ? "base_numerator, base_denominator"
          : "0 as base_numerator, 0 as base_denominator";
      return `select '${kpi.id}' as kpi_id, role, '${grain}' as grain, start_on as period_start, '${dimension}' as "by",
          by_0 as "value", numerator, denominator, ${base}, 0 as hidden
        from (${partsSql(question, grain, { cuboids: [], columns: [] })})`;
    }),
  );
  return readColumns(db, `${selects.join(" union all ")} order by all`, words);
}
