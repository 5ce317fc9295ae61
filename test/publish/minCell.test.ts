import type { DuckDBConnection } from "@duckdb/node-api";
import { tableFromIPC } from "apache-arrow";
import { afterAll, describe, expect, it } from "vitest";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { decideCells, publishCubes } from "../../src/publish/archive.js";
import { isLong } from "../long.js";
import { buildMarts, emptyStaging, stage } from "../models/fixture.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { attack, forget, publishedOf } from "./attack.js";
import { company } from "./company.js";

const { kpis } = readCatalogue("data/catalog");
const minCell = 5;
const zone = "Asia/Shanghai";

/** Seeds of companies, and when each is looked at: where windows cut months, quarters and years, and where they do not. */
const days = [
  "2025-01-20",
  "2024-12-10",
  "2025-05-10",
  "2024-11-08",
  "2025-03-08",
  "2024-10-25",
  "2025-02-14",
];
const more = Array.from({ length: days.length }, (_, at): [number, string] => [
  20 + at,
  days[at % days.length] ?? "",
]);

const asked = ["first_response_time", "complaint_rate", "revenue", "revenue_growth", "gross_margin"];
const catalogDir = smallCatalogue(asked, temporaryFolder("min-cell"));

const nestedDir = smallCatalogue(["first_response_time", "average_response_time"], temporaryFolder("nested"));
const nestedTypes = ["request", "repair", "complaint", "inquiry"];

const built = new Map<string, Promise<DuckDBConnection>>();
function companyOf(seed: number, asOf: string, isNested = false): Promise<DuckDBConnection> {
  const key = `${seed} ${asOf} ${isNested}`;
  const db =
    built.get(key) ??
    (isNested ? company(seed, asOf, nestedDir, nestedTypes) : company(seed, asOf, catalogDir));
  built.set(key, db);
  return db;
}
afterAll(async () => {
  for (const db of built.values()) (await db).closeSync();
});

/** Those that other tests look at, too; in `npm run test:long` many others. */
const few: [number, string][] = [
  [5, "2025-05-10"],
  [7, "2024-12-10"],
];
const others: [number, string][] = [[3, "2024-12-10"], [6, "2024-12-10"], [25, "2024-09-30"], ...more];

describe.each<[number, string]>(isLong ? others : few)(
  "of company %i as of %s no figure of fewer than five customers",
  (seed, asOf) => {
    it.each([{ ids: ["first_response_time"] }, { ids: ["revenue", "revenue_growth", "gross_margin"] }])(
      "is shown, or follows from what is: $ids",
      async ({ ids }) => {
        const db = await companyOf(seed, asOf);
        const found = attack(await publishedOf(db, ids, minCell), minCell);
        expect(found.shownOfFew).toEqual([]);
        expect(found.derived).toEqual([]);
        // The attack has something to find, and the company something to read.
        expect(found.secret).toBeGreaterThan(100);
        expect(found.shown).toBeGreaterThan(20);
      },
    );
  },
);

describe.each<[number, string]>(isLong ? others : few)(
  "of company %i as of %s no figure of fewer than five customers",
  (seed, asOf) => {
    it("is what a KPI leaves of another of which it has part of the cases", async () => {
      const db = await companyOf(seed, asOf, true);
      const nested = { id: "average_response_time", types: nestedTypes.slice(0, 3) };
      const published = await publishedOf(db, ["first_response_time"], minCell, nested);
      const found = attack(published, minCell);
      expect(found.shownOfFew).toEqual([]);
      expect(found.derived).toEqual([]);
      expect(found.secret).toBeGreaterThan(100);
      expect(found.shown).toBeGreaterThan(20);
    });
  },
);

// A limit: E3's customers have 12 tickets in January 2025 and 13 in the year, so February's one ticket, which the company's own figure
// tells of, is one of E3's. Rows of several dimensions, all hidden, say the same of its channel and region.
it.skipIf(isLong)("other rows tell whose the company's only case of a month is", async () => {
  const db = await companyOf(5, "2025-05-10");
  const { ofCompany } = attack(await publishedOf(db, ["first_response_time"], minCell), minCell);
  for (const where of [{ owner: "e3" }, { channel: "phone" }, { region: "East" }])
    expect(ofCompany).toContainEqual([{ from: "2025-02-01", to: "2025-03-01", where }]);
});

it.skipIf(isLong).each([0, 1])(
  "decides for a company of %i orders, of everything else none",
  async (orders) => {
    const db = await emptyStaging();
    await stage(
      db,
      "orders",
      `select 'o' || i as order_id, '1' as line_no, 'c1' as customer_id, '2026-01-02 10:00:00' as ordered_at, 5 as revenue
     from range(${orders}) as numbers (i)`,
      zone,
    );
    await buildMarts(db, {
      asOf: "2026-01-31",
      settings: { published_dimensions: ["region"] },
      coversFrom: { orders: "2026-01-01" },
    });
    const options = {
      kpis,
      published: ["region" as const],
      budgetBytes: 2_000_000,
      minCell,
      withPersons: true,
    };
    const { cuboids } = await decideCells(db, options);
    const { entries } = await publishCubes(db, cuboids, options);
    db.closeSync();
    const totals = tableFromIPC(entries.find(({ path }) => path === "totals.arrow")?.bytes ?? []).toArray();
    const revenue = totals.filter((row) => row?.kpi_id === "revenue" && row.numerator === 5);
    expect(revenue.length > 0).toBe(orders > 0);
    expect(totals.every((row) => row?.hidden === 0)).toBe(true);
  },
);

it.skipIf(isLong)("hides the same figures whatever other words the company has", async () => {
  const hidden = async (others: readonly string[]) => {
    const db = await companyOf(7, "2024-12-10");
    await forget(db);
    for (const word of others) await db.run(`insert into marts.holders values ('none', 'none', '${word}')`);
    await decideCells(db, {
      kpis: kpis.filter(({ id }) => ["first_response_time", "complaint_rate", "revenue"].includes(id)),
      published: ["segment", "region", "channel", "type"],
      budgetBytes: 2_000_000,
      minCell,
      withPersons: true,
    });
    const rows = await db.runAndReadAll(
      `select columns(* exclude (key, numerator, sum_sq))::varchar from cells where hidden order by all`,
    );
    return rows.getRowsJson();
  };
  const alone = await hidden([]);
  expect(alone.length).toBeGreaterThan(100);
  expect(await hidden(["AAA", "Middle", "一"])).toEqual(alone);
});

// Everybody has a complaint on 5 January 2025 and, but for ten of the East's twelve, one on 5 February. Of 2025 the East's 14 complaints
// less the 12 up to 10 January would tell of two customers, and so would the first quarter's and half-year's.
it.skipIf(isLong)(
  "hides what a period's elapsed days leave to few, though nothing happened in the rest of their month",
  async () => {
    const db = await emptyStaging();
    await stage(
      db,
      "customers",
      `select 'c' || i as customer_id, 'x' as name, (array['East', 'West', 'North'])[1 + i % 3] as region from range(36) as numbers (i)`,
      zone,
    );
    await stage(
      db,
      "tickets",
      `select 't' || i as ticket_id, 'c' || i % 36 as customer_id, 'complaint' as type,
       (case when i < 36 then '2025-01-05' else '2025-02-05' end) || ' 09:00:00' as created_at
     from range(72) as numbers (i) where i < 42 or i % 3 > 0`,
      zone,
    );
    await buildMarts(db, {
      asOf: "2026-01-10",
      settings: { published_dimensions: ["region"] },
      coversFrom: { tickets: "2025-01-01" },
      kpis: ["complaint_resolution_rate"],
    });
    const options = {
      kpis: kpis.filter(({ id }) => id === "complaint_resolution_rate"),
      published: ["region" as const],
      budgetBytes: 2_000_000,
      minCell,
      withPersons: true,
    };
    await decideCells(db, options);
    const reader = await db.runAndReadAll(`
    select role, grain, n::integer as n, hidden from cells
    where region = 'East'::word and period_start = date '2025-01-01' and role in ('period'::word, 'elapsed_year'::word)
    order by role::varchar, n, grain::varchar`);
    db.closeSync();
    expect(reader.getRowsJson()).toEqual([
      ...["half", "month", "quarter", "year"].map((grain) => ["elapsed_year", grain, 12, true]),
      ["period", "month", 12, true],
      ...["half", "quarter", "year"].map((grain) => ["period", grain, 14, false]),
    ]);
  },
);

// One answer in January, of an eastern customer of E1; twelve in February, four a region, by two employees.
it.skipIf(isLong)(
  "where a whole month tells of few, groups without a case look like the hidden one",
  async () => {
    const db = await emptyStaging();
    await stage(
      db,
      "customers",
      `select 'c' || i as customer_id, 'x' as name, (array['East', 'West', 'North'])[1 + i % 3] as region, 'e' || i % 2 as owner_id from range(12) as numbers (i)`,
      zone,
    );
    await stage(
      db,
      "employees",
      "select 'e' || i as employee_id, 'x' as name from range(2) as numbers (i)",
      zone,
    );
    await stage(
      db,
      "survey_answers",
      `select 'a' || i as answer_id, 'c' || i % 12 as customer_id, 'after_sales' as survey, 'overall' as dimension, 4 as score, 1 as scale_min, 5 as scale_max,
       case when i = 0 then '2026-01-10 10:00:00' else '2026-02-10 10:00:00' end as answered_at from range(13) as numbers (i)`,
      zone,
    );
    await buildMarts(db, {
      asOf: "2026-03-31",
      settings: { published_dimensions: ["region"] },
      coversFrom: { survey_answers: "2026-01-01" },
      kpis: ["after_sales_csat"],
    });
    const options = {
      kpis: kpis.filter(({ id }) => id === "after_sales_csat"),
      published: ["region" as const],
      budgetBytes: 2_000_000,
      minCell,
      withPersons: true,
    };
    const { cuboids } = await decideCells(db, options);
    const { entries } = await publishCubes(db, cuboids, options);
    db.closeSync();
    const rows = (path: string) =>
      (
        tableFromIPC(entries.find((entry) => entry.path === path)?.bytes ?? []).toArray() as Record<
          string,
          string | number | null
        >[]
      ).filter(({ period_start, grain }) => grain === "month" && period_start === "2026-01-01");
    const regions = rows("cube/after_sales_csat.arrow").filter(({ region }) => region !== null);
    expect(regions.map(({ region, hidden, n }) => [region, hidden, n]).sort()).toEqual([
      ["East", 1, null],
      ["North", 1, null],
      ["West", 1, null],
    ]);
    const owners = rows("by/after_sales_csat.arrow").filter(({ by }) => by === "owner");
    expect(owners.map(({ value, hidden }) => [value, hidden]).sort()).toEqual([
      ["e0", 1],
      ["e1", 1],
    ]);
  },
);

// A request of each customer, one of each region's answered late: of six in the North, East and South, of three in the West.
it.skipIf(isLong)(
  "a count tells of those among whom it was counted, as the rate over the same cases does",
  async () => {
    const db = await emptyStaging();
    await stage(
      db,
      "customers",
      `select 'c' || i as customer_id, 'x' as name,
       case when i < 3 then 'West' when i < 9 then 'North' when i < 15 then 'East' else 'South' end as region from range(21) as numbers (i)`,
      zone,
    );
    await stage(
      db,
      "tickets",
      `select 't' || i as ticket_id, 'c' || i as customer_id, 'request' as type, 'phone' as channel,
       timestamp '2026-01-05 09:00:00' + i * interval 1 minute as created_at,
       timestamp '2026-01-05 09:01:00' + i * interval 1 minute + (i in (0, 3, 9, 15))::int * interval 1 day as first_response_at
     from range(21) as numbers (i)`,
      zone,
    );
    const ids = ["overdue_responses", "on_time_response_rate"];
    await buildMarts(db, {
      asOf: "2026-03-31",
      settings: { published_dimensions: ["region"] },
      coversFrom: { tickets: "2026-01-01" },
      kpis: ids,
    });
    const options = {
      kpis: kpis.filter(({ id }) => ids.includes(id)),
      published: ["region" as const],
      budgetBytes: 2_000_000,
      minCell,
      withPersons: true,
    };
    const { cuboids } = await decideCells(db, options);
    const { entries } = await publishCubes(db, cuboids, options);
    db.closeSync();
    const cellsOf = (kpi: string) =>
      tableFromIPC(entries.find(({ path }) => path === `cube/${kpi}.arrow`)?.bytes ?? [])
        .toArray()
        .filter((row) => row?.grain === "month" && row.period_start === "2026-01-01" && row.region !== null)
        .map((row) => [row?.region, row?.numerator, row?.hidden])
        .sort();
    const hidden = [
      ["South", null, 1],
      ["West", null, 1],
    ];
    expect(cellsOf("overdue_responses")).toEqual([["East", 1, 0], ["North", 1, 0], ...hidden]);
    expect(cellsOf("on_time_response_rate")).toEqual([["East", 5, 0], ["North", 5, 0], ...hidden]);
  },
);
