import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { publishEntries } from "../../src/publish/publish.js";
import { commandLine } from "../commandLine.js";
import { catalogueOf } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("own-dimensions");
const data = join(folder, "shop");
const catalog = join(folder, "catalog");
const warehouse = join(folder, "shop.duckdb");

const run = commandLine({ warehouse });

const build = (dimensions = own, settings = "") => {
  writeFileSync(join(catalog, "settings.yaml"), settings);
  writeFileSync(join(catalog, "dimensions.yaml"), dimensions);
  return run("build", "--data", data, "--catalog", catalog, "--lang", "en");
};

/** Value by the group's names, of the groups that have one. */
async function values(...args: string[]): Promise<Record<string, number>> {
  const { code, out, err } = await run("kpi", ...args, "--grain", "year", "--format", "json");
  expect([code, err]).toEqual([0, ""]);
  const rows = JSON.parse(out) as { by: Record<string, string>; value: number | null }[];
  return Object.fromEntries(
    rows.filter(({ value }) => value !== null).map(({ by, value }) => [Object.values(by).join("/"), value]),
  ) as Record<string, number>;
}

const own = `
- id: region
  from: { orders: ship_region }
- id: product_line
  labels: { zh-CN: 产品线, en: Product line }
  from: { orders: Category, customers: main_line }
- id: fault
  labels: { zh-CN: 故障, en: Fault }
  from: { tickets: fault_code }
`;

/** An online shop as it is exported: 13 lines map it. */
const sources = `shop:
  files: { o: orders.csv, c: people.csv, t: calls.csv }
  tables:
    customers:
      from: c
      columns: { customer_id: id, name: id, segment: kind, region: home, acquired_on: since, main_line: line }
    orders:
      from: o
      columns: { order_id: No, line_no: Row, customer_id: Customer, ordered_at: Date, revenue: Sales, ship_region: Region, Category: Category }
    tickets:
      from: t
      columns: { ticket_id: id, customer_id: who, type: kind, created_at: at, fault_code: code }
`;

beforeAll(async () => {
  mkdirSync(data);
  catalogueOf(["revenue", "repeat_purchase_rate", "complaint_rate"], catalog);
  writeFileSync(join(data, "sources.yaml"), sources);
  writeFileSync(
    join(data, "people.csv"),
    "id,home,since,line,kind\nC1,West,2025-01-01,Chairs,Consumer\nC2,East,2025-01-01,,Corporate\n",
  );
  writeFileSync(
    join(data, "orders.csv"),
    `No,Row,Customer,Date,Sales,Region,Category
O1,1,C1,2026-01-05,100,West,Tables
O1,2,C1,2026-01-05,50,Ｅａｓｔ ,
O2,1,C2,2026-01-06,70,WEST,chairs
O3,1,C2,2026-02-07,30,,
`,
  );
  writeFileSync(
    join(data, "calls.csv"),
    "id,who,kind,at,code\nT1,C1,complaint,2026-01-08,F1\nT2,C2,complaint,2026-01-09,f1\nT3,C2,repair,2026-02-07,\n",
  );
  const { code, err } = await build();
  expect(code, err).toBe(0);
});

describe("dimensions of the catalogue's own", () => {
  it("go before the customer's, fold width, blanks and case, and leave to the customer what they do not say", async () => {
    // West: 100 + 70 ("WEST" is spelled as the customers' West); East: 50 ("Ｅａｓｔ ") + 30 (no region: customer C2's).
    expect(await values("revenue", "--by", "region")).toEqual({ West: 170, East: 80 });
  });

  it("stand beside the customer's own words", async () => {
    expect(await values("revenue", "--by", "segment,region")).toMatchObject({
      "Consumer/West": 100,
      "Consumer/East": 50,
      "Corporate/West": 70,
      "Corporate/East": 30,
    });
  });

  it("come from the closest table that says something, else are unknown", async () => {
    // Line 2 of O1 has no category: its customer's main line, Chairs; "chairs" is the same. O3 has neither.
    expect(await values("revenue", "--by", "product_line")).toEqual({
      Tables: 100,
      Chairs: 120,
      "(unknown)": 30,
    });
    expect(await values("repeat_purchase_rate", "--by", "product_line")).toEqual({
      Chairs: 0,
      "(unknown)": 1,
    });
  });

  it("are crossed, filtered by, and called by their names", async () => {
    expect(await values("revenue", "--by", "product_line,region")).toMatchObject({
      "Chairs/West": 70,
      "Chairs/East": 50,
      "Tables/West": 100,
      "(unknown)/East": 30,
    });
    expect(await values("revenue", "--where", "product_line=Chairs")).toEqual({ "": 120 });
    expect((await run("kpi", "revenue", "--where", "product_line=Chair")).err).toContain("是不是 Chairs？");
    const { out } = await run("kpi", "revenue", "--by", "product_line");
    expect(out).toContain("产品线");
  });

  it("of a contract's column split what is counted of it, over the whole denominator", async () => {
    expect(await values("complaint_rate", "--by", "fault")).toEqual({ F1: 1 });
    expect((await run("kpi", "revenue", "--by", "fault", "--lang", "en")).err).toContain(
      "revenue has no such dimension",
    );
  });

  it("know nothing of a customer who comes after the data date", async () => {
    const later = join(folder, "later");
    mkdirSync(later);
    writeFileSync(
      join(later, "sources.yaml"),
      sources.replace("c: people.csv, t: calls.csv", "c: people.csv").split("    tickets:")[0] ?? "",
    );
    writeFileSync(
      join(later, "people.csv"),
      "id,home,since,line,kind\nC1,West,2025-01-01,Chairs,a\nC2,East,2026-06-01,Beds,b\n",
    );
    writeFileSync(
      join(later, "orders.csv"),
      "No,Row,Customer,Date,Sales,Region,Category\nO1,1,C1,2026-01-05,100,,\nO2,1,C2,2026-01-06,70,,\n",
    );
    writeFileSync(join(catalog, "dimensions.yaml"), own.split("- id: fault")[0] ?? "");
    const places = ["--data", later, "--catalog", catalog, "--as-of", "2026-03-31"];
    expect((await run("build", ...places, "--lang", "en")).code).toBe(0);
    for (const by of ["product_line", "segment"]) {
      const known = by === "segment" ? "a" : "Chairs";
      expect(await values("revenue", "--by", by)).toEqual({ [known]: 100, "(unknown)": 70 });
    }
    expect((await build()).code).toBe(0);
  });

  it("reach the site with their names and cuboids", async () => {
    expect((await build(own, "published_dimensions: [product_line]\n")).code).toBe(0);
    const entries = await publishEntries({ HERRINGBONE_WAREHOUSE: warehouse, HERRINGBONE_CATALOG: catalog });
    const text = entries.find(({ path }) => path === "catalogue.json")?.bytes ?? new Uint8Array();
    const document = JSON.parse(Buffer.from(text).toString("utf8"));
    expect(document.dimensions).toEqual({
      product_line: { "zh-CN": "产品线", en: "Product line" },
      fault: { "zh-CN": "故障", en: "Fault" },
    });
    const revenue = document.kpis.find(({ id }: { id: string }) => id === "revenue");
    expect(revenue.published.cross).toEqual(["product_line"]);
    expect(revenue.published.single).toContain("region");
  });
});

describe("dimensions that cannot be", () => {
  const line = (id: string, from: string, labels = "{ zh-CN: 一, en: One }") =>
    `- id: ${id}\n  labels: ${labels}\n  from: ${from}\n`;

  it.each([
    ["an unknown table", line("line", "{ order: x }"), "did you mean orders?"],
    [
      "a column of figures",
      line("line", "{ orders: revenue }"),
      "orders.revenue holds no words but a decimal",
    ],
    ["a person's name", line("line", "{ customers: name }"), "identifies a person"],
    [
      "another column's name",
      line("cost", "{ orders: Category }"),
      "a column of orders with a meaning of its own: cost",
    ],
    ["the employee", line("owner", "{ orders: Category }"), "told by ids of employees"],
    ["a word of the cube", line("month", "{ orders: Category }"), "a word of the cube or of SQL: month"],
    ["no names", "- id: line\n  from: { orders: Category }\n", "line.labels"],
    ["twice", line("line", "{ orders: Category }").repeat(2), "listed twice"],
    ["a column that no source gives", line("line", "{ orders: Categori }"), "unknown column"],
    [
      "a column that no source maps",
      `${own}${line("line", "{ orders: Colour }")}`,
      "no source of orders gives the column: Colour",
    ],
  ])("are refused: %s", async (_, dimensions, expected) => {
    const { code, err } = await build(dimensions);
    expect(err).toContain(expected);
    expect(code).toBe(2);
  });

  it("are refused in settings and in the columns of a source", async () => {
    const settings = "published_dimensions: [product_lin]\n";
    expect((await build(own, settings)).err).toContain("did you mean product_line?");
    expect((await build("[]")).err).toContain("unknown column");
  });
});
