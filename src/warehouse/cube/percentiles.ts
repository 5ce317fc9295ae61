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
 * catalogue names, with the order statistics that enclose them where the cases are few enough for it to matter.
 */
export async function fillPercentiles(db: DuckDBConnection, group: readonly CaseSource[]): Promise<void> {
  const names = group[0]?.kpi.percentiles ?? [];
  await createScratch(db, "measured", measuredSql(group, names));
  for (const [index, source] of group.entries()) {
    await createScratch(db, "places", placesSql(index, names));
    const ranks = await readRanks(db);
    await db.run(insertSql("marts.kpi_percentiles", ...rowsOf(source.kpi, ranks, names)));
    await dropScratch(db, "places");
  }
  await dropScratch(db, "measured");
}

/** How many cases of each month have the same values, `num_<index>` of each KPI, and the same dimensions. */
function measuredSql(group: readonly CaseSource[], names: readonly string[]): string {
  const [first] = group as [CaseSource, ...CaseSource[]];
  const dimensions = names.map((name) => [
    name,
    `coalesce(cast(${first.columns.get(name)} as varchar), ${literal(unknown)})`,
  ]);
  const values = group.map(({ columns, where }, index) => {
    const isMeasured = `(${where ?? "true"}) and (${columns.get("denominator")}) is not null`;
    return [`num_${index}`, `case when ${isMeasured} then ${columns.get("numerator")} end`];
  });
  const columns: Columns = {
    month: `cast(date_trunc('month', ${first.columns.get("case_on")}) as date)`,
    ...Object.fromEntries(dimensions),
    ...Object.fromEntries(values),
  };
  const given = Object.keys(columns);
  return selectSql({
    columns: { ...passed(given), cases: "count(*)" },
    from: `(${selectSql({ columns, from: first.from })}) as cases`,
    where: [`(${group.map((_, index) => `num_${index} is not null`).join(" or ")})`],
    groupBy: given.map(quoted),
  });
}

/**
 * The values of one KPI in every period and group, and at which place in their order the last case of each stands. A
 * dimension is null where a group is not split by it.
 */
function placesSql(index: number, names: readonly string[]): string {
  const splits = [[], ...names.map((name) => [name])];
  const counted = selectSql({
    columns: { ...passed(["month", ...names]), value: `num_${index}`, cases: "cast(sum(cases) as bigint)" },
    from: "measured",
    where: [`num_${index} is not null`],
    groupBy: ["month", ...names.map(quoted), `num_${index}`],
  });
  const spread = stackSql(
    grains.map((grain) => ({
      columns: {
        grain: literal(grain),
        period_start: periodStartSql(grain, "month"),
        ...passed([...names, "value", "cases"]),
      },
      from: "counted",
    })),
  );
  const keys = ["grain", "period_start", ...names.map(quoted)];
  const summed = selectSql({
    columns: { ...passed(["grain", "period_start", ...names, "value"]), cases: "cast(sum(cases) as bigint)" },
    from: "spread",
    groupingSets: splits.map((split) => ["grain", "period_start", ...split.map(quoted), "value"]),
  });
  const places = selectSql({
    columns: {
      ...passed(["grain", "period_start", ...names, "value"]),
      place: `cast(sum(cases) over (partition by ${keys.join(", ")} order by value rows unbounded preceding) as bigint)`,
    },
    from: "summed",
  });
  return withSql({ counted, spread, summed }, places);
}

/** The order statistics to look up for each number of cases, as rows of values. */
async function readRanks(db: DuckDBConnection): Promise<string> {
  const names = (await db.runAndReadAll("describe places")).getRowsJson().map(([name]) => String(name));
  const keys = names.filter((name) => name !== "value" && name !== "place").map(quoted);
  const sizes = selectSql({ columns: { size: "max(place)" }, from: "places", groupBy: keys });
  const reader = await db.runAndReadAll(
    `select distinct cast(size as varchar) from (${sizes}) as sizes where size <= ${mostForInterval}`,
  );
  return rankRows(reader.getRowsJson().map(([size]) => Number(size)));
}

/** Quantiles lie between the cases on both sides of their place, as far from the lower as the place is. */
const quantiles = { median: "5e-1", p90: "9e-1" };

function rowsOf(
  { id, scale }: CaseSource["kpi"],
  ranks: string,
  names: readonly string[],
): [Select, Record<string, string>] {
  const keys = ["grain", "period_start", ...names];
  const sizes = selectSql({
    columns: { ...passed(keys), size: "max(place)" },
    from: "places",
    groupBy: keys.map(quoted),
  });
  const wanted = selectSql({
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
  const at = (place: string) => `min(case when places.place >= ${place} then places.value end)`;
  const found = selectSql({
    columns: {
      ...passed([...keys, "size", ...Object.keys(quantiles).map((name) => `${name}_place`)], "wanted"),
      ...Object.fromEntries(
        Object.keys(quantiles).flatMap((name) => [
          [`${name}_below`, `cast(${at(`cast(floor(wanted.${name}_place) as bigint) + 1`)} as double)`],
          [`${name}_above`, `cast(${at(`cast(ceil(wanted.${name}_place) as bigint) + 1`)} as double)`],
        ]),
      ),
      ...Object.fromEntries(ends.map((end) => [end, `cast(${at(`wanted.${end}`)} as double)`])),
    },
    from: `wanted inner join places
      on places.grain = wanted.grain and places.period_start = wanted.period_start
      ${names.map((name) => `and places.${quoted(name)} is not distinct from wanted.${quoted(name)}`).join(" ")}`,
    groupBy: [...keys, "size", ...Object.keys(quantiles).map((name) => `${name}_place`), ...ends].map(
      (name) => `wanted.${quoted(name)}`,
    ),
  });
  const between = (name: string) => {
    const part = `(${name}_place - floor(${name}_place))`;
    return `(${name}_below * (1e0 - ${part}) + ${name}_above * ${part}) / ${scale}`;
  };
  const select: Select = {
    columns: {
      kpi_id: literal(id),
      role: "'period'",
      ...passed(keys),
      n: "cast(size as double)",
      ...Object.fromEntries(Object.keys(quantiles).map((name) => [name, between(name)])),
      ...Object.fromEntries(ends.map((end) => [end, `${end} / ${scale}`])),
    },
    from: "found",
    orderBy: keys.map(quoted),
  };
  return [select, { sizes, wanted, found }];
}
