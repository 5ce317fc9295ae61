import { describe, expect, test } from "vitest";

import { formatter } from "../../reports/components/data/format.js";
import { pages as en } from "../../src/words/en.js";
import { pages as zhCN } from "../../src/words/zh-CN.js";

const chinese = formatter("zh-CN", zhCN);
const english = formatter("en", en);

describe("values", () => {
  test.each([
    ["percent", { value: 0.021304, low: 0.0135, high: 0.0339 }, "2.1%", "2.1\u00a0%"],
    ["percent", { value: 0.021304, low: 0.0205, high: 0.0222 }, "2.13%", "2.13\u00a0%"],
    ["percent", { value: 0.19, low: 0.07, high: 0.43 }, "19%", "19\u00a0%"],
    ["score", { value: 83.14, low: 81, high: 85 }, "83.1\u00a0分", "83.1\u00a0points"],
    ["minutes", { value: 112.4, low: 67, high: 157 }, "112\u00a0分钟", "112\u00a0min"],
    ["count", { value: 12345 }, "12,345\u00a0个", "12,345"],
    ["money", { value: 123_456_789 }, "1.23\u00a0亿元", "123\u00a0M\u00a0CNY"],
    ["money", { value: 45_600 }, "4.56\u00a0万元", "45.6\u00a0k\u00a0CNY"],
    ["percent", { value: -0.143 }, "\u221214.3%", "\u221214.3\u00a0%"],
    ["percent", { value: null }, "–", "–"],
  ] as const)("%s %j", (unit, measured, zh, latin) => {
    expect(chinese.value(unit, measured)).toBe(zh);
    expect(english.value(unit, measured)).toBe(latin);
  });
});

test("differences of rates are percentage points, with a true minus", () => {
  expect(chinese.delta("percent", -0.004, { value: 0.021, low: 0.01, high: 0.03 })).toBe(
    "\u22120.4\u00a0个百分点",
  );
  expect(english.delta("percent", 0.004, { value: 0.021, low: 0.01, high: 0.03 })).toBe("+0.4\u00a0pp");
  expect(english.delta("percent", 0.00001)).toBe("±0.0\u00a0pp");
  expect(english.number("percent", { value: -0 })).toBe("0.0");
  expect(english.delta("count", -3)).toBe("\u22123");
  expect(english.change("percent", 0.004, { value: 0.021, low: 0.01, high: 0.03 })).toBe("+0.4");
  expect(chinese.change("money", -35_300)).toBe("\u22123.53\u00a0万");
});

test.each([
  ["month", "2026-03-01", "2026年3月", "Mar 2026"],
  ["month", "2025-09-01", "2025年9月", "Sep 2025"],
  ["quarter", "2026-04-01", "2026年二季度", "Q2 2026"],
  ["half", "2026-07-01", "2026年下半年", "H2 2026"],
  ["year", "2026-01-01", "2026年", "2026"],
] as const)("period %s %s", (grain, start, zh, latin) => {
  expect(chinese.period(grain, start)).toBe(zh);
  expect(english.period(grain, start)).toBe(latin);
});

test("a period is called the same under a chart as in a sentence, but for its year", () => {
  for (const [grain, start] of [
    ["month", "2026-03-01"],
    ["quarter", "2026-07-01"],
    ["half", "2026-07-01"],
  ] as const) {
    expect(chinese.period(grain, start)).toBe(`2026年${chinese.shortPeriod(grain, start)}`);
    expect(english.period(grain, start)).toBe(`${english.shortPeriod(grain, start)} 2026`);
  }
});

test("a column has one scale and the same decimals, its unit in the head", () => {
  const rates = [
    { value: 0.021304, low: 0.0135, high: 0.0339 },
    { value: 0.0213, low: 0.0205, high: 0.0222 },
    { value: 0.19, low: 0.07, high: 0.43 },
    { value: 0.05, low: 0.04, high: 0.06 },
    { value: null },
  ];
  const column = chinese.column("percent", rates);
  expect(column.unit).toBe("%");
  expect(rates.map(({ value }) => column.number(value))).toEqual(["2.1", "2.1", "19.0", "5.0", "–"]);
  expect([column.change(0.004), column.change(-0.02), column.change(0)]).toEqual([
    "+0.4",
    "\u22122.0",
    "±0.0",
  ]);
  const money = [{ value: 7_681_234 }, { value: 45_600 }];
  expect(chinese.column("money", money).unit).toBe("万元");
  expect(money.map(({ value }) => chinese.column("money", money).number(value))).toEqual(["768.1", "4.6"]);
  expect(english.column("money", money).unit).toBe("M\u00a0CNY");
  expect(chinese.value("money", { value: 7_681_234 })).toBe("768\u00a0万元");
  // Below ten of the scale one decimal would be two figures: 0.8 of 8,401 and of 7,612.
  const small = [{ value: 13_312 }, { value: 8_401 }, { value: 7_612 }];
  expect(small.map(({ value }) => chinese.column("money", small).number(value))).toEqual([
    "1.33",
    "0.84",
    "0.76",
  ]);
  expect([6_500_000, 30_000, 650_000].map((value) => english.limit("money", value))).toEqual([
    "6.5\u00a0M\u00a0CNY",
    "30\u00a0k\u00a0CNY",
    "650\u00a0k\u00a0CNY",
  ]);
});

test("a column of very different values has the decimals that tell the small ones' intervals", () => {
  const minutes = [
    { value: 2.3, low: 2.12, high: 2.47 },
    { value: 192, low: 176, high: 208 },
    { value: 229, low: 191, high: 267 },
    { value: 278, low: 201, high: 354 },
  ];
  const column = english.column("minutes", minutes);
  expect(minutes.map(({ value }) => column.number(value))).toEqual(["2.3", "192.0", "229.0", "278.0"]);
  expect([2.12, 2.47].map(column.number)).toEqual(["2.1", "2.5"]);
  // Where every interval is told, what most need is enough.
  const large = [{ value: 7.8, low: 5.9, high: 9.7 }, ...minutes.slice(1)];
  expect(english.column("minutes", large).number(7.8)).toBe("8");
});

test("days", () => {
  expect(chinese.day("2026-01-14")).toBe("1月14日");
  expect(english.day("2026-01-14", true)).toBe("14 Jan 2026");
});

test("both languages say the same things", () => {
  const keys = (value: unknown, path = ""): string[] =>
    value !== null && typeof value === "object"
      ? Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}.${key}`))
      : [path];
  const spoken = (paths: string[]) => paths.filter((path) => !path.startsWith(".code")).sort();
  expect(spoken(keys(en))).toEqual(spoken(keys(zhCN)));
});

test("an axis of money has one scale, that of its largest amount", () => {
  expect(chinese.moneyScale(10_000_000)).toEqual({ size: 10_000, name: "\u00a0万" });
  expect(english.moneyScale(10_000_000)).toEqual({ size: 1_000_000, name: "\u00a0M" });
  expect(english.moneyScale(500)).toEqual({ size: 1, name: "" });
});
