import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandLine } from "../commandLine.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("currencies");
const warehouse = join(folder, "shop.duckdb");
const data = join(folder, "data");
mkdirSync(join(data, "catalog"), { recursive: true });

const home = join(folder, "home");
smallCatalogue(["revenue", "gross_margin"], join(home, "data", "catalog"));
const run = commandLine({ warehouse, cwd: home });

interface Shop {
  orders: string;
  rates?: string;
  settings?: string;
}

function build({ orders, rates = "", settings = "" }: Shop) {
  writeFileSync(join(data, "customers.csv"), "customer_id,name,acquired_on\nC1,A,2025-01-01\n");
  writeFileSync(join(data, "orders.csv"), orders);
  const ratesFile = join(data, "catalog", "exchange_rates.csv");
  if (rates) writeFileSync(ratesFile, rates);
  else rmSync(ratesFile, { force: true });
  writeFileSync(join(data, "catalog", "settings.yaml"), settings);
  return run("build", "--data", data, "--lang", "en");
}

async function revenues(): Promise<Record<string, number>> {
  const { out } = await run("kpi", "revenue", "--from", "2026-01", "--format", "json");
  const rows = JSON.parse(out) as { period_start: string; value: number }[];
  return Object.fromEntries(rows.map(({ period_start, value }) => [period_start.slice(0, 7), value]));
}

const signed = `order_id,line_no,customer_id,ordered_at,revenue
O1,1,C1,2026-01-05,"¥1,000.00"
O2,1,C1,2026-01-06,"$1,000.00"
O3,1,C1,2026-02-07,-$10.50
O4,1,C1,2026-02-08,5
`;
const rates = "month,currency,rate\n2026-01,USD,7.1\n2026-02-01,USD,7\n";

describe("amounts in several currencies", { timeout: 120_000 }, () => {
  it("are converted by the rate of the row's own month; without a sign they are the settings'", async () => {
    const { code, err } = await build({ orders: signed, rates });
    expect(code, err).toBe(0);
    // January 1000 + 1000 × 7.1, February −10.5 × 7 + 5.
    expect(await revenues()).toEqual({ "2026-01": 8100, "2026-02": -68.5 });
  });

  it("are named by their rows where the mapping numbers these, too", async () => {
    const mapping = `shop:
  files: {orders: orders.csv}
  tables:
    orders:
      columns: {order_id: order_id, line_no: row_number() over (partition by "order_id"), customer_id: customer_id, ordered_at: ordered_at, revenue: revenue}
`;
    writeFileSync(join(data, "sources.yaml"), mapping);
    const { code, err } = await build({ orders: signed, rates: "month,currency,rate\n2026-01,USD,7.1\n" });
    rmSync(join(data, "sources.yaml"));
    expect(err).toContain("$ USD 2026-02 (orders.csv:4)");
    expect(code).toBe(2);
  });

  it("end the build with a row of each where a month has no rate", async () => {
    const { code, err } = await build({ orders: signed, rates: "month,currency,rate\n2026-01,USD,7.1\n" });
    expect(code).toBe(2);
    expect(err).toContain("$ USD 2026-02 (orders.csv:4)");
  });

  it("end the build with a row of each sign where there are no rates", async () => {
    const { code, err } = await build({ orders: signed.replace("-$10.50", "€3") });
    expect(code).toBe(2);
    expect(err).toContain(
      "¥ CNY 2026-01 (orders.csv:2), $ USD 2026-01 (orders.csv:3), € EUR 2026-02 (orders.csv:4)",
    );
  });

  it("end the build with all the months that lack a rate, so that it need not be asked month by month", async () => {
    const orders = `${signed}O5,1,C1,2026-04-08,$7\n`;
    const { code, err } = await build({ orders, rates: "month,currency,rate\n2026-01,USD,7.1\n" });
    expect(code).toBe(2);
    expect(err).toContain("$ USD 2026-02 – 2026-04 (orders.csv:4)");
  });

  it("are told by a mapped column before their sign, in words or codes", async () => {
    const orders = `order_id,line_no,customer_id,ordered_at,revenue,currency
O1,1,C1,2026-01-05,$1000,
O2,1,C1,2026-01-06,100,usd
O3,1,C1,2026-01-07,¥100,JPY
O4,1,C1,2026-01-08,1,人民币
`;
    const { code, err } = await build({
      orders,
      rates: "month,currency,rate\n2026-01,USD,7\n2026-01,JPY,0.05\n",
    });
    expect(code, err).toBe(0);
    expect(await revenues()).toEqual({ "2026-01": 1000 + 700 + 5 + 1 });
  });

  it("of one row with the signs of two put it into the quarantine, named with the cell", async () => {
    const plain = Array.from({ length: 40 }, (_, index) => `P${index},1,C1,2026-01-10,10,6`).join("\n");
    const orders = `order_id,line_no,customer_id,ordered_at,revenue,cost
O1,1,C1,2026-01-05,¥1000,$100
O2,1,C1,2026-01-06,$100,-$60
O3,1,C1,2026-01-07,¥50,￥20
O4,1,C1,2026-01-08,$10,6
${plain}
`;
    const { code, err } = await build({ orders, rates: "month,currency,rate\n2026-01,USD,7\n" });
    expect(code, err).toBe(0);
    // O2 (100, −60) × 7, O3 50, 20, O4 (10, 6) × 7, 40 × (10, 6): revenue 1220, cost 20 + 42 − 420 + 240 = −118.
    expect(await revenues()).toEqual({ "2026-01": 1220 });
    const { out } = await run("kpi", "gross_margin", "--from", "2026-01", "--format", "json");
    expect(JSON.parse(out)[0].value).toBeCloseTo((1220 + 118) / 1220, 9);
    const report = JSON.parse((await run("check", "--format", "json")).out);
    expect(report.quarantine).toMatchObject([
      { table: "orders", column: "cost", rule: "mixed_currencies", count: 1, place: "orders.csv:2" },
    ]);
    for (const language of ["en", "zh-CN"])
      expect((await run("check", "--lang", language)).out).toMatch(
        language === "en" ? /two currencies.*\$100/ : /两种货币.*\$100/,
      );
  });

  it("of one other currency need the settings to say so, which then stands in every label", async () => {
    const orders = "order_id,line_no,customer_id,ordered_at,revenue\nO1,1,C1,2026-01-05,$1000\n";
    const refused = await build({ orders });
    expect([refused.code, refused.err.includes("currency: USD")]).toEqual([2, true]);
    expect((await build({ orders, settings: "currency: USD\n" })).code).toBe(0);
    expect((await run("kpi", "revenue", "--lang", "en")).out).toContain("Revenue revenue (USD)");
    expect((await run("kpi", "revenue", "--lang", "zh-CN")).out).toContain("（美元）");
  });

  it.each([
    ["month,code,rate\n", "exchange_rates.csv:1"],
    ["month,currency,rate\n2026-13,USD,7\n", "exchange_rates.csv:2"],
    ["month,currency,rate\n2026-01,USD,0\n", "exchange_rates.csv:2"],
    ["month,currency,rate\n2026-01,USD,7\n2026-01,$,7\n", "exchange_rates.csv:3"],
  ])("refuse rates like %j", async (text, expected) => {
    const { code, err } = await build({ orders: signed, rates: text });
    expect(err).toContain(expected);
    expect(code).toBe(2);
  });
});
