import type { DuckDBConnection } from "@duckdb/node-api";
import { unknown } from "../../catalogue/dimensions.js";
import {
  type Columns,
  insertSql,
  literal,
  passed,
  quoted,
  type Select,
  selectSql,
  stackSql,
  withSql,
} from "../../engine/sql.js";
import { grains } from "../../kpi/periods.js";
import { periodStartSql } from "../../kpi/sql.js";
import { percentileEnds as ends, mostForInterval, rankRows } from "../../statistics/percentiles.js";
import type { BuildCache } from "../kept/buildCache.js";
import { compareMonths, type KeptMonths, type Prints } from "./keptMonths.js";
import { createScratch, dropScratch } from "./scratch.js";
import type { CaseSource } from "./source.js";

/** Sources whose percentiles one scan serves: those of a group of the cube that are split by the same dimensions. */
export function groupPercentiles(groups: readonly (readonly CaseSource[])[]): CaseSource[][] {
  return groups.flatMap((group) => {
    const bySplit = new Map<string, CaseSource[]>();
    for (const source of group) {
      const split = source.kpi.percentiles?.join();
      if (split !== undefined) bySplit.set(split, [...(bySplit.get(split) ?? []), source]);
    }
    return [...bySplit.values()];
  });
}

/**
 * Median and 90th percentile of the cases of a group of KPIs for every period, over all and by each dimension the
 * catalogue names, with the order statistics that enclose them where the cases are few enough for it to matter. Only
 * the cases near a wanted place are sorted: values are counted in buckets, and the counts tell which buckets those are.
 * @param printed the prints of the cases of the group of the cube that these are of
 */
export async function fillPercentiles(
  db: DuckDBConnection,
  group: readonly CaseSource[],
  cache?: BuildCache,
  printed?: Prints,
): Promise<void> {
  const names = group[0]?.kpi.percentiles ?? [];
  const ids = group.map(({ kpi }) => kpi.id);
  const scales = group.map(({ kpi }) => kpi.scale);
  const query = { percentiles: ids, scales };
  const months = await compareMonths(db, cache, measuredOf(group, names), query, printed);
  const years = months && (await takeYears(db, months));
  await createScratch(db, "measured", selectSql(measuredOf(group, names, years)));
  for (const [index, source] of group.entries()) {
    await createScratch(db, "bucketed", bucketedSql(index, names));
    await createScratch(db, "counted", countedSql(names));
    await createScratch(db, "buckets", bucketsSql(names));
    const ranks = await readRanks(db, names);
    await db.run(insertSql("marts.kpi_percentiles", ...rowsOf(source.kpi, ranks, names)));
    await dropScratch(db, "bucketed", "counted", "buckets");
  }
  await dropScratch(db, "measured");
  await months?.keep(
    `(select * from marts.kpi_percentiles where kpi_id in (${ids.map(literal).join(", ")}))`,
  );
}

/**
 * Takes the percentiles of the years whose cases are as an earlier build had them from what it kept: a year's cases give those of all
 * periods in it, and no others.
 * @returns the years that are left; undefined where all are
 */
async function takeYears(db: DuckDBConnection, months: KeptMonths): Promise<number[] | undefined> {
  const yearOf = (month: string) => Number(month.slice(0, 4));
  const changed = new Set([...months.others, ...months.gone].map(yearOf));
  const same = [...new Set(months.same.map(yearOf))].filter((year) => !changed.has(year));
  if (!months.kept || months.hasNone || same.length === 0) return undefined;
  const { columns, rows } = months.kept;
  const list = columns.map(quoted).join(", ");
  await db.run(
    `insert into marts.kpi_percentiles (${list}) select ${list} from ${rows} as kept where year(period_start) in (${same.join(", ")})`,
  );
  return [...changed];
}

/**
 * One row a case of any of the KPIs: its month, its dimensions and the value `num_<index>` for each KPI it is measured by.
 * @param years the calendar years of the cases that are wanted; undefined for all
 */
function measuredOf(
  group: readonly CaseSource[],
  names: readonly string[],
  years?: readonly number[],
): Select {
  const [first] = group as [CaseSource, ...CaseSource[]];
  const dimensions = names.map((name) => [
    name,
    `coalesce(cast(${first.columns.get(name)} as varchar), ${literal(unknown)})`,
  ]);
  const values = group.map(({ columns, where }, index) => {
    const isMeasured = `(${where ?? "true"}) and (${columns.get("denominator")}) is not null`;
    return [`num_${index}`, `case when ${isMeasured} then ${columns.get("numerator")} end`];
  });
  const day = first.columns.get("case_on");
  const within = years?.map(
    (year) => `(${day} >= date '${dayOf(year)}' and ${day} < date '${dayOf(year + 1)}')`,
  );
  const columns: Columns = {
    month: `cast(date_trunc('month', ${day}) as date)`,
    ...Object.fromEntries(dimensions),
    ...Object.fromEntries(values),
  };
  return {
    columns: passed(Object.keys(columns)),
    from: `(${selectSql({ columns, from: first.from, where: within ? [`(${within.join(" or ") || "false"})`] : [] })}) as cases`,
    where: [`(${group.map((_, index) => `num_${index} is not null`).join(" or ")})`],
  };
}

/** The first day of a year. */
const dayOf = (year: number) => `${String(year).padStart(4, "0")}-01-01`;

/** The values of one KPI with a number that grows with them; roots spread the many small ones over more numbers. */
function bucketedSql(index: number, names: readonly string[]): string {
  const value = `num_${index}`;
  const share = `cast(measured.${value} - ends.low as double) / nullif(cast(ends.high - ends.low as double), 0)`;
  const ends = selectSql({ columns: { low: `min(${value})`, high: `max(${value})` }, from: "measured" });
  return selectSql({
    columns: {
      ...passed(["month", ...names], "measured"),
      value: `measured.${value}`,
      bucket: `cast(coalesce(floor(sqrt(sqrt(${share})) * 1024), 0) as integer)`,
    },
    from: `measured cross join (${ends}) as ends`,
    where: [`measured.${value} is not null`],
  });
}

const countedSql = (names: readonly string[]) =>
  selectSql({
    columns: { ...passed(["month", ...names, "bucket"]), cases: "count(*)" },
    from: "bucketed",
    groupBy: ["month", ...names.map(quoted), "bucket"],
  });

/** The counts once for each grain, in the period of it that their month lies in. */
const spreadSql = (names: readonly string[]) =>
  stackSql(
    grains.map((grain) => ({
      columns: {
        grain: literal(grain),
        period_start: periodStartSql(grain, "month"),
        ...passed(["month", ...names, "bucket", "cases"]),
      },
      from: "counted",
    })),
  );

/** What tells groups of cases apart; a dimension is null where they are not split by it. */
const keysOf = (names: readonly string[]) => ["grain", "period_start", ...names];

/** SQL condition that rows of two relations are of one group. */
const isSame = (one: string, other: string, names: readonly string[]) =>
  [
    ...["grain", "period_start"].map((key) => `${one}.${key} = ${other}.${key}`),
    ...names.map((name) => `${one}.${quoted(name)} is not distinct from ${other}.${quoted(name)}`),
  ].join(" and ");

/** The buckets of every group, and the places in the order of its cases: `below` are before the bucket's, up to `upto` they stand in it. */
function bucketsSql(names: readonly string[]): string {
  const keys = keysOf(names);
  const splits = [[], ...names.map((name) => [name])];
  const summed = selectSql({
    columns: { ...passed([...keys, "bucket"]), cases: "cast(sum(cases) as bigint)" },
    from: "spread",
    groupingSets: splits.map((split) => ["grain", "period_start", ...split.map(quoted), "bucket"]),
  });
  const over = `over (partition by ${keys.map(quoted).join(", ")} order by bucket rows unbounded preceding)`;
  const running = selectSql({
    columns: { ...passed([...keys, "bucket", "cases"]), upto: `cast(sum(cases) ${over} as bigint)` },
    from: "summed",
  });
  const buckets = selectSql({
    columns: { ...passed([...keys, "bucket", "upto"]), below: "upto - cases" },
    from: "running",
  });
  return withSql({ spread: spreadSql(names), summed, running }, buckets);
}

const sizesSql = (names: readonly string[]) =>
  selectSql({
    columns: { ...passed(keysOf(names)), size: "max(upto)" },
    from: "buckets",
    groupBy: keysOf(names).map(quoted),
  });

/** The order statistics to look up for each number of cases, as rows of values. */
async function readRanks(db: DuckDBConnection, names: readonly string[]): Promise<string> {
  const reader = await db.runAndReadAll(
    `select distinct cast(size as varchar) from (${sizesSql(names)}) as sizes where size <= ${mostForInterval}`,
  );
  return rankRows(reader.getRowsJson().map(([size]) => Number(size)));
}

/** Quantiles lie between the cases on both sides of where they fall, as far from the lower as that is. */
const quantiles = { median: "5e-1", p90: "9e-1" };
const quantileNames = Object.keys(quantiles);

function rowsOf(
  { id, scale }: CaseSource["kpi"],
  ranks: string,
  names: readonly string[],
): [Select, Record<string, string>] {
  const keys = keysOf(names);
  const placed = selectSql({
    columns: {
      ...passed([...keys, "size"], "sizes"),
      ...Object.fromEntries(
        Object.entries(quantiles).map(([name, share]) => [
          `${name}_place`,
          `cast(sizes.size - 1 as double) * ${share}`,
        ]),
      ),
      ...passed(ends, "ranks"),
    },
    from: `sizes left join (values ${ranks}) as ranks (size, ${ends.join(", ")}) on ranks.size = sizes.size`,
  });
  /** The cases to look up: column → SQL of the place, over `placed`. */
  const lookups: Columns = {
    ...Object.fromEntries(
      quantileNames.flatMap((name) => [
        [`${name}_below`, `cast(floor(placed.${name}_place) as bigint) + 1`],
        [`${name}_above`, `cast(ceil(placed.${name}_place) as bigint) + 1`],
      ]),
    ),
    ...Object.fromEntries(ends.map((end) => [end, `placed.${end}`])),
  };
  const needed = selectSql({
    columns: passed([...keys, "bucket", "below"], "buckets"),
    from: `buckets inner join placed on ${isSame("placed", "buckets", names)}`,
    where: [
      `(${Object.values(lookups)
        .map((place) => `(${place} > buckets.below and ${place} <= buckets.upto)`)
        .join(" or ")})`,
    ],
  });
  const cells = selectSql({
    columns: {
      ...passed([...keys, "bucket", "below"], "needed"),
      month: "spread.month",
      ...Object.fromEntries(names.map((name) => [`of_${name}`, `spread.${quoted(name)}`])),
    },
    from: `needed inner join spread
      on spread.grain = needed.grain and spread.period_start = needed.period_start and spread.bucket = needed.bucket
      ${names.map((name) => `and (needed.${quoted(name)} is null or needed.${quoted(name)} = spread.${quoted(name)})`).join(" ")}`,
  });
  const picked = selectSql({
    columns: {
      ...passed(keys, "cells"),
      value: "bucketed.value",
      place: `cells.below + row_number() over (
        partition by ${[...keys, "bucket"].map((key) => `cells.${quoted(key)}`).join(", ")} order by bucketed.value)`,
    },
    from: `bucketed inner join cells on cells.month = bucketed.month and cells.bucket = bucketed.bucket
      ${names.map((name) => `and cells.${quoted(`of_${name}`)} = bucketed.${quoted(name)}`).join(" ")}`,
  });
  const given = [...keys, "size", ...quantileNames.map((name) => `${name}_place`)];
  const found = selectSql({
    columns: {
      ...passed(given, "placed"),
      ...Object.fromEntries(
        Object.entries(lookups).map(([name, place]) => [
          name,
          `cast(min(case when picked.place = ${place} then picked.value end) as double)`,
        ]),
      ),
    },
    from: `placed inner join picked on ${isSame("placed", "picked", names)}`,
    groupBy: given.map((name) => `placed.${quoted(name)}`),
  });
  const between = (name: string) => {
    const part = `(${name}_place - floor(${name}_place))`;
    return `(${name}_below * (1e0 - ${part}) + ${name}_above * ${part}) / ${scale.toExponential()}`;
  };
  const select: Select = {
    columns: {
      kpi_id: literal(id),
      role: "'period'",
      ...passed(keys),
      n: "cast(size as double)",
      ...Object.fromEntries(quantileNames.map((name) => [name, between(name)])),
      ...Object.fromEntries(ends.map((end) => [end, `${end} / ${scale.toExponential()}`])),
    },
    from: "found",
    orderBy: keys.map(quoted),
  };
  return [select, { sizes: sizesSql(names), placed, spread: spreadSql(names), needed, cells, picked, found }];
}
