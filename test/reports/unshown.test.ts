// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { pareto } from "../../reports/components/charts/pareto.js";
import { percentileChart } from "../../reports/components/charts/percentileChart.js";
import { sparkFigure } from "../../reports/components/charts/spark.js";
import { trendChart } from "../../reports/components/charts/trendChart.js";
import { changeBar } from "../../reports/components/controls/changeBar.js";
import { filterBar } from "../../reports/components/controls/filterBar.js";
import { formatter } from "../../reports/components/data/format.js";
import { largestPart, remainder } from "../../reports/components/data/remainder.js";
import { seriesOf } from "../../reports/components/data/series.js";
import type { Site } from "../../reports/components/data/site.js";
import { changeFigure, changeTable, changeTitle } from "../../reports/components/pages/changeSection.js";
import { changeView } from "../../reports/components/pages/changeView.js";
import {
  kpiSplit,
  kpiTitle,
  kpiTrend,
  kpiValues,
  kpiView,
  valuesByVolume,
} from "../../reports/components/pages/kpiPage.js";
import { uncovered } from "../../src/kpi/coverage.js";
import type { GroupChange } from "../../src/kpi/explain.js";
import type { Build, Grain, Kpi, Language, Period } from "../../src/published/siteTypes.js";
import { pages as en } from "../../src/words/en.js";
import { reasonText } from "../../src/words/reasonText.js";
import { pages as zhCN } from "../../src/words/zh-CN.js";
import { publishedTable } from "./publishedTable.js";

const month = (index: number) =>
  `${2025 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-01`;
const period = (grain: Grain, first: number, length: number): Period => ({
  role: "period",
  grain,
  period_start: month(first),
  period_end: month(first + length),
  cutoff_on: month(first + length),
  is_partial: false,
});

/** January 2025 to June 2026, all over. */
const build = {
  as_of_at: Date.parse("2026-07-01"),
  limits_passed_at: Date.parse("2026-07-01"),
  limit_days: null,
  as_of_on: "2026-06-30",
  time_zone: "UTC",
  min_cell: 5,
  periods: [
    ...Array.from({ length: 18 }, (_, index) => period("month", index, 1)),
    ...Array.from({ length: 6 }, (_, index) => period("quarter", 3 * index, 3)),
  ],
} as unknown as Build;

const kpi = {
  id: "service_accuracy",
  label: { "zh-CN": "服务准确率", en: "Service accuracy" },
  unit: "percent",
  kind: "rate",
  counts: { "zh-CN": "工单", en: "tickets" },
  contributors: "customers",
  direction: "up",
  range: [0, 1],
  all_months: false,
  additive: true,
  horizon_days: null,
  matures: null,
  trailing: false,
  percentiles: true,
  dimensions: ["region"],
  numerator_dimensions: [],
  coverage: { ...uncovered, from: { table: "tickets", day: "2025-01-01" } },
  published: { cross: ["region"], single: [], leftOut: [] },
} as unknown as Kpi;

const siteOf = (language: Language): Site => {
  const messages = language === "en" ? en : zhCN;
  return {
    grain: "month",
    language,
    messages,
    build,
    format: formatter(language, messages),
    catalogue: { vocabulary: {}, dimensions: {}, kpis: [kpi] },
    targets: [],
  } as unknown as Site;
};
const site = siteOf("en");

/** What no page may show: the publisher never writes it, and pages do not read it. */
const secret = 0.7654321;

interface Cell {
  grain?: Grain;
  at: number;
  region?: string | null;
  of?: readonly [numerator: number, denominator: number];
  role?: string;
}

/** A row of a cube; without `of` it is hidden. */
const row = ({ grain = "month", at, region = null, of, role = "period" }: Cell) => ({
  role,
  grain,
  period_start: month(at),
  region,
  numerator: of?.[0] ?? 1000 * secret,
  denominator: of?.[1] ?? 1000,
  n: of?.[1] ?? 1000,
  sum_sq: 0,
  awaiting: 0,
  hidden: of ? 0 : 1,
});
const cubeOf = (cells: readonly Cell[]) => publishedTable(cells.map(row));
const months = Array.from({ length: 18 }, (_, index) => index);

/** 90 of 100 each month; East 60 of 60, West 30 of 40 but hidden in odd months, North 0 of 0, South always hidden. */
const cube = cubeOf(
  months.flatMap((at): Cell[] => [
    { at, of: [90, 100] },
    { at, region: "East", of: [60, 60] },
    at % 2 === 1 ? { at, region: "West" } : { at, region: "West", of: [30, 38] },
    { at, region: "South" },
  ]),
);

const few = "not shown: fewer than 5 customers, or such a figure could be derived from it";
const choice = (by = "", where: Record<string, string> = {}, grain: Grain = "month") => ({
  grain,
  by,
  where,
});

describe("a series with hidden cells", () => {
  const points = (region: string, grain: Grain = "month", table = cube) =>
    seriesOf(build, kpi, table, { grain, where: { region: [region] } });

  it("has nothing of a hidden cell but the reason, which is not that of no cases", () => {
    const [january, february] = points("West");
    expect(january).toMatchObject({ value: 30 / 38, n: 38, reason: null });
    expect(february).toMatchObject({
      value: null,
      low: null,
      high: null,
      n: 0,
      numerator: 0,
      denominator: 0,
      reason: { code: "few", fewest: { count: 5, of: "customers" } },
    });
    const [nothing] = points("North");
    expect(nothing).toMatchObject({ value: null, reason: { code: "no_cases" } });
  });

  it("compares with no hidden cell, and says so; nothing is tested", () => {
    const [january, february, march] = points("West").slice(12);
    expect(january).toMatchObject({ lastYear: { p: expect.any(Number) }, lastYearReason: null });
    expect(january).toMatchObject({ previous: null, previousReason: { code: "few" } });
    expect(february).toMatchObject({ lastYear: null, lastYearReason: { code: "few" }, previous: null });
    expect(march?.previousReason?.code).toBe("few");
  });

  it("compares no partial period with elapsed days that are hidden", () => {
    const open = { ...period("month", 18, 1), is_partial: true, cutoff_on: "2026-07-11" };
    const later = {
      ...build,
      as_of_at: Date.parse("2026-07-11"),
      as_of_on: "2026-07-10",
      periods: [...build.periods, open],
    };
    const table = cubeOf([
      { at: 6, region: "East", of: [6, 8] },
      { at: 17, region: "East", of: [6, 8] },
      { at: 18, region: "East", of: [6, 8] },
      { at: 6, region: "East", role: "elapsed_year" },
      { at: 17, region: "East", role: "elapsed_previous", of: [3, 6] },
    ]);
    const july = seriesOf(later, kpi, table, { grain: "month", where: { region: ["East"] } }).at(-1);
    expect(july).toMatchObject({
      partial: true,
      value: 0.75,
      lastYear: null,
      lastYearReason: { code: "few" },
    });
    expect(july?.previous?.value).toBe(0.5);
  });

  it("of a quarter takes the publisher's row, else the months, else nothing", () => {
    const table = cubeOf([
      ...[0, 1, 2].map((at): Cell => ({ at, region: "West", of: [1, 4] })),
      { at: 3, region: "West" },
      { at: 4, region: "West", of: [1, 4] },
      { grain: "quarter", at: 3, region: "West", of: [3, 9] },
      { at: 6, region: "West" },
      { at: 7, region: "West", of: [1, 4] },
      { at: 9, region: "West", of: [1, 4] },
      { at: 10, region: "West" },
      { grain: "quarter", at: 9, region: "West" },
      { at: 12, region: "West", of: [1, 4] },
    ]);
    const quarters = points("West", "quarter", table);
    expect(quarters.map(({ value, reason }) => value ?? reason?.code)).toEqual([
      0.25,
      1 / 3,
      "few",
      "few",
      0.25,
      "no_cases",
    ]);
  });

  it("names number and kind of contributors in both languages", () => {
    const say = (of: "customers" | "employees" | "leads", language: "en" | "zh-CN") =>
      reasonText({ code: "few", names: [], fewest: { count: 7, of } }, language, String);
    expect(say("employees", "en")).toBe(
      "not shown: fewer than 7 employees, or such a figure could be derived from it",
    );
    expect([say("customers", "zh-CN"), say("employees", "zh-CN"), say("leads", "zh-CN")]).toEqual([
      "不显示：少于 7 位客户，或可由此推出这样的数据",
      "不显示：少于 7 名员工，或可由此推出这样的数据",
      "不显示：少于 7 条线索，或可由此推出这样的数据",
    ]);
  });
});

describe("a KPI's page with hidden cells", () => {
  const rowsOf = (box: HTMLElement | null) =>
    [...(box?.querySelectorAll("tbody tr") ?? [])].map((tr) => [...tr.children].map((td) => td.textContent));

  it("has a cross where the chart has a gap, and the words in the table", () => {
    const view = kpiView(site, kpi, choice("", { region: "West" }), cube, null);
    const trend = kpiTrend(site, view, { width: 800 });
    expect(trend?.querySelectorAll(".unshown text")).toHaveLength(9);
    expect(trend?.textContent).toContain(`Crosses (×) stand for values ${few}.`);
    const values = kpiValues(site, view);
    const [june, may] = rowsOf(values);
    expect(june?.slice(1)).toEqual(["not shown", "", "", "", "", "", "", few]);
    expect(may?.[1]).toBe("79");
    // Reasons are sentences: what stands in the last column wraps rather than being cut off.
    for (const cell of values?.querySelectorAll("tbody td:last-child") ?? [])
      expect(cell.classList.contains("wrap")).toBe(true);
    expect(may?.[4]).toBe("not shown");
    for (const text of [trend?.outerHTML, values?.outerHTML]) expect(text).not.toMatch(/76\.5|765/);
  });

  it("draws a value between two that are not shown, small pictures too", () => {
    const { points } = kpiView(site, kpi, choice("", { region: "West" }), cube, null);
    // A dot each; the last period has no value.
    expect(sparkFigure(site, { kpi, points }).querySelectorAll("circle")).toHaveLength(6);
    expect(
      trendChart(site, kpi, points, { width: 200, compact: true, behind: [] }).querySelectorAll("circle")
        .length,
    ).toBe(10);
  });

  it("tells a group that is hidden from one without cases, and counts the hidden", () => {
    const table = cubeOf([
      ...months.flatMap((at): Cell[] => [
        { at, of: [90, 100] },
        { at, region: "East", of: [60, 60] },
        { at, region: "South" },
      ]),
      { at: 0, region: "North", of: [1, 2] },
    ]);
    const view = kpiView(site, kpi, choice("region"), table, null);
    const split = kpiSplit(site, view, { width: 900 });
    const cells = new Map(rowsOf(split).map(([name = "", ...rest]) => [name, rest]));
    expect(cells.get("East")?.[0]).toBe("100.0");
    expect(cells.get("South")?.slice(0, 4)).toEqual(["not shown", "", "", ""]);
    expect(cells.get("North")?.[0]).toBe("–");
    expect(split?.textContent).toContain(`1 group ${few}.`);
    expect(split?.outerHTML).not.toMatch(/76\.5|765/);
  });

  it.each([
    ["en", `Service accuracy (South) ${few}`],
    ["zh-CN", "服务准确率（South）不显示：少于 5 位客户，或可由此推出这样的数据"],
  ] as const)("says of a filter of which nothing is shown one sentence in %s", (language, sentence) => {
    const own = siteOf(language);
    const view = kpiView(own, kpi, choice("", { region: "South" }), cube, null);
    expect(kpiTitle(own, view).textContent).toBe(sentence);
    expect([kpiTrend(own, view, { width: 800 }), kpiValues(own, view)]).toEqual([null, null]);
    expect(changeBar(own, view).hidden).toBe(true);
  });

  it("says which values of a filter no period shows, after the others", () => {
    expect(valuesByVolume(cube, "region").map(({ value, isShown }) => [value, isShown])).toEqual([
      ["East", true],
      ["West", true],
      ["South", false],
    ]);
    const bar = filterBar(site, kpi, (name) => valuesByVolume(cube, name));
    expect([...bar.querySelectorAll("select")].at(-1)?.textContent).toBe("AllEastWestSouth (not shown)");
  });

  it("says why there is nothing to compare with", () => {
    const table = cubeOf(
      months.map((at) => (at === 17 ? { at, region: "A", of: [3, 9] } : { at, region: "A" })),
    );
    const view = kpiView(site, kpi, choice("", { region: "A" }), table, null);
    expect(changeBar(site, view).textContent).toBe(`There is no period to compare with; others are ${few}.`);
  });

  it("has no percentiles of a hidden cell", () => {
    const view = kpiView(site, kpi, choice(), cube, null);
    const rows = view.points.map(({ start }) => ({
      kpi_id: kpi.id,
      role: "period",
      grain: "month",
      period_start: start,
      n: 0,
      median: null,
      p90: null,
      hidden: 1,
    }));
    const drawn = percentileChart(site, kpi, rows, { ...view, width: 600 });
    expect(drawn?.textContent).toContain(few);
    expect(drawn?.querySelector("svg")).toBeNull();
  });
});

describe("reasons of which some are hidden", () => {
  const singles = (cells: readonly [reason: string, count: number | null][]) =>
    publishedTable(
      cells.map(([value, count]) => ({
        role: "period",
        grain: "month",
        period_start: month(17),
        by: "reason",
        value,
        numerator: count,
        denominator: 100,
        hidden: count === null ? 1 : 0,
      })),
    );
  const draw = (cells: readonly [string, number | null][]) => {
    const view = kpiView(site, kpi, choice(), cube, null);
    return pareto(site, singles(cells), view);
  };
  const rows = (box: HTMLElement | null) =>
    [...(box?.querySelectorAll("tbody tr") ?? [])].map((tr) =>
      [...tr.children].slice(0, 4).map((td) => td.textContent),
    );

  it("are one remainder at the end, so that the sum is the KPI's", () => {
    const box = draw([
      ["price", 54],
      ["other", null],
      ["service", 27],
      ["moved", null],
    ]);
    expect(rows(box)).toEqual([
      ["price", "54", "60\u00a0%", "60\u00a0%"],
      ["service", "27", "30\u00a0%", "90\u00a0%"],
      ["2 groups not shown", "9", "10\u00a0%", "100\u00a0%"],
    ]);
    expect(box?.textContent).toContain("The first reason is price");
    expect(box?.textContent).toContain(`2 groups ${few}.`);
  });

  it("may hide the first one, or all", () => {
    expect(
      draw([
        ["price", 40],
        ["other", null],
      ])?.textContent,
    ).toContain("The first of the reasons shown is price");
    const none = draw([["price", null]]);
    expect(none?.textContent).toContain(`1 group ${few}.`);
    expect(none?.querySelector("table")).toBeNull();
  });
});

describe("a change of which some groups are hidden", () => {
  const compared = { start: month(17), compare: "year" } as const;
  const tables = (table: ReturnType<typeof cubeOf>) => ({ cube: table, singles: null, parts: null });
  /** East 50/50 → 30/50; the others together 40/50 → 45/50, of which West is shown in the first year only. */
  const table = cubeOf([
    { at: 5, of: [90, 100] },
    { at: 17, of: [75, 100] },
    { at: 5, region: "East", of: [50, 50] },
    { at: 17, region: "East", of: [30, 50] },
    { at: 5, region: "West", of: [32, 40] },
    { at: 17, region: "West" },
    { at: 5, region: "South" },
    { at: 17, region: "South" },
  ]);
  const view = kpiView(site, kpi, choice("region"), table, null);
  const change = changeView(view, compared, tables(table));

  it("has the groups that both periods show, and the others as one remainder", () => {
    // East: weight ½ in both years, so ½ × (0.6 − 1); the others ½ × (0.9 − 0.8).
    expect(change?.unshown).toBe(2);
    expect(change?.explanation?.groups.map(({ group }) => group)).toEqual(["East", remainder]);
    const parts = change?.explanation?.groups.map(({ contribution }) => contribution) ?? [];
    expect(parts[0]).toBeCloseTo(-0.2, 12);
    expect(parts[1]).toBeCloseTo(0.05, 12);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(-0.15, 12);
  });

  it("names them together in chart and table, and says why", () => {
    if (!change) throw new Error("no change");
    const figure = changeFigure(site, change, { width: 700 });
    expect(figure.querySelector("svg")?.textContent).toContain("2 groups not shown");
    expect(figure.textContent).toContain(`2 groups ${few}.`);
    expect(changeTable(site, change)?.textContent).toContain("2 groups not shown, together");
    expect(changeTitle(site, change).textContent).toContain("East alone −20.0");
    expect(`${figure.outerHTML}${changeTable(site, change)?.outerHTML}`).not.toMatch(/76\.5|765|West/);
  });

  it("names no driver where what is hidden adds most, in headlines and lists alike", () => {
    const part = (group: string, contribution: number) => ({ group, contribution }) as GroupChange;
    expect(largestPart([part(remainder, -11), part("East", -5)], -16)).toBeNull();
    expect(largestPart([part("East", -11), part(remainder, -5)], -16)?.group).toBe("East");
    // What goes the other way is no driver, however large.
    expect(largestPart([part(remainder, 30), part("East", -5)], -16)?.group).toBe("East");
    expect(largestPart([part("East", 5)], 0)).toBeNull();
  });

  it("is not split where no group is shown, or the rest does not follow", () => {
    const hidden = cubeOf([
      { at: 5, of: [90, 100] },
      { at: 17, of: [75, 100] },
      { at: 5, region: "East" },
      { at: 17, region: "East", of: [30, 50] },
    ]);
    const none = changeView(kpiView(site, kpi, choice("region"), hidden, null), compared, tables(hidden));
    expect(none).toMatchObject({ explanation: null, unshown: 1 });
    expect(none && changeFigure(site, none, { width: 700 }).textContent).toBe(
      `The change is not split, with 1 group ${few}.`,
    );
    const growth = {
      ...kpi,
      all_months: true,
      published: { cross: [], single: ["region"], leftOut: [] },
    } as Kpi;
    const parts = publishedTable(
      [5, 17].map((at) => ({
        kpi_id: kpi.id,
        role: "period",
        grain: "month",
        period_start: month(at),
        by: "region",
        value: "East",
        numerator: null,
        denominator: null,
        hidden: 1,
      })),
    );
    const own = { kpi: growth, points: view.points, choice: choice("region") };
    expect(changeView(own, compared, { ...tables(table), parts })).toMatchObject({
      explanation: null,
      unshown: 1,
    });
  });
});
