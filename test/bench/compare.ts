import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { dimensions } from "../../src/catalogue/dimensions.js";
import { literal } from "../../src/engine/sql.js";
import { append } from "../../src/statistics/extremes.js";

/** A stored number that floor and build do not agree on; null where one of them has no such row. */
export interface Difference {
  kpi_id: string;
  period: string;
  group: string;
  /** The column: `numerator`, `denominator`, `n`, `sum_sq`, `awaiting`, `median` or `p90`. */
  part: string;
  floor: number | null;
  build: number | null;
}

export interface Comparison {
  /** Numbers compared: those that are not 0 on both sides. */
  figures: number;
  /** The KPIs that the floor has figures of, by id. */
  kpis: string[];
  differences: Difference[];
}

interface CubeTable {
  name: string;
  /** SQL for the window a row is about. */
  period: string;
  parts: readonly string[];
}

const components = ["numerator", "denominator", "n", "sum_sq", "awaiting"];

const tables: readonly CubeTable[] = [
  { name: "kpi_cube", period: "strftime(month, '%Y-%m')", parts: components },
  {
    name: "kpi_period_cube",
    period: "role || ' ' || grain || strftime(period_start, ' %Y-%m')",
    parts: components,
  },
  {
    name: "kpi_percentiles",
    period: "grain || strftime(period_start, ' %Y-%m')",
    parts: ["n", "median", "p90"],
  },
];

/**
 * Set every number of the floor's figures against the build's: what the month cube, the period cube and the table of
 * percentiles hold for each window and group of the KPIs that the floor computes, but not the order statistics around
 * percentiles, which the floor does not have; nor periods before those that the build looks at, which depend on what the
 * tables cover. Numbers differ when they are further apart than 1e-9 of the larger (of 1 below that). A row that one side
 * lacks counts as zeros: some rows say no more than that nothing happened.
 */
export async function compareFigures(floorFile: string, warehouse: string): Promise<Comparison> {
  return attached({ floor_figures: floorFile, built: warehouse }, async (db) => {
    const compared: Comparison = { figures: 0, kpis: await kpisOf(db), differences: [] };
    for (const table of tables) {
      await db.run(`create or replace temp table compared as ${await comparedSql(db, table, compared.kpis)}`);
      const count = await db.runAndReadAll("select count(*) from compared");
      compared.figures += Number(count.getRowsJson()[0]?.[0]);
      append(compared.differences, await differencesOf(db));
    }
    return compared;
  });
}

/** The ids of the KPIs that the floor has figures of. */
export async function floorKpis(floorFile: string): Promise<string[]> {
  return attached({ floor_figures: floorFile }, kpisOf);
}

/** Works on databases attached for reading. */
async function attached<T>(
  files: Record<string, string>,
  work: (db: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(":memory:");
  try {
    const db = await instance.connect();
    for (const [name, file] of Object.entries(files)) {
      await db.run(`attach ${literal(file)} as ${name} (read_only)`);
    }
    return await work(db);
  } finally {
    instance.closeSync();
  }
}

async function kpisOf(db: DuckDBConnection): Promise<string[]> {
  const lists = tables.map(({ name }) => `select kpi_id from floor_figures.main.${name}`);
  const reader = await db.runAndReadAll(`${lists.join(" union ")} order by kpi_id`);
  return reader.getRowsJson().map(([id]) => String(id));
}

async function differencesOf(db: DuckDBConnection): Promise<Difference[]> {
  const reader = await db.runAndReadAll(`
    select kpi_id, period, group_key as "group", part, floor, build
    from compared
    where abs(coalesce(floor, 0) - coalesce(build, 0)) > 1e-9 * greatest(1, abs(floor), abs(build))
    order by all`);
  return reader.getRowObjects() as unknown as Difference[];
}

/** One row a number that is not 0 on both sides. */
async function comparedSql(db: DuckDBConnection, table: CubeTable, kpis: readonly string[]): Promise<string> {
  const list = (values: readonly string[]) => `unnest([${values.join(", ")}])`;
  return `
    with
    floor_rows as (${await rowsSql(db, "floor_figures.main", table)}),
    build_rows as (select * from (${await rowsSql(db, "built.marts", table)}) where kpi_id in (${kpis.map(literal).join()})),
    numbers as (
      select
        kpi_id, period, group_key,
        ${list(table.parts.map(literal))} as part,
        ${list(table.parts.map((part) => `floor_rows.${part}`))} as floor,
        ${list(table.parts.map((part) => `build_rows.${part}`))} as build
      from floor_rows full join build_rows using (kpi_id, period, group_key)
    )
    select * from numbers where coalesce(floor, 0) <> 0 or coalesce(build, 0) <> 0`;
}

/** One row a key; a key that is there twice adds up, so that it differs. */
async function rowsSql(db: DuckDBConnection, schema: string, table: CubeTable): Promise<string> {
  const described = await db.runAndReadAll(`describe ${schema}.${table.name}`);
  const columns = described.getRowsJson().map(([name]) => String(name));
  const group = dimensions.filter((name) => columns.includes(name));
  const key = group.map((name) => `coalesce('${name}=' || ${name} || ' ', '')`).join(" || ");
  return `
    select kpi_id, ${table.period} as period, ${key} as group_key,
      ${table.parts.map((part) => `cast(sum(${part}) as double) as ${part}`).join(", ")}
    from ${schema}.${table.name}
    ${table.name === "kpi_period_cube" ? "semi join built.intermediate.periods using (role, grain, period_start)" : ""}
    ${table.name === "kpi_percentiles" && columns.includes("role") ? "where role = 'period'" : ""}
    group by all`;
}
