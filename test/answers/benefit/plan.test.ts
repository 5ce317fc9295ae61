import type { DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { assess } from "../../../src/answers/benefit/assess.js";
import { type Plan, planInitiatives } from "../../../src/answers/benefit/plan.js";
import { company, initiativesOf, type Row } from "./company.js";

const complaints = { kpi_id: "complaint_rate", started_on: "2025-07-01" };
const windows = (baseline_days: number, follow_up_days = baseline_days) => ({
  baseline_days,
  follow_up_days,
});
const rows: Row[] = [
  ...[30, 60, 120].map((days) => ({ initiative_id: `alike ${days}`, ...complaints, ...windows(days) })),
  ...[30, 60, 180].map((days) => ({ initiative_id: `after ${days}`, ...complaints, ...windows(120, days) })),
  { initiative_id: "waits", kpi_id: "first_response_time", started_on: "2025-07-01", ...windows(120) },
  { initiative_id: "tiny", ...complaints, ...windows(120), expected_change: -0.001 },
  { initiative_id: "all", ...complaints, ...windows(60), expected_change: -90 },
  { initiative_id: "loss", kpi_id: "churn_rate", started_on: "2025-07-01", ...windows(120) },
  { initiative_id: "money", kpi_id: "revenue", started_on: "2025-07-01" },
  { initiative_id: "first", kpi_id: "first_response_time", started_on: "2024-02-01" },
  {
    initiative_id: "nobody",
    kpi_id: "first_response_time",
    scope_dimension: "region",
    scope_value: "Wset",
    started_on: "2025-07-01",
    ...windows(120),
  },
];

let db: DuckDBConnection;
let plans: Map<string, Plan>;
beforeAll(async () => {
  db = await company(rows);
  plans = new Map(
    (await planInitiatives(db, await initiativesOf(db))).map((each) => [each.initiative_id, each]),
  );
});
afterAll(() => db.closeSync());
const of = (id: string) => plans.get(id) as Plan;
const smallest = (id: string) => of(id).smallest_change ?? Number.NaN;

it("of what a window holds more of the longer it is, the smallest change found grows with it", async () => {
  // Complaints come at one rate: a window of n times the days holds n times as many, and the error grows with their root.
  for (const ids of [
    ["alike 30", "alike 60", "alike 120"],
    ["after 30", "after 60", "after 180"],
  ]) {
    const [first, second, third] = ids.map(smallest);
    expect(second).toBeGreaterThan((first ?? 0) * 1.1);
    expect(third).toBeGreaterThan((second ?? 0) * 1.1);
  }
  // By their root, as of twice the days, but for what fewer events leave.
  expect(smallest("alike 120") / smallest("alike 60")).toBeGreaterThan(1.2);
  expect(smallest("alike 120") / smallest("alike 60")).toBeLessThan(1.9);
});

it("it is about what the earlier starts of the same windows would have found", async () => {
  const all = await initiativesOf(db);
  const ids = ["alike 30", "alike 60"];
  for (const one of await assess(db, all, { ids, withCompanions: true })) {
    const found = one.companions?.placebo_time?.found ?? Number.NaN;
    expect(smallest(one.initiative_id) / found).toBeGreaterThan(0.7);
    expect(smallest(one.initiative_id) / found).toBeLessThan(1.4);
  }
});

it("says why something of a plan is not told", () => {
  expect(of("waits")).toMatchObject({ unknown: null, needed_days: null, is_found: null });
  expect(of("tiny")).toMatchObject({ is_found: "never", needed_days: null, unknown: null });
  expect(of("all")).toMatchObject({ is_found: null, unknown: "more_than_all" });
  expect(of("money")).toMatchObject({ smallest_change: null, unknown: "no_interval" });
  expect(of("first")).toMatchObject({ smallest_change: null, unknown: "no_record" });
  expect(of("nobody")).toMatchObject({ smallest_change: null, unknown: "no_such_value" });
  // Eight losses in 120 days: too few for a fall to leave any to find it by.
  expect(of("loss")).toMatchObject({ smallest_change: null, unknown: "no_fall" });
});

it("names the value that may be meant where the data have no such value", async () => {
  const all = await initiativesOf(db);
  const [nobody] = await assess(db, all, { ids: ["nobody"] });
  expect(nobody).toMatchObject({ verdict: "too_little_data", scope_unknown: { near: "West" } });
});
