import { describe, expect, it } from "vitest";
import { initOf } from "./initFolder.js";

const csv = (head: string, row: (n: number) => readonly (string | number)[], rows = 40) =>
  `${[head, ...Array.from({ length: rows }, (_, n) => row(n).join())].join("\n")}\n`;
const day = (n: number) => `2026-0${1 + (n % 6)}-${String(10 + (n % 18))}`;

describe("init, of what a heading seems to say", () => {
  it.each(["提交时间", "填表时间", "Submitted at", "Timestamp"])(
    "takes %s for no day on which a customer was won where another is",
    async (title) => {
      const { yaml, columns } = await initOf({
        "客户档案.csv": csv(`客户编号,客户名称,成交日期,${title}`, (n) => [
          `K${n}`,
          `甲${n}公司`,
          day(n),
          day(n + 3),
        ]),
      });
      expect(columns("customers")).toMatchObject({ acquired_on: "成交日期" });
      expect(yaml).not.toContain(`acquired_on: ${title}`);
    },
  );

  it.each([
    ["订单号,会员ID,下单时间,订单实付金额,商品实付金额,运费", "商品实付金额"],
    ["订单号,会员ID,下单时间,订单金额,未税金额,税额", "未税金额"],
    ["Order No,Customer No,Order date,Order amount,Net amount,Freight", "Net amount"],
    ["Auftragsnr,Kundennr,Auftragsdatum,Auftragswert,Nettobetrag,Versandkosten", "Nettobetrag"],
  ])("takes what the goods come to, not what has freight or taxes in it: %s", async (head, net) => {
    const row = (n: number) => [`A${n}`, `K-${n % 9}`, day(n), 110 + n, 100 + n, 10 + (n % 3)];
    const both = await initOf({ "orders.csv": csv(head, row) });
    expect(both.columns("orders")).toMatchObject({ revenue: net });
    const [id, customer, at, total, , freight] = head.split(",");
    const alone = await initOf({
      "orders.csv": csv([id, customer, at, total, freight].join(), (n) => row(n).filter((_, at) => at !== 4)),
    });
    expect(alone.columns("orders") ?? {}).not.toHaveProperty("revenue");
    expect(alone.yaml).toMatch(new RegExp(`# +revenue: ${total} # .*${freight}`));
  });

  it("takes traditional headings for Taiwan's, as likely alone", async () => {
    const row = (n: number) => [`K${n}`, `甲${n}公司`, "製造業", day(n)];
    const traditional = await initOf(
      { "客戶資料.csv": csv("客戶編號,客戶名稱,行業別,建檔日期", row) },
      "--lang",
      "en",
    );
    expect(traditional.text("catalog/settings.yaml")).toMatch(
      /time_zone: Asia\/Taipei # likely: .*\ncurrency: TWD # likely: /,
    );
    const simplified = await initOf(
      { "客户资料.csv": csv("客户编号,客户名称,行业类别,建档日期", row) },
      "--lang",
      "en",
    );
    expect(simplified.text("catalog/settings.yaml")).toMatch(
      /time_zone: Asia\/Shanghai # .*\ncurrency: CNY # /,
    );
  });

  it("names all the ways in which a column's days are written", async () => {
    const written = (n: number) =>
      n % 10 === 0
        ? day(n).replaceAll("-", ".")
        : n % 10 === 5
          ? day(n).replace("-", "年").replace("-", "月").concat("日")
          : day(n);
    const { yaml } = await initOf(
      { "customers.csv": csv("客户编号,客户名称,建档日期", (n) => [`K${n}`, `甲${n}公司`, written(n)]) },
      "--lang",
      "en",
    );
    expect(yaml).toMatch(
      /acquired_on: 建档日期 # .*100 % of the filled cells are written as "%Y-%m-%d" or "%Y/,
    );
    expect(yaml).toMatch(/date_formats: \[ "%Y(\.%m\.%d|年%m月%d日)", "%Y(\.%m\.%d|年%m月%d日)" \]/);
  });

  it("takes answers of colleagues, who name their department, for none of customers, and a survey for what its name says", async () => {
    const canteen = await initOf(
      {
        "食堂意见反馈.csv": csv("提交人,部门,评分,提交时间,意见", (n) => [
          `王${n}`,
          n % 2 ? "生产部" : "财务部",
          1 + (n % 5),
          day(n),
          `好${n}`,
        ]),
      },
      "--lang",
      "en",
    );
    expect(canteen.yaml).not.toContain("survey_answers:");
    const asked = await initOf(
      {
        "售后服务满意度.csv": csv("评价编号,客户编号,评价时间,总体满意度(1-5分)", (n) => [
          `P${n}`,
          `K${n % 9}`,
          day(n),
          1 + (n % 5),
        ]),
      },
      "--lang",
      "en",
    );
    expect(asked.yaml).toContain("survey: \"'after_sales'\" # likely: ");
    expect(asked.yaml).not.toContain("'periodic'");
  });
});
