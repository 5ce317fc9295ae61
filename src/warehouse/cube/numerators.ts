import type { Dimension } from "../../catalogue/dimensions.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { literal, passed, quoted, type Select, selectSql } from "../../engine/sql.js";
import { unitSql } from "../../kpi/sql.js";
import { type Cuboid, isOf } from "./cuboids.js";
import { isRest, isWithin, restsOfCut } from "./windows.js";

/** A KPI split by a dimension that only its numerator has, over the `cells` of its group. */
export interface NumeratorSplit {
  kpi: Kpi;
  dimension: Dimension;
  /** A cuboid whose cells sum up to the whole. */
  whole: Cuboid;
  /** The columns of `cells`. */
  numerator: string;
  denominator: string;
  who: string | undefined;
}

/** A select and the queries that it calls by name. */
type Query = [Select, Record<string, string>];

/**
 * The rows of `marts.kpi_cube`: every value of the dimension stands in every month that has cases, over the
 * month's whole denominator, so that months sum to longer periods.
 */
export const splitMonths = (split: NumeratorSplit): Query =>
  splitRows(split, { keys: passed(["month"], "cells"), from: "cells", within: "cells.cut_on is null" });

/** The same for the elapsed windows, as rows of `marts.kpi_period_cube`. */
export const splitWindows = (split: NumeratorSplit): Query =>
  splitRows(split, {
    keys: passed(["role", "grain", "period_start"], "windows"),
    from: `cells inner join windows on ${isWithin} or ${isRest}`,
    within: isWithin,
    isRest,
  });

/** What the rows are about: their keys, and SQL conditions of the cells of a window and of those left of its period. */
interface Windows {
  keys: Readonly<Record<string, string>>;
  from: string;
  within: string;
  isRest?: string;
}

function splitRows(split: NumeratorSplit, { keys, from, within, isRest: rest }: Windows): Query {
  const { kpi, dimension, whole, numerator, denominator, who } = split;
  const names = Object.keys(keys);
  const isPart = isOf(kpi, [[dimension]]);
  const value = passed([dimension], "cells");
  const told = {
    ...(who ? { contributors: `bit_or(${who}) filter (where ${within})` } : {}),
    ...(who && rest ? restsOfCut(who, "windows", rest) : {}),
  };
  const queries = {
    parts: selectSql({
      columns: { ...keys, ...value, numerator: `sum(${numerator}) filter (where ${within})`, ...told },
      from,
      where: [isPart, ...(rest ? [] : [within])],
      groupBy: [...Object.values(keys), ...Object.values(value)],
    }),
    wholes: selectSql({
      columns: { ...keys, denominator: `sum(${denominator})` },
      from,
      where: [isOf(kpi, [whole]), within],
      groupBy: Object.values(keys),
      having: `sum(${denominator}) <> 0`,
    }),
    held: selectSql({
      columns: value,
      from: "cells",
      where: [isPart, "cut_on is null", `coalesce(${numerator}, 0) <> 0`],
      groupBy: Object.values(value),
    }),
  };
  const denominatorSql = unitSql("wholes.denominator");
  const column = quoted(dimension);
  const select: Select = {
    columns: {
      cuboid: literal(dimension),
      kpi_id: literal(kpi.id),
      ...passed(names, "wholes"),
      [dimension]: `held.${column}`,
      numerator: unitSql("parts.numerator", kpi.scale),
      denominator: denominatorSql,
      n: denominatorSql,
      sum_sq: "0",
      awaiting: "0",
      ...passed(Object.keys(told), "parts"),
    },
    from: `wholes cross join held left join parts
      on parts.${column} = held.${column} ${names.map((name) => `and parts.${name} = wholes.${name}`).join(" ")}`,
    orderBy: [...names, column],
  };
  return [select, queries];
}
