import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { quote } from "../sample/dice.js";

/** A figure that floor and build do not agree on; null where one of them has none. */
export interface Difference {
  kpi_id: string;
  period: string;
  group: string;
  floor: number | null;
  build: number | null;
}

export interface Comparison {
  figures: number;
  differences: Difference[];
}

const dimensions = [
  "segment",
  "industry",
  "region",
  "acquisition_channel",
  "owner",
  "channel",
  "type",
  "class",
  "severity",
  "agent",
  "dimension",
  "source",
  "market",
  "reason",
];

/**
 * Set every value of the floor's figures against the build's: month cube, period cube and percentiles.
 * Values differ when they are further apart than 1e-9 of the larger (of 1 below that), or when only one side has one.
 */
export async function compareFigures(floorFile: string, warehouse: string): Promise<Comparison> {
  const instance = await DuckDBInstance.create(":memory:");
  try {
    const db = await instance.connect();
    await db.run(`attach ${quote(floorFile)} as floor_figures (read_only)`);
    await db.run(`attach ${quote(warehouse)} as built (read_only)`);
    await db.run(`create temp table compared as ${comparedSql()}`);
    const figures = Number((await db.runAndReadAll("select count(*) from compared")).value(0, 0));
    const differences = await differencesOf(db);
    db.closeSync();
    return { figures, differences };
  } finally {
    instance.closeSync();
  }
}

async function differencesOf(db: DuckDBConnection): Promise<Difference[]> {
  const reader = await db.runAndReadAll(`
    select kpi_id, period, group_key as "group", floor, build
    from compared
    where floor is null or build is null or abs(floor - build) > 1e-9 * greatest(1, abs(floor), abs(build))
    order by all`);
  return reader.getRowObjects() as unknown as Difference[];
}

function comparedSql(): string {
  const month = ["strftime(month, '%Y-%m')", "kpi_cube"] as const;
  const period = ["grain || ' ' || strftime(period_start, '%Y-%m')", "kpi_period_cube"] as const;
  const sides = (side: "floor" | "build") => {
    const cubes = [month, period].map(([key, table]) => cubeRows(side, key, table));
    return [...cubes, percentileRows(side, "median"), percentileRows(side, "p90")].join(" union all ");
  };
  return `
    with
    floor_rows as (${sides("floor")}),
    build_rows as (${sides("build")})
    select
        coalesce(floor_rows.kpi_id, build_rows.kpi_id) as kpi_id,
        coalesce(floor_rows.period, build_rows.period) as period,
        coalesce(floor_rows.group_key, build_rows.group_key) as group_key,
        floor_rows.value as floor,
        build_rows.value as build
    from floor_rows
    full join build_rows
        on build_rows.kpi_id = floor_rows.kpi_id
        and build_rows.period = floor_rows.period
        and build_rows.group_key = floor_rows.group_key`;
}

/** A count's value is its numerator; every other KPI's the quotient, which is no figure where the denominator is 0. */
function cubeRows(side: "floor" | "build", period: string, table: string): string {
  const source = side === "floor" ? `floor_figures.${table}` : `built.marts.${table}`;
  const group = [...dimensions, ""].filter((name) => name !== "" && !absent(side, table, name));
  const key = group.map((name) => `coalesce('${name}=' || ${name} || ' ', '')`).join(" || ");
  const growth = "kpi_id in ('market_share_growth', 'new_customer_growth')";
  const only = side === "build" && table === "kpi_period_cube" ? "and role = 'period'" : "";
  return `
    select kpi_id, ${period} as period, ${key} as group_key,
        case when kpi_id = 'new_customers' then numerator
            else numerator / denominator - case when ${growth} then 1 else 0 end end as value
    from ${source}
    where denominator <> 0 ${only}`;
}

function percentileRows(side: "floor" | "build", which: "median" | "p90"): string {
  const source = side === "floor" ? "floor_figures.kpi_percentiles" : "built.marts.kpi_percentiles";
  return `
    select 'first_response_time ${which}', grain || ' ' || strftime(period_start, '%Y-%m'),
        coalesce('channel=' || channel || ' ', ''), ${which}
    from ${source}
    where n > 0 ${side === "build" ? "and role = 'period' and kpi_id = 'first_response_time'" : ""}`;
}

const floorColumns: Readonly<Record<string, readonly string[]>> = {
  kpi_cube: dimensions.filter((name) => name !== "reason"),
  kpi_period_cube: ["segment", "industry", "region", "acquisition_channel", "owner", "market", "reason"],
};

function absent(side: "floor" | "build", table: string, name: string): boolean {
  return side === "floor" && !(floorColumns[table] ?? []).includes(name);
}
