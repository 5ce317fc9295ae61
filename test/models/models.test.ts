import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import type { Kpi } from "../../src/catalogue/kpis.js";
import { responseLimitsSchema } from "../../src/catalogue/responseLimits.js";
import { writeSettings } from "../../src/catalogue/settings.js";
import { checkGrains } from "../../src/warehouse/grains.js";
import { provenGrains } from "../../src/warehouse/keys.js";
import { lineageOf } from "../../src/warehouse/lineage.js";
import { readModels } from "../../src/warehouse/modelFiles.js";
import { belowModels, createModels, shippedModels } from "../../src/warehouse/models.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { emptyStaging } from "./fixture.js";

const settings = {
  language: "en" as const,
  time_zone: "Asia/Shanghai",
  churn_rule: "auto" as const,
  inactivity_days: 180,
  published_dimensions: [],
  publish_budget_bytes: 2_000_000,
  response_limits: responseLimitsSchema.parse(undefined),
  publish_names: false,
  record_floor: "1970-01-01",
  currency: "CNY",
  publish_persons: true,
  min_cell: 5,
  keep_builds: 5,
  block: [],
};

const folder = temporaryFolder("models");

async function models(files: Record<string, string>) {
  const dir = mkdtempSync(join(folder, "models-"));
  for (const schema of ["intermediate", "marts"]) mkdirSync(join(dir, schema));
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(dir, `${name}.sql`), sql);
  const db = await emptyStaging();
  await writeSettings(db, settings, { buildId: "test", now: new Date(), asOf: "2026-01-31" });
  return { db, models: await readModels(db, dir, belowModels) };
}

describe("models", () => {
  it("each explain on an empty database, in an order that their SQL gives", async () => {
    const db = await emptyStaging();
    await writeSettings(db, settings, { buildId: "test", now: new Date(), asOf: "2026-01-31" });
    const all = await readModels(db, shippedModels, belowModels);
    await createModels(db, all);
    for (const { sql, reads, relation } of all) {
      await db.run(`explain ${sql}`);
      const before = all.slice(
        0,
        all.findIndex((model) => model.relation === relation),
      );
      for (const name of reads) {
        expect(
          belowModels.has(name) || before.some((model) => model.relation === name),
          `${relation} reads ${name}`,
        ).toBe(true);
      }
    }
    await checkGrains(db, all);
  });

  it("keep to their rooms: no mart reads staging, no intermediate reads a mart", async () => {
    const db = await emptyStaging();
    for (const { schema, relation, reads } of await readModels(db, shippedModels, belowModels)) {
      const rooms = new Set(reads.map((name) => name.split(".")[0]));
      expect(rooms.has(schema === "marts" ? "staging" : "marts"), relation).toBe(false);
    }
  });

  it("stay in the portable core of SQL", async () => {
    const db = await emptyStaging();
    for (const { sql, relation } of await readModels(db, shippedModels, belowModels)) {
      expect(sql, relation).not.toMatch(/\bgroup by all\b|\bqualify\b|\barg_max\b|\bpivot\b|->|\blist_/i);
    }
  });

  it.each([
    [
      {
        "marts/a": "-- grain: x\nselect 1 as x from marts.b",
        "marts/b": "-- grain: x\nselect x from marts.a",
      },
      /read each other: marts.a → marts.b → marts.a/,
    ],
    [
      { "marts/a": "-- grain: x\nselect x from staging.custmers" },
      /reads an unknown relation: staging.custmers/,
    ],
    [{ "marts/a": "-- grain: x\nselect x from customers" }, /relation without a schema: customers/],
    [{ "marts/a": "select 1 as x" }, /lacks a line: -- grain/],
    [{ "marts/a": "-- grain: x\nselect from" }, /a\.sql: /],
  ])("refuse %j", async (files, message) => {
    await expect(models(files as Record<string, string>)).rejects.toThrow(message);
  });

  it("fail where rows share their grain", async () => {
    const built = await models({
      "intermediate/twice": "-- grain: x\nselect 1 as x union all select 1 as x",
    });
    await createModels(built.db, built.models);
    await expect(checkGrains(built.db, built.models)).rejects.toThrow(
      /twice\.sql: rows that share their grain \(x\)/,
    );
  });

  it("prove a grain only where the SQL shows it", async () => {
    const built = await models({
      "intermediate/kept":
        "-- grain: ticket_id\nselect tickets.ticket_id, customers.name from staging.tickets left join staging.customers on customers.customer_id = tickets.customer_id",
      "intermediate/fanned":
        "-- grain: ticket_id\nselect tickets.ticket_id from staging.tickets left join staging.orders on orders.customer_id = tickets.customer_id",
      "intermediate/dropped": "-- grain: customer_id\nselect tickets.customer_id from staging.tickets",
      "intermediate/grouped":
        "-- grain: customer_id\nselect customer_id, count(*) as ticket_count from staging.tickets group by customer_id",
      "intermediate/one_sided":
        "-- grain: ticket_id\nselect tickets.ticket_id from staging.tickets inner join staging.customers on tickets.customer_id = tickets.agent_id",
      "intermediate/stacked":
        "-- grain: ticket_id, kind\nselect ticket_id, 'a' as kind from staging.tickets union all select ticket_id, 'b' as kind from staging.tickets",
      "intermediate/stacked_alike":
        "-- grain: ticket_id, kind\nselect ticket_id, 'a' as kind from staging.tickets union all select ticket_id, 'a' as kind from staging.tickets",
      "intermediate/part_of_key": "-- grain: order_id\nselect order_id from staging.orders",
    });
    expect([...provenGrains(built.models)].sort()).toEqual([
      "intermediate.grouped",
      "intermediate.kept",
      "intermediate.stacked",
    ]);
  });

  it("of KPIs have of their customer what they do not say themselves", async () => {
    const kpi = readCatalogue("data/catalog").kpis.find(({ id }) => id === "revenue") as Kpi;
    const customers =
      "-- grain: customer_id\nselect 'c' as customer_id, 'large' as segment, 'East' as region, cast(null as varchar) as industry, 'a' as acquisition_channel, 'e1' as owner";
    const cases =
      "-- grain: order_id\nselect 'o1' as order_id, 'c' as customer_id, 'e2' as owner union all select 'o2', 'd', null";
    for (const materialized of ["", "-- materialized: build\n", "-- materialized: table\n"]) {
      const built = await models({
        "intermediate/customers": customers,
        "marts/revenue": `${materialized}${cases}`,
        "marts/other": cases,
      });
      const created = await createModels(built.db, built.models, [kpi]);
      const rows = async (name: string) =>
        (await built.db.runAndReadAll(`from marts.${name} order by order_id`)).getRowObjectsJson();
      expect(await rows("revenue")).toEqual([
        {
          order_id: "o1",
          customer_id: "c",
          owner: "e2",
          segment: "large",
          industry: null,
          region: "East",
          acquisition_channel: "a",
        },
        {
          order_id: "o2",
          customer_id: "d",
          owner: null,
          segment: null,
          industry: null,
          region: null,
          acquisition_channel: null,
        },
      ]);
      expect(Object.keys((await rows("other"))[0] ?? {})).toEqual(["order_id", "customer_id", "owner"]);
      expect(lineageOf(created, [kpi])[0]?.models).toEqual(["marts.revenue", "intermediate.customers"]);
      built.db.closeSync();
    }
  });

  it("lead every KPI back to contract columns", async () => {
    const db = await emptyStaging();
    const lineage = lineageOf(
      await readModels(db, shippedModels, belowModels),
      readCatalogue("data/catalog").kpis,
    );
    const of = (id: string) => lineage.find((each) => each.kpi_id === id);
    expect(of("market_share")).toEqual({
      kpi_id: "market_share",
      models: ["marts.market_share", "intermediate.market_sales"],
      columns: ["company", "is_own", "market", "month", "sales"].map((name) => `market_sales.${name}`),
    });
    expect(of("first_response_time")?.columns).toContain("tickets.first_response_at");
    expect(of("churn_rate")?.columns).toContain("customer_status.changed_on");
    expect(of("csat")?.columns).not.toContain("customers.name");
  });
});
