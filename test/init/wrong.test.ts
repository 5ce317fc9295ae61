import { describe, expect, it } from "vitest";
import { stageDir } from "../load/stageFolder.js";
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
});
