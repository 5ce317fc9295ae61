import { describe, expect, it } from "vitest";
import { unitOf } from "../../src/init/units.js";
import { stageDir } from "../load/stageFolder.js";
import { initOf } from "./initFolder.js";

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

it.each([
  ["Annual value", "", "1,200.00", 100],
  ["年费（元）", "", "6000", 500],
  ["年维保费(万元)", "", "1.2", 1000],
  ["ARR", "Year", "36000", 3000],
])("of what %s says of a year the twelfth is a month's", async (title, beside, written, month) => {
  const head = ["contract_id", "customer_id", "start date", "end date", title, ...(beside ? [beside] : [])];
  const rows = Array.from({ length: 30 }, (_, at) =>
    [`V${at}`, `C${at}`, "2025-01-01", "2026-01-01", `"${written}"`, ...(beside ? ["2025"] : [])].join(),
  );
  const { dir, columns, yaml } = await initOf({
    "contracts.csv": `${[head.join(), ...rows].join("\n")}\n`,
    "customers.csv": `customer_id,name\n${rows.map((_, at) => `C${at},N${at}`).join("\n")}\n`,
  });
  expect(columns("contracts")?.monthly_value, yaml).toContain("/ 12");
  await stageDir(dir, async ({ rows: read }) =>
    expect(await read("select distinct monthly_value::double as value from staging.contracts")).toEqual([
      { value: month },
    ]),
  );
});

it("a month's amount goes before a year's", async () => {
  const { columns } = await initOf({
    "contracts.csv": `contract_id,customer_id,start date,Monthly fee,Annual value\n${Array.from({ length: 30 }, (_, at) => `V${at},C${at},2025-01-01,100,1200`).join("\n")}\n`,
  });
  expect(columns("contracts")?.monthly_value).toBe("Monthly fee");
});
