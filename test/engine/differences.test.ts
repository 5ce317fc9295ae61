import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lintSelect } from "../../src/engine/dialect/lint.js";
import { macroStatements } from "../../src/engine/dialect/macros.js";
import { parseSelect } from "../../src/engine/sqlTree.js";
import { translate } from "./translate.js";
import { runOnTrino } from "./trino.js";

const server = process.env.HERRINGBONE_TEST_TRINO;

let db: DuckDBConnection;
beforeAll(async () => {
  db = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  for (const sql of macroStatements()) await db.run(sql);
});
afterAll(() => db.closeSync());

const inDuckdb = async (sql: string) => String((await db.runAndReadAll(sql)).getRowsJson()[0]?.[0] ?? null);
const inTrino = async (sql: string) => String((await runOnTrino(server ?? "", sql))[0]?.[0] ?? null);
const found = async (sql: string) =>
  lintSelect({ file: "a.sql", sql, tree: await parseSelect(db, sql, "a.sql") }).map((each) => each.found);

/** An expression that engines take to mean different things, in silence. */
const apart = [
  [
    "cast(1 as decimal(18, 4)) / cast(3 as decimal(18, 4))",
    "0.3333333333333333",
    "0.3333",
    "/ without a double",
  ],
  ["7 / 2", "3.5", "3", "/ without a double"],
  ["cast(0 as double) / cast(0 as double)", "NaN", "NaN", "/ by what may be 0"],
  ["cast(1 as double) / cast(0 as double)", "Infinity", "Infinity", "/ by what may be 0"],
  ["date_diff('month', date '2026-01-31', date '2026-02-01')", "1", "0", "date_diff"],
  ["cast(2.5e0 as integer)", "2", "3", "a cast that rounds"],
  ["cast(cast(2.5 as decimal(3, 1)) as bigint)", "3", "3", "a cast that rounds"],
  ["concat('a', cast(null as varchar))", "a", "null", "concat"],
] as const;

/** What models say in their place, with the value that every engine gives it. */
const same = [
  ["cast(1 as decimal(18, 4)) / nullif(cast(3 as double), 0)", "0.3333333333333333"],
  ["cast(7 as double) / 2", "3.5"],
  ["divide(7, 2)", "3"],
  ["divide(-7, 2)", "-3"],
  ["cast(1 as double) / nullif(cast(0 as double), 0)", "null"],
  ["days_between(date '2026-01-31', date '2026-02-01')", "1"],
  ["year(date '2026-02-01') * 12 + month(date '2026-02-01') - 1", "24313"],
  ["month_day(24313)", "2026-02-01"],
  ["plus_months(date '2026-01-31', 1)", "2026-02-28"],
  ["cast(floor(2.5e0) as integer)", "2"],
  ["cast(ceil(2.5e0) as bigint)", "3"],
  ["'a' || cast(null as varchar)", "null"],
  ["greatest(1, cast(null as integer), 3)", "3"],
  ["greatest(cast(null as integer), 2)", "2"],
  ["least(1, cast(null as integer))", "1"],
  ["least(cast(null as integer), cast(null as integer))", "null"],
] as const;

describe.each(apart)("%s", (sql, duckdb, trino, refused) => {
  it(`is ${duckdb} in DuckDB, and no model says it`, async () => {
    expect(await inDuckdb(`select ${sql}`)).toBe(duckdb);
    expect(await found(`select ${sql} as a from t`)).toContain(refused);
  });

  it.skipIf(server === undefined)(`is ${trino} in Trino`, async () => {
    expect(await inTrino(`select ${sql}`)).toBe(trino);
  });
});

describe.each(same)("%s", (sql, value) => {
  it(`is ${value} in DuckDB, and a model may say it`, async () => {
    expect(await inDuckdb(`select ${sql}`)).toBe(value);
    expect(await found(`select ${sql} as a from t`)).toEqual([]);
  });

  it.skipIf(server === undefined)(`is ${value} in Trino`, async () => {
    expect(await inTrino(translate(`select ${sql}`, "trino"))).toBe(value);
  });
});

// Trino alone gives null as soon as one of them is; the macro says otherwise, because no rule could see which may be null.
it.skipIf(server === undefined)(
  "greatest and least with a null are null in Trino without the macro",
  async () => {
    expect(await inTrino("select greatest(1, cast(null as integer))")).toBe("null");
    expect(await inTrino("select least(1, cast(null as integer))")).toBe("null");
  },
);
