import { describe, expect, it } from "vitest";
import { csv, stageFolder } from "./stageFolder.js";

const refused = Symbol("refused");

/** Loads cells of one column, one a row, and tells what each became. */
async function read(column: string, cells: readonly string[], day?: string): Promise<unknown[]> {
  const others: Record<string, string> = {
    type: "request",
    channel: "phone",
    created_at: "2019-12-31 12:00:00",
  };
  const table = ["expected_change", "value_per_unit"].includes(column) ? "initiatives" : "tickets";
  const fixed =
    table === "tickets"
      ? others
      : { name: "n", started_on: "2026-01-01", kpi_id: "k", baseline_days: "1", follow_up_days: "1" };
  const names = Object.keys(fixed).filter((name) => name !== column);
  const key = table === "tickets" ? "ticket_id" : "initiative_id";
  const header = [key, ...names, column];
  const rows = cells.map((cell, index) => [
    String(index),
    ...names.map((name) => String(fixed[name as keyof typeof fixed])),
    cell,
  ]);
  const text = csv(header, rows);
  return stageFolder({ [`${table}.csv`]: text }, async ({ rows: query }) => {
    const loaded = await query(
      `select ${key} as k, cast(${day ?? column} as VARCHAR) as v from staging.${table}`,
    );
    const found = new Map(loaded.map(({ k, v }) => [Number(k), v]));
    return cells.map((_, index) => (found.has(index) ? found.get(index) : refused));
  });
}

async function expectRead(column: string, pairs: readonly (readonly [string, unknown])[], day?: string) {
  const found = await read(
    column,
    pairs.map(([cell]) => cell),
    day,
  );
  expect(Object.fromEntries(pairs.map(([cell], index) => [cell, found[index]]))).toEqual(
    Object.fromEntries(pairs),
  );
}

describe("the contract's notations", () => {
  it("whole numbers", () =>
    expectRead("handling_count", [
      ["7", "7"],
      ["+7", "7"],
      ["007", "7"],
      [" 12 ", "12"],
      ["\t12", "12"],
      ["１２", "12"],
      ["　１　", "1"],
      ["", null],
      ["　", null],
      ["-1", refused],
      ["1.5", refused],
      ["1.0", refused],
      ["1e3", refused],
      ["0x1F", refused],
      ["1_000", refused],
      ["1,000", refused],
      ["infinity", refused],
      ["2147483647", "2147483647"],
      ["2147483648", refused],
      ["one", refused],
      ["1 2", refused],
      ["--1", refused],
      ["true", refused],
    ]));

  it("decimals", () =>
    expectRead("value_per_unit", [
      ["1234.5", "1234.5000"],
      ["1,234,567.50", "1234567.5000"],
      ["-1,234.50", "-1234.5000"],
      ["+3", "3.0000"],
      [".5", "0.5000"],
      ["¥1,234.50", "1234.5000"],
      ["￥12", "12.0000"],
      ["$5", "5.0000"],
      ["€0.10", "0.1000"],
      ["-¥5", "-5.0000"],
      ["¥-5", "-5.0000"],
      [" １２３.４ ", "123.4000"],
      ["3.33333", "3.3333"],
      ["1.23455", "1.2346"],
      ["-1.23455", "-1.2346"],
      ["", null],
      ["1,23", refused],
      ["12,34,567", refused],
      ["1.2.3", refused],
      ["1e3", refused],
      ["-¥-5", refused],
      ["5¥", refused],
      ["¥¥5", refused],
      ["5%", refused],
      ["(5)", refused],
      ["infinity", refused],
      ["NaN", null],
      ["0x10", refused],
      ["1_000", refused],
      ["99999999999999.9999", "99999999999999.9999"],
      ["100000000000000", refused],
      [".", refused],
      ["-", null],
    ]));

  it("percentages where a column is a share", () =>
    expectRead("expected_change", [
      ["5%", "0.0500"],
      ["-2.5%", "-0.0250"],
      ["５%", "0.0500"],
      ["0.05", "0.0500"],
      ["5 %", refused],
      ["¥5%", refused],
      ["%", refused],
    ]));

  it("truth values", () =>
    expectRead("qa_correct", [
      ...["true", "TRUE", "True", "1", "yes", "Y", "y", "是", "１", " Yes "].map(
        (cell) => [cell, "true"] as const,
      ),
      ...["false", "FALSE", "0", "no", "N", "否", "No "].map((cell) => [cell, "false"] as const),
      ["", null],
      ["t", refused],
      ["on", refused],
      ["2", refused],
      ["对", refused],
    ]));

  it("open words by code, label or spelling, others as they are", () =>
    expectRead("channel", [
      ["phone", "phone"],
      ["电话", "phone"],
      [" 微信　", "wechat"],
      ["wechat", "wechat"],
      ["Phone", "phone"],
      ["Telephone", "phone"],
      ["Web form", "Web form"],
      ["", null],
    ]));

  it("ids are folded, other text only trimmed", async () => {
    await expectRead("asset_id", [
      ["A-１２３", "A-123"],
      ["　Ａ　１ ", "Ａ 1"],
      ["设备７", "设备7"],
      ["x y", "x y"],
      ["\u00a0", null],
    ]);
    await expectRead("root_cause", [
      ["　第１条　", "第１条"],
      [" two words ", "two words"],
      ["NULL", null],
      ["a\nb", "a\nb"],
      ['say "hi"', 'say "hi"'],
    ]);
  });

  it("times with and without offset", () =>
    expectRead("resolved_at", [
      ["2026-03-01 08:30:00", "2026-03-01 00:30:00+00"],
      ["2026-03-01T08:30:00", "2026-03-01 00:30:00+00"],
      ["2026-03-01 08:30", "2026-03-01 00:30:00+00"],
      ["2026-03-01T08:30:00.123456", "2026-03-01 00:30:00.123456+00"],
      ["2026-03-01", "2026-02-28 16:00:00+00"],
      ["2026-03-01T08:30:00Z", "2026-03-01 08:30:00+00"],
      ["2026-03-01T08:30Z", "2026-03-01 08:30:00+00"],
      ["2026-03-01T08:30:00.5Z", "2026-03-01 08:30:00.5+00"],
      ["2026-03-01 08:30:00+08:00", "2026-03-01 00:30:00+00"],
      ["2026-03-01 08:30:00+0800", "2026-03-01 00:30:00+00"],
      ["2026-03-01T08:30-05", "2026-03-01 13:30:00+00"],
      ["2026-03-01T08:30:00-05:30", "2026-03-01 14:00:00+00"],
      [" ２０２６-０３-０１ 08:30:00 ", "2026-03-01 00:30:00+00"],
      ["", null],
      ["2026-02-30 08:30:00", refused],
      ["2026-03-01 25:00:00", refused],
      ["2026-03-01 08:60:00", refused],
      ["2026-03-01 08:30:61", refused],
      ["2026-03-01 8:30:00", refused],
      ["2026/03/01 08:30:00", refused],
      ["01.03.2026 08:30", refused],
      ["2026-03-01 08:30:0Z", refused],
      ["2026-03-01 08:30:00 PM", refused],
      ["2026-03-01x08:30:00", refused],
      ["20260301T083000", refused],
      ["infinity", refused],
      ["epoch", refused],
      ["now", refused],
      ["1772325000", refused],
      ["2026-03-01 08:30:00+8", refused],
      ["2026-03-01 08:30:00+25:00", refused],
    ]));

  it("the local calendar day of a time", () =>
    expectRead(
      "resolved_at",
      [
        ["2026-03-01 00:30:00", "2026-03-01"],
        ["2026-03-01T17:00:00Z", "2026-03-02"],
        ["2026-03-01T15:59:59Z", "2026-03-01"],
        ["1988-06-01 12:00:00", refused],
      ],
      "resolved_on",
    ));

  it("summer time of the zone before 1991", () =>
    stageFolder(
      {
        "tickets.csv": csv(
          ["ticket_id", "type", "channel", "created_at"],
          [
            ["1", "request", "phone", "1988-06-01 12:00:00"],
            ["2", "request", "phone", "1992-06-01 12:00:00"],
          ],
        ),
      },
      async ({ rows }) =>
        expect(
          await rows("select cast(created_at as VARCHAR) as at from staging.tickets order by ticket_id"),
        ).toEqual([{ at: "1988-06-01 03:00:00+00" }, { at: "1992-06-01 04:00:00+00" }]),
    ));
});

describe("dates", () => {
  const pairs: [string, unknown][] = [
    ["2026-01-05", "2026-01-05"],
    ["2026/1/5", "2026-01-05"],
    ["2026/01/05", "2026-01-05"],
    ["２０２６/１/５", "2026-01-05"],
    [" 2026-01-05 ", "2026-01-05"],
    ["2024-02-29", "2024-02-29"],
    ["2026-02-29", refused],
    ["2026-1-5", refused],
    ["2026-13-01", refused],
    ["2026-01-05 00:00:00", refused],
    ["05.01.2026", refused],
    ["01/05/2026", refused],
    ["20260105", refused],
    ["2026-01", refused],
    ["0000-01-01", refused],
    ["infinity", refused],
    ["46027", refused],
    ["2026年1月5日", refused],
    ["-026-01-05", refused],
  ];

  it("are calendar days in one of two notations", () =>
    stageFolder(
      {
        "trainings.csv": csv(
          ["training_id", "employee_id", "course", "due_on"],
          pairs.map(([cell], index) => [String(index), "E1", "c", cell]),
        ),
      },
      async ({ rows }) => {
        const loaded = await rows(
          "select training_id, cast(due_on as VARCHAR) as day from staging.trainings",
        );
        const found = new Map(loaded.map(({ training_id: id, day }) => [Number(id), day]));
        expect(pairs.map(([cell], index) => [cell, found.get(index) ?? refused])).toEqual(pairs);
      },
    ));
});
