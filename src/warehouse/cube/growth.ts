import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";

/**
 * Fills the temp table `growth_parts`: which months (and heads of months, up to `cut_on`) make up each window and the
 * window it is compared with. A period counts its months whole, because nothing at or after as_of is a case; what it
 * is compared with ends after as many days as have elapsed. Parts that are `left_out` are what either lacks of its period.
 */
export async function prepareGrowth(db: DuckDBConnection): Promise<void> {
  await db.run(`
    create temp table growth_parts as
    with
    ranges as (
      select role, grain, period_start, month_count, 'previous' as against, true as is_base,
        previous_start as start_on, previous_cutoff_on as cut_on
      from intermediate.periods
      union all
      select role, grain, period_start, month_count, 'year', true, year_start, year_cutoff_on from intermediate.periods
      union all
      select role, grain, period_start, month_count, against, false, period_start,
        case when role = 'period' then period_end else cutoff_on end
      from intermediate.periods cross join (values ('previous'), ('year')) as kinds (against)
    ),
    months as (
      select *, cast(start_on + to_months(numbers.n) as date) as month,
        cast(start_on + to_months(numbers.n + 1) as date) as next_month
      from ranges cross join (select unnest(range(12)) as n) as numbers
      where numbers.n < month_count
    )
    select role, grain, period_start, against, is_base, false as left_out, month,
      case when next_month > cut_on then cut_on end as cut_on
    from months where month < cut_on
    union all
    select role, grain, period_start, against, is_base, true, month, case when month < cut_on then cut_on end
    from months where next_month > cut_on`);
}

/** The days, `YYYY-MM-DD`, up to which a growth counts the head of a month. */
export async function growthHeads(db: DuckDBConnection, against: Kpi["against"]): Promise<string[]> {
  const reader = await db.runAndReadAll(
    `select distinct strftime(cut_on, '%Y-%m-%d') from growth_parts where cut_on is not null and not left_out and against = $1 order by 1`,
    [against ?? ""],
  );
  return reader.getRowsJson().map(([day]) => String(day));
}

/**
 * One row a window and cell: the sum of `value` over the window, over what it is compared with, and the window's cases; and
 * whom they tell of, by the bits of `who`.
 */
export function growthSql(
  kpi: Kpi,
  keys: readonly string[],
  { value, count, who }: { value: string; count: string; who: string },
): string {
  const list = keys.map((name) => `, cells.${name}`).join("");
  return `
    select parts.role, parts.grain, parts.period_start${list},
      sum(${value}) filter (where not parts.is_base and not left_out) as numerator,
      sum(${value}) filter (where parts.is_base and not left_out) as denominator,
      sum(${count}) filter (where not parts.is_base and not left_out) as n,
      bit_or(${who}) filter (where not parts.is_base and not left_out) as contributors,
      bit_or(${who}) filter (where not parts.is_base and left_out) as rest,
      bit_or(${who}) filter (where parts.is_base and not left_out) as base_contributors,
      bit_or(${who}) filter (where parts.is_base and left_out) as base_rest
    from cells inner join growth_parts as parts
      on parts.month = cells.month
      and coalesce(parts.cut_on, date '0001-01-01') = coalesce(cells.cut_on, date '0001-01-01')
      and (cells.is_rest = parts.left_out or parts.cut_on is null)
    where parts.against = '${kpi.against}'
    group by parts.role, parts.grain, parts.period_start${list}`;
}
