import { describe, expect, it } from "vitest";
import type { QuarantineReason } from "../../src/load/reasons.js";
import { refusalHint } from "../../src/load/refusalHint.js";
import { type Language, worded } from "../../src/words/wording.js";

const reason = (more: Partial<QuarantineReason>): QuarantineReason => ({
  table: "tickets",
  column: "created_at",
  rule: "timestamp",
  expected: "",
  count: 1,
  sample: null,
  place: null,
  values: [],
  distinct: 1,
  ...more,
});
const said = (of: QuarantineReason, language: Language = "en") => {
  const hint = refusalHint(of);
  return hint && worded(hint, language);
};
const dates = (...texts: string[]) => said(reason({ values: texts.map((value) => ({ value, count: 1 })) }));

describe("what would let refused rows in", () => {
  it.each([
    ["2026/3/5 9:05", '"%Y/%m/%d %H:%M"'],
    ["2026/03/15 19:05:00", '"%Y/%m/%d %H:%M:%S"'],
    ["2021年3月1日", '"%Y年%m月%d日"'],
    ["5.3.2026", '"%d.%m.%Y"'],
  ])("a day written %s", (text, format) =>
    expect(dates(text)).toContain(
      `beside columns: of tickets, how they are written: date_formats: [${format}]`,
    ),
  );

  it("asks which of day and month comes first, and says nothing of what is no date", () => {
    expect(dates("05/03/2026")).toMatch(/\(or %m before %d, as your system writes them\)$/);
    expect(dates("2026年3月5日", "soon")).not.toContain("%m before %d");
    expect(dates("soon")).toBeUndefined();
  });

  it("several lines of an order under one number", () => {
    expect(said(reason({ table: "orders", column: null, rule: "superseded" }))).toContain(
      "line_no: row_number() over (partition by",
    );
    expect(refusalHint(reason({ table: "products", column: null, rule: "superseded" }))).toBeUndefined();
  });

  it("names the codes with their labels in Chinese", () =>
    expect(
      said(reason({ column: "severity", rule: "enum", values: [{ value: "特急", count: 2 }] }), "zh-CN"),
    ).toContain("（general 一般、serious 严重、very_serious 非常严重）"));
});
