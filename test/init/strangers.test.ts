import { describe, expect, it } from "vitest";
import { initOf } from "./initFolder.js";

/** A CSV file of rows below the headings. */
const table = (headings: string, row: (at: number) => string, rows = 60) =>
  `${headings}\n${Array.from({ length: rows }, (_, at) => row(at)).join("\n")}\n`;

const day = (at: number) => `2026-0${1 + (at % 6)}-1${at % 9}`;
const customers = table("Customer No,Customer name", (at) => `K-${1000 + at},Firm ${at} Ltd`);

describe("init, of folders that nobody has seen", () => {
  it("writes what may be one of two tables as both, of which the user takes the # from one", async () => {
    const { yaml, columns } = await initOf({
      "log.csv": table(
        "Ref,Client,Date,Agent,Channel,Remark",
        (at) => `R-${100 + at},K-${100 + (at % 20)},${day(at)} 10:00:00,Ann,Phone,x${at}`,
      ),
    });
    expect(columns("tickets")).toBeUndefined();
    expect(yaml).toMatch(/log.csv: it may be tickets \(.*\) or contacts \(/);
    expect(yaml).toMatch(/^# +ticket_id: Ref # likely/m);
    expect(yaml).toMatch(/^# +contact_id: Ref # likely/m);
  });

  it.each([
    ["purchases by what they are called", "进货单明细.csv", "单据编号,客户名称,日期,商品编号,数量,金额"],
    [
      "a supplier's orders by a German name",
      "Lieferantenbestellungen.csv",
      "Nr,Kunde,Datum,Artikelnr,Menge,Betrag",
    ],
    ["parts that were used", "备件出库.csv", "出库单号,客户,日期,备件编码,数量,金额"],
    [
      "orders whose rows name a supplier and no customer",
      "orders.csv",
      "Order No,Supplier No,Order date,SKU,Qty,Net amount",
    ],
    ["parts of a ticket, of no customer", "orders.csv", "Order No,Ticket ID,Order date,SKU,Qty,Net amount"],
  ])("takes no sales orders from %s", async (_, name, headings) => {
    const { columns, yaml } = await initOf({
      "customers.csv": customers,
      [name]: table(
        headings,
        (at) => `O-${100 + at},S-${at % 7},${day(at)},P-${at % 9},${1 + (at % 4)},${at + 10}.50`,
      ),
    });
    expect(columns("orders")).toBeUndefined();
    expect(yaml).not.toMatch(/revenue:/);
    expect(yaml).toMatch(/No table is read from these|未从以下/);
  });

  it("takes orders beside a customer's supplier for sales", async () => {
    const { columns } = await initOf({
      "customers.csv": customers,
      "orders.csv": table(
        "Order No,Customer No,Supplier,Order date,Net amount",
        (at) => `O-${100 + at},K-${1000 + at},Acme,${day(at)},${at + 10}.50`,
      ),
    });
    expect(columns("orders")).toMatchObject({ customer_id: "Customer No", revenue: "Net amount" });
  });

  it("takes the names of customers without ids for what others refer to", async () => {
    const firm = (at: number) =>
      `${["Alder", "Birch", "Cedar", "Dale"][at % 4]} ${["Tools", "Foods", "Paper"][at % 3]} ${["North", "South", "East", "West", "Mid"][at % 5]} Ltd`;
    const { columns } = await initOf({
      "customers.csv": table("Company,City,Segment", (at) => `${firm(at)},Leeds,Trade`, 60),
      "orders.csv": table(
        "Order No,Customer,Order date,Net amount",
        (at) => `O-${100 + at},${firm(at)},${day(at)},${at + 10}.50`,
      ),
    });
    expect(columns("customers")).toMatchObject({ customer_id: "Company", name: '"Company"' });
    expect(columns("orders")).toMatchObject({ customer_id: "Customer" });
  });

  it("takes for products what orders name by a heading that the list has, too", async () => {
    const { columns } = await initOf({
      "customers.csv": customers,
      "tariffs.csv": table("zzCode,Title,Category", (at) => `Z-${100 + at},Tariff ${at},Sea`, 12),
      "orders.csv": table(
        "Order No,Customer No,Order date,zzCode,Net amount",
        (at) => `O-${100 + at},K-${1000 + at},${day(at)},Z-${100 + (at % 12)},${at + 10}.50`,
      ),
    });
    expect(columns("products")).toMatchObject({ product_id: "zzCode", name: "Title" });
    expect(columns("orders")).toMatchObject({ product_id: "zzCode" });
  });

  it("offers no numbers for a channel that it asks for", async () => {
    const { yaml } = await initOf({
      "customers.csv": customers,
      "visits.csv": table(
        "Visit No,Customer No,Visit date,Purpose,Marks",
        (at) => `V-${100 + at},K-${1000 + at},${day(at)},follow_up,${1 + (at % 5)}`,
      ),
    });
    expect(yaml).toContain("A build asks for channel");
    expect(yaml).not.toMatch(/channel may be the column Marks/);
  });

  it("knows the files of a quarter, and what a few words of a customer's type group", async () => {
    const { columns } = await initOf({
      "customers.csv": table(
        "Customer No,Customer name,Customer Type",
        (at) => `K-${1000 + at},Firm ${at} Ltd,${at % 3 === 0 ? "Residential" : "Commercial"}`,
      ),
      "Orders_2026Q1.csv": table(
        "No,Received,Customer No,Amount net",
        (at) => `${7000 + at},${day(at)},K-${1000 + at},${at}.50`,
      ),
    });
    expect(columns("customers")).toMatchObject({ segment: "Customer Type" });
    expect(columns("orders")).toMatchObject({ order_id: "No", customer_id: "Customer No" });
  });

  it("says that a file is too wide to be looked at", async () => {
    const many = Array.from({ length: 12_001 }, (_, at) => at);
    const { yaml, code } = await initOf({
      "customers.csv": customers,
      "wide.csv": `${many.map((at) => `c${at}`).join(",")}\n${many.join(",")}\n`,
    });
    expect(code).toBe(0);
    expect(yaml).toContain("wide.csv: it has 12001 columns, and init looks at 12000 at most");
  });
});
