import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { figureOfSheet, type SheetAsked } from "../../src/answers/reconcile/figureSheet.js";
import { namesPeriod } from "../../src/answers/reconcile/periodNames.js";
import { numberOf } from "../../src/answers/reconcile/theirNumber.js";
import { literal } from "../../src/engine/sql.js";
import { namedPeriod, type Period } from "../../src/kpi/periods.js";

const period = (name: string) => namedPeriod(name) as Period;

const kpis = {
  complaints: {
    id: "complaint_rate",
    label: { zh: "客户投诉率", en: "Complaint rate" },
    unit: "percent",
    range: [0, null],
  },
  onTime: { id: "on_time", label: { zh: "响应及时率", en: "On time" }, unit: "percent", range: [0, 1] },
  response: {
    id: "first_response_time",
    label: { zh: "服务响应时间", en: "First-response time" },
    unit: "minutes",
    range: [0, null],
  },
  revenue: { id: "revenue", label: { zh: "销售额", en: "Revenue" }, unit: "money", range: [null, null] },
  csat: { id: "csat", label: { zh: "满意度得分", en: "Satisfaction" }, unit: "score", range: [0, 100] },
} as const;

interface Asked {
  of?: string;
  column?: string;
  row?: string;
  commas?: boolean;
}

/** The figure of a sheet, its first row the headings: value, and where it was found; null where none was. */
async function found(
  sheet: readonly (readonly string[])[],
  kpi: keyof typeof kpis,
  { of = "2026-03", column, row, commas = false }: Asked = {},
) {
  const [header = [], ...rows] = sheet;
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  try {
    const lines = rows.map(
      (cells, at) => `(${at + 1}, ${cells.map((cell) => (cell === "" ? "null" : literal(cell))).join(", ")})`,
    );
    const names = header.map((_, at) => `c${at}`);
    await db.run(
      `create temp table their_cells as select * from (values ${lines.join(", ")}) as t (row_no, ${names.join(", ")})`,
    );
    const valueAt = column === undefined ? -1 : header.indexOf(column);
    const asked = {
      file: "f.csv",
      header,
      kpi: kpis[kpi],
      period: period(of),
      valueAt,
      row,
      doubtsCommas: commas,
    };
    const figure = await figureOfSheet(db, asked as unknown as SheetAsked);
    return figure ? [figure.figure.value, figure.row, figure.column, figure.isYearAssumed] : null;
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

describe("periods across", () => {
  const wide = [
    ["指标", "单位", "1月", "2月", "3月", "4月目标"],
    ["客户投诉率", "%", "5.91", "0.19", "0.55", "3.6"],
    ["响应及时率", "", "0.91", "0.88", "0.9", "1"],
    ["服务响应时间（小时）", "", "1.2", "1", "1.62", "2"],
    ["1. 销售额", "万元", "490.77", "407.65", "775.27", "739.93"],
    ["满意度得分", "分", "79", "79", "80", "77"],
    ["制表：李", "", "", "", "", ""],
  ];

  it("a row of the KPI, in the unit that the sheet says", async () => {
    // 0.55 % beside 5.91: all of the row are in per cent.
    expect(await found(wide, "complaints")).toEqual([expect.closeTo(0.0055, 12), "客户投诉率", "3月", true]);
    expect(await found(wide, "onTime")).toEqual([0.9, "响应及时率", "3月", true]);
    expect(await found(wide, "response")).toEqual([
      expect.closeTo(97.2, 9),
      "服务响应时间（小时）",
      "3月",
      true,
    ]);
    expect(await found(wide, "revenue")).toEqual([7752700, "1. 销售额", "3月", true]);
    expect(await found(wide, "csat")).toEqual([80, "满意度得分", "3月", true]);
    expect(await found(wide, "csat", { of: "2026-Q1" })).toBeNull();
  });

  it("with the year in the heading, which goes before one without", async () => {
    const years = [
      ["KPI", "Mar", "2025-03", "2026年3月", "Q1 2026", "FY2026"],
      ["Revenue", "1", "2", "3", "4", "5"],
    ];
    expect(await found(years, "revenue")).toEqual([3, "Revenue", "2026年3月", false]);
    expect(await found(years, "revenue", { of: "2025-03" })).toEqual([2, "Revenue", "2025-03", false]);
    expect(await found(years, "revenue", { of: "2026-Q1" })).toEqual([4, "Revenue", "Q1 2026", false]);
    expect(await found(years, "revenue", { of: "2026" })).toEqual([5, "Revenue", "FY2026", false]);
  });

  it("where the row is called otherwise it is asked for", async () => {
    const other = [
      ["Kennzahl", "2026-03"],
      ["Umsatz (TEUR)", "7.752,7"],
      ["Quote", "5,5 %"],
    ];
    expect(await found(other, "revenue")).toBeNull();
    expect(await found(other, "revenue", { row: "umsatz (TEUR)", commas: true })).toEqual([
      7752700,
      "Umsatz (TEUR)",
      "2026-03",
      false,
    ]);
    expect(await found(other, "complaints", { row: "Quote", commas: true })).toEqual([
      0.055,
      "Quote",
      "2026-03",
      false,
    ]);
  });

  it("is refused where several may be meant, and a share where it may be two", async () => {
    const twice = [
      ["区域", "指标", "3月"],
      ["东", "销售额", "1"],
      ["西", "销售额", "2"],
    ];
    await expect(found(twice, "revenue")).rejects.toThrow(
      /several figures of f\.csv may be meant.*销售额 \/ 3月/,
    );
    expect(await found(twice, "revenue", { row: "西" })).toEqual([2, "销售额", "3月", true]);
    const small = [
      ["指标", "单位", "2月", "3月"],
      ["客户投诉率", "%", "0.0219", "0.0551"],
    ];
    await expect(found(small, "complaints")).rejects.toThrow(/not to be told whether.*0\.0551/);
  });
});

describe("a row a period", () => {
  it("in the column of the KPI, whatever else stands there", async () => {
    const long = [
      ["月份", "投诉客户数", "客户数", "投诉率(%)", "响应及时率"],
      ["2026年1月", "22", "372", "5.91", "91"],
      ["2026年3月", "20", "363", "0.51", "88"],
      ["合计", "50", "1100", "4.55", "90"],
    ];
    expect(await found(long, "complaints")).toBeNull();
    expect(await found(long, "complaints", { column: "投诉率(%)" })).toEqual([
      0.0051,
      "2026年3月",
      "投诉率(%)",
      false,
    ]);
    // 88 cannot be a fraction of one.
    expect(await found(long, "onTime")).toEqual([0.88, "2026年3月", "响应及时率", false]);
  });

  it("and its KPI, beside its value", async () => {
    const both = [
      ["kpi", "period", "target", "value"],
      ["revenue", "2026-03", "9", "7"],
      ["csat", "2026-03", "90", "80"],
      ["csat", "2026-02", "90", "79"],
    ];
    expect(await found(both, "csat")).toEqual([80, "2026-03", "value", false]);
  });
});

it("one row alone is of the KPI and period that are asked for", async () => {
  expect(
    await found(
      [
        ["any", "name"],
        ["7", "x"],
      ],
      "revenue",
    ),
  ).toEqual([7, null, "any", false]);
  expect(
    await found(
      [
        ["n", "value"],
        ["363", "5.51%"],
      ],
      "complaints",
    ),
  ).toEqual([expect.closeTo(0.0551, 12), null, "value", false]);
  await expect(
    found(
      [
        ["a", "b"],
        ["7", "8"],
      ],
      "revenue",
    ),
  ).rejects.toThrow(/several figures/);
});

it.each([
  [
    "2026-03",
    "2026/3 2026.03 202603 2026年03月 26年3月 03/2026 Mar-26 März_2026 2026-03-01 2026-03-31 ２０２６年３月实际",
    "3月 三月 march 3月份",
  ],
  ["2026-Q1", "2026Q1 2026年第一季度 Q1/2026 2026年1季度", "一季度 q1"],
  ["2026-H2", "2026年下半年 H2-2026", "下半年"],
  ["2026", "2026年 2026年度 FY2026", "全年"],
])("%s is known by its names, with the year and without", (name, whole, parts) => {
  expect(whole.split(" ").filter((text) => namesPeriod(text, period(name)) !== 2)).toEqual([]);
  expect(parts.split(" ").filter((text) => namesPeriod(text, period(name)) !== 1)).toEqual([]);
  for (const other of ["2025年3月", "3月目标", "13月", "2026-04-01", "客户数", ""])
    expect(namesPeriod(other, period(name))).toBe(0);
});

it("a figure may be written in 万 or 亿", async () => {
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  expect(await numberOf(db, "775.27万")).toEqual({ value: 7752700, decimals: -2 });
  expect(await numberOf(db, "1.2 亿元")).toEqual({ value: 1.2e8, decimals: -7 });
  await expect(numberOf(db, "万")).rejects.toThrow();
  db.closeSync();
  instance.closeSync();
});
