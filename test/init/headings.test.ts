import { describe, expect, it } from "vitest";
import type { TableName } from "../../src/contract/index.js";
import { readHeading } from "../../src/init/lexicon/heading.js";
import { namedBy } from "../../src/init/lexicon/named.js";

/** The column that a heading names surest, and how sure. */
const named = (title: string, table: TableName) => {
  const [first] = namedBy(readHeading(title), table);
  return first && `${first.column} ${first.certainty}`;
};

describe("headings", () => {
  it.each([
    ["Created", "created_at 2"],
    ["Date opened", "created_at 2"],
    ["openedAt", "created_at 2"],
    ["创建时间", "created_at 2"],
    ["报修时间", "created_at 2"],
    ["工单创建时间", "created_at 2"],
    ["CRT_DT", "created_at 2"],
    ["chuangjian_shijian", "created_at 2"],
    ["cjsj", "created_at 2"],
    ["TicketNumber", "ticket_id 2"],
    ["工单编号", "ticket_id 2"],
    ["Kundennummer", "customer_id 2"],
    ["处理人工号", "agent_id 2"],
    ["closed_at", "resolved_at 1"],
    ["resolved_at", "resolved_at 2"],
    ["Last updated", "updated_at 2"],
    ["Created for magic", "created_at 0"],
  ])("%s of tickets is %s", (title, expected) => expect(named(title, "tickets")).toBe(expected));

  it.each([
    ["診所代號", "customers", "customer_id 2"],
    ["药店名称", "customers", "name 2"],
    ["Clinic code", "tickets", "customer_id 2"],
    ["品項代號", "products", "product_id 2"],
    ["品項名稱", "products", "name 2"],
    ["Docket no", "orders", "order_id 2"],
  ] as const)("%s of %s is %s, as trades call it", (title, table, expected) =>
    expect(named(title, table)).toBe(expected),
  );

  it.each([
    "Status",
    "状态",
    "Due date",
    "Phone",
    "Priority",
    "Subject",
    "Closed reason",
    "Order ID",
    "zhuangtai",
    "",
    "???",
    "合计金额",
  ])("%s of tickets is none of its columns", (title) => expect(named(title, "tickets")).toBeUndefined());

  it.each([
    ["客户名称", "customers", "name 2"],
    ["Kunde seit", "customers", "acquired_on 2"],
    ["Number of employees", "customers", "employees 2"],
    ["Umsatz netto", "orders", "revenue 2"],
    ["Amount", "orders", "revenue 1"],
    ["convertedAccountId", "leads", "customer_id 2"],
    ["入职日期", "employees", "hired_on 2"],
    ["单据类型", "tickets", "type 2"],
    ["约定交期", "orders", "promised_on 2"],
    ["实际交期", "orders", "delivered_on 1"],
    ["liefer_termin", "orders", "promised_on 2"],
    ["geliefert_am", "orders", "delivered_on 2"],
    ["合同额", "orders", "revenue 1"],
  ] as const)("%s of %s is %s", (title, table, expected) => expect(named(title, table)).toBe(expected));
});
