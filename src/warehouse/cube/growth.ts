import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";
import { literal, passed, type Select, selectSql, stackSql, withSql } from "../../engine/sql.js";
import { createScratch } from "./scratch.js";
import { endsOfCut, rests, restsOfCut } from "./windows.js";

/**
 * Fills the scratch table `growth_parts`: which months (and heads of months, up to `cut_on`) make up each window and the
 * window it is compared with. A period counts its months whole, because nothing at or after as_of is a case; what it
 * is compared with ends after as many days as have elapsed. Parts that are `left_out` are what either lacks of its period.
 */
export async function prepareGrowth(db: DuckDBConnection): Promise<void> {
  const window = passed(["role", "grain", "period_start"]);
  const base = (against: string, start_on: string, cut_on: string): Select => ({
    columns: {
      ...window,
      against: literal(against),
      is_base: "true",
      start_on,
      cut_on,
      ...endsOfCut(cut_on),
    },
    from: "intermediate.periods",
  });
  const ranges = stackSql([
    base("previous", "previous_start", "previous_cutoff_on"),
    base("year", "year_start", "year_cutoff_on"),
    ...["previous", "year"].map((against) => ({
      columns: {
        ...window,
        against: literal(against),
        is_base: "false",
        start_on: "period_start",
        cut_on: "case when role = 'period' then period_end else cutoff_on end",
        ...endsOfCut("cutoff_on"),
      },
      from: "intermediate.periods",
    })),
  ]);
  const part = passed([
    ...["role", "grain", "period_start", "against", "is_base"],
    ...Object.keys(endsOfCut("cut_on")),
  ]);
  const numbers = Array.from({ length: 12 }, (_, n) => `(${n})`).join(", ");
  const months = selectSql({
    columns: {
      ...part,
      cut_on: "cut_on",
      month: "plus_months(start_on, numbers.n)",
      next_month: "plus_months(start_on, numbers.n + 1)",
    },
    from: `ranges cross join (values ${numbers}) as numbers (n)`,
  });
  const parts = stackSql([
    {
      columns: {
        ...part,
        left_out: "false",
        month: "month",
        cut_on: "case when next_month > cut_on then cut_on end",
      },
      from: "months",
      where: ["month < cut_on"],
    },
    {
      columns: {
        ...part,
        left_out: "true",
        month: "month",
        cut_on: "case when month < cut_on then cut_on end",
      },
      from: "months",
      where: ["role <> 'period'", "next_month > cut_on", "month < end_year"],
    },
  ]);
  await createScratch(db, "growth_parts", withSql({ ranges, months }, parts));
}

/** The days, `YYYY-MM-DD`, up to which a growth counts the head of a month. */
export async function growthHeads(db: DuckDBConnection, against: Kpi["against"]): Promise<string[]> {
  const reader = await db.runAndReadAll(`
    select distinct cast(cut_on as varchar) as day from growth_parts
    where cut_on is not null and not left_out and against = ${literal(against ?? "")} order by day`);
  return reader.getRowsJson().map(([day]) => String(day));
}

/** The columns of a growth with the bits of whom it tells of. */
export const toldOfGrowth = ["", "base_"].flatMap((prefix) =>
  ["contributors", ...rests].map((name) => `${prefix}${name}`),
);

/**
 * One row a window and cell: the sum of `value` over the window, over what it is compared with, and the window's cases; and
 * whom they tell of, by the bits of `who`.
 */
export function growthSql(
  kpi: Kpi,
  keys: readonly string[],
  { value, count, who }: { value: string; count: string; who: string | undefined },
): string {
  const key = { ...passed(["role", "grain", "period_start"], "parts"), ...passed(keys, "cells") };
  const own = "filter (where not parts.is_base and not left_out)";
  const base = "filter (where parts.is_base and not left_out)";
  return selectSql({
    columns: {
      ...key,
      numerator: `sum(${value}) ${own}`,
      denominator: `sum(${value}) ${base}`,
      n: `sum(${count}) ${own}`,
      ...(who
        ? {
            contributors: `bit_or(${who}) ${own}`,
            ...restsOfCut(who, "parts", "not parts.is_base and left_out"),
            base_contributors: `bit_or(${who}) ${base}`,
            ...restsOfCut(who, "parts", "parts.is_base and left_out", "base_"),
          }
        : {}),
    },
    from: `cells inner join growth_parts as parts
      on parts.month = cells.month
      and coalesce(parts.cut_on, date '0001-01-01') = coalesce(cells.cut_on, date '0001-01-01')
      and (cells.is_rest = parts.left_out or parts.cut_on is null)`,
    where: [`parts.against = ${literal(kpi.against ?? "")}`],
    groupBy: Object.values(key),
  });
}
