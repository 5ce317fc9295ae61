import { describe, expect, it } from "vitest";
import { columnsOf, contract, type Table, type TableName, tableNames } from "../../src/contract/index.js";
import { dayOfEpoch } from "../../src/init/dates.js";
import type { Profile } from "../../src/init/profile.js";
import { stageDir } from "../load/stageFolder.js";
import { initOf } from "./initFolder.js";

/** Of each table with days: its headings, one row of other cells, and the columns that take days. */
const tables = {
  customers: ["Customer No,Company", "K1,Firm GmbH", ["acquired_on"]],
  customer_status: ["Customer No,Status", "K1,churned", ["changed_on"]],
  contracts: ["Contract No,Customer No", "V1,K1", ["starts_on", "ends_on"]],
  employees: ["Employee No,Name,Department", "E1,Ada Muster,service", ["hired_on", "left_on"]],
  orders: ["Order No,Customer No,Order date,Revenue", "A1,K1,2026-01-01,10", ["promised_on", "delivered_on"]],
  events: ["Event No,Event name", "E1,Open day", ["held_on"]],
  market_sales: ["Market,Company,Is own,Sales", "East,Firm GmbH,yes,10", ["month"]],
  reviews_360: [
    "Review No,Reviewee No,Rater,Dimension,Score,Scale min,Scale max",
    "R1,E1,peer,teamwork,3,1,5",
    ["period_start"],
  ],
  trainings: ["Training No,Employee No,Course", "T1,E1,Phone", ["due_on", "completed_on"]],
} as const satisfies Partial<Record<TableName, readonly [string, string, readonly string[]]>>;

// The evening of 31 January in UTC, which is 1 February in Berlin; midnights in UTC are days that somebody wrote.
const evening = Date.UTC(2026, 0, 31, 23, 30);
const midnight = Date.UTC(2026, 1, 1);

describe("init, of days counted from 1970", () => {
  it("knows every table with days that files are taken for", () => {
    const byHand = ["initiatives", "milestones"];
    const dated = tableNames.filter(
      (table) =>
        !(contract[table] as Table).managed &&
        !byHand.includes(table) &&
        columnsOf(table).some(({ kind }) => kind === "date"),
    );
    expect([...dated].sort()).toEqual(Object.keys(tables).sort());
    for (const table of dated)
      expect(columnsOf(table).flatMap(({ name, kind }) => (kind === "date" ? [name] : []))).toEqual(
        tables[table as keyof typeof tables][2],
      );
  });

  it.each([
    ["seconds", evening / 1000],
    ["milliseconds", evening],
    ["seconds of midnights", midnight / 1000],
  ])("reads %s as the day where the company is, in every column of days", async (_, moment) => {
    const files = Object.entries(tables).map(([table, [titles, cells, days]]) => [
      `${table}.csv`,
      `${[titles, ...days].join(",")}\n${[cells, ...days.map(() => moment)].join(",")}\n`,
    ]);
    const { dir, columns } = await initOf(Object.fromEntries(files), "--lang", "en");
    await stageDir(
      dir,
      async ({ rows, quarantine }) => {
        expect(await quarantine()).toEqual([]);
        for (const [table, [, , days]] of Object.entries(tables)) {
          for (const day of days) {
            expect([table, day, columns(table)?.[day]]).toEqual([
              table,
              day,
              expect.stringContaining("to_timestamp"),
            ]);
            expect(await rows(`select ${day}::varchar as day from staging.${table}`)).toEqual([
              { day: "2026-02-01" },
            ]);
          }
        }
      },
      "Europe/Berlin",
    );
  });

  it("takes midnights in UTC for the days that were written, west of it, too", () => {
    const of = (moment: number) =>
      dayOfEpoch(
        "d",
        "milliseconds",
        { words: [[String(moment), 1]] } as unknown as Profile,
        "America/New_York",
      );
    expect(of(midnight).zone).toBe("UTC");
    expect(of(evening).zone).toBe("America/New_York");
  });

  it("takes what stands for nothing for nothing, and refuses what is no number", async () => {
    const rows = Array.from(
      { length: 300 },
      (_, row) => `V${row},K1,${evening / 1000 + row},${evening + row}`,
    );
    const { dir } = await initOf(
      {
        "contracts.csv": `Contract No,Customer No,starts_on,ends_on\n${rows.join("\n")}\nX1,K1,${evening / 1000},n/a\nX2,K1,${evening / 1000},-\nX3,K1,zoon,\n`,
        "tickets.csv": `Ticket ID,Created,Resolved\nT1,${evening / 1000},${evening + 1}\nT2,${evening / 1000},n/a\n`,
      },
      "--lang",
      "en",
    );
    await stageDir(dir, async ({ rows, quarantine }) => {
      expect((await quarantine()).map(({ rules }) => rules)).toEqual([[["starts_on", "date"]]]);
      expect(
        await rows("select count(*)::int as all, count(ends_on)::int as ended from staging.contracts"),
      ).toEqual([{ all: 302, ended: 300 }]);
      expect(
        await rows(
          "select epoch_ms(created_at)::varchar as made, epoch_ms(resolved_at)::varchar as done from staging.tickets order by ticket_id",
        ),
      ).toEqual([
        { made: String(evening), done: String(evening + 1) },
        { made: String(evening), done: null },
      ]);
    });
  });
});
