import { expect, it } from "vitest";
import { assess } from "../../../src/answers/benefit/assess.js";
import type { Assessment } from "../../../src/answers/benefit/initiative.js";
import { buildMarts, emptyStaging, stage } from "../../models/fixture.js";
import { initiativesOf, type Row, stageInitiatives } from "./company.js";

const zone = "Asia/Shanghai";
const of = { kpi_id: "follow_up_rate", value_per_unit: 10, cost: 100 };
const west = { scope_dimension: "region", scope_value: "West" };

/** What is said of 240 customers who are all followed up every so many days, whatever is done, by initiative. */
async function assessed(every: number, rows: readonly Row[]): Promise<Map<string, Assessment>> {
  const db = await emptyStaging();
  await stage(
    db,
    "customers",
    `select 'c' || c as customer_id, 'n' || c as name, (array['East', 'West'])[1 + c % 2] as region, '2023-01-01' as acquired_on
     from range(240) as numbers (c)`,
    zone,
  );
  await stage(
    db,
    "contacts",
    `select 'k' || c || '-' || k as contact_id, 'c' || c as customer_id, 'follow_up' as purpose, true as reached,
       strftime(date '2024-01-01' + cast((c * 37) % ${every} + k * ${every} as integer), '%Y-%m-%d') || ' 10:00:00' as contacted_at
     from range(240) as numbers (c), range(${Math.ceil(730 / every)}) as times (k)`,
    zone,
  );
  await stage(
    db,
    "customer_status",
    "select 'c0' as customer_id, 'churned' as status, date '2025-09-20' as changed_on, 'price' as reason_category",
    zone,
  );
  await stageInitiatives(db, rows);
  const coversFrom = { contacts: "2024-01-01", customer_status: "2024-01-01" };
  await buildMarts(db, { asOf: "2025-09-30", coversFrom, kpis: rows.map(({ kpi_id }) => kpi_id) });
  const found = await assess(db, await initiativesOf(db), { withCompanions: true });
  db.closeSync();
  return new Map(found.map((each) => [each.initiative_id, each]));
}

const untested = { p: null, q: null, low: null, high: null, expected_reached: null };
const worthless = { value_money: null, value_money_low: null, value_money_high: null };
const unreturned = { return: null, return_low: null, return_high: null };

it("customers counted once are compared over windows of unequal length while they are few, and then not at all", async () => {
  const rows: Row[] = [
    { initiative_id: "longer", ...of, ...west, baseline_days: 60, follow_up_days: 120 },
    { initiative_id: "shorter", ...of, baseline_days: 120, follow_up_days: 60 },
    { initiative_id: "alike", ...of, ...west, baseline_days: 90, follow_up_days: 90 },
  ];
  // A half of all customers in 60 days, all of them in 120: by day that looked like an improvement or a loss.
  const often = await assessed(120, rows);
  for (const id of ["longer", "shorter"]) {
    const one = often.get(id);
    expect(one).toMatchObject({ verdict: "not_testable", untestable: "windows_differ", method: null });
    expect(one).toMatchObject({ delta: null, ...untested, ...worthless, ...unreturned });
    expect(one?.companions).toBeUndefined();
  }
  expect(often.get("longer")?.baseline.value).toBeCloseTo(0.5, 1);
  expect(often.get("longer")?.follow_up.value).toBe(1);
  expect(often.get("alike")).toMatchObject({
    verdict: "no_demonstrable_change",
    method: "least_squares_did",
    untestable: null,
  });
  // One in sixty by month: a window of any length tells the rate.
  const seldom = await assessed(1800, rows);
  expect(seldom.get("longer")?.method).toBe("poisson_did");
  expect(seldom.get("shorter")).toMatchObject({ method: "poisson", verdict: "no_demonstrable_change" });
  expect(Math.abs(seldom.get("shorter")?.relative ?? 1)).toBeLessThan(0.15);
});

it("an initiative that runs has figures, and neither interval nor money nor return", async () => {
  const found = await assessed(120, [
    { initiative_id: "running", ...of, ...west, started_on: "2025-06-01" },
    { initiative_id: "to come", ...of, started_on: "2025-12-01" },
  ]);
  for (const one of found.values()) {
    expect(one).toMatchObject({ verdict: "still_running", ...untested, ...worthless, ...unreturned });
    // A share that grows with the days still to come is no change yet.
    expect(one.delta).toBeNull();
  }
  expect(found.get("running")?.follow_up.value).toBeGreaterThan(0);
});
