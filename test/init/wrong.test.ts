import { readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stageDir } from "../load/stageFolder.js";
import { folderOfTest } from "../temporaryFolder.js";
import { initOf } from "./initFolder.js";

const orders = (
  title: string,
  cells: readonly string[],
  between = ",",
  day = (row: number) => `2026-01-0${row + 1}`,
) =>
  [
    ["Order No", "Customer No", "Order date", title].join(between),
    ...cells.map((cell, row) => [`A${row}`, "K1", day(row), cell].join(between)),
    "",
  ].join("\n");

/** The figures that a build would read. */
const amounts = (dir: string) =>
  stageDir(dir, async ({ rows }) =>
    (await rows("select revenue::double as revenue from staging.orders order by order_id")).map(
      ({ revenue }) => revenue,
    ),
  );

describe("init, of what would be read and be wrong", () => {
  it.each(["cancelled orders", "作废订单"])(
    "reads no %s, beside the ordinary ones or alone",
    async (name) => {
      const orders = (ids: string) =>
        `Order No,Customer No,Order date,Revenue\n${ids}1,K1,2026-01-05,10\n${ids}2,K2,2026-01-06,20\n`;
      const beside = await initOf(
        { "orders.csv": orders("A"), [`${name}.csv`]: orders("B") },
        "--lang",
        "en",
      );
      expect(beside.yaml).toContain("files:\n    orders: orders.csv\n");
      expect(beside.yaml).toMatch(new RegExp(`# +${name}.csv: like orders, but “`));
      const alone = await initOf({ [`${name}.csv`]: orders("B") }, "--lang", "en");
      expect(alone.columns("orders")).toBeUndefined();
      expect(alone.out).toContain(`not read: ${name}.csv: like orders, but “`);
    },
  );

  it.each(["Inventory.csv", "器材盘点.csv"])(
    "takes %s for products only where orders have its ids",
    async (name) => {
      const products = `Product ID,Product name\n${Array.from({ length: 9 }, (_, n) => `P-${n},Pump ${n}`).join("\n")}\n`;
      const sold = (ids: string) =>
        `Order No,Customer No,Order date,Product ID,Revenue\n${Array.from({ length: 9 }, (_, n) => `A${n},K1,2026-01-0${n + 1},${ids}-${n},10`).join("\n")}\n`;
      const without = await initOf({ [name]: products, "orders.csv": sold("Q") }, "--lang", "en");
      expect(without.columns("products")).toBeUndefined();
      expect(without.out).toContain(`not read: ${name}: like products, but “`);
      const joined = await initOf({ [name]: products, "orders.csv": sold("P") }, "--lang", "en");
      expect(joined.columns("products")).toMatchObject({ product_id: "Product ID" });
    },
  );

  it("takes invoices for no orders of their own where their orders stand in another file", async () => {
    const rows = (line: (n: number) => string) =>
      `${Array.from({ length: 30 }, (_, n) => line(n)).join("\n")}\n`;
    const { columns, out } = await initOf(
      {
        "Invoices.csv": `Record Id,Sales Order Id,Customer No,Invoice Date,Revenue\n${rows((n) => `INV-${n},rec-${500 + n},K${n % 9},2026-02-${10 + (n % 18)},1${n}.5`)}`,
        "Sales_Orders.csv": `Record Id,SO Number,Customer No,Order Date,Revenue\n${rows((n) => `rec-${500 + n},SO-${n},K${n % 9},2026-01-${10 + (n % 18)},1${n}.5`)}`,
      },
      "--lang",
      "en",
    );
    expect(columns("orders")).toMatchObject({ order_id: "SO Number", ordered_at: "Order Date" });
    expect(out).toContain("not read: Invoices.csv: like orders, but its rows are those of Sales_Orders.csv");
  });

  it("names a file that cannot be read by its place within the folder", async () => {
    const { dir, yaml, out } = await initOf({
      "orders.csv": orders("Revenue", ["15", "20"]),
      "sub/材料.csv": Buffer.from([0xa1, 0x40, 0xff, 0x2c, 0xa4, 0x40, 0x0a, 0xff, 0xfe, 0x2c, 0xa1, 0x0a]),
    });
    expect(yaml).toContain("sub/材料.csv");
    expect(yaml + out).not.toContain(`${dir}/sub`);
  });

  it.each([
    ["Revenue (cents)", ["1250", "99"], [12.5, 0.99]],
    ["金额(分)", ["1250", "99"], [12.5, 0.99]],
    ["Revenue (in TEUR)", ["1.5", "20"], [1500, 20_000]],
    ["金额（万元）", ["1.5", "20"], [15_000, 200_000]],
  ])("converts %s", async (title, cells, expected) => {
    const { dir } = await initOf({ "orders.csv": orders(title, cells) }, "--lang", "en");
    expect(await amounts(dir)).toEqual(expected);
  });

  it.each([
    ["Revenue (k)", ["15", "20"]],
    ["Revenue (%)", ["15", "20"]],
    ["Revenue (gross)", ["15", "20"]],
  ])("does not read %s of %s", async (title, cells) => {
    const { yaml } = await initOf({ "orders.csv": orders(title, cells) }, "--lang", "en");
    expect(yaml).not.toMatch(/^ +revenue:/m);
    expect(yaml).toMatch(/# +revenue: .* # unsure/);
  });

  it("takes 12.400 for twelve thousand where days are dotted, and asks where nothing tells", async () => {
    const cells = ["12.400", "1.250", "800"];
    const dotted = (row: number) => `${row + 13}.01.2026`;
    const german = await initOf({ "orders.csv": orders("Revenue", cells, ";", dotted) }, "--lang", "en");
    expect(german.yaml).toContain('decimal: "," # likely');
    expect(await amounts(german.dir)).toEqual([12_400, 1250, 800]);
    const open = await initOf({ "orders.csv": orders("Revenue", cells, ";") }, "--lang", "en");
    expect(open.yaml).not.toMatch(/^ +revenue:/m);
    expect(open.yaml).toMatch(/# decimal: ","/);
    expect(open.yaml).toMatch(/# +revenue: Revenue # unsure: .*12\.400/);
    const plain = await initOf({ "orders.csv": orders("Revenue", ["12.400", "1.25"], ";") }, "--lang", "en");
    expect(await amounts(plain.dir)).toEqual([12.4, 1.25]);
  });

  const tickets = (titles: readonly string[], cell = "2026-01-05 10:00") =>
    [
      ["Ticket ID", "Type", ...titles].join(","),
      ...[1, 2].map((row) => [`T${row}`, "Complaint", ...titles.map(() => cell)].join(",")),
      "",
    ].join("\n");

  it.each([
    ["Created (UTC)", "UTC", "2026-01-05 10:00"],
    ["created_at_utc", "UTC", "2026-01-05 10:00"],
    ["创建时间（UTC）", "UTC", "2026-01-05 10:00"],
    ["Created (GMT+8)", "Etc/GMT-8", "2026-01-05 02:00"],
    ["创建时间（北京时间）", "Asia/Shanghai", "2026-01-05 02:00"],
  ])("reads %s in that zone", async (title, zone, instant) => {
    const { dir, yaml } = await initOf({ "tickets.csv": tickets([title]) }, "--lang", "en");
    expect(yaml).toContain(`time_zone: ${zone} # sure`);
    await stageDir(dir, async ({ rows }) => {
      const [first] = await rows(
        "select strftime(timezone('UTC', created_at), '%Y-%m-%d %H:%M') as at from staging.tickets",
      );
      expect(first?.at).toBe(instant);
    });
  });

  it("reads no times of a zone that a heading names but that is of several, or of two zones in one file", async () => {
    const several = await initOf({ "tickets.csv": tickets(["Created (EST)"]) }, "--lang", "en");
    expect(several.yaml).toMatch(/# +created_at: .* # unsure: .*EST/);
    const two = await initOf(
      { "tickets.csv": tickets(["Created (UTC)", "Resolved (GMT+8)", "First response"]) },
      "--lang",
      "en",
    );
    expect(two.columns("tickets")).toEqual({
      ticket_id: "Ticket ID",
      type: "Type",
      created_at: "Created (UTC)",
    });
  });

  it.each([
    ["T23:30:00Z", "2026-01-06"],
    [" 23:30:00+00:00", "2026-01-06"],
    ["T00:00:00Z", "2026-01-05"],
    ["T22:30:00", "2026-01-05"],
  ])("takes of %s the day that it is where the company is", async (clock, day) => {
    const rows = [1, 2, 3].map((row) => `K${row},Firm ${row},2026-01-05${clock}`);
    const { dir } = await initOf(
      { "customers.csv": `Customer No,Company,Customer since\n${rows.join("\n")}\n` },
      "--lang",
      "en",
    );
    await stageDir(dir, async ({ rows }) => {
      const [first] = await rows("select acquired_on::varchar as day from staging.customers");
      expect(first?.day).toBe(day);
    });
  });

  it.each([
    ["behind, with a comma", ["1.200,50 €", "12,00 €", "-3,10 €"], ";", "EUR", [1200.5, 12, -3.1]],
    ["as a code", ["USD 1,200.50", "USD 12.00", "USD 3.10"], ",", "USD", [1200.5, 12, 3.1]],
    ["in Chinese", ["1,200.50元", "12元", "3.1元"], ",", "CNY", [1200.5, 12, 3.1]],
  ])("reads amounts whose currency stands %s", async (_, cells, between, currency, expected) => {
    const text = cells.map((cell) => (between === "," ? `"${cell}"` : cell));
    const { dir, text: written } = await initOf(
      { "orders.csv": orders("Revenue", text, between) },
      "--lang",
      "en",
    );
    expect(await amounts(dir)).toEqual(expected);
    expect(written("catalog/settings.yaml")).toContain(`currency: ${currency} #`);
  });

  it("reads no amounts of several currencies, and none whose heading has a unit besides", async () => {
    const mixed = await initOf({ "orders.csv": orders("Revenue", ["10 €", "12 $", "9 €"]) }, "--lang", "en");
    expect(mixed.yaml).toMatch(/# +revenue: .* # unsure: .*several currencies/);
    const unit = await initOf(
      { "orders.csv": orders("Revenue (k)", ["10 €", "12 €", "9 €"]) },
      "--lang",
      "en",
    );
    expect(unit.yaml).toMatch(/# +revenue: .* # unsure: /);
  });

  it("takes a currency that is one all over for the company's, however it is written", async () => {
    const file = (currency: string) =>
      `Order No,Customer No,Order date,Revenue,Currency\nA1,K1,2026-01-05,10,${currency}\nA2,K1,2026-01-06,20,${currency}\n`;
    for (const [written, code] of [
      ["欧元", "EUR"],
      ["gbp", "GBP"],
    ] as const) {
      const { text } = await initOf({ "orders.csv": file(written) }, "--lang", "en");
      expect(text("catalog/settings.yaml")).toContain(`currency: ${code} #`);
    }
  });

  it("names no other company's problems, and writes through no link", async () => {
    const { text, dir, run } = await initOf({ "orders.csv": orders("Revenue", ["1", "2"]) }, "--lang", "en");
    expect(text("catalog/fishbones.yaml")).toMatch(/^problems: \[\]$/m);
    expect(text("catalog/fishbones.yaml")).not.toContain("scattered_information");
    expect((await run("build", "--data", dir)).code).toBe(0);
    const other = folderOfTest("elsewhere");
    const linked = folderOfTest("linked");
    writeFileSync(join(linked, "orders.csv"), orders("Revenue", ["1", "2"]));
    symlinkSync(other, join(linked, "catalog"));
    const refused = await run("init", linked, "--lang", "en");
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringContaining("a symbolic link is not written through"),
    });
    expect(readdirSync(other)).toEqual([]);
    expect(readdirSync(linked).sort()).toEqual(["catalog", "orders.csv"]);
  });

  it("takes no nested object for a word", async () => {
    const row = (id: number) => ({
      "Ticket ID": `T${id}`,
      Type: "Complaint",
      "Created at": "2026-01-05T10:00:00Z",
      channel: { channel: "email" },
    });
    const { columns } = await initOf({ "tickets.json": JSON.stringify([row(1), row(2)]) }, "--lang", "en");
    expect(columns("tickets")).toEqual({ ticket_id: "Ticket ID", type: "Type", created_at: "Created at" });
  });

  it.each([
    ["IsDeleted", ["false", "true", "false"]],
    ["is_test", ["0", "1", ""]],
    ["已删除", ["否", "是", "否"]],
    ["deleted_at", ["", "2026-02-01", ""]],
    ["Status", ["Paid", "Cancelled", "Open"]],
    ["订单状态", ["已付款", "已取消", ""]],
  ])("leaves out the rows of which %s says that they do not count", async (title, cells) => {
    const rows = cells.map((cell, row) => `A${row},K1,2026-01-05,${row + 1},${cell}`);
    const text = ["Order No,Customer No,Order date,Revenue", ...rows]
      .join("\n")
      .replace("Revenue", `Revenue,${title}`);
    const { dir, yaml } = await initOf({ "orders.csv": `${text}\n` }, "--lang", "en");
    expect(yaml).toMatch(/^ +where: .* # likely/m);
    expect(await amounts(dir)).toEqual([1, 3]);
  });

  it("takes no closing date that open deals have as well", async () => {
    const deals = (stages: readonly string[]) =>
      [
        "Deal ID,Customer No,Created,Stage,Closing date",
        ...stages.map((stage, row) => `D${row},K1,2026-01-05 10:00,${stage},2026-03-01`),
        "",
      ].join("\n");
    const open = await initOf({ "deals.csv": deals(["Won", "Proposal"]) }, "--lang", "en");
    expect(open.yaml).toMatch(/# +closed_at: Closing date # unsure/);
    const closed = await initOf({ "deals.csv": deals(["Won", "Lost"]) }, "--lang", "en");
    expect(closed.columns("opportunities")).toMatchObject({ closed_at: "Closing date" });
  });

  it("takes no deadline for what was done", async () => {
    const { yaml } = await initOf(
      { "tickets.csv": tickets(["Created at", "Resolve by", "Resolution target", "Solve until"]) },
      "--lang",
      "en",
    );
    expect(yaml).not.toMatch(/resolved_at:|first_response_at:/);
  });
});
