import { describe, expect, it } from "vitest";
import { asideWord } from "../../src/init/aside.js";

describe("names of files whose rows are not the ordinary ones", () => {
  it.each([
    "cancelled orders.csv",
    "orders_cancelled.csv",
    "OrdersCancelled.csv",
    "draft_orders.csv",
    "forecast orders.csv",
    "returned orders.csv",
    "test orders.csv",
    "sample orders.csv",
    "old orders.csv",
    "orders - Copy.csv",
    "stornierte Bestellungen.csv",
    "Bestellungen Entwurf.csv",
    "gelöschte Bestellungen.csv",
    "Auftragsstornos/stornos.csv",
    "已取消订单.csv",
    "订单-已取消.csv",
    "退货订单.csv",
    "作废订单.csv",
    "测试订单.csv",
    "訂單草稿.csv",
    "订单草稿.csv",
    "预测订单.csv",
    "回收站/订单.csv",
    "deleted/orders.csv.gz",
    "export.zip/test/orders.csv",
    "采购订单.csv",
    "purchase_orders.csv",
  ])("%s is not read as orders", (path) => expect(asideWord(path, undefined, "orders")).toBeDefined());

  it("takes the names of sheets, too", () => {
    expect(asideWord("orders.xlsx", "已取消", "orders")).toBe("取消");
    expect(asideWord("orders.xlsx", "Entwürfe", "orders")).toBe("entwürfe");
    expect(asideWord("orders.xlsx", "2026", "orders")).toBeUndefined();
  });

  it.each([
    "器材盘点.xlsx",
    "固定资产台账.csv",
    "库存表.csv",
    "Inventory 2026.csv",
    "stocktake.csv",
    "asset_register.csv",
    "Equipment list.csv",
    "Inventur 2025.csv",
  ])("%s is no catalogue of products, unless orders refer to its rows", (path) => {
    expect(asideWord(path, undefined, "products")).toBeDefined();
    expect(asideWord(path, undefined, "products", true)).toBeUndefined();
    expect(asideWord(path, undefined, "tickets")).toBeUndefined();
  });

  it.each([
    ["orders 2026.csv", "orders"],
    ["latest orders.csv", "orders"],
    ["purchases.csv", "orders"],
    ["backup.zip/orders.csv", "orders"],
    ["cancelled customers.csv", "customer_status"],
    ["退货工单.csv", "tickets"],
    ["tickets_returns.csv", "tickets"],
    ["训练计划.csv", "trainings"],
    ["Altona Kunden.csv", "customers"],
    ["老客户.csv", "customers"],
    ["客户回访.csv", "contacts"],
    ["testimonials.csv", "survey_answers"],
  ] as const)("%s is an ordinary file of %s", (path, table) =>
    expect(asideWord(path, undefined, table)).toBeUndefined(),
  );
});
