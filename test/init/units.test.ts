import { describe, expect, it } from "vitest";
import { unitOf } from "../../src/init/units.js";

describe("units of headings", () => {
  it.each([
    ["Revenue (cents)", 0.01],
    ["amount_cents", 0.01],
    ["Betrag in Cent", 0.01],
    ["金额(分)", 0.01],
    ["金额（单位：分）", 0.01],
    ["金额（角）", 0.1],
    ["金额(千元)", 1e3],
    ["Umsatz in TEUR", 1e3],
    ["Umsatz (T€)", 1e3],
    ["Revenue kEUR", 1e3],
    ["Revenue ('000)", 1e3],
    ["Revenue (in thousands)", 1e3],
    ["Umsatz Tsd.", 1e3],
    ["金额（万）", 1e4],
    ["金额万元", 1e4],
    ["销售额_万元", 1e4],
    ["数量(万件)", 1e4],
    ["收入(百万元)", 1e6],
    ["Umsatz (Mio. EUR)", 1e6],
    ["营收（亿元）", 1e8],
    ["Revenue (k)", undefined],
    ["Revenue (m)", undefined],
    ["Umsatz Mrd", undefined],
    ["Revenue (%)", undefined],
    ["金额占比", undefined],
    ["Amount (incl. VAT)", undefined],
  ])("%s is in units of %s", (title, times) => {
    const unit = unitOf(title, true);
    expect(unit).toBeDefined();
    expect(unit?.times).toBe(times);
  });

  it.each([
    "Revenue",
    "Revenue (EUR)",
    "Umsatz (€)",
    "Betrag (netto)",
    "Amount (excl. VAT)",
    "金额（元）",
    "金额（单位：元）",
    "金额(人民币)",
    "销售额（不含税）",
    "Kontakte",
    "Market revenue",
    "Percy's amount",
    "Center amount",
  ])("%s is counted as it stands", (title) => expect(unitOf(title, true)).toBeUndefined());

  it.each(["数量（台）", "Quantity (pcs)"])("%s is a number of things", (title) =>
    expect(unitOf(title, false)).toBeUndefined(),
  );
});
