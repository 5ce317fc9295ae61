// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { benefitCharts } from "../../reports/components/pages/benefitCharts.js";
import { benefitParts, benefitTitle, benefitView } from "../../reports/components/pages/benefitPage.js";
import { benefitsParts, benefitsTitle } from "../../reports/components/pages/benefitsPage.js";
import type { BenefitsDocument, PublishedInitiative } from "../../src/published/benefitTypes.js";
import { languages } from "../../src/words/languages.js";
import { siteOf } from "./charts/site.js";

const sides = {
  start: "2025-07-01",
  end: "2026-01-01",
  value: 20,
  numerator: 2000,
  denominator: 100,
  n: 100,
};
const initiative: PublishedInitiative = {
  initiative_id: "I/1",
  name: "Desk",
  kpi_id: "wait",
  scope: { region: "East" },
  copy_of: null,
  scope_unknown: null,
  withdrawn: false,
  started_on: "2026-01-01",
  lag_days: 14,
  baseline: sides,
  follow_up: { ...sides, start: "2026-01-01", end: "2026-05-01", value: 14 },
  delta: -6,
  low: -9,
  high: -3,
  relative: -0.3,
  p: 0.001,
  q: 0.002,
  method: "least_squares_did",
  untestable: null,
  verdict: "improved",
  expected: -4,
  expected_reached: "open",
  value_money: 1200,
  value_money_low: 600,
  value_money_high: 1800,
  cost: 300,
  value_per_unit: 2,
  return: 3,
  return_low: 1,
  return_high: 5,
  registered: { first_seen: "2025-12-01", is_late: false, late_for: null, changed: [] },
  decided: null,
  trend: [
    ...["2025-11-01", "2025-12-01", "2026-01-01"].map((start, at) => ({
      start,
      value: 20 - 3 * at,
      low: 15 - 3 * at,
      high: 25 - 3 * at,
      comparison: 21,
      partial: false,
      mature: true,
      hidden: false,
    })),
  ],
  companions: {
    textbook: { test: "welch", delta: -5, low: -8, high: -2, p: 0.01 },
    mann_whitney: { p: 0.02, favours: -1, shift: -4 },
    year_earlier: null,
    segmented: {
      level: { delta: -5, low: -9, high: -1, p: 0.02 },
      slope: { delta: 0.2, low: -0.3, high: 0.7, p: 0.4 },
      before: 24,
      after: 12,
      coverage: 0.9,
    },
    mix_effect: 0.1,
    extreme_month: null,
    customers: { both: 40, left: 3, joined: 4 },
    overlapping: [],
    in_comparison: [],
    event_study: {
      months: [-2, -1, 0].map((month) => ({
        ...sides,
        month,
        delta: month,
        low: month - 2,
        high: month + 2,
      })),
      flat_p: 0.4,
    },
    placebo_time: {
      starts: [{ start: "2025-03-01", delta: 1, low: -2, high: 4, p: 0.4 }],
      alarms: 0,
      found: 3,
    },
    placebo_space: {
      values: ["East", "West", "North"].map((value, at) => ({
        value,
        delta: at - 6,
        low: -9,
        high: 3,
        p: 0.1,
      })),
      of: 3,
      rank: 1,
    },
  },
};
const { companions: _, ...withoutCompanions } = initiative;
const none = { value: null, numerator: null, denominator: null, n: null };
const error_rates: BenefitsDocument["error_rates"] = {
  runs: 2000,
  found: [0.041, 0.064],
  covered: [0.924, 0.957],
  planned: [0.79, 0.83],
};
const document_: BenefitsDocument = {
  error_rates,
  initiatives: [
    initiative,
    {
      ...withoutCompanions,
      initiative_id: "I2",
      name: "Unshown",
      hidden: "few",
      delta: null,
      low: null,
      high: null,
      p: null,
      q: null,
      value_money: null,
      value_money_low: null,
      value_money_high: null,
      return: null,
      return_low: null,
      return_high: null,
      baseline: { ...sides, ...none },
      follow_up: { ...sides, ...none },
    },
    {
      ...withoutCompanions,
      initiative_id: "I3",
      name: "Running",
      verdict: "still_running",
      follow_up: { ...sides, start: "2026-01-01", end: "2026-12-01" },
    },
  ],
  milestones: [
    {
      milestone_id: "M3",
      phase: "rollout",
      name: "Everywhere",
      owner_id: null,
      due_on: "2026-06-01",
      done_on: null,
    },
    {
      milestone_id: "M1",
      phase: "kickoff",
      name: "Begin",
      owner_id: null,
      due_on: "2026-01-10",
      done_on: "2026-01-09",
    },
    {
      milestone_id: "M2",
      phase: "pilot",
      name: "Try",
      owner_id: null,
      due_on: "2026-02-10",
      done_on: "2026-02-13",
    },
    {
      milestone_id: "M4",
      phase: "rollout",
      name: "Review",
      owner_id: null,
      due_on: "2026-09-01",
      done_on: null,
    },
  ],
  risks: [
    {
      risk_id: "R1",
      name: "Done with",
      owner_id: null,
      kpi_id: null,
      countermeasure: null,
      status: "closed",
    },
    {
      risk_id: "R2",
      name: "Staff is short",
      owner_id: "E1",
      kpi_id: "wait",
      countermeasure: "Hire",
      status: "open",
    },
  ],
};

const drawn = (draw: (width: number) => Node) => draw(700);
const text = (parts: readonly (Node | string)[]) =>
  parts.map((part) => (typeof part === "string" ? part : part.textContent)).join("\n");
const rowsOf = (parts: readonly HTMLElement[], table: string) =>
  parts.flatMap((part) =>
    [...part.querySelectorAll(`table.${table} tbody tr`)].map((row) =>
      [...row.children].map((cell) => cell.textContent?.replaceAll("\u00a0", " ")),
    ),
  );

describe.each(["en", "zh-CN"] as const)("the pages of initiatives in %s", (language) => {
  const site = siteOf(language);
  const parts = benefitsParts(site, document_);

  it("say neither null nor NaN, whatever is missing", () => {
    const pages = document_.initiatives.flatMap(({ initiative_id }) => {
      const view = benefitView(site, document_, initiative_id === "I/1" ? "I-2f-1" : initiative_id);
      return view ? [benefitTitle(site, view), ...benefitParts(site, view, drawn)] : [];
    });
    expect(pages.length).toBeGreaterThan(12);
    expect(text([benefitsTitle(site, document_), ...parts, ...pages])).not.toMatch(
      /null|NaN|undefined|\[object/,
    );
    expect(text(benefitsParts(site, { error_rates, initiatives: [], milestones: [], risks: [] }))).toBe("");
    expect(benefitView(site, document_, "nobody")).toBeNull();
  });

  it("show no figure of what is hidden, and of what still runs no effect", () => {
    const [, hidden, running] = rowsOf(parts, "benefits");
    expect([hidden, running].map((row) => [row?.[2], row?.[5], row?.[6]])).toEqual([
      ["–", "–", "–"],
      ["–", "–", "–"],
    ]);
    const view = benefitView(site, document_, "I2");
    const whole = view ? benefitParts(site, view, drawn) : [];
    expect(whole.some((part) => part.querySelector("svg"))).toBe(false);
    expect(text(parts)).not.toMatch(/[−+]∞/);
  });

  it("draw trend, effects, months and placebos", () => {
    const view = benefitView(site, document_, "I-2f-1");
    const labels = view
      ? benefitParts(site, view, drawn).flatMap((part) =>
          [...part.querySelectorAll("svg[role=img]")].map((svg) => svg.getAttribute("aria-label")),
        )
      : [];
    const { effects, study, time, space } = site.messages.benefits;
    expect(labels.slice(1)).toEqual([effects.chart("Desk"), study.chart, time.chart, space.chart]);
  });
});

it("the rule of a start stands where its day does, between the months before and after; none of a start to come", () => {
  const site = siteOf("en");
  const trendOf = (row: PublishedInitiative) => {
    const view = benefitView(site, { ...document_, initiatives: [row] }, "I-2f-1");
    const [chart] = (view ? benefitParts(site, view, drawn) : []).flatMap((part) => [
      ...part.querySelectorAll("svg[role=img]"),
    ]);
    const placesOf = (selector: string, name: string) =>
      [...(chart?.querySelectorAll(selector) ?? [])].map((one) => Number(one.getAttribute(name)));
    const words = [...(chart?.querySelectorAll("text") ?? [])].map(({ textContent }) => textContent);
    return {
      rules: placesOf('[stroke="var(--ink)"] > line', "x1"),
      // The lines from point to point: a month's value stands in its middle.
      points: (chart?.querySelector('[stroke="var(--grey)"][fill="none"] path')?.getAttribute("d") ?? "")
        .split(/[ML]/)
        .filter((part) => part !== "")
        .map((part) => Number(part.split(",")[0])),
      ticks: [...(chart?.querySelectorAll('[stroke="var(--faint)"] path') ?? [])].map((tick) =>
        Number(/\(([\d.]+)/.exec(tick.getAttribute("transform") ?? "")?.[1]),
      ),
      isNamed: words.includes(site.messages.benefits.trend.start),
    };
  };
  const { rules, points, ticks, isNamed } = trendOf(initiative);
  const [november = 0, december = 0, january = 0] = points;
  const [first = 0, second = 0, third = 0] = ticks;
  expect([points.length, ticks.length, isNamed]).toEqual([3, 3, true]);
  // It starts on the first of January: at January's tick, half a month behind December's value and before January's.
  expect(rules).toEqual([third]);
  expect(november).toBeCloseTo((first + second) / 2, 2);
  expect(december).toBeCloseTo((second + third) / 2, 2);
  expect(january).toBeGreaterThan(third);
  expect(trendOf({ ...initiative, started_on: "2026-03-01" })).toMatchObject({ rules: [], isNamed: false });
});

it("of many values that are tried a narrow chart has the first, and the one that was real, with how many it leaves out", () => {
  const site = siteOf("en");
  const values = ["West", "North", "South", "East", "Centre"].map((value, at) => ({
    value,
    delta: at - 6,
    low: -9,
    high: 3,
    p: 0.1,
  }));
  const companions = initiative.companions && {
    ...initiative.companions,
    placebo_space: { values, of: 5, rank: 4 },
  };
  const view = benefitView(site, { ...document_, initiatives: [{ ...initiative, companions }] }, "I-2f-1");
  const space = view && benefitCharts(site, view).space;
  const drawnOf = (most?: number) => {
    const chart = space?.draw({ width: 316, row: 33, most });
    const words = [...(chart?.querySelectorAll("text") ?? [])].map(({ textContent }) => textContent);
    return values.flatMap(({ value }) => (words.includes(value) ? [value] : []));
  };
  const notesOf = (most?: number) => space?.notes(() => document.createElement("svg"), most).filter(Boolean);
  expect(drawnOf()).toHaveLength(5);
  expect(drawnOf(2)).toEqual(["West", "East"]);
  expect(drawnOf(4)).toEqual(["West", "North", "South", "East"]);
  expect([notesOf(), notesOf(3), notesOf(4)]).toEqual([
    [],
    [site.messages.benefits.space.more("2")],
    ["1 value that moved less is not drawn."],
  ]);
});

it("of very many initiatives a page at a time stands, and a name is found on its own", async () => {
  const site = siteOf("en");
  const initiatives = Array.from({ length: 250 }, (_, at) => ({
    ...initiative,
    initiative_id: `M${at}`,
    name: `Measure ${at}`,
  }));
  const parts = benefitsParts(site, { ...document_, initiatives });
  expect(rowsOf(parts, "benefits")).toHaveLength(100);
  const paged = parts.flatMap((part) => [...part.querySelectorAll(".paged")])[0];
  const find = paged?.querySelector("input") as HTMLInputElement;
  Element.prototype.scrollIntoView = () => undefined;
  find.value = "measure 217";
  paged?.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  await expect.poll(() => paged?.querySelector(".is-found a")?.textContent).toBe("Measure 217");
  expect(rowsOf(parts, "benefits")).toHaveLength(50);
  expect(paged?.querySelector(".is-found a")?.getAttribute("href")).toContain("M217");
});

it("the plan stands by phase with what is late, and open risks before closed ones", () => {
  const parts = benefitsParts(siteOf("en"), document_);
  expect(rowsOf(parts, "plan").map(([phase, step, , , state]) => [phase, step, state])).toEqual([
    ["Kick-off", "Begin", "● on time"],
    ["Pilot", "Try", "◐ 3 days late"],
    ["Roll-out", "Everywhere", "▼ overdue by 9 days"],
    ["Roll-out", "Review", "○ to come"],
  ]);
  expect(
    rowsOf(parts, "risks").map(([risk, , countermeasure, owner, state]) => [
      risk,
      countermeasure,
      owner,
      state,
    ]),
  ).toEqual([
    ["Staff is short", "Hire", "E1", "▼ open"],
    ["Done with", "–", "–", "● closed"],
  ]);
  expect(text(parts)).toContain("Implementation plan: 2 of 4 steps done, 1 overdue");
  expect(text(parts)).toContain("Risk register: 1 of 2 risks open");
});

it.each(languages)(
  "values that are not shown give no rank and no chart, and that is said: %s",
  (language) => {
    const site = siteOf(language);
    const { space: words, trend } = site.messages.benefits;
    const told = initiative.companions?.placebo_space?.values ?? [];
    const partsWith = (values: typeof told) => {
      const companions = initiative.companions && {
        ...initiative.companions,
        placebo_space: { values, of: 3, rank: 1 },
      };
      const view = benefitView(
        site,
        { ...document_, initiatives: [{ ...initiative, companions }] },
        "I-2f-1",
      );
      return view ? text(benefitParts(site, view, drawn)) : "";
    };
    const title = words.title({ rank: "1", of: "3", dimension: "" }).slice(-8);
    expect([partsWith(told).includes(title), partsWith(told).includes(words.unshown)]).toEqual([true, false]);
    for (const values of [told.slice(0, 1), told.slice(0, 2)]) {
      expect(partsWith(values)).toContain(words.unshown);
      expect(partsWith(values)).not.toContain(title);
      expect(partsWith(values)).not.toContain(words.shown);
    }
    // The legend promises the comparison group only where its line is drawn.
    const trendWith = (known: number) => {
      const months = initiative.trend.map((month, at) => ({
        ...month,
        ...{ value: 5, partial: false, comparison: at < known ? 6 : null },
      }));
      const view = benefitView(
        site,
        { ...document_, initiatives: [{ ...initiative, trend: months }] },
        "I-2f-1",
      );
      return view ? text(benefitParts(site, view, drawn)) : "";
    };
    const whole = trendWith(initiative.trend.length);
    expect([whole.includes(trend.shown), whole.includes(trend.comparisonCut)]).toEqual([true, false]);
    const cut = trendWith(1);
    expect(initiative.trend.length).toBeGreaterThan(2);
    expect([cut.includes(trend.shown), cut.includes(trend.comparisonCut)]).toEqual([false, true]);
  },
);
