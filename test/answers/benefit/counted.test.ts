import type { DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assess } from "../../../src/answers/benefit/assess.js";
import { readCases } from "../../../src/answers/benefit/cases.js";
import { exposureOf } from "../../../src/answers/benefit/contrast.js";
import { type Assessment, namedWindow } from "../../../src/answers/benefit/initiative.js";
import { readRegister } from "../../../src/answers/benefit/register.js";
import { registerInitiatives } from "../../../src/warehouse/initiativeRegister.js";
import { benefitText } from "../../../src/words/benefitText.js";
import { buildMarts, emptyStaging, stage } from "../../models/fixture.js";
import { smallCatalogue } from "../../someKpis.js";
import { temporaryFolder } from "../../temporaryFolder.js";
import { initiativesOf, type Row, stageInitiatives } from "./company.js";

const zone = "Asia/Shanghai";
const repeats = {
  kpi_id: "repeat_handling",
  started_on: "2025-04-01",
  baseline_days: 90,
  follow_up_days: 45,
};
const waits = { kpi_id: "first_response_time", baseline_days: 90, follow_up_days: 90 };
const rows: Row[] = [
  { initiative_id: "risen", ...repeats, scope_dimension: "region", scope_value: "East" },
  { initiative_id: "fallen", ...repeats, scope_dimension: "region", scope_value: "West" },
  { initiative_id: "running", ...repeats, started_on: "2025-09-11", follow_up_days: 60 },
  { initiative_id: "to come", ...waits, started_on: "2025-10-10" },
  { initiative_id: "waiting", ...waits, started_on: "2025-09-11", lag_days: 20, expected_change: -3 },
];

let db: DuckDBConnection;
let found: Map<string, Assessment>;
/**
 * 60 customers, half of them in the East, whose data end on 2025-09-30: a ticket a month each, answered 9 minutes after it
 * came, in the East 12 from September on. 12 western tickets of March and 7 eastern ones of April are handled twice. Customer 0
 * leaves on 2025-09-20.
 */
beforeAll(async () => {
  db = await emptyStaging();
  await stage(
    db,
    "customers",
    `select 'c' || c as customer_id, 'n' || c as name, (array['East', 'West'])[1 + c % 2] as region, '2023-01-01' as acquired_on
     from range(60) as numbers (c)`,
    zone,
  );
  await stage(
    db,
    "customer_status",
    "select 'c0' as customer_id, 'churned' as status, date '2025-09-20' as changed_on, 'price' as reason_category",
    zone,
  );
  await stage(
    db,
    "tickets",
    `select 't' || c || '-' || m as ticket_id, 'c' || c as customer_id, 'request' as type, 'phone' as channel,
       '2025-0' || m || '-15 10:' || (10 + c % 20) || ':00' as created_at,
       '2025-0' || m || '-15 10:' || (19 + c % 20 + case when c % 2 = 0 and m = 9 then 3 else 0 end) || ':00' as first_response_at,
       case when (c % 2 = 1 and m = 3 and c < 24) or (c % 2 = 0 and m = 4 and c < 14) then 2 else 1 end as handling_count
     from range(60) as numbers (c), range(1, 10) as months (m)`,
    zone,
  );
  await stageInitiatives(db, rows);
  await buildMarts(db, {
    asOf: "2025-09-30",
    coversFrom: { tickets: "2025-01-01", customer_status: "2025-01-01" },
    catalogDir: smallCatalogue(["repeat_handling", "first_response_time"], temporaryFolder("counted")),
  });
  const all = await initiativesOf(db);
  found = new Map(
    (await assess(db, all, { withCompanions: true })).map((each) => [each.initiative_id, each]),
  );
});
afterAll(() => db.closeSync());
const of = (id: string) => found.get(id) as Assessment;

/**
 * scipy 1.17.1, of k events after and n in all, the follow-up having a third of the customer-days:
 * `min(1, 2 * min(binom.cdf(k, n, 1/3), binom.sf(k - 1, n, 1/3)))`, the interval of the share
 * `binomtest(k, n, 1/3).proportion_ci(method="exact")`, s / (1 - s) × 2 being the ratio of the rates.
 */
describe("the exact test of counts of which one is nothing gives what scipy does", () => {
  it("nothing before: the difference and p, and no interval", () => {
    const { textbook } = of("risen").companions ?? {};
    expect([of("risen").baseline.value, of("risen").follow_up.value]).toEqual([0, 7]);
    expect(textbook).toEqual({
      test: "exact",
      delta: 7,
      low: null,
      high: null,
      p: expect.closeTo(0.0009144947416552351, 14),
    });
  });

  it("nothing after: all that was to be expected, and an interval from there", () => {
    const { textbook } = of("fallen").companions ?? {};
    expect([of("fallen").baseline.value, of("fallen").follow_up.value]).toEqual([12, 0]);
    // 12 in 90 days are 6 in 45.
    expect(textbook).toMatchObject({ test: "exact", delta: expect.closeTo(-6, 12) });
    expect(textbook?.low).toBeCloseTo(-6, 12);
    expect(textbook?.high).toBeCloseTo(6 * (0.7197876345754083 - 1), 10);
    expect(textbook?.p).toBeCloseTo(0.015414693258517877, 13);
  });
});

it("customer-days end with the data, by hand", async () => {
  const [initiative] = (await initiativesOf(db)).filter(({ initiative_id: id }) => id === "running");
  if (!initiative) throw new Error("no such initiative");
  const windows = [initiative.baseline, initiative.follow_up].map(namedWindow);
  expect(initiative.follow_up).toMatchObject({ start: "2025-09-11", end: "2025-11-10" });
  const cases = await readCases(db, { initiative, windows }, "poisson");
  // Before: 60 customers, 90 days. After: 59 on the 20 days up to 30 September, one on the 9 before he left; no event.
  expect(exposureOf(cases, "")).toEqual({
    before: { events: 0, days: 60 * 90 },
    after: { events: 0, days: 59 * 20 + 9 },
  });
});

describe("what has not begun", () => {
  it.each(["to come", "waiting"])("%s: has no change", (id) => {
    const nothing = { delta: null, relative: null, low: null, high: null, p: null, q: null };
    expect(of(id)).toMatchObject({ verdict: "still_running", ...nothing, expected_reached: null });
    expect(of(id).follow_up).toMatchObject({ value: null, numerator: null, denominator: null, n: null });
    expect(of(id).baseline.value).toBeCloseTo(id === "to come" ? 9.5 : 9, 9);
    const names = {
      kpi: () => undefined,
      initiative: String,
      dimension: String,
      value: (_: string, value: string) => value,
      currency: "CNY",
      as_of_on: "2025-09-30",
      min_cell: 5,
    };
    for (const [language, words] of [
      ["en", /\b(rose|fell|improved|worsened|became)\b/],
      ["zh-CN", /改善|恶化|上升|下降了|变为/],
    ] as const)
      expect(benefitText(of(id), names, language).sentences.join(" ")).not.toMatch(words);
  });

  it("is defined anew without a word, its start too, until it begins", async () => {
    const build = async (day: string, sql: string) => {
      await db.run(`update staging.initiatives set ${sql} where initiative_id = 'to come'`);
      await registerInitiatives(db, { buildId: day, day });
      return (await readRegister(db)).get("to come");
    };
    const known = { first_seen: "2025-09-30", is_late: false };
    expect(await build("2025-09-30", "expected_change = -1")).toMatchObject({ ...known, changed: [] });
    expect(await build("2025-10-05", "expected_change = -2, follow_up_days = 60")).toMatchObject({
      ...known,
      changed: [],
    });
    expect(await build("2025-10-09", "started_on = date '2025-10-20'")).toMatchObject({
      ...known,
      changed: [],
    });
    const changed = [{ on: "2025-10-21", field: "follow_up_days", old: "60", new: "90" }];
    expect(await build("2025-10-21", "follow_up_days = 90")).toMatchObject({ ...known, changed });
  });
});
