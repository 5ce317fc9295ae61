import { describe } from "vitest";
import type { TableName } from "../../src/contract/index.js";
import { each, empties, type Reading, readings, refused } from "./readings.js";

/** What exports write for nothing. */
const nothing: Reading[] = each(
  [
    "NULL",
    "null",
    "Null",
    "#N/A",
    "N/A",
    "n/a",
    "nan",
    "NaN",
    "\\N",
    "-",
    "无",
    "(null)",
    "(NULL)",
    " NULL ",
  ],
  null,
);

describe("cells are read as the contract says", () => {
  readings(
    "ids: white space and full-width digits and blanks folded",
    ["tickets", "asset_id"],
    [
      ...empties,
      ["A-1", "A-1"],
      ["  A-1\t", "A-1"],
      ["　A-1　", "A-1"],
      ["Ａ０１２３４５６７８９", "Ａ0123456789"],
      ["机　１ 号", "机 1 号"],
      ["007", "007"],
      ["1e3", "1e3"],
      ["1E+5", "1E+5"],
      ...each(["4.2E+15", "4,2e+15", " 4.2E+15"], refused),
      ["A\u200b-1\ufeff", "A-1"],
      ["机\u200b1", "机1"],
      ["e\u0301-1", "é-1"],
      ...nothing,
    ],
  );

  readings(
    "text: only trimmed, its own characters kept",
    ["tickets", "root_cause"],
    [
      ...empties,
      [" 第１条，Ｂ　级 ", "第１条，Ｂ　级"],
      ["　x  y　", "x  y"],
      ["a\nb", "a\nb"],
      ['"', '"'],
      ["Sa\u0303o Paulo", "São Paulo"],
      ["故\u200b障", "故障"],
      ["nanometre", "nanometre"],
      ["无法启动", "无法启动"],
      ...nothing,
      ["it's", "it's"],
    ],
  );

  const whole: readonly [TableName, string] = ["customers", "employees"];
  readings("integers: digits with an optional sign", whole, [
    ...empties,
    ["0", "0"],
    ["42", "42"],
    ["+42", "42"],
    ["-42", "-42"],
    ["-0", "0"],
    ["0042", "42"],
    [" 42　", "42"],
    ["４２", "42"],
    ["-４2", "-42"],
    ["2147483647", "2147483647"],
    ["-2147483648", "-2147483648"],
  ]);
  readings("integers: nothing that a cast alone would take", whole, [
    ...each(["1.5", "1.0", "1.", ".5", "1e3", "1E3", "0x1F", "0b11", "0o7", "1_000", "1,000"], refused),
    ...each(["infinity", "-inf", "true", "是", "+", "+-1", "- 1", "4 2", "1;"], refused),
    ...nothing,
    ...each(["5%", "¥5", "２.５", "一", "2147483648", "-2147483649", "99999999999999999999"], refused),
  ]);

  const money: readonly [TableName, string] = ["orders", "cost"];
  readings(
    "decimals: groups of thousands, one point, a currency sign in front, the minus on either side",
    money,
    [
      ...empties,
      ["0", "0.0000"],
      ["7", "7.0000"],
      ["-7.25", "-7.2500"],
      ["+7.25", "7.2500"],
      ["0.0001", "0.0001"],
      ["1,234", "1234.0000"],
      ["1,234,567.8901", "1234567.8901"],
      ["-12,345.6", "-12345.6000"],
      ["1234567.5", "1234567.5000"],
      ...each(["¥12", "￥12", "$12", "€12", "£12", " ¥12 ", "　￥１２　"], "12.0000"),
      ...each(["-¥12", "¥-12", "-￥12", "￥-12", "-$12", "$-12", "-€12", "€-12"], "-12.0000"),
      ["¥1,234.50", "1234.5000"],
      ["-$1,234.50", "-1234.5000"],
      ["€-1,234.50", "-1234.5000"],
      ["１,２３４.５", "1234.5000"],
      ["99999999999999.9999", "99999999999999.9999"],
      ["-99999999999999.9999", "-99999999999999.9999"],
      // The fifth digit is rounded, half away from zero.
      ["1.00005", "1.0001"],
      ["1.00004", "1.0000"],
      ["-1.00005", "-1.0001"],
    ],
  );
  readings("decimals: everything else is refused", money, [
    ...each(["1e3", "1.5E2", "0x1F", "infinity", "-Infinity", "inf", "1_000"], refused),
    ...nothing,
    ...each(["0,125", "012,345", "000,001", "-0,250", "¥0,125"], refused),
    ...each(["1,23", "12,34", "1,2345", ",123", "1,,234", "1,234,", "1234,567", "0.123,456"], refused),
    ...each(["1.2.3", "1.234,56", "..5", ".", "+", "¥", "-¥", "--5", "-¥-5", "5-", "5¥", "5元"], refused),
    ...each(["¥¥5", "¥$5", "5%", "¥5%", "(5)", "1 234", "five", "true", "100000000000000"], refused),
  ]);

  readings(
    "percentages, where a column is a share",
    ["initiatives", "expected_change"],
    [
      ["5%", "0.0500"],
      ["0.05", "0.0500"],
      ["-2%", "-0.0200"],
      ["-0.02", "-0.0200"],
      ["12.5%", "0.1250"],
      ["100%", "1.0000"],
      ["0.01%", "0.0001"],
      ["５%", "0.0500"],
      [" 5% ", "0.0500"],
      ...each(["%", "5%%", "%5", "¥5%", "1e1%", "5‰"], refused),
    ],
  );
  readings(
    "percentages: a target of the KPI team",
    ["targets", "target"],
    [
      ["95%", "0.9500"],
      ["0.95", "0.9500"],
      ["85", "85.0000"],
    ],
  );
  readings(
    "percentages: not for a score from 0 to 100",
    ["tickets", "repair_quality"],
    [
      ["95", "95.0000"],
      ["0", "0.0000"],
      ["100", "100.0000"],
      ["95%", refused],
      ["100.0001", refused],
      ["-0.0001", refused],
    ],
  );

  readings(
    "truth values: six pairs of words, in any case",
    ["tickets", "qa_correct"],
    [
      ...empties,
      ...each(["true", "TRUE", "tRuE", "1", "１", "yes", "Yes", "YES", "y", "Y", "是", " 是　"], "true"),
      ...each(["false", "FALSE", "False", "0", "０", "no", "NO", "n", "N", "否", "　否 "], "false"),
      ...each(["t", "f", "T", "on", "off", "2", "-1", "01", "1.0", "对", "不是", "truee", "yes no"], refused),
    ],
  );

  readings(
    "enums: a code or its Chinese label",
    ["tickets", "severity"],
    [
      ...empties,
      ["general", "general"],
      ["一般", "general"],
      ["serious", "serious"],
      ["严重", "serious"],
      ["very_serious", "very_serious"],
      ["非常严重", "very_serious"],
      [" 严重　", "serious"],
      ...each(["Very Serious", "VERY-SERIOUS", "verySerious", "非常 严重", "Ｖery_serious"], "very_serious"),
      ...nothing,
      ...each(["严", "normal", "1", "general,serious"], refused),
    ],
  );
  readings(
    "open words: the label depends on the column, other words stay",
    ["tickets", "complaint_class"],
    [
      ["交货", "delivery"],
      ["交付", "交付"],
    ],
  );
  readings(
    "open words: the label depends on the table, other words stay",
    ["customer_status", "reason_category"],
    [
      ["交付", "delivery"],
      ["交货", "交货"],
    ],
  );

  readings(
    "dates: two notations, days that exist",
    ["orders", "promised_on"],
    [
      ...empties,
      ["2026-03-01", "2026-03-01"],
      ["2026/03/01", "2026-03-01"],
      ["2026/3/1", "2026-03-01"],
      ["2026/12/9", "2026-12-09"],
      ["2024-02-29", "2024-02-29"],
      ["2024/2/29", "2024-02-29"],
      ["2000-02-29", "2000-02-29"],
      [" ２０２６-０３-０１　", "2026-03-01"],
      ["２０２６/３/１", "2026-03-01"],
      ...each(["2026-02-29", "2026/2/29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10"], refused),
      ...each(["2026-01-00", "2026/0/1", "2026-01-32", "2026-3-1", "26-03-01", "2026-03", "2026"], refused),
      ...each(["2026-03-01 00:00", "2026-03-01T00:00:00", "2026-03/01", "2026.03.01", "03/01/2026"], refused),
      ...each(["01-03-2026", "20260301", "46082", "2026年3月1日", "today", "infinity", "-infinity"], refused),
      ...each(["epoch", "2026-03-01 (BC)", "12026-03-01", "2026-03-01Z"], refused),
    ],
  );
});
