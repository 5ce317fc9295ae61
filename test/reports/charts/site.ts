import { formatter } from "../../../reports/components/data/format.js";
import type { Site } from "../../../reports/components/data/site.js";
import { uncovered } from "../../../src/kpi/coverage.js";
import type { CompanyScore, Grade } from "../../../src/published/scoreTypes.js";
import type {
  Build,
  Fishbone,
  Kpi,
  Labels,
  Language,
  Period,
  Problem,
  Target,
} from "../../../src/published/siteTypes.js";
import { pages as en } from "../../../src/words/en.js";
import { pages as zhCN } from "../../../src/words/zh-CN.js";
import { publishedTable } from "../publishedTable.js";

/** The first day of a month, counted from January 2025. */
export const month = (index: number) =>
  `${2025 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-01`;
/** January 2025 to June 2026, of which ten days are over. */
const months = Array.from({ length: 18 }, (_, index) => index);
const asOf = "2026-06-11";

const build = {
  as_of_at: Date.parse(asOf),
  limits_passed_at: Date.parse(asOf),
  limit_days: null,
  as_of_on: "2026-06-10",
  time_zone: "UTC",
  min_cell: 5,
  periods: months.map(
    (index): Period => ({
      role: "period",
      grain: "month",
      period_start: month(index),
      period_end: month(index + 1),
      cutoff_on: index === 17 ? asOf : month(index + 1),
      is_partial: index === 17,
    }),
  ),
} as unknown as Build;

const both = (english: string, chinese: string): Labels => ({ en: english, "zh-CN": chinese });
const kpiOf = (id: string, english: string, chinese: string, more: Partial<Kpi>): Kpi =>
  ({
    id,
    label: both(english, chinese),
    counts: both("tickets", "工单"),
    contributors: "customers",
    range: [0, null],
    all_months: false,
    additive: true,
    horizon_days: null,
    matures: null,
    trailing: false,
    percentiles: false,
    dimensions: [],
    numerator_dimensions: [],
    columns: {},
    coverage: { ...uncovered, from: { table: "tickets", day: "2025-01-01" } },
    published: { cross: [], single: [], leftOut: [] },
    ...more,
  }) as Kpi;

/** May is not final yet. */
export const solved = kpiOf("solved", "First-contact resolution rate", "首次联系解决率", {
  unit: "percent",
  kind: "rate",
  direction: "up",
  range: [0, 1],
  horizon_days: 30,
  dimensions: ["region", "segment"],
  numerator_dimensions: ["reason"],
  published: { cross: ["region", "segment"], single: ["reason"], leftOut: [] },
});
export const wait = kpiOf("wait", "Waiting time", "等待时间", {
  unit: "hours",
  kind: "mean",
  direction: "down",
  percentiles: true,
});
const kpis = [
  solved,
  wait,
  kpiOf("satisfaction", "Complaint-handling satisfaction", "客户投诉处理满意度", {
    unit: "score",
    kind: "mean",
    direction: "up",
    range: [0, 100],
  }),
  kpiOf("complaints", "Complaints", "投诉件数", { unit: "count", kind: "count", direction: "down" }),
  kpiOf("nps", "Net promoter score", "净推荐值", {
    unit: "nps",
    kind: "nps",
    direction: "up",
    range: [-100, 100],
  }),
  kpiOf("revenue", "Revenue", "销售额", { unit: "money", kind: "sum", direction: "up" }),
  kpiOf("renewal", "Renewal rate", "续约率", {
    unit: "percent",
    kind: "rate",
    direction: "up",
    range: [0, 1],
  }),
];

/** What cases add up to; null is hidden, undefined none. */
type Sums = readonly [numerator: number, denominator: number, sumSq?: number] | null | undefined;
const cell = (at: number, sums: Sums, words: Record<string, string>) => ({
  role: "period",
  grain: "month",
  period_start: month(at),
  ...words,
  numerator: sums?.[0] ?? 0,
  denominator: sums?.[1] ?? 0,
  n: sums?.[1] ?? 0,
  sum_sq: sums?.[2] ?? 0,
  awaiting: 0,
  hidden: sums ? 0 : 1,
});
const rowsOf = (sums: (at: number) => Sums, words: Record<string, string>) =>
  months.flatMap((at) => {
    const found = sums(at);
    return found === undefined ? [] : [cell(at, found, words)];
  });
/** −2 to 2, up and down. */
const sway = (at: number) => ((at * 7) % 5) - 2;

/** Twelve segments of 20 to 130 cases; the last two are hidden in 2026. */
const segments = Array.from({ length: 12 }, (_, index) => {
  const size = (at: number) => 130 - 10 * index + (index === 0 && at > 14 ? 40 : 0);
  return (at: number): [number, number] => [
    Math.round(size(at) * (0.8 + 0.02 * sway(at + index))) - (index === 4 && at > 14 ? 25 : 0),
    size(at),
  ];
});
/** No case in August 2025, too few in November and February. */
const whole = (at: number): Sums => {
  if (at === 7) return undefined;
  if (at === 10 || at === 13) return null;
  const sums = segments.map((sumsOf) => sumsOf(at));
  return [sums.reduce((sum, [one]) => sum + one, 0), sums.reduce((sum, [, all]) => sum + all, 0)];
};

const totals = publishedTable([
  ...rowsOf(whole, { kpi_id: "solved" }),
  ...rowsOf((at) => [40 * (30 + sway(at) - at / 2), 40, 40 * (30 + sway(at) - at / 2) ** 2 + 9000], {
    kpi_id: "wait",
  }),
  ...rowsOf((at) => [6 * (84 + sway(at)), 6, 6 * (84 + sway(at)) ** 2 + 300], { kpi_id: "satisfaction" }),
  ...rowsOf((at) => [12 + 3 * sway(at), 0], { kpi_id: "complaints" }),
  ...rowsOf((at) => [-9 - 4 * sway(at), 90, 61], { kpi_id: "nps" }),
  ...rowsOf((at) => [1_250_000 + 40_000 * sway(at), 0], { kpi_id: "revenue" }),
]);

/** `solved` by region: a gap, single periods, hidden ones and a short life; and by segment. */
export const cube = publishedTable([
  ...rowsOf(whole, {}),
  ...rowsOf((at) => [88 + sway(at), 100], { region: "East" }),
  ...rowsOf((at) => (at % 4 === 1 ? undefined : [24 - sway(at), 30]), { region: "West" }),
  ...rowsOf((at) => (at % 3 === 1 ? [17 + sway(at), 25] : null), { region: "South" }),
  ...rowsOf((at) => (at < 15 ? undefined : [9, 10 + at]), { region: "The far north-east" }),
  ...segments.flatMap((sumsOf, index) =>
    rowsOf((at) => (index > 9 && at > 11 ? null : sumsOf(at)), {
      segment: index === 2 ? "Small and medium-sized enterprises" : `S${index + 1}`,
    }),
  ),
]);

/** Why tickets were not solved in May 2026; two reasons are hidden. */
export const reasons = publishedTable(
  Object.entries({ price: 54, "delivery time": 27, "(unknown)": 9, moved: null, other: null }).map(
    ([value, count]) => ({ ...cell(16, count === null ? null : [count, 900], {}), by: "reason", value }),
  ),
);

const target = (kpi_id: string, limits: [number, number | null], from = "2025-01-01"): Target => ({
  kpi_id,
  grain: "month",
  valid_from: from,
  valid_to: null,
  scope_dimension: null,
  scope_value: null,
  target: limits[0],
  floor: limits[1],
  stretch: null,
});
const targets = [
  { ...target("solved", [0.75, 0.7]), valid_to: "2026-01-01" },
  target("solved", [0.82, 0.74], "2026-01-01"),
  target("wait", [24, 36]),
  target("satisfaction", [85, 70]),
  target("complaints", [5, 8]),
  target("nps", [10, 0]),
];

const grades: Grade[] = [
  { id: "A", label: both("excellent", "优秀"), from: 90 },
  { id: "B", label: both("good", "良好"), from: 75 },
  { id: "C", label: both("weak", "不足"), from: 0 },
];
/** Totals from December on; March has none, and May's is provisional. */
export const scores = [88.4, 91, 76.2, null, 73.5, 92.1].map((total, index) => ({
  scorecard: "service",
  grain: "month",
  period_start: month(11 + index),
  period_end: month(12 + index),
  total,
  covered_weight: index === 5 ? 0.7 : 1,
  provisional: index === 5,
  grade: grades.find(({ from }) => total !== null && total >= from)?.id ?? null,
  items: [
    { kpi_id: "solved", weight: 0.35 },
    { kpi_id: "wait", weight: 0.1 },
  ],
  groups: [],
})) as unknown as CompanyScore[];

export const fishbone: Fishbone = {
  id: "service",
  label: both("Customer service", "客户服务部"),
  scorecard: "service",
  branches: [
    { id: "speed", label: both("Speed", "响应速度"), colour: 1, kpis: ["solved", "wait"] },
    {
      id: "quality",
      label: both("Quality of complaint handling", "投诉处理质量"),
      colour: 2,
      kpis: ["satisfaction", "complaints"],
    },
    { id: "loyalty", label: both("Loyalty", "忠诚度"), colour: 3, kpis: ["nps", "renewal"] },
    { id: "growth", label: both("Growth", "增长"), colour: 4, kpis: ["revenue"] },
  ],
  success_factors: [],
};

const cause = (id: string, english: string, chinese: string, ids: string[]) => ({
  id,
  label: both(english, chinese),
  kpis: ids,
  note: null,
});
export const problem: Problem = {
  id: "slow",
  label: both("Customers wait too long for an answer", "客户等待答复时间过长"),
  branches: [
    {
      id: "people",
      label: both("People", "人员"),
      colour: 1,
      causes: [
        cause("few", "Too few agents at peak hours", "高峰时段坐席不足", ["wait"]),
        cause("untrained", "Agents lack training", "坐席培训不足", ["solved", "satisfaction"]),
      ],
    },
    {
      id: "process",
      label: both("Process", "流程"),
      colour: 2,
      causes: [
        cause("escalation", "Complaints are escalated late", "投诉升级过晚", ["complaints"]),
        cause("promise", "Promises are not kept", "承诺未兑现", ["nps"]),
      ],
    },
    {
      id: "tools",
      label: both("Tools", "工具"),
      colour: 3,
      causes: [cause("old", "An old telephone system", "电话系统陈旧", ["renewal"])],
    },
  ],
};

/** A small site with what charts have to draw: gaps, hidden and open periods, intervals, targets with floors. */
export function siteOf(language: Language): Site {
  const messages = language === "en" ? en : zhCN;
  return {
    grain: "month",
    language,
    messages,
    format: formatter(language, messages),
    build,
    catalogue: {
      vocabulary: {},
      currency: "CNY",
      dimensions: {},
      kpis,
      grades,
      scorecards: [{ id: "service", label: fishbone.label, grain: "month" }],
    },
    targets,
    scores,
    totals,
    href: (page: string) => `./${page}.html`,
    kpi: (id: string) => kpis.find((kpi) => kpi.id === id),
  } as unknown as Site;
}
