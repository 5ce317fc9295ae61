import type { DuckDBConnection } from "@duckdb/node-api";
import { unknown } from "../catalogue/dimensions.js";
import { cubeDimensions, type Kpi } from "../catalogue/kpis.js";
import { literal } from "../engine/sql.js";
import { grains, roles } from "../kpi/periods.js";

/**
 * Creates the type `word`: what may stand in the columns of `cells` that are no dates and no numbers, as numbers in DuckDB's
 * hands. They are the words of the cubes and of what is looked up beside them.
 * @param kpis with all dimensions of the cubes
 */
export async function createWords(db: DuckDBConnection, kpis: readonly Kpi[]): Promise<void> {
  const dimensions = cubeDimensions(kpis);
  const own = [...kpis.map(({ id }) => id), ...dimensions, ...grains, ...roles, "team", unknown];
  const listed = own.map((word) => `(${literal(word)})`).join(", ");
  const stored = ["kpi_cube", "kpi_period_cube", "kpi_percentiles"].map((table) => `marts.${table}`);
  const selects = [
    `select * from (values ${listed})`,
    "select team from intermediate.employees",
    "select holder from marts.holders",
    "select distinct kpi_id from marts.kpi_cube",
  ];
  for (const table of stored) {
    const reader = await db.runAndReadAll(`describe ${table}`);
    const columns = reader.getRowsJson().map(([name]) => String(name));
    for (const name of columns.filter((each) => dimensions.includes(each)))
      selects.push(`select "${name}" from ${table}`);
  }
  await db.run(`
    create temp table words as
    select distinct word from (${selects.join(" union all ")}) as words (word) where word is not null order by word`);
  await db.run("create temporary type word as enum (from words)");
  await db.run("drop table words");
}

/** All words, by their codes. */
export async function wordsOf(db: DuckDBConnection): Promise<string[]> {
  const reader = await db.runAndReadAll("select unnest(enum_range(null::word))");
  return reader.getRowsJson().map(([word]) => String(word));
}
