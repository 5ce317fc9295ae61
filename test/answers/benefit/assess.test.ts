import type { DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assess } from "../../../src/answers/benefit/assess.js";
import type { Assessment } from "../../../src/answers/benefit/initiative.js";
import { company, initiativesOf, type Row } from "./company.js";

const west = { scope_dimension: "region", scope_value: "West" };
const rows: Row[] = [
  {
    initiative_id: "waits",
    kpi_id: "first_response_time",
    ...west,
    expected_change: -10,
    cost: 1000,
    value_per_unit: 2,
  },
  { initiative_id: "once", kpi_id: "first_contact_resolution", cost: 1000 },
  { initiative_id: "again", kpi_id: "repeat_handling", ...west },
  { initiative_id: "complaints", kpi_id: "complaint_rate", ...west, value_per_unit: 100 },
  { initiative_id: "calls", kpi_id: "complaint_rate", scope_dimension: "channel", scope_value: "phone" },
  { initiative_id: "loss", kpi_id: "churn_rate", baseline_days: 270, follow_up_days: 120 },
  { initiative_id: "loss in the West", kpi_id: "churn_rate", ...west },
  { initiative_id: "kept", kpi_id: "retention_rate", baseline_days: 270, follow_up_days: 120 },
  { initiative_id: "early", kpi_id: "first_response_time", started_on: "2024-06-01" },
  { initiative_id: "late", kpi_id: "first_response_time", started_on: "2025-09-01" },
  { initiative_id: "future", kpi_id: "first_response_time", started_on: "2026-03-01" },
  { initiative_id: "nobody", kpi_id: "first_response_time", scope_dimension: "region", scope_value: "North" },
  { initiative_id: "money", kpi_id: "revenue" },
  { initiative_id: "recontact", kpi_id: "recontact_rate", started_on: "2025-06-10" },
];

let db: DuckDBConnection;
let found: Map<string, Assessment>;
beforeAll(async () => {
  db = await company(rows);
  const all = await initiativesOf(db);
  found = new Map(
    (await assess(db, all, { withCompanions: true })).map((each) => [each.initiative_id, each]),
  );
});
afterAll(() => db.closeSync());
const of = (id: string) => found.get(id) as Assessment;

/**
 * Of statsmodels 0.15.0: OLS, or GLM with the Poisson family and log(customer-days) as offset, on the company's cases by the
 * same rules, `fit(cov_type="cluster", use_t=True)`; of counts (exp(coefficient) − 1) × the baseline's rate × the follow-up's
 * customer-days ÷ its denominator.
 */
describe("the primary method gives what statsmodels does", () => {
  it.each<[string, string, number, [number, number], number, number]>([
    // id, method, delta, interval, p, relative
    [
      "waits",
      "least_squares_did",
      -14.354006461926808,
      [-24.094711164578353, -4.613301759275263],
      0.004214401719143567,
      -14.354006461926808 / 67.69351230425056,
    ],
    [
      "once",
      "least_squares",
      -0.00966354815419979,
      [-0.04078492306834379, 0.021457826759944208],
      0.5415542070994699,
      -0.00966354815419979 / 0.6392276422764228,
    ],
    [
      "again",
      "poisson_did",
      -7.784594440629338,
      [-39.401156161604874, 33.31103644397371],
      0.6771934209539557,
      -0.05374049330317465,
    ],
    [
      "complaints",
      "poisson_did",
      0.04923238091036836,
      [-0.4778163575977879, 0.7196214644275711],
      0.8683240764513136,
      0.020379967944241573,
    ],
    [
      "calls",
      "poisson_did",
      -0.06183372026179414,
      [-0.2819525735789897, 0.20779734450082119],
      0.6242490479576338,
      -0.049053136644370166,
    ],
    [
      "loss",
      "poisson",
      0.00426843158513855,
      [-0.026856606580705964, 0.09578886103712404],
      0.862013833006098,
      0.09950411497409317,
    ],
    [
      "loss in the West",
      "least_squares_did",
      -0.03537770600148912,
      [-0.1684683341146714, 0.09771292211169316],
      0.5994562413055511,
      -0.03537770600148912 / 0.07017543859649122,
    ],
  ])("%s", (id, method, delta, [low, high], p, relative) => {
    const one = of(id);
    expect(one.method).toBe(method);
    expect(one.delta).toBeCloseTo(delta, 8);
    expect(one.low).toBeCloseTo(low, 7);
    expect(one.high).toBeCloseTo(high, 7);
    expect(one.relative).toBeCloseTo(relative, 8);
    // Of few events there are figures and no verdict.
    if (one.verdict === "too_little_data") expect(one.p).toBeNull();
    else expect((one.p ?? 0) / p).toBeCloseTo(1, 6);
  });

  it("and who is kept is who is not lost", () => {
    const [lost, kept] = [of("loss"), of("kept")];
    expect(kept.delta).toBeCloseTo(-(lost.delta ?? Number.NaN), 12);
    expect(kept.low).toBeCloseTo(-(lost.high ?? Number.NaN), 12);
    expect(kept.p).toBeCloseTo(lost.p ?? Number.NaN, 12);
  });
});

describe("the companions give what scipy and statsmodels do", () => {
  it("Welch, Mann–Whitney and the Hodges–Lehmann shift of durations", () => {
    // scipy 1.17.1: ttest_ind(equal_var=False), mannwhitneyu(method="asymptotic"), the median of all differences.
    const { textbook, mann_whitney } = of("waits").companions ?? {};
    expect(textbook).toMatchObject({ test: "welch", delta: expect.closeTo(-15.452521313259567, 9) });
    expect(textbook?.low).toBeCloseTo(-19.15728168767641, 8);
    expect(textbook?.high).toBeCloseTo(-11.747760938842724, 8);
    expect((textbook?.p ?? 0) / 9.31096028539101e-16).toBeCloseTo(1, 6);
    expect(mann_whitney).toMatchObject({ favours: -1, shift: expect.closeTo(-16, 9) });
    expect((mann_whitney?.p ?? 0) / 2.939250523590761e-14).toBeCloseTo(1, 6);
  });

  it("the pooled z-test and Newcombe's interval of rates", () => {
    // statsmodels 0.15.0: proportions_ztest, confint_proportions_2indep(method="newcomb").
    const { textbook } = of("once").companions ?? {};
    expect(textbook?.p).toBeCloseTo(0.6521238594910654, 10);
    expect(textbook?.low).toBeCloseTo(-0.0522342556940364, 10);
    expect(textbook?.high).toBeCloseTo(0.032712955998495157, 10);
  });

  it("the event study, and whether the months before were flat", () => {
    // statsmodels 0.15.0: OLS with month, scope and both, segment and type; f_test of the months before the base.
    const { event_study: study } = of("waits").companions ?? {};
    expect(study?.months.map(({ month }) => month)).toEqual([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4]);
    const at = (wanted: number) => study?.months.find(({ month }) => month === wanted);
    expect(at(-5)?.delta).toBeCloseTo(-8.937496504924521, 8);
    expect(at(-5)?.low).toBeCloseTo(-28.341153163030857, 7);
    expect(at(-1)?.delta).toBe(0);
    expect(at(0)?.high).toBeCloseTo(2.307753177458059, 7);
    expect(at(4)?.delta).toBeCloseTo(-23.467821100366642, 8);
    expect(study?.flat_p).toBeCloseTo(0.5056773450276462, 8);
  });

  it("ranks the scope's value among the others, and finds earlier starts that nobody touches", () => {
    const { placebo_space, placebo_time, overlapping } = of("once").companions ?? {};
    expect(placebo_space).toBeNull();
    expect(overlapping).toContain("waits");
    // The record begins on 2024-01-01: of 180 + 180 days that end before 2025 only one start lies on the first of a month.
    expect(placebo_time?.starts.map(({ start }) => start)).toEqual(["2024-07-01"]);
    expect(placebo_time?.alarms).toBe(0);
    // Half the interval over t(0.975), times t(0.975) + t(0.8), of the clusters less 1: 120 customers and 172 tickets of nobody (scipy 1.17.1).
    expect(placebo_time?.found).toBeCloseTo(0.048223067135933585, 9);
  });
});

describe("a verdict", () => {
  it.each<[string, Assessment["verdict"]]>([
    ["waits", "improved"],
    ["once", "no_demonstrable_change"],
    ["early", "not_recorded"],
    ["late", "still_running"],
    ["future", "still_running"],
    ["recontact", "still_running"],
    ["loss in the West", "too_little_data"],
    ["nobody", "too_little_data"],
    ["money", "not_recorded"],
  ])("%s: %s", (id, verdict) => {
    expect(of(id).verdict).toBe(verdict);
  });

  it("corrects over those that a test decides", () => {
    // waits, once, again, complaints, calls, loss, kept: seven tests, of which the smallest p is waits'.
    const tested = [...found.values()].filter(({ q }) => q !== null);
    expect(tested).toHaveLength(7);
    expect(of("waits").q).toBeCloseTo(7 * 0.004214401719143567, 9);
  });

  it("counts who asks the same once, and names the copy", async () => {
    const all = await initiativesOf(db);
    const waits = all.filter(({ initiative_id: id }) => id === "waits");
    const copies = waits.map((one) => ({ ...one, initiative_id: "waits again", expected: -99 }));
    const assessed = await assess(db, [...all, ...copies]);
    const both = assessed.filter(({ initiative_id: id }) => id.startsWith("waits"));
    expect(both.map(({ copy_of }) => copy_of)).toEqual([null, "waits"]);
    expect(both.map(({ q }) => q)).toEqual([of("waits").q, of("waits").q]);
    expect(assessed.filter(({ copy_of }) => copy_of !== null)).toHaveLength(1);
    expect(assessed.find(({ initiative_id: id }) => id === "once")?.q).toBe(of("once").q);
  });

  it("says the same in whatever order the engine finds its cases", async () => {
    const asked = { ids: ["waits"], withCompanions: true };
    const [before] = await assess(db, await initiativesOf(db), asked);
    await db.run("set threads = 1");
    const [after] = await assess(db, await initiativesOf(db), asked);
    await db.run("reset threads");
    expect(JSON.stringify(after)).toBe(JSON.stringify(before));
  });

  it("shows no figures of windows outside the record, those so far of one that runs, and no interval of neither", () => {
    expect(of("early")).toMatchObject({ baseline: { value: null, n: null }, delta: null, low: null });
    expect(of("late").baseline.value).toBeGreaterThan(0);
    expect(of("late")).toMatchObject({ p: null, q: null, expected_reached: null });
    expect(of("future").follow_up).toMatchObject({ value: null, n: null });
  });

  it("is money with both ends, by hand", () => {
    const { delta, low, high, follow_up, ...waits } = of("waits");
    // 2 a minute, of 444 answered tickets; the cost was 1,000.
    expect(follow_up.denominator).toBe(444);
    expect(waits.value_money).toBeCloseTo(-(delta ?? 0) * 2 * 444, 6);
    expect(waits.value_money_low).toBeCloseTo(-(high ?? 0) * 2 * 444, 6);
    expect(waits.value_money_high).toBeCloseTo(-(low ?? 0) * 2 * 444, 6);
    expect(waits.return).toBeCloseTo((-(delta ?? 0) * 2 * 444 - 1000) / 1000, 9);
    // −14.4 with an interval of −24.1 to −4.6 neither reaches 10 minutes for sure nor falls short of it.
    expect(waits.expected_reached).toBe("open");
    // Without a demonstrable change there is only what it can have been worth.
    expect(of("complaints")).toMatchObject({ value_money: null, return: null });
    expect(of("complaints").value_money_low).toBeCloseTo(-0.7196214644275711 * 100 * 53, 4);
    expect(of("once")).toMatchObject({ cost: 1000, value_money_low: null, return_low: null });
  });
});
