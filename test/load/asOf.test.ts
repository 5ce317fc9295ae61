import type { DuckDBConnection } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { readSettings, writeSettings } from "../../src/catalogue/settings.js";
import type { TableName } from "../../src/contract/index.js";
import { cutOffText, newestDay, readCutOff } from "../../src/load/asOf.js";
import { emptyStaging, stage } from "../models/fixture.js";
import { both } from "../words/said.js";

const zone = "Asia/Shanghai";
const now = new Date("2026-06-30T10:00:00+08:00");

async function staged(rows: Partial<Record<TableName, string>>): Promise<DuckDBConnection> {
  const db = await emptyStaging();
  for (const [table, row] of Object.entries(rows)) await stage(db, table as TableName, `select ${row}`, zone);
  return db;
}

const ticket = "'T' as ticket_id, '2026-01-10 09:00:00' as created_at";

describe("the newest day on which anything happened", () => {
  it.each<[Partial<Record<TableName, string>>, string, string]>([
    [{ tickets: ticket }, "2026-01-10", "tickets.created_at"],
    [
      { tickets: `${ticket}, '2026-02-01 08:00' as first_response_at` },
      "2026-02-01",
      "tickets.first_response_at",
    ],
    [{ tickets: `${ticket}, '2026-02-02T20:00:00Z' as resolved_at` }, "2026-02-03", "tickets.resolved_at"],
    [
      { tickets: ticket, leads: "'2026-01-01' as created_at, '2026-03-01' as qualified_at" },
      "2026-03-01",
      "leads.qualified_at",
    ],
    [
      { tickets: ticket, leads: "'2026-01-01' as created_at, '2026-03-02' as converted_at" },
      "2026-03-02",
      "leads.converted_at",
    ],
    [
      { tickets: ticket, leads: "'2026-01-01' as created_at, '2026-03-03' as lost_at" },
      "2026-03-03",
      "leads.lost_at",
    ],
    [
      { tickets: ticket, opportunities: "'2026-04-01' as closed_at, false as won" },
      "2026-04-01",
      "opportunities.closed_at",
    ],
    [{ tickets: ticket, orders: "'2026-04-02' as delivered_on" }, "2026-04-02", "orders.delivered_on"],
    [
      { tickets: ticket, handoffs: "'2026-04-03' as completed_at, '2026-05-03' as due_at" },
      "2026-04-03",
      "handoffs.completed_at",
    ],
    [
      { tickets: ticket, trainings: "'2026-04-04' as completed_on, '2026-05-04' as due_on" },
      "2026-04-04",
      "trainings.completed_on",
    ],
    [{ tickets: ticket, employees: "'2026-04-05' as left_on" }, "2026-04-05", "employees.left_on"],
    [{ tickets: ticket, customers: "'2026-04-06' as acquired_on" }, "2026-04-06", "customers.acquired_on"],
    [{ tickets: ticket, events: "'2026-04-07' as held_on" }, "2026-04-07", "events.held_on"],
  ])("%j", async (rows, day, from) => {
    expect(await newestDay(await staged(rows), now, zone)).toEqual({ day, from });
  });

  it.each<[string, Partial<Record<TableName, string>>]>([
    ["an expected closing", { opportunities: "'2026-05-01' as closed_at, null as won" }],
    ["a promise", { orders: "'2026-05-01' as promised_on" }],
    ["a month of the market", { market_sales: "'2026-05-01' as month" }],
    ["a round of reviews", { reviews_360: "'2026-05-01' as period_start" }],
    ["a training's due day", { trainings: "'2026-05-01' as due_on" }],
    ["what lies after the run's start", { employees: "'2026-07-01' as left_on" }],
  ])("is not %s", async (_, rows) => {
    const db = await staged({ tickets: ticket, ...rows });
    expect(await newestDay(db, now, zone)).toEqual({ day: "2026-01-10", from: "tickets.created_at" });
  });

  it.each<[Partial<Record<TableName, string>>, string, string]>([
    [{ market_sales: "'2026-02-01' as month" }, "2026-02-28", "market_sales.month"],
    [{ market_sales: "'2026-06-01' as month" }, "2026-06-30", "market_sales.month"],
    [{ reviews_360: "'2026-01-01' as period_start" }, "2026-01-01", "reviews_360.period_start"],
    [{ trainings: "'2026-05-01' as due_on" }, "2026-05-01", "trainings.due_on"],
  ])("is what a period or a plan names where nothing happened: %j", async (rows, day, from) => {
    expect(await newestDay(await staged(rows), now, zone)).toEqual({ day, from });
  });

  it("is the run's own day in the configured zone at the latest", async () => {
    const db = await staged({ employees: "'2026-07-01' as left_on" });
    expect(await newestDay(db, new Date("2026-06-30T16:30:00Z"), zone)).toEqual({
      day: "2026-07-01",
      from: "employees.left_on",
    });
  });

  it("has to be asked for where no table has a time", async () => {
    await expect(newestDay(await staged({ products: "'P' as product_id" }), now, zone)).rejects.toMatchObject(
      {
        exitCode: 2,
      },
    );
  });
});

describe("what a given date cuts off", () => {
  it("is counted for each column, and only what has happened", async () => {
    const db = await staged({
      tickets: `${ticket}, '2026-01-20 00:00:00' as first_response_at, '2026-02-10 09:00:00' as resolved_at`,
      opportunities: "'2026-01-05' as created_at, '2026-05-01' as closed_at, null as won",
      orders: "'2026-01-20 12:00' as ordered_at, '2026-01-19' as delivered_on",
      employees: "'2026-01-20' as left_on",
    });
    await writeSettings(db, readSettings("nowhere"), { buildId: "test", now, asOf: "2026-01-19" });
    expect(await readCutOff(db)).toEqual([
      { table: "employees", column: "left_on", count: 1 },
      { table: "orders", column: "ordered_at", count: 1 },
      { table: "tickets", column: "first_response_at", count: 1 },
      { table: "tickets", column: "resolved_at", count: 1 },
    ]);
  });

  it("is told in a sentence", () => {
    expect(both(cutOffText({ table: "tickets", column: "resolved_at", count: 3 }))).toEqual({
      en: "3 times of tickets.resolved_at lie beyond the data date and are not counted",
      zh: "工单（tickets.resolved_at）有 3 个时间晚于数据日期，不计入",
    });
  });
});
