import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compareMonths } from "../../src/warehouse/cube/keptMonths.js";
import { BuildCache } from "../../src/warehouse/kept/buildCache.js";
import { folderOfTest } from "../temporaryFolder.js";

let instance: DuckDBInstance;
let db: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create();
  db = await instance.connect();
});
afterAll(() => {
  db.closeSync();
  instance.closeSync();
});

/** What is kept of the cases' months has one row each. */
const summed =
  "select month, sum(value) as total, bit_or(set_bit(repeat('0', 64)::bit, value, 1)) as bits, sum(value) / 3.0::decimal(9, 4) as share from cases group by month";

const cases = { columns: { month: "month", region: "region", value: "value" }, from: "cases" };

/** The rows of three months, and what changes of them. */
async function fill(...changes: readonly string[]): Promise<void> {
  await db.run(`create or replace table cases as
    select * from (values (date '2026-01-01', 'East', 1), (date '2026-01-01', 'West', 2), (date '2026-02-01', 'East', 3),
      (date '2026-02-01', 'East', 3), (date '2026-03-01', null, 4)) as cases (month, region, value)`);
  for (const change of changes) await db.run(change);
}

async function compared(folder: string, query = "a query") {
  const months = await compareMonths(db, new BuildCache(join(folder, "w.duckdb"), true, 0), cases, query);
  if (!months) throw new Error("there is a cache");
  const { same, others, gone, hasNone, kept } = months;
  return { same, others, gone, hasNone, kept, keep: months.keep };
}

const [january, february, march] = ["2026-01-01", "2026-02-01", "2026-03-01"];

it("takes the rows of months whose cases are as they were, as they were, with their types", async () => {
  const folder = folderOfTest("months");
  await fill();
  const first = await compared(folder);
  expect(first).toMatchObject({ same: [], others: [january, february, march], kept: undefined });
  await db.run(`create or replace table sums as ${summed}`);
  await first.keep("sums");
  await fill("insert into cases values (date '2026-03-01', 'East', 5)");
  const second = await compared(folder);
  expect(second).toMatchObject({ same: [january, february], others: [march], gone: [], hasNone: false });
  const typed = async (relation: string) =>
    (
      await db.runAndReadAll(
        `select *, typeof(total), typeof(bits), typeof(share) from ${relation} as rows order by month`,
      )
    ).getRowsJson();
  expect(await typed(second.kept?.rows ?? "")).toEqual(await typed("sums"));
  expect((await compared(folder, "another query")).kept).toBeUndefined();
});

it.each([
  ["a value", "update cases set value = 9 where month = date '2026-02-01'", [february]],
  ["one of two equal rows", "delete from cases where rowid = 3", [february]],
  ["a word", "update cases set region = 'North' where region = 'West'", [january]],
  ["what was nothing", "update cases set region = '' where region is null", [march]],
  [
    "rows that change places",
    "update cases set value = 3 - value where month = date '2026-01-01'",
    [january],
  ],
  ["a row that moves", "update cases set month = date '2026-02-01' where value = 2", [january, february]],
])("sees %s", async (_, change, others) => {
  const folder = folderOfTest("months");
  await fill();
  await (await compared(folder)).keep("cases");
  await fill(change);
  expect((await compared(folder)).others).toEqual(others);
});

it("sees what expressions read, and of what asks other rows all that it gives", async () => {
  const folder = folderOfTest("months");
  const told = async (sql: string) => {
    const cache = new BuildCache(join(folder, "w.duckdb"), true, 0);
    const months = await compareMonths(
      db,
      cache,
      { columns: { month: "month", told: sql }, from: "cases" },
      sql,
    );
    if (!months) throw new Error("there is a cache");
    return months;
  };
  const [own, most] = [
    "case when cases.region = 'East' then value else 0 end",
    "(select max(value) from cases)",
  ];
  await fill();
  await (await told(own)).keep("cases");
  await (await told(most)).keep("cases");
  await fill("update cases set region = 'West' where month = date '2026-02-01'");
  expect((await told(own)).others).toEqual([february]);
  expect((await told(most)).others).toEqual([]);
  await fill("update cases set value = 9 where month = date '2026-02-01'");
  expect((await told(most)).others).toEqual([january, february, march]);
});

it("sees months that are gone and cases without one", async () => {
  const folder = folderOfTest("months");
  await fill();
  await (await compared(folder)).keep("cases");
  await fill(
    "delete from cases where month = date '2026-03-01'",
    "insert into cases values (null, 'East', 1)",
  );
  expect(await compared(folder)).toMatchObject({ others: [], gone: [march], hasNone: true });
});
