import { describe, expect, it } from "vitest";
import { initOf } from "./initFolder.js";

const csv = (head: string, row: (n: number) => string, rows = 40) =>
  `${[head, ...Array.from({ length: rows }, (_, n) => row(n))].join("\n")}\n`;
const at = (n: number, days = 0, hour = 9) =>
  new Date(Date.UTC(2026, 0, 5 + (n % 20) + days, hour)).toISOString().slice(0, 16).replace("T", " ");
const german = (n: number, days = 0) => at(n, days).slice(0, 10).split("-").reverse().join(".");

describe("init, the order of times", () => {
  it.each([
    ["a day before the ticket", (n: number) => at(n, -3)],
    ["as another format writes it", (n: number) => german(n, -3)],
  ])("takes no time for the end of a ticket that lies before its beginning: %s", async (_, end) => {
    const { columns, yaml } = await initOf(
      { "tickets.csv": csv("Ticket ID,Created,Closed", (n) => `T${n},${at(n)},${end(n)}`) },
      "--lang",
      "en",
    );
    expect(columns("tickets")).toEqual({ ticket_id: "Ticket ID", created_at: "Created" });
    expect(yaml).toMatch(
      /# +resolved_at: Closed # unsure: .*created_at is not after resolved_at in only 0 %/,
    );
  });

  it("takes no day to come for one on which something was done", async () => {
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const orders = (delivered: (n: number) => number) =>
      csv("Order No,Customer No,Order date,Delivered on,Revenue", (n) =>
        [`A${n}`, `K-${n % 9}`, inDays(-60 + n), inDays(delivered(n)), 10].join(),
      );
    const [planned, made] = [
      await initOf({ "orders.csv": orders((n) => -30 + 2 * n) }, "--lang", "en"),
      await initOf({ "orders.csv": orders((n) => -55 + n) }, "--lang", "en"),
    ];
    expect(planned.columns("orders")).toEqual({
      ...made.columns("orders"),
      delivered_on: undefined,
    });
    expect(made.columns("orders")).toMatchObject({ delivered_on: "Delivered on" });
    expect(planned.yaml).toMatch(/# +delivered_on: Delivered on # unsure: .*rows have a day to come/);
  });

  it("takes it where few rows are out of order, or days alone are told", async () => {
    const few = await initOf(
      {
        "tickets.csv": csv(
          "Ticket ID,Created,Closed",
          (n) => `T${n},${at(n)},${at(n, n % 20 === 0 ? -1 : 1)}`,
        ),
      },
      "--lang",
      "en",
    );
    expect(few.columns("tickets")).toMatchObject({ resolved_at: "Closed" });
    const days = await initOf(
      { "tickets.csv": csv("Ticket ID,Created,Closed", (n) => `T${n},${at(n)},${at(n).slice(0, 10)}`) },
      "--lang",
      "en",
    );
    expect(days.columns("tickets")).toMatchObject({ resolved_at: "Closed" });
  });

  it("takes no day on which records were made for the one on which customers were won, where they ordered before", async () => {
    const orders = csv(
      "Order No,Customer No,Order date,Revenue",
      (n) => `A${n},K-${n},${at(n).slice(0, 10)},10`,
    );
    const of = async (heading: string, days: number) =>
      (
        await initOf(
          {
            "orders.csv": orders,
            "customers.csv": csv(
              `Customer No,Company,${heading}`,
              (n) => `K-${n},Firm,${at(n, days).slice(0, 10)}`,
            ),
          },
          "--lang",
          "en",
        )
      ).columns("customers");
    expect(await of("Created", 30)).not.toHaveProperty("acquired_on");
    expect(await of("Created", -30)).toMatchObject({ acquired_on: "Created" });
    expect(await of("Customer since", 30)).toMatchObject({ acquired_on: "Customer since" });
  });

  it("takes no names for ids of employees who have ids, and no day of a signature for a beginning", async () => {
    const { columns, yaml } = await initOf(
      {
        "staff.csv": csv("Employee ID,Name,Team", (n) => `E-${100 + n},Person ${n},Service`, 12),
        "tickets.csv": csv(
          "Ticket ID,Created,Agent",
          (n) => `T${n},${at(n)},${["Ana", "Bea", "Cem", "Dan"][n % 4]}`,
        ),
        "contracts.csv": csv(
          "CONTRACT NO,CUSTOMER NO,SIGNED ON,EXPIRES",
          (n) => `V${n},K${n},${at(n).slice(0, 10)},2027-01-01`,
        ),
      },
      "--lang",
      "en",
    );
    expect(columns("tickets")).toEqual({ ticket_id: "Ticket ID", created_at: "Created" });
    expect(columns("contracts")).toBeUndefined();
    expect(yaml).toMatch(/# +starts_on: SIGNED ON # unsure/);
  });
});
