import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingsText, lintSelect } from "../../src/engine/dialect/lint.js";
import { expandMacros, macros } from "../../src/engine/dialect/macros.js";
import { parseSelects, type SqlNode } from "../../src/engine/sqlTree.js";
import { type BuildStatement, buildStatements } from "./buildStatements.js";
import { type DialectName, dialects, translate } from "./translate.js";

/** Spellings that DuckDB alone has, beside the macros. */
const duckdbOnly = [
  /\/\//,
  /::/,
  /\bhugeint\b/i,
  /\bubigint\b/i,
  /\bto_(months|days)\b/i,
  /\browid\b/i,
  /<</,
];

let db: DuckDBConnection;
let statements: BuildStatement[];
beforeAll(async () => {
  db = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  ({ statements } = await buildStatements());
}, 120_000);
afterAll(() => db.closeSync());

describe("what a build runs", () => {
  it("are all models and the cube of KPIs of every kind", () => {
    const targets = new Set(statements.map(({ target }) => target));
    expect([...targets].filter((target) => target.startsWith("intermediate.")).length).toBeGreaterThan(30);
    for (const target of ["marts.kpi_cube", "marts.kpi_period_cube", "marts.kpi_percentiles", "cells"])
      expect(targets).toContain(target);
  });

  it("keeps to what every engine has", async () => {
    const texts = statements.map(({ target, select }) => ({ file: target, sql: select }));
    const trees = await parseSelects(db, texts);
    const found = texts.flatMap((text, index) => lintSelect({ ...text, tree: trees[index] as SqlNode }));
    expect(findingsText(found)).toBe("");
  });

  it.each(Object.keys(dialects) as DialectName[])("is translated for %s", (dialect) => {
    const names = new RegExp(
      `\\b(${macros
        .filter(({ duckdb }) => duckdb !== null)
        .map(({ name }) => name)
        .join("|")})\\(`,
      "i",
    );
    const left = statements.flatMap(({ target, select }) => {
      const text = translate(select, dialect).replaceAll(/'(?:[^']|'')*'/g, "''");
      return [names, ...duckdbOnly]
        .filter((spelling) => spelling.test(text))
        .map((each) => `${target}: ${each}`);
    });
    expect(left).toEqual([]);
  });
});

describe("golden text", () => {
  const model =
    "select divide(month_number, 3) as q, plus_days(day_on, -1) as d from staging.t where a is distinct from b";
  it.each([
    [
      "trino",
      "SELECT ((month_number) / (3)) AS q, date_add('day', -1, day_on) AS d FROM staging.t WHERE a IS DISTINCT FROM b",
    ],
    [
      "spark",
      "SELECT ((month_number) div (3)) AS q, date_add(day_on, -1) AS d FROM staging.t WHERE a IS DISTINCT FROM b",
    ],
  ] as const)("of %s", (dialect, expected) => {
    expect(translate(model, dialect)).toBe(expected);
  });
});

describe("macros", () => {
  it.each([
    ["select PLUS_DAYS(a, 1) from t", "select date_add('day', 1, a) from t"],
    ["DIVIDE(PLUS_MONTHS(a, f(b, 2)), 'x, (')", "((date_add('month', f(b, 2), a)) / ('x, ('))"],
    ["grouping(a, b) + GROUPING(c)", "grouping(a, b) + grouping(c)"],
    ["select 'divide(1, 2)', no_contributor() as who", "select 'divide(1, 2)', cast(null as bigint) as who"],
  ])("%j is %j for trino", (sql, expected) => {
    expect(expandMacros(sql, "trino")).toBe(expected);
  });
});
