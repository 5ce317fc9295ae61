import { expect, it } from "vitest";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { decideCells } from "../../src/publish/archive.js";
import { benefitsDocument } from "../../src/publish/benefits.js";
import { unshownOf } from "../../src/publish/unshown.js";
import type { PublishedInitiative } from "../../src/published/benefitTypes.js";
import { type Row, stageInitiatives } from "../answers/benefit/company.js";
import { buildMarts, emptyStaging, stage } from "../models/fixture.js";

const catalogue = readCatalogue("data/catalog");
const kpis = catalogue.kpis.filter(({ id }) => id === "first_response_time");

/**
 * What is published of initiatives on the response time of a company with 120 customers in East and West, a ticket each a month.
 * @param own tickets of some customers more: customer's number, day, minutes
 */
async function published(
  rows: readonly Row[],
  own: readonly (readonly [number, string, number])[],
  isKept: (c: string) => string = () => "true",
): Promise<Map<string, PublishedInitiative>> {
  const db = await emptyStaging();
  await stage(
    db,
    "customers",
    `select 'c' || c as customer_id, 'n' || c as name, (array['East', 'West'])[1 + c % 2] as region, '2023-01-01' as acquired_on
     from range(120) as numbers (c)`,
    "Asia/Shanghai",
  );
  const more = own.map(
    ([c, day, minutes], at) =>
      `select 'x${at}', 'c${c}', '${day} 09:00:00', strftime(timestamp '${day} 09:00:00' + interval ${minutes} minute, '%Y-%m-%d %H:%M:%S'), 'request', 'phone'`,
  );
  await stage(
    db,
    "tickets",
    [
      `select 't' || c || '-' || m as ticket_id, 'c' || c as customer_id,
         strftime(date '2024-01-01' + to_months(cast(m as integer)) + to_days(cast(4 + (c * 7) % 22 as integer)), '%Y-%m-%d') || ' 09:' || lpad(cast(c % 50 as varchar), 2, '0') || ':00' as created_at,
         strftime(date '2024-01-01' + to_months(cast(m as integer)) + to_days(cast(4 + (c * 7) % 22 as integer)), '%Y-%m-%d') || ' ' || lpad(cast(10 + (c * m * 13) % 7 as varchar), 2, '0') || ':' || lpad(cast(c % 50 as varchar), 2, '0') || ':00' as first_response_at,
         'request' as type, 'phone' as channel
       from range(120) as numbers (c), range(24) as months (m) where ${isKept("c")}`,
      ...more,
    ].join(" union all "),
    "Asia/Shanghai",
  );
  await stageInitiatives(db, rows);
  await buildMarts(db, {
    asOf: "2025-12-31",
    coversFrom: { tickets: "2024-01-01", customers: "2023-01-01" },
  });
  const options = { kpis, minCell: 5, withPersons: true, budgetBytes: 2_000_000 };
  const { dimensions } = await decideCells(db, { ...options, published: ["region"] });
  const unshown = unshownOf(db, { ...options, dimensions });
  const { initiatives } = await benefitsDocument(db, catalogue, unshown, { withPersons: true });

  db.closeSync();
  return new Map(initiatives.map((each) => [each.initiative_id, each]));
}

const of = { kpi_id: "first_response_time", value_per_unit: 2, cost: 100, lag_days: 0 };
const east = { ...of, scope_dimension: "region", scope_value: "East" };

it("a window's cut leaves nothing of few outside the scope either", async () => {
  // On the first of June one western customer has a ticket, of the East enough have one.
  const first = [0, 2, 4, 6, 8, 10].map((c) => [c, "2025-06-01", 20] as const);
  const days = { started_on: "2025-06-02", baseline_days: 152, follow_up_days: 182 };
  const all = await published(
    [
      { initiative_id: "all", ...of, ...days },
      { initiative_id: "east", ...east, ...days },
    ],
    [...first, [1, "2025-06-01", 777]],
  );
  expect(all.get("east")).toMatchObject({ hidden: "few", baseline: { n: null }, follow_up: { n: null } });
  expect(all.get("all")?.baseline.n).toBeGreaterThan(100);
});

it("two initiatives a day apart do not leave that day over", async () => {
  const first = [0, 2, 4, 6, 8, 10].map((c) => [c, "2025-06-01", 20] as const);
  const western = [1, 3, 5, 7, 9, 11].map((c) => [c, "2025-06-01", 20] as const);
  const next = [1, 3, 5, 7, 9, 11].map((c) => [c, "2025-06-02", 20] as const);
  const all = await published(
    [
      { initiative_id: "a", ...east, started_on: "2025-06-02", baseline_days: 152, follow_up_days: 182 },
      { initiative_id: "b", ...east, started_on: "2025-06-03", baseline_days: 153, follow_up_days: 181 },
    ],
    [...first, ...western, ...next, [0, "2025-06-02", 777]],
  );
  for (const id of ["a", "b"]) expect(all.get(id)).toMatchObject({ hidden: "few", baseline: { n: null } });
  // Either alone cuts the month where enough are on both sides, and is shown.
  const alone = await published(
    [{ initiative_id: "a", ...east, started_on: "2025-06-02", baseline_days: 152, follow_up_days: 182 }],
    [...first, ...western, ...next, [0, "2025-06-02", 777]],
  );
  expect(alone.get("a")?.hidden).toBeFalsy();
  expect(alone.get("a")?.baseline.n).toBeGreaterThan(100);
});

it("nothing that stands beside a verdict is made of months that are not shown", async () => {
  // In 2024 one customer alone of the East had tickets.
  const all = await published(
    [{ initiative_id: "y", ...east, started_on: "2025-09-01", baseline_days: 92, follow_up_days: 91 }],
    Array.from({ length: 12 }, (_, at) => [0, `2024-${String(at + 1).padStart(2, "0")}-15`, 300] as const),
    (c) => `(${c} % 2 = 1 or m >= 12)`,
  );
  const { companions, trend } = all.get("y") as PublishedInitiative;
  expect(all.get("y")?.hidden).toBeFalsy();
  expect(trend.filter(({ start, hidden }) => start < "2025-01-01" && !hidden)).toEqual([]);
  expect(companions?.year_earlier).toBeNull();
  for (const { start } of companions?.placebo_time?.starts ?? []) expect(start >= "2025-04-01").toBe(true);
  for (const month of companions?.event_study?.months ?? [])
    if (month.start < "2025-01-01") expect(month.delta).toBeNull();
});
