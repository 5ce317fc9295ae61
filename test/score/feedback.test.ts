import { describe, expect, it } from "vitest";
import { defaultGrades } from "../../src/catalogue/scorecards.js";
import { toFeedbackJson } from "../../src/cli/print/feedbackFormat.js";
import { tooFew } from "../../src/kpi/coverage.js";
import { periodOf } from "../../src/kpi/periods.js";
import type { Settled } from "../../src/kpi/settle.js";
import { combinedAssessments, rankedReviews } from "../../src/score/assessment.js";
import { type AssessedPeriod, type FeedbackContext, feedbackSheet } from "../../src/score/feedback.js";
import { totalledOfShown } from "../../src/score/hiddenItems.js";
import type { ImprovementOutcome } from "../../src/score/improvements.js";
import { type RaterGroup, type Rating, reviewsOf } from "../../src/score/review360.js";
import type { TracedItem, TracedSubject } from "../../src/score/scored.js";
import { gradeOf, ranked } from "../../src/score/totals.js";
import {
  type FeedbackNames,
  feedbackAsText,
  feedbackRows,
  feedbackText,
} from "../../src/words/feedbackText.js";
import { feedback } from "../../src/words/languages.js";

const employee = {
  employee_id: "E1",
  name: null,
  department: "售后服务部",
  team: "一组",
  role: "服务专员",
};

/** An item as a card has it where the sums of its cases are asked for. */
const item = (kpi_id: string, more: Partial<TracedItem>, open: Partial<Settled> = {}): TracedItem => {
  const { value = null, low = null, high = null } = more;
  const whole = { partial: false, mature: true, incomplete: false, reason: null, components: null };
  return {
    kpi_id,
    group: "service",
    value,
    n: 20,
    weight: 0.25,
    score: null,
    unscored: null,
    numerator: null,
    denominator: null,
    low,
    high,
    target: null,
    status: null,
    sure: null,
    settled: { value, low, high, ...whole, ...open },
    ...more,
  };
};

/** A rate of cases. */
const rate = (right: number, n: number) => ({
  value: right / n,
  n,
  components: { numerator: right, denominator: n, n, sumSq: right, awaiting: 0 },
});
/** A mean of n cases with a sample standard deviation. */
const mean = (value: number, deviation: number, n: number) => ({
  value,
  n,
  components: {
    numerator: value * n,
    denominator: n,
    n,
    sumSq: n * value ** 2 + (n - 1) * deviation ** 2,
    awaiting: 0,
  },
});
const of = (
  kpi_id: string,
  { components, ...sums }: ReturnType<typeof rate>,
  more: Partial<TracedItem>,
  open: Partial<Settled> = {},
) => item(kpi_id, { ...sums, ...more }, { components, ...open });

// Intervals: Wilson of 40 of 42, Student-t of the means.
const accuracyNow = { score: 92, low: 0.842, high: 0.987, target: 0.8, status: "on", sure: true } as const;
const responseNow = {
  weight: 0.3,
  score: 51,
  low: 68,
  high: 116.8,
  target: 60,
  status: "near",
  sure: true,
} as const;
const csatNow = {
  weight: 0.1,
  score: 70,
  low: 76.1,
  high: 85.9,
  target: 83,
  status: "near",
  sure: false,
} as const;
const accuracy = of("service_accuracy", rate(40, 42), accuracyNow);
const response = of("first_response_time", mean(92.4, 81.2, 45), responseNow);
const csat = of("csat", mean(81, 13, 30), csatNow);
const collaboration = of("collaboration_on_time", rate(3, 4), {
  weight: 0.1,
  unscored: "few_cases",
  low: 0.3,
  high: 0.95,
  target: 0.85,
});
const attitude = of("service_attitude", mean(81.25, 17.5, 12), { score: 81.25, low: 70.1, high: 92.4 });

const card = (start: string, subject: string, total: number | null, items: TracedItem[]): TracedSubject => ({
  scorecard: "after_sales",
  period_start: start,
  period_end: periodOf(start, "half").end,
  kind: "employee",
  subject,
  total,
  covered_weight: total === null ? 0.4 : 0.9,
  provisional: false,
  grade: gradeOf(total, defaultGrades),
  rank: total === null ? null : 1,
  items,
  groups: [],
});

const rules = { weights: { customer: 30, superior: 30, peer: 25, subordinate: 15 }, minRaters: 3 };
const weights = { quantitative: 70, qualitative: 30 };

function ratings(lines: [RaterGroup, number, string, number][]): Rating[] {
  return lines.map(([group, rater, dimension, score]) => ({
    reviewee: "E1",
    round: "2026-01-01",
    group,
    rater,
    dimension,
    score,
  }));
}

const three: [RaterGroup, number, string, number][] = [1, 2, 3].flatMap((rater) => [
  ["customer", rater, "沟通", 75],
  ["customer", rater, "协作", 85],
]);
const superior: [RaterGroup, number, string, number][] = [
  ["superior", 1, "沟通", 70],
  ["superior", 1, "协作", 90],
];
const twoPeers: [RaterGroup, number, string, number][] = [
  ["peer", 1, "沟通", 5],
  ["peer", 2, "沟通", 10],
];

function assessed(start: string, scored: TracedSubject[], rated: Rating[]): AssessedPeriod {
  const reviews = rankedReviews(reviewsOf(rated, rules), defaultGrades);
  const combined = combinedAssessments(scored, reviews, weights, defaultGrades);
  return { period: periodOf(start, "half"), scored, reviews, combined };
}

// (0.25 · 92 + 0.3 · 51 + 0.1 · 70 + 0.25 · 81.25) ÷ 0.9 = 72.9028; before, with 80, 45 and 69: 67.4583.
const everything = [accuracy, response, csat, collaboration, attitude];
const full = assessed(
  "2026-01-01",
  [card("2026-01-01", "E1", 72.902777778, everything)],
  ratings([...three, ...superior, ...twoPeers]),
);
const past = assessed(
  "2025-07-01",
  [
    card("2025-07-01", "E1", 67.458333333, [
      of("service_accuracy", rate(32, 40), { ...accuracyNow, score: 80 }),
      of("first_response_time", mean(125, 99.2, 45), { ...responseNow, score: 45, low: 95.2, high: 154.8 }),
      of("csat", mean(80, 13, 30), { ...csatNow, score: 69 }),
      collaboration,
      attitude,
    ]),
  ],
  ratings([...three, ...superior]),
);

const context = (now = full, before = past, isPartial = false): FeedbackContext => ({
  now: { ...now, isPartial },
  before,
  kpis: new Map([
    ["service_accuracy", { kind: "rate", direction: "up" }],
    ["first_response_time", { kind: "mean", direction: "down" }],
    ["csat", { kind: "mean", direction: "up" }],
    ["collaboration_on_time", { kind: "rate", direction: "up" }],
    ["service_attitude", { kind: "mean", direction: "up" }],
  ]),
  grades: defaultGrades,
  weights,
  minRaters: 3,
});

const half = (start: string) => periodOf(start, "half");
const agreed: ImprovementOutcome[] = [
  {
    improvement_id: "I2",
    kpi_id: "first_response_time",
    dimension: null,
    agreed_on: "2026-01-20",
    due_on: "2026-06-30",
    measure: "电话高峰时与同事换班",
    measure_en: null,
    status: "in_progress",
    grain: "half",
    verdict: "still_running",
    p: null,
    before: { period: half("2025-07-01"), value: 130, low: 100.2, high: 159.8, n: 45, reason: null },
    after: null,
    judged_from: "2027-01-01",
  },
  {
    improvement_id: "I1",
    kpi_id: "service_accuracy",
    dimension: null,
    agreed_on: "2025-07-15",
    due_on: "2025-12-31",
    measure: "每周复盘两张出错的工单",
    measure_en: "Go through two faulty tickets a week",
    status: "done",
    grain: "half",
    verdict: "better",
    p: 0.002,
    before: { period: half("2025-01-01"), value: 0.7, low: 0.55, high: 0.82, n: 44, reason: null },
    after: { period: half("2026-01-01"), value: 0.952, low: 0.9, high: 0.98, n: 42, reason: null },
    judged_from: "2026-07-01",
  },
];

const names: FeedbackNames = {
  values: new Map(),
  kpis: new Map([
    [
      "service_accuracy",
      {
        label: { zh: "服务准确性", en: "Service accuracy" },
        unit: "percent",
        counts: { zh: "工单", en: "tickets" },
      },
    ],
    ["first_response_time", { label: { zh: "服务响应时间", en: "First-response time" }, unit: "minutes" }],
    ["csat", { label: { zh: "客户满意度", en: "Satisfaction" }, unit: "score" }],
    ["collaboration_on_time", { label: { zh: "跨部门协同效率", en: "Collaboration" }, unit: "percent" }],
    ["service_attitude", { label: { zh: "服务态度", en: "Service attitude" }, unit: "score" }],
  ]),
  grades: new Map(defaultGrades.map(({ id, label }) => [id, label])),
};

describe("a sheet with a KPI that is not shown", () => {
  const few = tooFew(5, "customers");
  const hidden = item(
    "collaboration_on_time",
    { weight: 0.1, n: 0, target: 0.85, hidden: true },
    { reason: few },
  );
  const items = [accuracy, response, csat, attitude, hidden];
  const shown = {
    ...card("2026-01-01", "E1", null, items),
    ...totalledOfShown(items, { groups: [], missing: "renormalise" }, defaultGrades),
  };
  /** Beside somebody with a total. */
  const beside = (total: number) =>
    feedbackSheet(
      employee,
      [],
      context(
        assessed(
          "2026-01-01",
          ranked([shown, card("2026-01-01", "E2", total, everything)]),
          ratings([...three, ...superior]),
        ),
      ),
    );
  const told = (total: number, language: "en" | "zh-CN" = "en") =>
    feedbackAsText([feedbackText(beside(total), names, language)]);

  // 65.6125 points of 90 % of the weight, and 10 more at most; with 80 of the review 69.93 to 76.93.
  it("tells neither total nor grade, but between what they lie, and names it", () => {
    const text = told(90);
    expect(text).toContain(
      "KPI total and grade are not shown: they would tell what is not shown itself (Collaboration); by what is shown the total lies between 65.6 and 75.6; rank 2 of 2.",
    );
    expect(text).toContain(
      "The combined total and its grade are not shown either; by what is shown the total lies between 69.9 and 76.9",
    );
    expect(text).toContain(
      "Collaboration: not shown: fewer than 5 customers, or such a figure could be derived from it",
    );
    expect(text).not.toMatch(/No KPI total|No combined|less than half|no data|72\.9/);
  });

  it("has no combined total for want of the review alone", () => {
    const sheet = feedbackSheet(employee, [], context(assessed("2026-01-01", [shown], [])));
    const text = feedbackAsText([feedbackText(sheet, names, "en")]);
    expect(text).toContain("No combined assessment: there is no 360° total.");
  });

  it("names it where its row stands in a table, too", () => {
    const sheet = { ...beside(70), not_scored: [] };
    expect(feedbackAsText([feedbackText(sheet, names, "en")])).toContain(
      "itself (Collaboration), rank not shown",
    );
  });

  it("tells no rank that its total would decide, of oneself nor of the other", () => {
    expect(told(70)).toContain("(Collaboration), rank not shown; by what is shown");
    expect(told(70, "zh-CN")).toContain("名次不显示");
    expect(beside(70).quantitative).toMatchObject({ rank: null, ranked: 2, total: null });
  });

  it("says so in its row", () => {
    const rows = feedbackRows(beside(70), names, "en").flatMap((group) => group.rows);
    const row = rows.find(({ standing }) => standing.kpi_id === "collaboration_on_time");
    expect(row).toMatchObject({ value: "not shown", target: "85 %", gap: "–", last: "–" });
    expect(row?.why).toContain("fewer than 5 customers");
  });
});

describe("a feedback sheet", () => {
  const sheet = feedbackSheet(employee, agreed, context());
  const ids = (standings: readonly { kpi_id: string }[]) => standings.map(({ kpi_id }) => kpi_id);

  it("sorts KPIs by where they surely stand to their target", () => {
    expect(ids(sheet.strengths)).toEqual(["service_accuracy"]);
    expect(ids(sheet.below_target)).toEqual(["first_response_time"]);
    expect(ids(sheet.unsure)).toEqual(["csat"]);
    expect(ids(sheet.others)).toEqual(["service_attitude"]);
    expect(ids(sheet.not_scored)).toEqual(["collaboration_on_time"]);
  });

  it("says how far from the target, how sure, and what changed by more than chance", () => {
    // 40 of 42 after 32 of 40: z = 0.1524 ÷ √(0.8780 · 0.1220 · (1/42 + 1/40)) = 2.108, p = 0.0351.
    expect(sheet.strengths[0]).toMatchObject({
      gap: 0.152380952,
      status: "on",
      sure: true,
      previous: { value: 0.8, n: 40, change: "better", p: expect.closeTo(0.0351, 3) },
    });
    // 32.6 ÷ √(81.2²/45 + 99.2²/45) = 1.706, with 85 degrees of freedom p = 0.092.
    expect(sheet.below_target[0]).toMatchObject({
      gap: 32.4,
      status: "near",
      sure: true,
      previous: { value: 125, n: 45, change: "within_chance", p: expect.closeTo(0.092, 2) },
    });
    expect(sheet.unsure[0]).toMatchObject({ status: "near", sure: false });
    expect(sheet.not_scored[0]?.previous?.change).toBe("within_chance");
    expect(JSON.stringify(sheet)).not.toContain("settled");
  });

  it("has the totals with their last ones: 70 % of 72.9 and 30 % of 80", () => {
    // Customers 80, superior 80, peers hidden: 80. Combined 0.7 · 72.9028 + 0.3 · 80; before 0.7 · 67.4583 + 24.
    expect(sheet.quantitative).toMatchObject({
      total: 72.902777778,
      provisional: false,
      grade: "good",
      rank: 1,
      ranked: 1,
      previous: {
        total: 67.458333333,
        provisional: false,
        change: { delta: expect.closeTo(5.444444444, 8), joined: [], left: [] },
      },
    });
    expect(sheet.qualitative).toMatchObject({
      total: 80,
      covered_weight: 0.6,
      provisional: true,
      previous: { total: 80, change: { delta: 0, joined: [], left: [] } },
    });
    expect(sheet.combined).toMatchObject({
      total: expect.closeTo(75.031944444, 8),
      provisional: true,
      grade: "good",
      previous: {
        total: expect.closeTo(71.220833333, 8),
        change: { delta: expect.closeTo(3.811111111, 8), joined: [], left: [] },
      },
    });
    expect(sheet.best_dimensions).toEqual(["协作"]);
  });

  it("ranks a KPI total among those whom the same scorecard judges", () => {
    const others = ["E2", "E3"].map((subject) => ({
      ...card("2026-01-01", subject, 90, [accuracy]),
      scorecard: subject === "E2" ? "after_sales" : "customer_relations",
    }));
    const now = assessed("2026-01-01", [...full.scored, ...others], []);
    expect(feedbackSheet(employee, [], context(now)).quantitative).toMatchObject({ rank: 1, ranked: 2 });
  });

  it("compares totals over what is scored in both periods, and names what joined or fell out", () => {
    const withPeers = assessed(
      "2025-07-01",
      [card("2025-07-01", "E1", 66.3, [accuracy, { ...response, score: 40 }, { ...csat, score: null }])],
      ratings([...three, ...superior, ...twoPeers, ["peer", 3, "沟通", 20]]),
    );
    const { quantitative, qualitative, combined } = feedbackSheet(employee, [], context(full, withPeers));
    // (0.25 · 92 + 0.3 · 40) ÷ 0.55 = 63.636, then (0.25 · 92 + 0.3 · 51) ÷ 0.55 = 69.636.
    const joined = ["csat", "service_attitude"];
    expect(quantitative?.previous).toMatchObject({
      total: 66.3,
      change: {
        from: expect.closeTo(63.636363636, 8),
        to: expect.closeTo(69.636363636, 8),
        delta: expect.closeTo(6, 8),
        joined,
        left: [],
      },
    });
    expect(qualitative?.previous?.change).toMatchObject({
      from: 80,
      to: 80,
      delta: 0,
      joined: [],
      left: ["peer"],
    });
    expect(combined?.previous?.change).toMatchObject({
      delta: expect.closeTo(4.2, 8),
      joined,
      left: ["peer"],
    });
  });

  it("takes each period's total with its own weights", () => {
    const reweighted = [accuracy, { ...response, weight: 0.2 }, csat, collaboration, attitude];
    const weighed = assessed("2025-07-01", [card("2025-07-01", "E1", 75.640625, reweighted)], []);
    // (23 + 0.2 · 51 + 7 + 20.3125) ÷ 0.8 = 75.640625.
    expect(feedbackSheet(employee, [], context(full, weighed)).quantitative?.previous?.change).toMatchObject({
      from: expect.closeTo(75.640625, 8),
      delta: expect.closeTo(-2.737847222, 8),
    });
  });

  it("has no change of a total where nothing is scored in both", () => {
    const other = assessed("2025-07-01", [card("2025-07-01", "E1", 66.3, [{ ...csat, kpi_id: "nps" }])], []);
    expect(feedbackSheet(employee, [], context(full, other)).quantitative?.previous).toMatchObject({
      total: 66.3,
      change: null,
    });
  });

  it.each([
    ["immature", { mature: false }],
    ["incomplete", { incomplete: true }],
    ["partial", { partial: true }],
  ] as const)("does not test values that are not final: %s", (unscored, open) => {
    const opened = (one: TracedItem): TracedItem => ({
      ...one,
      score: null,
      unscored,
      settled: { ...(one.settled as Settled), ...open },
    });
    const now = assessed("2026-01-01", [card("2026-01-01", "E1", null, [accuracy, opened(response)])], []);
    expect(feedbackSheet(employee, [], context(now)).not_scored[0]?.previous).toBeNull();
    const earlier = assessed("2025-07-01", [card("2025-07-01", "E1", null, [opened(accuracy)])], []);
    expect(feedbackSheet(employee, [], context(full, earlier)).strengths[0]?.previous).toBeNull();
  });

  it("calls no dimension best where all are alike, or where the best earns a lower grade", () => {
    const alike = assessed(
      "2026-01-01",
      [],
      ratings(three.map(([...line]) => [line[0], line[1], line[2], 80])),
    );
    expect(feedbackSheet(employee, [], context(alike)).best_dimensions).toEqual([]);
    const low = assessed(
      "2026-01-01",
      [],
      ratings(three.map((line) => [line[0], line[1], line[2], line[3] - 20])),
    );
    expect(feedbackSheet(employee, [], context(low)).best_dimensions).toEqual([]);
  });
});

describe("its text", () => {
  const text = (sheet: Parameters<typeof feedbackText>[0], language: "zh-CN" | "en") =>
    feedbackAsText([feedbackText(sheet, names, language)]);

  it("in Chinese", () => {
    expect(text(feedbackSheet(employee, agreed, context()), "zh-CN")).toMatchInlineSnapshot(`
      "E1：2026年上半年反馈
      售后服务部 · 一组 · 服务专员

      总体
        指标总分 72.9 分（良好），有得分的部分占权重的 90%；比上期的 67.5 分高 5.4 分。
        综合考核 75.0 分（良好，暂定）；定量 72.9 分占 70%，定性 80.0 分占 30%；比上期的 71.2 分高 3.8 分。

      做得好的方面
        服务准确性 95.2%，好于目标 80%（n = 42 工单）；上期 80.0%，改善超出偶然。
        360° 评价中“协作”得分最高（87.5 分）。

      未达到目标的指标
        服务响应时间 92 分钟，目标 60 分钟，相差 32 分钟（n = 45）；接近目标；上期 125 分钟，变化在偶然范围内。

      与目标的差在偶然范围内的指标
        客户满意度 81.0 分，目标 83 分，相差 2.0 分（n = 30）；上期 80.0 分，变化在偶然范围内。

      没有目标值的指标
        服务态度 81 分，得分 81.3（n = 12）；上期 81 分，变化在偶然范围内。

      不计分的指标
        跨部门协同效率 75%：案例太少：只有 4 个，不足 10 个；上期 75%，变化在偶然范围内。

      360° 评价
        360° 总分 80.0 分（良好，暂定），有得分的部分占权重的 60%；与上期的 80.0 分持平。
        客户 80.0 分（3 人）；上级 80.0 分（1 人）。
        同行、下属：评价人少于 3 人，不显示。
        各维度：协作 87.5，沟通 72.5。

      商定的改进事项
        每周复盘两张出错的工单（服务准确性；2025年7月15日商定，2025年12月31日到期，已完成）。
          70%（2025年上半年，n = 44 工单） → 95.2%（2026年上半年，n = 42 工单）；改善超出偶然。
        电话高峰时与同事换班（服务响应时间；2026年1月20日商定，2026年6月30日到期，进行中）。
          130 分钟（2025年下半年，n = 45）；到期后还没有过完一个完整的半年，2027年1月1日起可以判断。

      说明
        95% 区间没有全部落在目标同一侧的，与目标的差在偶然范围内：好于或差于目标都可能只是偶然。
        “超出偶然”由对该项变化单独所作的检验判定（显著性水平 0.05）：即使什么都没有变，大约每二十次比较也会有一次。前后对比只说明有没有变化，不说明原因。
        总分的升降没有误差区间：案例不多时，偶然波动就能使总分变动很大。
        暂定：有得分的权重不足八成。
        案例不足 10 个的指标不计分。
        除上级外，评价人少于 3 人的组和维度不显示，也不计入任何分数。
      "
    `);
  });

  it("in English, with the name where it is given", () => {
    const named = { ...employee, name: "Li" };
    expect(text(feedbackSheet(named, agreed, context()), "en")).toMatchInlineSnapshot(`
      "Feedback for E1 Li, H1 2026
      售后服务部 · 一组 · 服务专员

      Overall
        KPI total 72.9 (good), on 90 % of the weight; 5.4 above last time's 67.5.
        Combined 75.0 (good, provisional); quantitative 72.9 at 70 %, qualitative 80.0 at 30 %; 3.8 above last time's 71.2.

      Strengths
        Service accuracy: 95.2 %, better than the target of 80 % (n = 42 tickets); 80.0 % last time, better now by more than chance.
        Rated highest in the 360° review: 协作 (87.5).

      Below target
        First-response time: 92 min, target 60 min, missed by 32 min (n = 45); near target; 125 min last time, the change is within chance.

      Cannot be told from target
        Satisfaction: 81.0 points, target 83 points, missed by 2.0 points (n = 30); 80.0 points last time, the change is within chance.

      Without a target
        Service attitude: 81 points, score 81.3 (n = 12); 81 points last time, the change is within chance.

      Not scored
        Collaboration: 75 %; too few cases: only 4, fewer than 10; 75 % last time, the change is within chance.

      360° review
        360° total 80.0 (good, provisional), on 60 % of the weight; the same as last time's 80.0.
        Customers 80.0 (3 raters); superior 80.0 (1 rater).
        Not shown, fewer than 3 raters: peers, subordinates.
        By dimension: 协作 87.5, 沟通 72.5.

      Agreed improvements
        Go through two faulty tickets a week (Service accuracy; agreed 15 Jul 2025, due 31 Dec 2025, done).
          70 % (H1 2025, n = 44 tickets) → 95.2 % (H1 2026, n = 42 tickets); better by more than chance.
        电话高峰时与同事换班 (First-response time; agreed 20 Jan 2026, due 30 Jun 2026, in progress).
          130 min (H2 2025, n = 45); no whole half-year has passed since it was due; it can be judged from 1 Jan 2027.

      How to read this
        What cannot be told from its target has a 95 % interval that does not lie wholly on one side of it: being better or worse than the target may be chance.
        A change is more than chance where a test of that one change says so at 0.05: where nothing has changed, about one comparison in twenty is called so all the same. Before and after show that something changed, not why.
        Totals have no interval: where cases are few, chance alone can move them far.
        Provisional: less than 80 % of the weight has a score.
        KPIs with fewer than 10 cases are not scored.
        Except for superiors, groups and dimensions with fewer than 3 raters are not shown and count in no score.
      "
    `);
  });

  it("of a period that is not over judges nothing", () => {
    const open = [accuracy, response].map((each) => ({
      ...each,
      score: null,
      unscored: "partial" as const,
      settled: { ...(each.settled as Settled), partial: true },
    }));
    const now = assessed("2026-01-01", [card("2026-01-01", "E1", null, open)], []);
    const sheet = feedbackSheet(employee, [], context(now, past, true));
    expect(text(sheet, "zh-CN")).toMatchInlineSnapshot(`
      "E1：2026年上半年反馈
      售后服务部 · 一组 · 服务专员

      总体
        本期尚未结束：数值仅供参考，不计分。

      不计分的指标
        服务响应时间 92 分钟：本期尚未结束。
        服务准确性 95.2%：本期尚未结束。

      360° 评价
        本期尚未结束，360° 评价在期末之后显示。
      "
    `);
    expect(text(sheet, "en")).toMatchInlineSnapshot(`
      "Feedback for E1, H1 2026
      售后服务部 · 一组 · 服务专员

      Overall
        The period is not over: values are shown, nothing is scored.

      Not scored
        First-response time: 92 min; the period is not over.
        Service accuracy: 95.2 %; the period is not over.

      360° review
        The 360° review is shown once the period is over.
      "
    `);
  });

  it("of somebody without scorecard and review says so", () => {
    const nobody = assessed("2026-01-01", [], []);
    const sheet = feedbackSheet(employee, [], context(nobody, nobody));
    expect(text(sheet, "zh-CN")).toMatchInlineSnapshot(`
      "E1：2026年上半年反馈
      售后服务部 · 一组 · 服务专员

      总体
        本期没有适用于本人的计分卡数据。
        没有综合考核：缺少指标总分和 360° 总分。

      360° 评价
        本期没有 360° 评价。
      "
    `);
    expect(text(sheet, "en")).toMatchInlineSnapshot(`
      "Feedback for E1, H1 2026
      售后服务部 · 一组 · 服务专员

      Overall
        There is no scorecard with data on this person for this period.
        No combined assessment: there is no KPI total and no 360° total.

      360° review
        There is no 360° review for this period.
      "
    `);
  });

  it("says what joined or fell out of a total", () => {
    const before = assessed(
      "2025-07-01",
      [card("2025-07-01", "E1", 66.3, [accuracy, { ...response, score: 40 }])],
      ratings([...three, ...superior, ...twoPeers, ["peer", 3, "沟通", 20]]),
    );
    const sheet = feedbackSheet(employee, [], context(full, before));
    expect(text(sheet, "en")).toContain(
      "66.3 last time; compared over what is scored in both periods: 63.6 → 69.6 (joined: Satisfaction, Service attitude).",
    );
    expect(text(sheet, "zh-CN")).toContain(
      "上期 66.3 分；只比两期都有得分的部分：63.6 → 69.6 分（本期新有得分：客户满意度、服务态度）。",
    );
    expect(text(sheet, "en")).toContain("80.0 → 80.0 (fell out: peers)");
    expect(text(sheet, "zh-CN")).toContain("80.0 → 80.0 分（本期没有得分：同行）");
  });

  it("says why there is no value, or why it is none to judge, as the KPI itself does", () => {
    const reason = { names: [], table: "tickets", day: "2026-02-03" };
    const cut = of(
      "service_accuracy",
      rate(40, 42),
      { unscored: "incomplete" },
      { incomplete: true, reason: { ...reason, code: "incomplete", end: "from" } },
    );
    const none = item(
      "first_response_time",
      { n: 0, unscored: "no_data" },
      { reason: { code: "no_column", names: ["tickets.first_response_at"] } },
    );
    const now = assessed("2026-01-01", [card("2026-01-01", "E1", null, [cut, none])], []);
    const sheet = feedbackSheet(employee, [], context(now, past));
    expect(text(sheet, "en")).toContain(
      "Service accuracy: 95.2 %; incomplete: tickets recorded from 2026-02-03.",
    );
    expect(text(sheet, "en")).toContain(
      "First-response time: no data: column not mapped or empty in every row: tickets.first_response_at.",
    );
    expect(text(sheet, "zh-CN")).toContain("服务准确性 95.2%：记录不全：tickets 自 2026-02-03 起有记录。");
    expect(text(sheet, "zh-CN")).toContain(
      "服务响应时间：没有数据：列未映射或全部为空：tickets.first_response_at。",
    );
    expect(JSON.parse(toFeedbackJson([sheet], "zh-CN"))[0].not_scored).toMatchObject([
      { unscored: "no_data", reason: "no_column", value: null },
      {
        unscored: "incomplete",
        reason: "incomplete",
        reason_text: "记录不全：工单（tickets）自 2026-02-03 起有记录",
      },
    ]);
  });

  it("says of who has no case that there is none", () => {
    const { settled: _, ...none } = item("csat", { n: 0, unscored: "no_data" });
    const now = assessed("2026-01-01", [card("2026-01-01", "E1", null, [none])], []);
    const sheet = feedbackSheet(employee, [], context(now, past));
    expect(sheet.not_scored[0]?.reason?.code).toBe("no_cases");
    expect(text(sheet, "zh-CN")).toContain("客户满意度：没有数据：期内没有符合条件的记录。");
    expect(text(sheet, "en")).toContain("Satisfaction: no data: no case in the period.");
  });

  it("has digits enough to tell a value from the target it misses", () => {
    const near: TracedItem = {
      ...accuracy,
      value: 0.875,
      low: 0.64,
      high: 0.965,
      target: 0.88,
      status: "off",
      sure: false,
    };
    const now = assessed("2026-01-01", [card("2026-01-01", "E1", 70, [near])], []);
    const sheet = feedbackSheet(employee, [], context(now, past));
    expect(text(sheet, "en")).toContain(
      "Service accuracy: 87.5 %, target 88 %, missed by 0.5 pp (n = 42 tickets)",
    );
  });

  it("misses a target by what the figures shown differ", () => {
    // 12 of 32 = 37.5 %, written 38 %: 45 % is missed by 7 points, not by 7.5 written 8.
    const few: TracedItem = {
      ...accuracy,
      value: 0.375,
      n: 32,
      low: 0.23,
      high: 0.55,
      target: 0.45,
      status: "off",
      sure: false,
    };
    const fine = { ...few, kpi_id: "collaboration_on_time", target: 0.455 };
    const now = assessed("2026-01-01", [card("2026-01-01", "E1", 70, [few, fine])], []);
    const said = text(feedbackSheet(employee, [], context(now, past)), "en");
    expect(said).toContain("Service accuracy: 38 %, target 45 %, missed by 7 pp (n = 32 tickets)");
    expect(said).toContain("Collaboration: 38 %, target 45.5 %, missed by 7.5 pp (n = 32)");
  });

  it("calls departments, teams, roles and dimensions what the catalogue calls them", () => {
    const values = new Map([
      ["售后服务部", { zh: "售后服务部", en: "After-sales Service" }],
      ["协作", { zh: "团队协作", en: "teamwork" }],
    ]);
    const onTeamwork = agreed.map((item) => ({ ...item, kpi_id: null, dimension: "协作" }));
    const sheet = feedbackSheet(employee, onTeamwork, context());
    const said = (language: "zh-CN" | "en") =>
      feedbackAsText([feedbackText(sheet, { ...names, values }, language)]);
    expect(said("en")).toContain("After-sales Service · 一组 · 服务专员");
    expect(said("en")).toContain("Rated highest in the 360° review: teamwork (87.5).");
    expect(said("en")).toContain("By dimension: teamwork 87.5, 沟通 72.5.");
    expect(said("en")).toContain("(360° teamwork; agreed");
    expect(said("en")).not.toContain("协作");
    expect(said("zh-CN")).toContain("各维度：团队协作 87.5，沟通 72.5。");
  });

  it("never tells what a hidden group said", () => {
    const before = feedbackSheet(employee, agreed, context());
    const peers = twoPeers.map(([group, rater, dimension]): [RaterGroup, number, string, number] => [
      group,
      rater,
      dimension,
      99,
    ]);
    const changed = assessed(
      "2026-01-01",
      [card("2026-01-01", "E1", 72.902777778, everything)],
      ratings([...three, ...superior, ...peers]),
    );
    expect(feedbackSheet(employee, agreed, context(changed))).toEqual(before);
  });

  it("has a sentence in both languages for every verdict", () => {
    for (const [verdict, sentence] of Object.entries(feedback("zh-CN").verdict)) {
      const other = feedback("en").verdict[verdict as "better"];
      expect(typeof other, verdict).toBe(typeof sentence);
      expect(other).not.toBe("");
    }
  });
});
