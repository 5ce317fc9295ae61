import { join, relative } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingsText, lintSelect } from "../../src/engine/dialect/lint.js";
import { expandMacros, macros } from "../../src/engine/dialect/macros.js";
import { parseSelects, type SqlNode } from "../../src/engine/sqlTree.js";
import { readModels } from "../../src/warehouse/modelFiles.js";
import { belowModels, shippedModels } from "../../src/warehouse/models.js";
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

// A model that is new has its text written; what changes one's text, a newer translator too, is looked at and kept by `vitest -u`.
it("every model has its golden text for each dialect", async () => {
  for (const { file, sql } of await readModels(db, shippedModels, belowModels)) {
    const texts = (Object.keys(dialects) as DialectName[]).map(
      (dialect) => `-- ${dialect}\n${lines(translate(sql, dialect))}\n`,
    );
    await expect(texts.join("\n")).toMatchFileSnapshot(join("golden", relative(shippedModels, file)));
  }
});

/** A statement as lines that a change touches one of. */
const lines = (sql: string) =>
  sql.replaceAll(/ (?=(?:WITH|SELECT|FROM|WHERE|GROUP BY|UNION ALL|(?:LEFT |INNER |CROSS )JOIN) )/g, "\n");

describe("macros", () => {
  it.each([
    ["select PLUS_DAYS(a, 1) from t", "select date_add('day', 1, a) from t"],
    ["DIVIDE(PLUS_MONTHS(a, f(b, 2)), 'x, (')", "((date_add('month', f(b, 2), a)) / ('x, ('))"],
    ["grouping(a, b) + GROUPING(c)", "grouping(a, b) + grouping(c)"],
    ["least(a, f(b), 1)", "least(coalesce(a, f(b), 1), coalesce(f(b), 1, a), coalesce(1, a, f(b)))"],
    ["select 'divide(1, 2)', no_contributor() as who", "select 'divide(1, 2)', cast(null as bigint) as who"],
  ])("%j is %j for trino", (sql, expected) => {
    expect(expandMacros(sql, "trino")).toBe(expected);
  });
});
