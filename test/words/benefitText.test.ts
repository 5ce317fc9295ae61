import { describe, expect, it } from "vitest";
import { type Assessment, type Companions, isTested } from "../../src/published/benefitTypes.js";
import { benefitSummary } from "../../src/words/benefitSummary.js";
import { type BenefitKpi, type BenefitNames, verdictText } from "../../src/words/benefitTeller.js";
import { benefitParagraph, benefitText } from "../../src/words/benefitText.js";
import { countedText } from "../../src/words/figureText.js";
import { benefit, languages } from "../../src/words/languages.js";

const kpi = (of: Partial<BenefitKpi>): BenefitKpi => ({
  label: { en: "Response time", "zh-CN": "响应时间" },
  counts: { en: "tickets", "zh-CN": "张工单" },
  unit: "minutes",
  direction: "down",
  horizon_days: null,
  matures: null,
  ...of,
});
const kpis: Record<string, BenefitKpi> = {
  response: kpi({}),
  csat: kpi({ label: { en: "Satisfaction", "zh-CN": "满意度" }, unit: "score", direction: "up" }),
  churn: kpi({ label: { en: "Churn", "zh-CN": "流失率" }, unit: "percent", horizon_days: 30 }),
  repair: kpi({
    label: { en: "Repair rate", "zh-CN": "修复率" },
    unit: "percent",
    direction: "up",
    matures: "awaited",
  }),
  limited: kpi({
    label: { en: "In time", "zh-CN": "及时率" },
    unit: "percent",
    direction: "up",
    matures: "limits",
  }),
  revenue: kpi({ label: { en: "Revenue", "zh-CN": "收入" }, unit: "money", direction: "up" }),
  contacts: kpi({ label: { en: "Contacts", "zh-CN": "联系量" }, unit: "count", direction: "none" }),
};

const names: BenefitNames = {
  kpi: (id) => kpis[id],
  initiative: (id) => ({ B: "Second desk" })[id] ?? id,
  dimension: (name) => name,
  value: (_, value) => value,
  currency: "CNY",
  as_of_on: "2026-06-30",
  min_cell: 5,
};

/** Improved against a comparison group, and nothing that speaks against it. */
const improved: Assessment = {
  registered: null,
  decided: null,
  initiative_id: "A",
  name: "Dispatch desk",
  kpi_id: "response",
  scope: { region: "South" },
  copy_of: null,
  scope_unknown: null,
  withdrawn: false,
  started_on: "2025-11-01",
  baseline: {
    start: "2025-05-05",
    end: "2025-11-01",
    value: 78.12,
    numerator: 16482,
    denominator: 211,
    n: 211,
  },
  follow_up: {
    start: "2025-11-01",
    end: "2026-04-30",
    value: 33.74,
    numerator: 5499,
    denominator: 163,
    n: 163,
  },
  delta: -46.4,
  low: -74.6,
  high: -18.3,
  relative: -0.594,
  p: 0.0013,
  q: 0.0026,
  method: "least_squares_did",
  untestable: null,
  verdict: "improved",
  expected: -20,
  expected_reached: "open",
  value_money: 302_742,
  value_money_low: 119_352,
  value_money_high: 486_133,
  cost: 60_000,
  value_per_unit: 40,
  return: 4.05,
  return_low: 0.99,
  return_high: 7.1,
};

const quiet: Companions = {
  textbook: null,
  mann_whitney: null,
  year_earlier: null,
  segmented: null,
  mix_effect: 0.5,
  extreme_month: null,
  customers: { both: 90, left: 5, joined: 5 },
  overlapping: [],
  in_comparison: [],
  event_study: { months: [], flat_p: 0.6 },
  placebo_time: { starts: starts(11), alarms: 0, found: 43.9 },
  placebo_space: { values: [], of: 0, rank: 1 },
};

function starts(count: number) {
  return Array.from({ length: count }, () => ({ start: "2024-07-01", delta: 1, low: -1, high: 3, p: 0.4 }));
}

const untested = {
  delta: null,
  low: null,
  high: null,
  relative: null,
  p: null,
  q: null,
  expected_reached: null,
  value_money: null,
  value_money_low: null,
  value_money_high: null,
  return: null,
  return_low: null,
  return_high: null,
};
const unshown: Partial<Assessment> = {
  verdict: "no_demonstrable_change",
  delta: -4.2,
  low: -20.1,
  high: 11.7,
  relative: -0.05,
  p: 0.6,
  q: 0.66,
  value_money: null,
  value_money_low: -538_750,
  value_money_high: 340_735,
  return: null,
  return_low: -12.97,
  return_high: 6.57,
};
const running: Partial<Assessment> = { ...untested, verdict: "still_running" };
const nothing = { value: null, numerator: null, denominator: null, n: null };
const alone = { method: "least_squares" };
const with_ = (companions: Partial<Companions>) => ({ companions: { ...quiet, ...companions } });
const follow = (days: Partial<Assessment["follow_up"]>) => ({
  follow_up: { ...improved.follow_up, ...days },
});

/** What must and must not be said, English first. */
type Said = [en: RegExp, zh: RegExp];
interface Situation {
  of: Partial<Assessment>;
  says: Said[];
  never?: Said[];
}

const cause: Said = [/because|due to|caused|thanks to|effect of/i, /因为|由于|导致|归功|得益/];
const noEffect: Said = [/no effect|did not help|did nothing|useless/i, /没有效果|无效|没有作用|没有变化（/];
const point: Said = [/Worth in the follow-up/, /后期的价值为/];
const moved: Said = [/fell by|rose by/, /(下降|上升) [^，。]*（95%/];
const judged: Said = [/Verdict: (improved|worsened)/, /结论：(改善|变差)/];

const situations: Record<string, Situation> = {
  "improved against a comparison group, all checks clean": {
    of: with_({}),
    says: [
      [
        /has run for South since 1 Nov 2025, meant to lower Response time by 20 min/,
        /自2025年11月1日起在South实施，预期使响应时间下降 20 分钟/,
      ],
      [
        /78\.1 min before \(5 May 2025 to 31 Oct 2025, n = 211 tickets\) and 33\.7 min after/,
        /之前为 78\.1 分钟（2025年5月5日至2025年10月31日，n = 211 张工单），之后为 33\.7 分钟/,
      ],
      [
        /Against the comparison group \(every other region\).*fell by 46 min \(95 % interval −75 to −18 min; −59 %\)/,
        /与同期的对照组（其他各region）相比，响应时间下降 46 分钟（95% 区间 −75 至 −18 分钟；−59%）/,
      ],
      [/Verdict: improved \(q = 0\.003\)/, /结论：改善（q = 0\.003）/],
      [/302?\.?7?|303 k CNY/, /30\.3 万元/],
      [/a return of 405 % \(99 % to 710 %\)/, /回报率 405%（99% 至 710%）/],
      [/because of the measure; they cannot prove it/, /因为该措施而起，但也不能证明/],
    ],
    never: [[/no comparison group/, /没有对照组/]],
  },
  "improved without companions": { of: {}, says: [judged], never: [cause] },
  "improved without a comparison group": {
    of: { ...alone, scope: {}, ...with_({ placebo_space: null }) },
    says: [
      judged,
      [/Against its own past/, /与自身的过去相比/],
      [/There is no comparison group: what else changed since 1 Nov 2025/, /没有对照组：2025年11月1日之后/],
      [/the whole company/, /全公司/],
    ],
    never: [cause, [/Against the comparison group/, /对照组（其他/]],
  },
  "worsened against a comparison group": {
    of: {
      ...with_({}),
      verdict: "worsened",
      delta: 30,
      low: 12,
      high: 48,
      relative: 0.38,
      value_money: -195_600,
      value_money_low: -313_000,
      value_money_high: -78_000,
      return: -4.3,
      return_low: -6.2,
      return_high: -2.3,
      expected_reached: "no",
    },
    says: [
      [
        /rose by 30 min \(95 % interval \+12 to \+48 min; \+38 %\)/,
        /上升 30 分钟（95% 区间 \+12 至 \+48 分钟；\+38%）/,
      ],
      [/Verdict: worsened/, /结论：变差/],
      [/Worth in the follow-up: −196 k CNY/, /价值为 −19\.6 万元/],
      [/was not reached/, /未达到/],
    ],
    never: [[/improved/, /改善/]],
  },
  "worsened without a comparison group": {
    of: { ...alone, verdict: "worsened", delta: 30, low: 12, high: 48 },
    says: [
      [/Verdict: worsened/, /结论：变差/],
      [/no comparison group/, /没有对照组/],
    ],
    never: [cause],
  },
  "no demonstrable change, the interval over zero": {
    of: { ...unshown, ...with_({}) },
    says: [
      [/Verdict: no demonstrable change \(q = 0\.66\)/, /结论：无可证实的变化（q = 0\.66）/],
      [/not proof that nothing changed/, /不证明没有变化/],
      [/less than 44 min would probably not have been found/, /变化若不足 44 分钟，在这里多半发现不了/],
      [/−539 k to 341 k CNY/, /−53\.9 万 至 34\.1 万元/],
    ],
    never: [noEffect, point, moved, judged, cause],
  },
  "no demonstrable change without a comparison group": {
    of: { ...unshown, ...alone },
    says: [[/no comparison group/, /没有对照组/]],
    never: [noEffect, cause, moved, judged],
  },
  "no demonstrable change, of which nothing was tried at earlier starts": {
    of: { ...unshown, ...with_({ placebo_time: null }) },
    says: [[/not proof/, /不证明/]],
    never: [[/would probably not have been found/, /多半发现不了/], noEffect],
  },
  "a change that only the other tests make chance": {
    of: { ...unshown, low: -9, high: -0.5, p: 0.04, q: 0.12 },
    says: [[/Taken alone the change would pass/, /单独看，这一变化超出偶然/]],
    never: [judged, noEffect, point],
  },
  "a mean whose ranks do not agree": {
    of: {
      ...unshown,
      low: -90,
      high: -10,
      p: 0.01,
      q: 0.02,
      ...with_({ mann_whitney: { p: 0.6, favours: 1, shift: 0.2 } }),
    },
    says: [[/ranks of the durations do not say the same/, /时长的排序并不支持/]],
    never: [judged, point],
  },
  "a KPI without a better direction": {
    of: {
      ...unshown,
      kpi_id: "contacts",
      low: 2,
      high: 9,
      delta: 5.5,
      p: 0.01,
      q: 0.02,
      expected: null,
      value_money_low: null,
      value_money_high: null,
    },
    says: [
      [/no better direction/, /没有好坏方向/],
      [/its KPI is Contacts/, /对应指标为联系量/],
    ],
    never: [judged, [/In money/, /折算成金额，区间/]],
  },
  "expected change reached": {
    of: { expected_reached: "yes" },
    says: [
      [/−20 min was reached: the whole interval lies beyond/, /已达到预期的 −20 分钟：整个区间都在其外侧/],
    ],
    never: [[/is open/, /尚无定论/]],
  },
  "expected change missed": {
    of: { expected_reached: "no" },
    says: [[/was not reached: the whole interval falls short/, /未达到预期的 .*：整个区间都不及/]],
  },
  "expected change open": {
    of: { expected_reached: "open" },
    says: [[/is open: the interval includes both/, /尚无定论/]],
    never: [[/was reached:/, /已达到预期的/]],
  },
  "nothing expected": {
    of: { expected: null, expected_reached: null },
    says: [[/its KPI is Response time/, /对应指标为响应时间/]],
    never: [[/expected/, /预期/]],
  },
  "a rise was expected": {
    of: { kpi_id: "csat", expected: 3, delta: 5, low: 2.2, high: 7.8 },
    says: [[/meant to raise Satisfaction by 3 points/, /使满意度上升 3 分/]],
  },
  "a share in percentage points": {
    of: { kpi_id: "churn", expected: -0.01, delta: -0.0123, low: -0.0201, high: -0.0046 },
    says: [
      [
        /fell by 1\.2 pp \(95 % interval −2\.0 to −0\.5 pp/,
        /下降 1\.2 个百分点（95% 区间 −2\.0 至 −0\.5 个百分点/,
      ],
    ],
    never: [[/1\.2 %/, /1\.2%/]],
  },
  "money as the KPI": {
    of: { kpi_id: "revenue", delta: 1_250_000, low: 400_000, high: 2_100_000 },
    says: [[/rose by 1\.25 M CNY/, /上升 125 万元/]],
  },
  "cost without a value per unit": {
    of: {
      value_per_unit: null,
      value_money: null,
      value_money_low: null,
      value_money_high: null,
      return: null,
      return_low: null,
      return_high: null,
    },
    says: [[/cost 60\.0 k CNY; without a value per unit/, /成本 6\.00 万元；没有单位价值/]],
    never: [[/a return of/, /回报率 \d/], point],
  },
  "neither cost nor value": {
    of: { cost: null, value_per_unit: null, value_money: null },
    says: [[/no worth in money/, /不折算成金额/]],
    never: [point],
  },
  "value without cost": {
    of: { cost: null, return: null, return_low: null, return_high: null },
    says: [[/its cost is not recorded/, /成本未记录/], point],
    never: [[/a return of/, /回报率 \d/]],
  },
  "still running, part of the follow-up known": {
    of: { ...running, ...follow({ start: "2026-04-01", end: "2026-09-28", n: 91, value: 38 }) },
    says: [
      [
        /is 38\.0 min so far \(1 Apr 2026 to 30 Jun 2026, 91 of 180 days, n = 91/,
        /目前为 38\.0 分钟（2026年4月1日至2026年6月30日，180 天中的 91 天/,
      ],
      [/part of a follow-up is no result/, /后期未完，不是结果/],
      [/verdict comes with data to 27 Sep 2026/, /数据到2026年9月27日时有结论/],
    ],
    never: [moved, judged, point, cause, [/q [=<]/, /q [=<]/]],
  },
  "still running, of a KPI that waits": {
    of: { ...running, kpi_id: "churn", ...follow({ start: "2026-04-01", end: "2026-09-28" }) },
    says: [
      [
        /to 27 Sep 2026 and the 30 days that this KPI waits for, and the verdict comes with data to 27 Oct 2026/,
        /另须等待 30 天，数据到2026年10月27日/,
      ],
    ],
    never: [judged, moved],
  },
  "over, its values still open": {
    of: { ...running, kpi_id: "repair", ...follow({ end: "2026-06-20" }) },
    says: [
      [
        /ended on 19 Jun 2026, but the values may still change: until no case is still open/,
        /后期已于2026年6月19日结束，但数值还会变化，并须没有未了结的案例/,
      ],
    ],
    never: [judged, [/so far/, /目前为/]],
  },
  "over, response limits running": {
    of: { ...running, kpi_id: "limited", ...follow({ end: "2026-06-30" }) },
    says: [[/longest response limit has passed/, /最长的响应时限已过/]],
    never: [judged],
  },
  "not begun": {
    of: {
      ...running,
      started_on: "2026-09-01",
      ...follow({ start: "2026-09-01", end: "2027-02-28", ...nothing }),
    },
    says: [
      [/is to begin for South on 1 Sep 2026/, /将于2026年9月1日在South开始/],
      [/no follow-up yet/, /后期尚未开始/],
    ],
    never: [[/still running/, /进行中/], [/has run/, /起在.*实施/], moved, judged, [/so far/, /目前为/]],
  },
  "windows of unequal length": {
    of: { ...unshown, method: "poisson", ...follow({ end: "2026-03-01" }) },
    says: [[/windows differ in length.*by customer-day/, /两个窗口长短不同.*按每位客户每天计/]],
    never: [noEffect],
  },
  "begun, still within its lag": {
    of: {
      ...running,
      started_on: "2026-06-15",
      ...follow({ start: "2026-07-15", end: "2026-12-31", ...nothing }),
    },
    says: [
      [/has run for South since 15 Jun 2026/, /自2026年6月15日起/],
      [/no follow-up yet/, /后期尚未开始/],
    ],
    never: [judged],
  },
  "not recorded": {
    of: {
      ...untested,
      verdict: "not_recorded",
      baseline: { ...improved.baseline, ...nothing },
      ...follow(nothing),
    },
    says: [[/not wholly recorded, so nothing is compared/, /不完全在记录之内，不作比较/]],
    never: [[/ was .* before/, /之前为/], moved, judged, point],
  },
  "too little data": {
    of: { ...untested, verdict: "too_little_data", delta: -4, baseline: { ...improved.baseline, n: 12 } },
    says: [
      [/too little data for a verdict/, /数据太少，没有结论/],
      [/n = 12/, /n = 12/],
    ],
    never: [moved, judged, point, noEffect, [/q [=<]/, /q [=<]/]],
  },
  "a scope that the data do not know": {
    of: {
      ...untested,
      verdict: "too_little_data",
      scope_unknown: { near: "South" },
      scope: { region: "Suoth" },
      baseline: { ...improved.baseline, ...nothing, n: 0 },
      ...follow({ ...nothing, n: 0 }),
    },
    says: [
      [/no such region as “Suoth”; did you mean “South”\?/, /没有这样的region：“Suoth”；是不是“South”？/],
    ],
    never: [[/no case in its scope/, /没有其范围内的案例/], judged],
  },
  "nobody in scope": {
    of: {
      ...untested,
      verdict: "too_little_data",
      baseline: { ...improved.baseline, ...nothing, n: 0 },
      ...follow({ ...nothing, n: 0 }),
    },
    says: [[/no case in its scope/, /没有其范围内的案例/]],
    never: [[/ was .* before/, /之前为/], judged],
  },
  "cannot be tested": {
    of: { ...untested, verdict: "not_testable", kpi_id: "revenue", method: null, delta: 400 },
    says: [[/carry no interval/, /没有区间/]],
    never: [judged, moved, point],
  },
  "windows of unequal length, of which too many customers are counted": {
    of: {
      ...untested,
      verdict: "not_testable",
      kpi_id: "repair",
      method: null,
      untestable: "windows_differ",
    },
    says: [[/more than 10 % counted.*Give both windows the same number of days/, /超过 10%.*设为相同天数/]],
    never: [judged, moved, point, [/carry no interval/, /没有区间/]],
  },
  "hidden for few customers": {
    of: {
      ...untested,
      verdict: "too_little_data",
      hidden: "few",
      baseline: { ...improved.baseline, ...nothing },
      ...follow(nothing),
    },
    says: [
      [
        /figures are not shown: a window, or a month or part of one in it, tells of fewer than 5/,
        /数值不显示：某一窗口，或其中某月或某月的一部分，涉及的客户、员工或线索少于 5/,
      ],
    ],
    never: [
      [/ was .* before/, /之前为/],
      [/n = /, /n = /],
    ],
  },
  "hidden for the days that a window leaves of a month": {
    of: {
      ...untested,
      verdict: "no_demonstrable_change",
      hidden: "cut",
      baseline: { ...improved.baseline, ...nothing },
      ...follow(nothing),
    },
    says: [
      [
        /begins or ends within a month, .* of fewer than 5 .* Windows of whole months/,
        /起止日不在月初，.*少于 5。窗口从某月 1 日起/,
      ],
    ],
    never: [[/n = |q =/, /n = |q =/], moved],
  },
  "hidden for a neighbour's few, with a verdict": {
    of: {
      ...untested,
      verdict: "no_demonstrable_change",
      hidden: "neighbour",
      baseline: { ...improved.baseline, ...nothing },
      ...follow(nothing),
    },
    says: [
      [/another value's figure of fewer than 5 .* could be derived/, /推出另一取值少于 5 名客户/],
      [/Verdict: no demonstrable change\./, /结论：无可证实的变化。/],
    ],
    never: [[/n = |q =/, /n = |q =/], moved],
  },
  "cried wolf on quiet months": {
    of: with_({ placebo_time: { starts: starts(10), alarms: 3, found: 20 } }),
    says: [[/not to be trusted here: on 3 of 10 earlier starts/, /不可信：.* 10 个更早的起点中，有 3 个/]],
    never: [cause],
  },
  "cried wolf once of ten": {
    of: with_({ placebo_time: { starts: starts(10), alarms: 1, found: 20 } }),
    says: [judged],
    never: [[/not to be trusted/, /不可信/]],
  },
  "others of the dimension moved further": {
    of: with_({
      placebo_space: {
        values: Array.from({ length: 7 }, () => ({ value: "x", delta: 1, low: 0, high: 2, p: 0.1 })),
        of: 7,
        rank: 3,
      },
    }),
    says: [
      [
        /2 others of the 7 values of region with 30 customers or more moved further.*shock to all of them cannot be told from an effect/,
        /7 个取值里另有 2 个同方向变化更大：波及各处的冲击/,
      ],
    ],
    never: [[/because of/, /因为/]],
  },
  "the months before not level": {
    of: with_({ event_study: { months: [], flat_p: 0.01 } }),
    says: [[/already moved differently from the comparison group/, /与对照组的走势已有不同/]],
    never: [cause],
  },
  "the months before not level, without a group": {
    of: { ...alone, ...with_({ event_study: { months: [], flat_p: 0.01 } }) },
    says: [[/were not level/, /并不平稳/]],
    never: [cause, [/from the comparison group/, /与对照组/]],
  },
  "after the worst month": {
    of: with_({ extreme_month: { month: "2025-10", months: 22, is: "worst" } }),
    says: [
      [
        /\(Oct 2025\) was the worst of 22.*regression to the mean/,
        /（2025年10月）是 22 个月中最差的.*趋均值回归/,
      ],
    ],
    never: [cause],
  },
  "after the best month": {
    of: with_({ extreme_month: { month: "2025-10", months: 22, is: "best" } }),
    says: [[/was the best of 22.*regression to the mean/, /22 个月中最好的/]],
  },
  "after a month like others": {
    of: with_({ extreme_month: { month: "2025-10", months: 22, is: null } }),
    says: [judged],
    never: [[/regression to the mean/, /趋均值/]],
  },
  "the mix moved more than the change": {
    of: { ...unshown, ...with_({ mix_effect: -9 }) },
    says: [[/types alone moved the KPI by −9 min, more than the change/, /结构变化就使指标变动 −9 分钟/]],
    never: [noEffect],
  },
  "the mix moved less": {
    of: with_({ mix_effect: -9 }),
    says: [judged],
    never: [[/moved the KPI by/, /结构变化/]],
  },
  "customers changed": {
    of: with_({ customers: { both: 11, left: 29, joined: 22 } }),
    says: [
      [
        /82 % of the customers are in one window only \(11 in both, 29 only before, 22 only after\)/,
        /82% 的客户只在一个窗口中/,
      ],
    ],
    never: [cause],
  },
  "overlapping another": {
    of: with_({ overlapping: ["B"] }),
    says: [[/cannot be told apart from it: Second desk/, /无法与之区分：Second desk/]],
    never: [cause],
  },
  "very many others at the same time": {
    of: with_({ overlapping: ["B", ...Array.from({ length: 10 }, (_, at) => `N${at}`)] }),
    says: [
      [
        /apart from it: Second desk, N0, N1, N2, N3, N4, N5, N6 and 3 more\./,
        /区分：Second desk、N0、N1、N2、N3、N4、N5、N6等 11 项。/,
      ],
    ],
    never: [cause],
  },
  "another in the comparison group": {
    of: with_({ in_comparison: ["B"] }),
    says: [
      [
        /comparison group was not left alone.*same KPI: Second desk/,
        /对照组内也有针对同一指标的措施.*：Second desk/,
      ],
    ],
    never: [cause, [/cases that may be the same/, /可能涉及相同的案例/]],
  },
  "money of two sizes": {
    of: { ...unshown, value_money_low: -128_000, value_money_high: 618 },
    says: [[/interval is −128 k to 1 k CNY/, /−12\.8 万 至 0\.1 万元/]],
  },
  "an end of an interval near nothing": {
    of: { ...unshown, low: -0.16, high: 40 },
    says: [[/interval −0\.2 to \+40\.0 min/, /区间 −0\.2 至 \+40\.0 分钟/]],
    never: [[/±/, /±/]],
  },
  "one alarm of few starts": {
    of: with_({ placebo_time: { starts: starts(4), alarms: 1, found: 3 } }),
    says: [
      [
        /1 of 4 earlier starts, with no initiative on this KPI,.*; with so few starts that may be chance/,
        /该指标没有措施的 4 个更早的起点中，有 1 个.*也可能出于偶然/,
      ],
    ],
    never: [cause, [/nothing was done/, /没有任何措施/]],
  },
  "not begun, its cost set": {
    of: {
      ...running,
      started_on: "2026-09-01",
      baseline: { ...improved.baseline, ...nothing },
      ...follow(nothing),
    },
    says: [[/Its cost is set at 60\.0 k CNY/, /计划成本 6\.00 万元/]],
    never: [[/It cost /, /。成本 /], judged],
  },
  "the year before moved alike": {
    of: with_({
      year_earlier: {
        delta: -30,
        low: -50,
        high: -10,
        p: 0.01,
        baseline: improved.baseline,
        follow_up: improved.follow_up,
      },
    }),
    says: [[/a year earlier, without it.*may be the season/, /一年前的同一时段.*季节/]],
    never: [cause],
  },
  "the year before moved the other way": {
    of: with_({
      year_earlier: {
        delta: 30,
        low: 10,
        high: 50,
        p: 0.01,
        baseline: improved.baseline,
        follow_up: improved.follow_up,
      },
    }),
    says: [judged],
    never: [[/season/, /季节/]],
  },
  "few cases": {
    of: { ...with_({}), baseline: { ...improved.baseline, n: 46 }, ...follow({ n: 37 }) },
    says: [[/few cases \(46 before, 37 after\)/, /案例不多（之前 46，之后 37）/]],
    never: [cause],
  },
  "registered before it began": {
    of: {
      ...with_({}),
      registered: { first_seen: "2025-10-01", is_late: false, late_for: null, changed: [] },
    },
    says: [judged],
    never: [[/registered/, /登记/]],
  },
  "first seen after it began": {
    of: {
      ...with_({}),
      registered: { first_seen: "2026-01-05", is_late: true, late_for: "2025-11-01", changed: [] },
    },
    says: [
      [
        /first registered on 5 Jan 2026, after its start on 1 Nov 2025/,
        /首次登记在2026年1月5日，晚于2025年11月1日/,
      ],
    ],
    never: [cause],
  },
  "definition changed": {
    of: {
      ...with_({}),
      registered: {
        first_seen: "2025-10-01",
        is_late: false,
        late_for: null,
        changed: [
          {
            on: "2026-02-01",
            build_id: "20260201-000000-00000000",
            field: "expected_change",
            old: "-40",
            new: "-20",
          },
        ],
      },
    },
    says: [
      [
        /changed on 1 Feb 2026, after it had started: expected change from −40 min to −20 min/,
        /于2026年2月1日有改动：预期变化由 −40 分钟 改为 −20 分钟/,
      ],
    ],
    never: [cause],
  },
  "a verdict that today's data would not give": {
    of: {
      ...with_({}),
      decided: {
        build_id: "b1",
        on: "2026-05-02",
        redefined: false,
        now: { ...improved, verdict: "no_demonstrable_change", delta: -12, low: -30, high: 6, q: 0.2 },
      },
    },
    says: [
      judged,
      [
        /given on 2 May 2026 and stays; today's data would give: no demonstrable change \(−12 min\)/,
        /于2026年5月2日作出，此后不变；按今天的数据则为：无可证实的变化（−12 分钟）/,
      ],
    ],
    never: [cause],
  },
  "a copy of another": {
    of: { ...with_({}), copy_of: "B" },
    says: [
      judged,
      [/copy of .*Second desk.*one test and one benefit/, /与.*Second desk.*重复.*一次检验、一份效益/],
    ],
    never: [cause],
  },
  "another cost since the verdict": {
    of: {
      ...with_({}),
      registered: {
        first_seen: "2025-10-01",
        is_late: true,
        late_for: "2025-09-01",
        changed: [{ on: "2026-02-01", build_id: "b2", field: "cost", old: "1000.0000", new: "5000.0000" }],
      },
      decided: {
        build_id: "b1",
        on: "2026-05-02",
        redefined: false,
        now: { ...improved, cost: 5000, value_per_unit: 2, value_money_low: 2000, value_money_high: 8000 },
      },
    },
    says: [
      judged,
      [/after its start on 1 Sep 2025/, /晚于2025年9月1日的开始/],
      [/cost from 1\.0* ?k CNY to 5\.0* ?k CNY/, /成本由 1,?000\S* ?元 改为 5,?000\S* ?元/],
      [
        /today's cost \(5\.0* ?k CNY\) and value per unit \(2\S* CNY\) it would be 2\.0* ?k? to 8\.0* ?k CNY/,
        /现在的成本（5,?000\S* ?元）和单位价值（2\S* ?元）则为 2,?000\S* 至 8,?000\S* ?元/,
      ],
    ],
    never: [[/today's data would give/, /按今天的数据/]],
  },
  "a q below a thousandth": {
    of: { q: 0.00004 },
    says: [[/q < 0\.001/, /q < 0\.001/]],
    never: [[/q = 0\.000/, /q = 0\.000/]],
  },
  "an interval with one end": {
    of: { low: null, value_money_high: null },
    says: [[/−∞ to −18/, /−∞ 至 −18/]],
    never: [[/null|NaN|undefined/, /null|NaN|undefined/]],
  },
};

describe.each(Object.entries(situations))("%s", (_, { of, says, never = [] }) => {
  const row: Assessment = { ...improved, ...of };
  it.each(languages)("in %s", (language) => {
    const text = benefitText(row, names, language);
    const paragraph = benefitParagraph(text, language);
    const at = language === "en" ? 0 : 1;
    for (const said of says) expect(paragraph).toMatch(said[at]);
    for (const said of never) expect(paragraph).not.toMatch(said[at]);
    if (!row.method?.endsWith("_did")) expect(paragraph).not.toMatch(cause[at]);
    expect(`${text.happened} ${paragraph}`).not.toMatch(/null|NaN|undefined|\[object/);
    expect(`${text.happened} ${paragraph}`).not.toMatch(noEffect[at]);
    expect(text.happened).toContain("Dispatch desk");
    // What the list says of it the page says, too.
    if (isTested(row.verdict))
      expect(text.happened).toContain(verdictText(row, names, benefit(language)).replace("no ", ""));
    if (row.verdict !== "improved") expect(text.happened).not.toMatch(/improved|改善/);
    if (row.verdict !== "worsened") expect(text.happened).not.toMatch(/worsened|变差/);
  });
});

it("covers at least forty situations", () => {
  expect(Object.keys(situations).length).toBeGreaterThanOrEqual(40);
});

describe("the summary", () => {
  const row = (of: Partial<Assessment>): Assessment => ({ ...improved, ...of });
  const rows = [
    row({ ...with_({}) }),
    row({ name: "Calls", ...unshown, ...alone }),
    row({
      name: "Mail",
      ...alone,
      verdict: "worsened",
      delta: 30,
      low: 12,
      high: 48,
      value_money: -5,
      value_money_low: -9,
      value_money_high: -1,
    }),
    row({ name: "Invitations", ...running, ...follow({ end: "2026-09-28" }) }),
    row({ name: "Garden", ...running, started_on: "2026-09-01" }),
    row({
      name: "Shop",
      ...with_({ placebo_time: { starts: starts(5), alarms: 2, found: 3 } }),
      registered: { first_seen: "2026-03-01", is_late: true, late_for: "2025-11-01", changed: [] },
    }),
  ];
  const said = {
    en: [
      /^6 initiatives: 2 improved, 1 worsened, 1 no demonstrable change, 1 still running, 1 planned\./,
      /“Dispatch desk” \(South\): Response time −46 min \(−75 to −18 min\), improved, worth 303 k CNY/,
      /No change could be shown of “Calls”, which is not proof that there was none/,
      /“Invitations” is still running; its verdict comes with data to 27 Sep 2026/,
      /“Garden” is planned and begins on 1 Sep 2026/,
      /Not to be trusted, since the method calls a change at more than 10 %.*: “Shop”/,
      /Without a comparison group.*: “Calls”, “Mail”/,
      /Registered or changed after the start: “Shop”/,
    ],
    "zh-CN": [
      /^共 6 项措施：改善 2 项、变差 1 项、无可证实的变化 1 项、进行中 1 项、尚未开始 1 项。/,
      /“Dispatch desk”（South）：响应时间 −46 分钟（−75 至 −18 分钟），改善，价值 30\.3 万元/,
      /“Calls”的变化未能证实，这不等于证明没有变化/,
      /“Invitations”尚在进行，数据到2026年9月27日时有结论/,
      /“Garden”尚未开始，将于2026年9月1日开始/,
      /不可信.*：“Shop”/,
      /没有对照组.*：“Calls”、“Mail”/,
      /在开始之后才登记或改动过定义：“Shop”/,
    ],
  };
  it.each(languages)("says what came of all in %s, and claims no cause", (language) => {
    const text = benefitSummary(rows, names, language).join(" ");
    for (const each of said[language]) expect(text).toMatch(each);
    for (const each of [cause, noEffect]) expect(text).not.toMatch(each[language === "en" ? 0 : 1]);
  });
  it.each([
    ["en", "“N0”, “N1”, “N2”, “N3”, “N4”, “N5”, “N6”, “N7” and 12 more", "12 more: worsened."],
    ["zh-CN", "“N0”、“N1”、“N2”、“N3”、“N4”、“N5”、“N6”、“N7”等 20 项", "另有 12 项：变差。"],
  ] as const)(
    "of very many names the first, by money, and counts the others, in %s",
    (language, list, others) => {
      const many = Array.from({ length: 20 }, (_, at) => at);
      const sentences = benefitSummary(
        many.flatMap((at) => [
          row({ name: `N${at}`, ...unshown }),
          row({ name: `W${at}`, verdict: "worsened", value_money: -1000 * at }),
        ]),
        names,
        language,
      );
      expect(sentences.join(" ")).toContain(list);
      const outcomes = sentences
        .filter((sentence) => /^“W\d+”/.test(sentence))
        .map((each) => each.slice(1, 4));
      expect(outcomes).toEqual(["W19", "W18", "W17", "W16", "W15", "W14", "W13", "W12"]);
      expect(sentences).toContain(others);
    },
  );
  it("of none says so", () => {
    expect(benefitSummary([], names, "en")).toEqual(["There are no initiatives to assess."]);
    expect(benefitSummary([], names, "zh-CN")).toEqual(["没有可评估的措施。"]);
  });
});

it.each([
  ["answers", 1, "answer"],
  ["answers", 2, "answers"],
  ["opportunities", 1, "opportunity"],
  ["tickets and contacts", 1, "ticket and contact"],
  ["market rows", 1, "market row"],
  ["service cases", 1, "service case"],
  ["addresses", 1, "address"],
])("what a KPI counts, %s, is of %i in English: %s", (counts, n, told) => {
  expect(countedText(counts, n, "en")).toBe(told);
  expect(countedText("回答", n, "zh-CN")).toBe("回答");
});
