// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import { pareto } from "../../reports/components/charts/pareto.js";
import { sparkFigure } from "../../reports/components/charts/spark.js";
import { leavesAxis, trendChart } from "../../reports/components/charts/trendChart.js";
import { chartScale, valueExtent } from "../../reports/components/charts/trendScale.js";
import { filterBar } from "../../reports/components/controls/filterBar.js";
import type { Cube } from "../../reports/components/data/cube.js";
import { formatter } from "../../reports/components/data/format.js";
import { latestPoint } from "../../reports/components/data/headline.js";
import type { Point } from "../../reports/components/data/series.js";
import type { Site } from "../../reports/components/data/site.js";
import { changeFigure } from "../../reports/components/pages/changeSection.js";
import type { ChangeView } from "../../reports/components/pages/changeView.js";
import { chartHeight, filledPages } from "../../reports/components/print/fitPages.js";
import { dimensionColumn } from "../../src/contract/dimensionColumn.js";
import { uncovered } from "../../src/kpi/coverage.js";
import type { Kpi, Language } from "../../src/published/siteTypes.js";
import { pages as en } from "../../src/words/en.js";
import { pages as zhCN } from "../../src/words/zh-CN.js";

const siteOf = (language: Language): Site => {
  const messages = language === "en" ? en : zhCN;
  return {
    grain: "month",
    language,
    messages,
    format: formatter(language, messages),
    catalogue: { vocabulary: {}, dimensions: {} },
  } as unknown as Site;
};
const site = siteOf("en");
const kpi = {
  id: "churn_rate",
  label: { "zh-CN": "客户流失率", en: "Churn rate" },
  unit: "percent",
  kind: "rate",
  counts: { "zh-CN": "客户", en: "customers" },
  range: [0, 1],
  coverage: uncovered,
  dimensions: ["region", "segment", "owner"],
  numerator_dimensions: ["reason"],
  published: { cross: ["region", "segment"], single: ["owner", "reason"], leftOut: [] },
} as unknown as Kpi;

const point = (start: string, value: number | null, more: Partial<Point> = {}): Point => ({
  value,
  low: null,
  high: null,
  numerator: 0,
  denominator: 0,
  sumSq: 0,
  n: 400,
  awaiting: 0,
  grain: "month",
  start,
  end: start,
  lastDay: start,
  partial: false,
  mature: true,
  incomplete: false,
  reason: null,
  maturesOn: null,
  previous: null,
  lastYear: null,
  previousReason: null,
  lastYearReason: null,
  ...more,
});

afterEach(() => history.replaceState(null, "", "/"));

describe("the filter bar", () => {
  const open = (query: string, language: Language = "en") => {
    history.replaceState(null, "", `/kpi/churn_rate.html${query}`);
    const bar = filterBar(siteOf(language), kpi, (name) => [
      { value: name === "region" ? "East" : "vip", isShown: true },
    ]);
    const control = (index: number) => bar.querySelectorAll("select")[index] as HTMLSelectElement;
    const said = (name: string) => bar.querySelector(`.${name}`)?.textContent;
    const isSilent = () => (bar.querySelector(".notice") as HTMLElement).hidden;
    return { bar, control, said, isSilent };
  };

  it.each([
    ["?region=xx", "en", "The address asks for “xx” under “Region”, which is not there: shown without it."],
    ["?region=xx", "zh-CN", "网址中“地区”要求的“xx”不存在，已按未指定显示。"],
    ["?owner=E1", "en", "The address asks for “E1” under “Owner”, which is not there: shown without it."],
    [
      "?by=colour",
      "en",
      "The address asks for “colour” under “Split by”, which is not there: shown without it.",
    ],
    [
      "?grain=week",
      "en",
      "The address asks for “week” under “Period”, which is not there: shown without it.",
    ],
  ] as const)("says of %s in %s that it is not there", (query, language, sentence) => {
    const { bar, said } = open(query, language);
    expect(said("notice")).toBe(sentence);
    expect(bar.value).toEqual({ grain: "month", by: "", where: {} });
  });

  it("is silent about what is there", () => {
    const { bar, isSilent } = open("?region=East&by=segment&grain=quarter");
    expect(isSilent()).toBe(true);
    expect(bar.value).toEqual({ grain: "quarter", by: "segment", where: { region: "East" } });
  });

  it("claims no filter that the split cannot honour, and takes it up again with another split", () => {
    const { bar, control, said } = open("?region=East&by=owner");
    expect(bar.value).toEqual({ grain: "month", by: "owner", where: {} });
    expect(said("selected")).not.toContain("East");
    expect(said("notice")).toContain("does not combine with filters");
    expect([control(1).disabled, control(1).value]).toEqual([true, ""]);
    expect(location.search).toBe("?by=owner");
    control(0).value = "segment";
    control(0).dispatchEvent(new Event("change"));
    expect(bar.value.where).toEqual({ region: "East" });
    expect(said("selected")).toContain("East");
    expect([control(1).disabled, control(1).value]).toEqual([false, "East"]);
  });
});

describe("sections of a KPI's page", () => {
  const singles = {
    length: 1,
    words: new Map(
      Object.entries({
        role: "period",
        grain: "month",
        period_start: "2026-03-01",
        by: "reason",
        value: "price",
      }).map(([name, word]) => [name, { words: [word], codes: [0] }]),
    ),
    numbers: new Map([["numerator", [3]]]),
  } as unknown as Cube;
  const march = point("2026-03-01", 0.1);

  it("hide with a reason where filters do not combine with them", () => {
    const shown = (where: Record<string, string>) =>
      pareto(site, singles, { kpi, point: march, choice: { grain: "month", by: "", where } })?.textContent;
    expect(shown({})).toContain("price");
    expect(shown({ region: "East" })).not.toContain("price");
    expect(shown({ region: "East" })).toContain("does not combine with the filters chosen");
  });

  it("name no reason where none is known", () => {
    const silent = {
      ...singles,
      words: new Map([...singles.words, ["value", { words: ["(unknown)"], codes: [0] }]]),
    } as unknown as Cube;
    const view = { kpi, point: march, choice: { grain: "month" as const, by: "", where: {} } };
    expect(pareto(site, silent, view)).toBeNull();
  });

  it("draw no bars for a change of nothing", () => {
    const view = (contribution: number, groups = 2): ChangeView =>
      ({
        kpi,
        point: march,
        dimension: "region",
        choice: { grain: "month", by: "", where: {} },
        unshown: 0,
        explanation: {
          delta: contribution,
          rate_effect: contribution,
          mix_effect: 0,
          groups: ["East", "West"]
            .slice(0, groups)
            .map((group) => ({ group, contribution, rate_effect: contribution, mix_effect: 0 })),
        },
      }) as unknown as ChangeView;
    expect(changeFigure(site, view(0), { width: 600 }).querySelector("rect")).toBeNull();
    expect(changeFigure(site, view(0), { width: 600 }).textContent).toContain("No group changed");
    const alone = changeFigure(site, view(0.02, 1), { width: 600 });
    expect([alone.querySelector("rect"), alone.textContent]).toEqual([
      null,
      "There is nothing to split: all cases are in one group as to region.",
    ]);
    expect(changeFigure(site, view(0.02), { width: 600 }).querySelector("rect")).not.toBeNull();
  });

  it("is not of one group where nothing is known of any, and says which column would tell", () => {
    const unknownOf = (columns: Record<string, string>, language: Language) => {
      const group = { group: "(unknown)", contribution: 0.02, rate_effect: 0.02, mix_effect: 0 };
      const view = { kpi: { ...kpi, columns }, dimension: "segment", explanation: { groups: [group] } };
      return changeFigure(siteOf(language), view as unknown as ChangeView, { width: 600 }).textContent;
    };
    expect(unknownOf({ segment: "customers.segment" }, "en")).toBe(
      "There is nothing to split: the segment of all cases is unknown. Map customers.segment to split by it.",
    );
    expect(unknownOf({}, "en")).toBe("There is nothing to split: the segment of all cases is unknown.");
    expect(unknownOf({ segment: "customers.segment" }, "zh-CN")).toMatch(/都未知。映射\s?customers\.segment/);
  });

  it("may come from columns of the tables whose rows its cases are, the closest first", () => {
    expect(dimensionColumn(["customers"], "segment")).toBe("customers.segment");
    expect(dimensionColumn(["orders", "customers"], "owner")).toBe("orders.owner_id");
    expect(dimensionColumn(["leads", "customers"], "region")).toBe("leads.region");
    expect(dimensionColumn(["tickets"], "class")).toBe("tickets.complaint_class");
    expect(dimensionColumn([], "market")).toBeNull();
  });
});

it("a KPI whose first period is not over shows that one, and no later", () => {
  const begun = point("2026-01-01", 4, { partial: true, mature: false });
  expect(latestPoint([begun])?.value).toBe(4);
  expect(latestPoint([point("2025-12-01", 7), begun])?.value).toBe(7);
  const long = Array.from({ length: 13 }, (_, index) =>
    point(`${2000 + index}-01-01`, index === 0 ? 3 : null),
  );
  expect(latestPoint([...long, begun])).toBeNull();
});

it("what is not shown is not stood for by an old value, nor by one that is not final", () => {
  const few = { reason: { code: "few", names: [] } as Point["reason"] };
  const quarter = (index: number) =>
    `${2023 + Math.floor(index / 4)}-${["01", "04", "07", "10"][index % 4]}-01`;
  const hidden = Array.from({ length: 11 }, (_, index) => point(quarter(index + 2), null, few));
  expect(latestPoint([point("2023-04-01", 0, { incomplete: true }), ...hidden])).toBeNull();
  expect(latestPoint([point("2023-04-01", 0), ...hidden])).toBeNull();
  // A final value of the year before the last period stands, and so does one that nothing came after.
  expect(latestPoint([point("2025-01-01", 5), point("2025-10-01", null, few)])?.value).toBe(5);
  expect(
    latestPoint([point("2025-01-01", 5, { incomplete: true }), point("2025-10-01", null, few)]),
  ).toBeNull();
  expect(latestPoint([point("2022-01-01", 5), point("2025-10-01", null)])?.value).toBe(5);
});

it("charts in print take what the words beside them leave of the page, within what is readable", () => {
  expect(chartHeight({ filled: 600, height: 190, count: 3, page: 986 })).toBe(190);
  const height = chartHeight({ filled: 1100, height: 190, count: 3, page: 986 });
  expect(1100 + 3 * (height - 190)).toBeLessThanOrEqual(986);
  expect(1100 + 3 * (height + 1 - 190)).toBeGreaterThan(970);
  expect(chartHeight({ filled: 1600, height: 190, count: 3, page: 986 })).toBe(96);
});

it("a page of few lines is told from one that a table fills", () => {
  expect(
    filledPages(
      [
        [0, 400],
        [400, 900],
      ],
      986,
    ),
  ).toEqual({ pages: 1, last: 900 });
  expect(
    filledPages(
      [
        [0, 400],
        [400, 960],
        [960, 1000],
      ],
      986,
    ),
  ).toEqual({ pages: 2, last: 40 });
  // The table goes to the next page whole, with the note below it.
  expect(
    filledPages(
      [
        [0, 400],
        [400, 1200],
        [1200, 1240],
      ],
      986,
    ),
  ).toEqual({ pages: 2, last: 840 });
  expect(
    filledPages(
      [
        [0, 100],
        [100, 2300],
      ],
      986,
    ).pages,
  ).toBe(4);
});

describe("the trend's axis", () => {
  const run = (values: readonly number[]) =>
    values.map((value, index) => point(`2026-0${index + 1}-01`, value));

  it("draws level what differs by less than is told, small pictures too", () => {
    // 38.00 % up to 1e-6 is level; 38.0 and 38.4 % are not. Money of 12.3 k differs from 12.31 k by less than it shows.
    const heights = (unit: string, values: readonly number[]) => {
      const path = sparkFigure(site, { kpi: { unit } as Kpi, points: run(values) }, { until: "2026-03-01" })
        .querySelector("path")
        ?.getAttribute("d");
      return new Set([...(path ?? "").matchAll(/,([\d.]+)/g)].map(([, y]) => y)).size;
    };
    expect(heights("percent", [0.38, 0.380001, 0.379999])).toBe(1);
    expect(heights("percent", [0.38, 0.384, 0.38])).toBe(2);
    expect(heights("money", [12_300, 12_310, 12_305])).toBe(1);
    expect(heights("money", [12_300, 12_500, 12_300])).toBe(2);
    expect(heights("count", [4, 5, 4])).toBe(2);
    expect(heights("score", [80, 80.0001, 80])).toBe(1);
    const money = { ...kpi, unit: "money", kind: "sum", range: [null, null] } as unknown as Kpi;
    const scale = chartScale(site, money, run([12_300, 12_310, 12_305]), {
      width: 600,
      height: 300,
      compact: false,
      behind: [],
      targets: [],
      domain: [12_300, 12_310],
    });
    expect(scale.domain).toEqual([12_300, 12_400]);
  });

  it("goes on from an open period to the next, dashed, in a small picture too", () => {
    const [first, second, third] = run([0.5, 0.6, 0.7]);
    const dashes = (points: unknown[]) =>
      trendChart(site, kpi, points as never, { width: 300, compact: true, behind: [] }).querySelectorAll(
        '[stroke-dasharray="4 4"] path, path[stroke-dasharray="4 4"]',
      ).length;
    expect(dashes([{ ...first, incomplete: true }, second, third])).toBe(1);
    expect(dashes([first, second, { ...third, partial: true }])).toBe(1);
    expect(dashes([first, second, third])).toBe(0);
  });

  it("draws last year's value of one period, which has no line", () => {
    const two = run([0.5, 0.6, 0.7]);
    const dots = (behind: (number | null)[]) =>
      trendChart(site, kpi, two, { width: 300, compact: true, behind }).querySelectorAll("circle").length;
    expect(dots([null, 0.4, null]) - dots([null, null, null])).toBe(1);
    expect(dots([null, 0.4, 0.5]) - dots([null, null, null])).toBe(0);
  });

  it("has room for the intervals of most points where nearly all would leave it", () => {
    // One in 35 leaves in one month of six: 0.0 – 9.9 % in the others, 0.5 – 14.3 % in that one.
    const rare = [0, 0, 0.028, 0, 0, 0].map((value, index) =>
      point(
        `2026-0${index + 1}-01`,
        value,
        value > 0 ? { low: 0.005, high: 0.143 } : { low: 0, high: 0.099 },
      ),
    );
    expect(valueExtent(kpi, rare, [])[1]).toBeGreaterThanOrEqual(0.098);
    expect(valueExtent(kpi, rare, [])[1]).toBeLessThan(0.143);
    // One wide interval among narrow ones takes no room from them.
    const narrow = [0.5, 0.52, 0.51, 0.5].map((value, index) =>
      point(`2026-0${index + 1}-01`, value, { low: value - 0.01, high: index === 3 ? 0.9 : value + 0.01 }),
    );
    expect(valueExtent(kpi, narrow, [])[1]).toBeLessThan(0.56);
  });

  it("includes 0 and 100 % where values come near, and the target", () => {
    expect(valueExtent(kpi, run([0.95, 0.97, 0.98]), [])[1]).toBe(1);
    expect(valueExtent(kpi, run([0.02, 0.05]), [])[0]).toBe(0);
    const zeros = [
      point("2026-01-01", 0, { low: 0, high: 3.7 }),
      point("2026-02-01", 0, { low: 0, high: 3.7 }),
    ];
    const count = { ...kpi, kind: "count", unit: "count", range: [0, null] } as unknown as Kpi;
    expect(valueExtent(count, zeros, [])[1]).toBeGreaterThanOrEqual(3.7);
    const [under, over] = valueExtent(
      { ...kpi, unit: "minutes", range: [0, null] } as unknown as Kpi,
      run([4, 4]),
      [],
    );
    expect([under < 3.9, over > 4.1]).toEqual([true, true]);
    const growth = { ...kpi, kind: "growth", range: [null, null] } as unknown as Kpi;
    expect(valueExtent(growth, run([-1]), [])[0]).toBe(-1);
    expect(valueExtent(count, run([0, 0]), [])).toEqual([0, expect.closeTo(1.04, 9)]);
    expect(valueExtent(kpi, run([0.6, 0.62]), [0.8])[1]).toBeGreaterThanOrEqual(0.8);
    const [low, high] = valueExtent(kpi, run([0.5, 0.52]), []);
    expect([low > 0.4, high < 0.6]).toEqual([true, true]);
  });

  it("cuts no more than half of the intervals off", () => {
    const full = (low: number) => point("2026-01-01", 1, { low, high: 1 });
    expect(valueExtent(kpi, [full(0.85), full(0.86), full(0.86)], [0.98])[0]).toBeLessThanOrEqual(0.86);
    expect(valueExtent(kpi, [full(0.4), full(0.99), full(0.99)], [0.98])[0]).toBeGreaterThan(0.9);
  });

  it("marks an interval that goes on beyond it", () => {
    const wide = [...run([0.5, 0.52]), point("2026-03-01", 0.51, { low: 0.1, high: 0.9 })];
    const chart = trendChart(site, kpi, wide, { width: 800 });
    expect(leavesAxis(chart)).toBe(true);
    expect([...chart.querySelectorAll(".beyond text")].map((one) => one.textContent).sort()).toEqual([
      "▲",
      "▼",
    ]);
    expect(leavesAxis(trendChart(site, kpi, run([0.5, 0.52]), { width: 800 }))).toBe(false);
  });

  it("has the label of the last firm value at its point", () => {
    const points = [...run([0.2, 0.4, 0.6]), point("2026-04-01", 0.1, { partial: true })];
    const chart = trendChart(site, kpi, points, { width: 800 });
    const at = (text: string) => {
      const label = [...chart.querySelectorAll("text")].find((one) => one.textContent === text);
      const place = `${label?.getAttribute("transform") ?? label?.parentElement?.getAttribute("transform")}`;
      return Number(/translate\(([\d.]+)/.exec(place)?.[1]);
    };
    const dots = [...chart.querySelectorAll("circle")].map((dot) => Number(dot.getAttribute("cx")));
    const [march] = dots.sort((a, b) => a - b).slice(-2);
    expect(at("60.0\u00a0%")).toBeCloseTo(march ?? Number.NaN, 0);
  });

  it("has every label at a line's end inside the chart, and none over another", () => {
    const heights = (chart: Element) =>
      [...chart.querySelectorAll("text")]
        .filter((one) => /^(100|0)\.0\u00a0%$|^Last year$/.test(one.textContent ?? ""))
        .map((one) => {
          const place = `${one.getAttribute("transform") ?? one.parentElement?.getAttribute("transform")}`;
          return Number(/,\s*([-\d.]+)\)/.exec(place)?.[1]);
        })
        .sort((a, b) => a - b);
    const partial = point("2026-04-01", 0.9, { partial: true });
    for (const edge of [1, 0]) {
      const firm = run([0.5, edge, edge]);
      for (const points of [firm, [...firm, partial]]) {
        const behind = points.map((_, index) => (index < 3 ? edge : null));
        const options = { width: 800, height: 148, behind };
        const [upper = 0, lower = 0, ...more] = heights(trendChart(site, kpi, points, options));
        expect(more).toEqual([]);
        expect(upper).toBeGreaterThanOrEqual(7);
        expect(lower - upper).toBeGreaterThanOrEqual(14);
        expect(lower).toBeLessThan(148 - 40);
      }
    }
  });
});
