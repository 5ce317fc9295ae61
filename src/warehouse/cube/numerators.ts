import type { Dimension } from "../../catalogue/dimensions.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { unitSql } from "../../kpi/sql.js";
import { dimensionList } from "./tables.js";

/** A KPI split by a dimension that only its numerator has, over the `cells` of its group. */
export interface NumeratorSplit {
  kpi: Kpi;
  dimension: Dimension;
  /** `cuboid_bits` of the cells by the dimension, and of a cuboid whose cells sum up to the whole. */
  partBits: number;
  wholeBits: number;
  /** The columns of `cells`. */
  numerator: string;
  denominator: string;
  who: string;
}

/**
 * SQL for the rows of `marts.kpi_cube`: every value of the dimension stands in every month that has cases, over the
 * month's whole denominator, so that months sum to longer periods.
 */
export function splitMonths(split: NumeratorSplit): string {
  return `
    ${splitSql(split, { within: "cut_on is null", rest: "false" }, "month, ")}
    select '${split.dimension}' as cuboid, '${split.kpi.id}' as kpi_id, month, ${columns(split)}, contributors from split
    order by month, ${split.dimension}`;
}

/** The same for an elapsed window, as rows of `marts.kpi_period_cube`. */
export function splitElapsed(
  split: NumeratorSplit,
  { role, grain, start }: { role: string; grain: string; start: string },
  conditions: Conditions,
): string {
  return `
    ${splitSql(split, conditions, "")}
    select '${split.dimension}' as cuboid, '${split.kpi.id}' as kpi_id,
      '${role}' as role, '${grain}' as grain, date '${start}' as period_start, ${columns(split)},
      contributors, rest from split
    order by ${split.dimension}`;
}

/** SQL conditions of the cells of a window, and of those that are left of its period. */
interface Conditions {
  within: string;
  rest: string;
}

function splitSql(
  { dimension, partBits, wholeBits, numerator, denominator, who }: NumeratorSplit,
  { within, rest }: Conditions,
  key: string,
): string {
  return `
    with
    parts as (
      select ${key}${dimension}, sum(${numerator}) filter (where ${within}) as numerator,
        bit_or(${who}) filter (where ${within}) as contributors, bit_or(${who}) filter (where ${rest}) as rest
      from cells where cuboid_bits = ${partBits} and (${within} or ${rest}) group by ${key}${dimension}
    ),
    wholes as (
      select ${key}sum(${denominator}) as denominator
      from cells where cuboid_bits = ${wholeBits} and ${within}
      ${key ? "group by month" : ""} having sum(${denominator}) <> 0
    ),
    groups as (
      select distinct ${dimension} from cells
      where cuboid_bits = ${partBits} and cut_on is null and coalesce(${numerator}, 0) <> 0
    ),
    split as (
      select wholes.*, groups.${dimension}, parts.numerator, parts.contributors, parts.rest
      from wholes cross join groups left join parts
        on parts.${dimension} = groups.${dimension}${key ? " and parts.month = wholes.month" : ""}
    )`;
}

function columns({ kpi, dimension }: NumeratorSplit): string {
  const whole = unitSql("denominator");
  return `${dimensionList([dimension])}
    ${unitSql("numerator", kpi.scale)} as numerator, ${whole} as denominator, ${whole} as n, 0 as sum_sq, 0 as awaiting`;
}
