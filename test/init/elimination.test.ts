import { describe, expect, it } from "vitest";
import { stageDir } from "../load/stageFolder.js";
import { initOf } from "./initFolder.js";

/** A CSV file of a row a number, from 0. */
const file = (columns: Readonly<Record<string, (row: number) => string>>, rows = 40) =>
  `${[
    Object.keys(columns).join(","),
    ...Array.from({ length: rows }, (_, row) =>
      Object.values(columns)
        .map((cell) => cell(row))
        .join(","),
    ),
  ].join("\n")}\n`;

const day = (row: number) => `2025-0${1 + (row % 9)}-${10 + (row % 18)}`;
const customers = file({
  "Customer No": (row) => `K-${100 + row}`,
  "Customer name": (row) => `Firm ${row} Ltd`,
});
const employees = file(
  { "Employee ID": (row) => `E-${row}`, Name: (row) => `Vera ${"ABCDEFGHIJ"[row]}mith`, Team: () => "Red" },
  10,
);
const ordersBy = (heading: string, more: Readonly<Record<string, (row: number) => string>> = {}) =>
  file({
    "Order No": (row) => `O-${row}`,
    [heading]: (row) => `K-${100 + (row % 40)}`,
    "Order date": day,
    "Net amount": (row) => `${row + 10}.50`,
    ...more,
  });

describe("init, of what the headings do not say", () => {
  it("reads the one column whose values are ids of customers, and says why", async () => {
    const { columns, yaml } = await initOf({ "customers.csv": customers, "orders.csv": ordersBy("zz") });
    expect(columns("orders")).toMatchObject({ order_id: "Order No", customer_id: "zz" });
    expect(yaml).toMatch(/customer_id: zz # likely: the values are ids of customers/);
  });

  it("asks which it is where two columns have ids of customers", async () => {
    const { columns } = await initOf({
      "customers.csv": customers,
      "orders.csv": ordersBy("zz", { yy: (row) => `K-${139 - (row % 40)}` }),
    });
    expect(columns("orders")).toBeUndefined();
  });

  it.each([
    ["what is headed as a payer's", "Invoice account"],
    ["what is headed as a parent's", "Parent account"],
  ])("takes no id of customers from %s", async (_, heading) => {
    const { columns } = await initOf({ "customers.csv": customers, "orders.csv": ordersBy(heading) });
    expect(columns("orders")?.customer_id).toBeUndefined();
  });

  it("takes ids of employees for those who had to learn, and for those who dealt with it only where the heading names a role", async () => {
    const { columns } = await initOf({
      "employees.csv": employees,
      "trainings.csv": file({
        "Training ID": (row) => `T-${row}`,
        zz: (row) => `E-${row % 10}`,
        Course: (row) => (row % 2 ? "Safety" : "Sales"),
        "Due date": day,
      }),
      "tickets.csv": file({
        "Ticket ID": (row) => `T9${row}`,
        "Created at": (row) => `${day(row)} 10:00`,
        zz: (row) => `E-${row % 10}`,
      }),
    });
    expect(columns("trainings")).toMatchObject({ employee_id: "zz" });
    expect(columns("tickets")?.agent_id).toBeUndefined();
  });

  it("reads the only names of companies and the only day, none beside another", async () => {
    const events = (more: Readonly<Record<string, (row: number) => string>>) =>
      file({ "Event ID": (row) => `V${row}`, Title: (row) => `Fair ${row}`, zz: day, ...more });
    const { columns } = await initOf({
      "customers.csv": file({ "Customer No": (row) => `K-${100 + row}`, zz: (row) => `Firm ${row} Ltd` }),
      "events.csv": events({}),
    });
    expect(columns("customers")).toMatchObject({ name: "zz" });
    expect(columns("events")).toMatchObject({ held_on: "zz" });
    const two = await initOf({ "events.csv": events({ yy: (row) => day(row + 3) }) });
    expect(two.columns("events")).toBeUndefined();
  });

  it("reads words of one list, whatever stands above them", async () => {
    const words = ["complaint", "repair", "inquiry", "request"];
    const { columns } = await initOf({
      "tickets.csv": file({
        "Ticket ID": (row) => `T9${row}`,
        "Created at": (row) => `${day(row)} 10:00`,
        Status: (row) => words[row % 4] ?? "",
      }),
    });
    expect(columns("tickets")).toMatchObject({ type: "Status" });
  });

  it("writes what words are taken for, and leaves a column out of which a build would refuse too much", async () => {
    const ticketsOf = (words: readonly string[]) =>
      initOf({
        "tickets.csv": file({
          "Ticket ID": (row) => `T9${row}`,
          "Created at": (row) => `${day(row)} 10:00`,
          Type: (row) => words[row % words.length] ?? "",
        }),
      });
    const known = await ticketsOf(["Breakdown", "Complaint", "How-to", "Kudos"]);
    expect(known.columns("tickets")).toMatchObject({ type: "Type" });
    await stageDir(known.dir, async ({ rows }) =>
      expect(
        await rows("select type, count(*)::int as n from staging.tickets group by all order by type"),
      ).toEqual(["complaint", "inquiry", "praise", "repair"].map((type) => ({ type, n: 10 }))),
    );
    const open = await ticketsOf(["Breakdown", "Complaint", "Inquiry", "Zz"]);
    expect(open.columns("tickets")).not.toHaveProperty("type");
    expect(open.yaml).toContain('values: { type: { "Breakdown": repair, "Zz": <inquiry');
  });

  it("takes the other of two departments by the words that both have", async () => {
    const { columns } = await initOf({
      "tickets.csv": file({ "Ticket ID": (row) => `T-${row}`, "Created at": (row) => `${day(row)} 10:00` }),
      "handoffs.csv": file({
        "Handoff ID": (row) => `H-${row}`,
        zz: (row) => `T-${row}`,
        "From department": (row) => (row % 2 ? "Sales" : "Field"),
        yy: (row) => (row % 2 ? "Field" : "Sales"),
        "Handed at": (row) => `${day(row)} 10:00`,
        "Due at": (row) => `${day(row)} 18:00`,
      }),
    });
    expect(columns("handoffs")).toMatchObject({ ticket_id: "zz", to_department: "yy" });
  });

  it("takes as an order's id what tells rows apart, not a code by which they are grouped", async () => {
    const shipments = (more: Readonly<Record<string, (row: number) => string>>) =>
      file(
        {
          ...more,
          "Service code": (row) => `SV-${row % 5}`,
          "Customer No": (row) => `K-${100 + (row % 40)}`,
          "Order date": day,
          Weight: (row) => `${(row * 37) % 900}`,
          "Net revenue": (row) => `${row + 10}.50`,
        },
        120,
      );
    const told = await initOf({
      "customers.csv": customers,
      "orders.csv": shipments({ "Zz id": (row) => `S00${100 + row}` }),
    });
    expect(told.columns("orders")).toMatchObject({ order_id: "Zz id", line_no: "1" });
    const none = await initOf({ "customers.csv": customers, "orders.csv": shipments({}) });
    expect(none.columns("orders")).toBeUndefined();
    expect(none.yaml).not.toContain("row_number()");
    // The rows may be the lines of what the second is the number of.
    const lines = shipments({
      "Zz id": (row) => `S00${100 + row}`,
      "Yy id": (row) => `B${1000 + (row >> 1)}`,
    });
    const open = await initOf({ "customers.csv": customers, "orders.csv": lines });
    expect(open.columns("orders")).toBeUndefined();
  });

  it("takes by elimination no amount that is the same in all rows, and none beside others that may be meant", async () => {
    const amounts = (titles: readonly string[]) =>
      initOf({
        "customers.csv": customers,
        "orders.csv": file({
          "Order No": (row) => `O-${row}`,
          "Customer No": (row) => `K-${100 + row}`,
          "Order date": day,
          ...Object.fromEntries(
            titles.map((title, at) => [title, (row: number) => (title === "Zz" ? "0.0" : `${row + at}.25`)]),
          ),
        }),
      });
    for (const titles of [["Zz"], ["Qu Total", "Tax", "Zz", "Grand Total"], ["Yy", "Xx", "Zz"]]) {
      const { columns, yaml } = await amounts(titles);
      expect(columns("orders"), titles.join()).toBeUndefined();
      expect(yaml).not.toMatch(/revenue: (Zz|Yy|Xx)/);
    }
    expect((await amounts(["Yy", "Zz"])).columns("orders")).toMatchObject({ revenue: "Yy" });
  });

  it("reads ids of customers where another column has their names, whichever is headed the better", async () => {
    const { columns } = await initOf({
      "customers.csv": customers,
      "orders.csv": ordersBy("Customer.zz", { Customer: (row) => `Firm ${row % 40} Ltd` }),
    });
    expect(columns("orders")).toMatchObject({ customer_id: "Customer.zz" });
  });

  it("leaves out orders that a shop calls closed", async () => {
    const state = (row: number) => (row % 4 ? "交易完成" : "交易关闭");
    const orders = ordersBy("Customer No", { Status: state });
    const { yaml } = await initOf({ "customers.csv": customers, "orders.csv": orders });
    expect(yaml).toMatch(/where: .*'交易关闭'/);
  });

  it("reads years that are counted from 1912", async () => {
    const { columns, dir } = await initOf({
      "customers.csv": customers,
      "orders.csv": file({
        "Order No": (row) => `O-${row}`,
        "Customer No": (row) => `K-${100 + row}`,
        "Order date": (row) => `11${row % 5}/07/0${1 + (row % 9)}`,
        "Net amount": (row) => `${row + 10}.50`,
      }),
    });
    expect(columns("orders")?.ordered_at).toMatch(/1911 \+/);
    await stageDir(dir, async ({ rows }) =>
      expect(
        await rows(
          "select (ordered_at + interval 12 hour)::date::varchar as day from staging.orders order by order_id limit 2",
        ),
      ).toEqual([{ day: "2021-07-01" }, { day: "2022-07-02" }]),
    );
  });
});
