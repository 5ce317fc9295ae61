import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { insertSql, literal, passed, quoted, selectSql, stackSql, withSql } from "../../src/engine/sql.js";

const flat = (sql: string) => sql.replace(/\s+/g, " ");

describe("SQL made of parts", () => {
  it("quotes what stands in names and texts", async () => {
    const db = await (await DuckDBInstance.create(":memory:")).connect();
    const reader = await db.runAndReadAll(`select ${literal("it's")} as ${quoted('a "b"')}`);
    expect([reader.columnNames(), reader.getRowsJson()]).toEqual([['a "b"'], [["it's"]]]);
    db.closeSync();
  });

  it("leaves out what is not asked for", () => {
    expect(flat(selectSql({ columns: { a: "1" }, from: "t", where: [], groupBy: [] }))).toBe(
      'select 1 as "a" from t',
    );
  });

  it("keeps the order of the clauses", () => {
    const select = {
      columns: { ...passed(["a"], "t"), n: "count(*)" },
      from: "t",
      where: ["a > 1", "b"],
      groupingSets: [["a"], []],
      having: "count(*) > 1",
      orderBy: ["a", "n"],
    };
    expect(flat(selectSql(select))).toBe(
      'select t."a" as "a", count(*) as "n" from t where a > 1 and b group by grouping sets ((a), ()) having count(*) > 1 order by a, n',
    );
  });

  it("stacks by the names of columns, not by their order", () => {
    const one = { columns: { a: "1", b: "2" }, from: "t" };
    expect(flat(stackSql([one, { columns: { b: "4", a: "3" }, from: "u" }]))).toBe(
      'select 1 as "a", 2 as "b" from t union all select 3 as "a", 4 as "b" from u',
    );
    expect(() => stackSql([one, { columns: { a: "3" }, from: "u" }])).toThrow(
      "some of the stacked selects: b",
    );
  });

  it("inserts into the columns that it names", () => {
    const rows = { columns: passed(["b", "a"]), from: "rows_of_t" };
    expect(flat(insertSql("marts.t", rows, { rows_of_t: "select 1 as a, 2 as b" }))).toBe(
      'insert into marts.t ("b", "a") with rows_of_t as ( select 1 as a, 2 as b ) select "b", "a" from rows_of_t',
    );
    expect(flat(withSql({ a: "select 1", b: "select 2" }, "select 3"))).toBe(
      "with a as ( select 1 ), b as ( select 2 ) select 3",
    );
  });
});
