import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingsText, lintSelect } from "../../src/engine/dialect/lint.js";
import { parseSelect } from "../../src/engine/sqlTree.js";
import { readModels } from "../../src/warehouse/modelFiles.js";
import { belowModels, shippedModels } from "../../src/warehouse/models.js";

let db: DuckDBConnection;
beforeAll(async () => {
  db = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
});
afterAll(() => db.closeSync());

const lint = async (sql: string) =>
  lintSelect({ file: "a.sql", sql, tree: await parseSelect(db, sql, "a.sql") }).map(
    ({ line, found }) => `${line}: ${found}`,
  );

describe("the lint", () => {
  it("finds nothing in the shipped models", async () => {
    const models = await readModels(db, shippedModels, belowModels);
    expect(models.length).toBeGreaterThan(70);
    expect(findingsText(models.flatMap(lintSelect))).toBe("");
  });

  it.each([
    ["select a,\nfrom t", "1: a comma before nothing"],
    ["select a from t where b in (1, 2,)", "1: a comma before nothing"],
    ["-- 客户,\n\nselect\n    a // 2\nfrom t", "4: //"],
    ["select to_months(a) from t", "1: to_months"],
    ["select a\nfrom t\nwhere b < c + interval 1 day", "3: to_days"],
    ["select\n    rowid\nfrom t", "2: rowid"],
    ["select began_on - 1 from t", "1: a day - a number"],
    ["select 1 + date '2026-01-01' from t", "1: a day + a number"],
    ["select make_date(y + 1, 1, 1) from t", "1: make_date"],
    ["select n from generate_series(1, 3) as s (n)", "1: a function as a table"],
    ["select unnest(range(3))", "1: unnest"],
    ["select [a, b] from t", "1: list_value"],
    ["select a[1] from t", "1: a list or struct"],
    ["select quantile_cont(a, 0.5) from t", "1: quantile_cont"],
    ["select columns('a') from t", "1: columns(…), or order by all"],
    ["select * replace (1 as a) from t", "1: * replace"],
    ["select * exclude (a) from t", "1: * exclude"],
    ["select a\nfrom t\norder by all", "3: columns(…), or order by all"],
    ["select a, count(*) from t group by all", "1: group by all"],
    ["select a from t union all by name select b from u", "1: union by name"],
    ["select a from t qualify row_number() over () = 1", "1: qualify"],
    ["select arg_max(a, b) from t", "1: arg_max"],
    ["select list_filter(a, lambda x: x > 1) from t", "1: list_filter"],
    ["select regexp_replace(a, 'b', '') from t", "1: regexp_replace without 'g'"],
    ["select a::hugeint from t", "1: the type hugeint"],
    ["select try_cast(a as date) from t", "1: try_cast"],
    ["select distinct on (a) a from t", "1: distinct on"],
    ["select a.x from a asof join b on a.x >= b.x", "1: a asof join"],
    ["select a.x from a semi join b using (x)", "1: a semi join"],
    [
      "with a as (\n    select b\n    from (pivot t on c in (1, 2) using sum(d))\n)\nselect * from a",
      "3: pivot",
    ],
  ])("refuses %j", async (sql, found) => {
    expect(await lint(sql)).toContain(found);
  });

  it.each([
    "select plus_days(began_on, 1) as a, month_day(12 * 2026) as b, divide(7, 2) as c from t",
    "select days_between(began_on, ended_on) + 1 as days, '一,' as from_text /* , */ from t",
    "select count(*) filter (where a is distinct from b) as n from t cross join u group by a having min(b) > 1",
    "select sum(a) over (partition by b order by c rows unbounded preceding) as s from t",
  ])("lets pass %j", async (sql) => {
    expect(await lint(sql)).toEqual([]);
  });
});
