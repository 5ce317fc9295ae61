import { describe, expect, it } from "vitest";
import { combinedAssessments, rankedReviews } from "../../src/kpi/assessment.js";
import { type AssessedPeriod, type FeedbackContext, feedbackSheet } from "../../src/kpi/feedback.js";
import { feedbackMessages } from "../../src/kpi/feedbackMessages.js";
import { type FeedbackNames, feedbackAsText, feedbackText } from "../../src/kpi/feedbackText.js";
import type { ImprovementOutcome } from "../../src/kpi/improvements.js";
import { periodOf } from "../../src/kpi/periods.js";
import { type RaterGroup, type Rating, reviewsOf } from "../../src/kpi/review360.js";
import { defaultGrades } from "../../src/kpi/scorecards.js";
import type { TracedItem, TracedSubject } from "../../src/kpi/scored.js";
import { gradeOf } from "../../src/kpi/totals.js";

const employee = {
  employee_id: "E1",
  name: null,
  department: "售后服务部",
  team: "一组",
  role: "服务专员",
};

const item = (kpi_id: string, more: Partial<TracedItem>): TracedItem => ({
  kpi_id,
  group: "service",
  value: null,
  n: 20,
  weight: 0.25,
  score: null,
  unscored: null,
  numerator: null,
  denominator: null,
  low: null,
  high: null,
  target: null,
  ...more,
});

const accuracy = item("service_accuracy", {
  value: 0.952,
  n: 42,
  score: 92,
  low: 0.9,
  high: 0.98,
  target: 0.88,
});
const response = item("first_response_time", {
  value: 92.4,
  n: 45,
  weight: 0.4,
  score: 51,
  low: 68,
  high: 116.8,
  target: 70,
});
const collaboration = item("collaboration_on_time", {
  value: 0.75,
  n: 4,
  weight: 0.1,
  unscored: "few_cases",
  low: 0.3,
  high: 0.95,
  target: 0.85,
});
const praise = item("service_attitude", {
  value: 81.25,
  n: 12,
  score: 81.25,
  low: 70.1,
  high: 92.4,
});

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

const full = assessed(
  "2026-01-01",
  [card("2026-01-01", "E1", 70.5, [accuracy, response, collaboration, praise])],
  ratings([...three, ...superior, ...twoPeers]),
);
const past = assessed(
  "2025-07-01",
  [
    card("2025-07-01", "E1", 66.3, [
      { ...accuracy, value: 0.81, n: 40, low: 0.66, high: 0.89 },
      { ...response, value: 130, low: 100.2, high: 159.8 },
      collaboration,
      praise,
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
    before: { period: half("2025-07-01"), value: 130, low: 100.2, high: 159.8, n: 45 },
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
    before: { period: half("2025-01-01"), value: 0.7, low: 0.55, high: 0.82, n: 44 },
    after: { period: half("2026-01-01"), value: 0.952, low: 0.9, high: 0.98, n: 42 },
    judged_from: "2026-07-01",
  },
];

const names: FeedbackNames = {
  values: new Map(),
  kpis: new Map([
    ["service_accuracy", { label: { zh: "服务准确性", en: "Service accuracy" }, unit: "percent" }],
    ["first_response_time", { label: { zh: "服务响应时间", en: "First-response time" }, unit: "minutes" }],
    ["collaboration_on_time", { label: { zh: "跨部门协同效率", en: "Collaboration" }, unit: "percent" }],
    ["service_attitude", { label: { zh: "服务态度", en: "Service attitude" }, unit: "score" }],
  ]),
  grades: new Map(defaultGrades.map(({ id, label }) => [id, label])),
};

describe("a feedback sheet", () => {
  const sheet = feedbackSheet(employee, agreed, context());
  const ids = (standings: readonly { kpi_id: string }[]) => standings.map(({ kpi_id }) => kpi_id);

  it("sorts KPIs by where they stand to their target", () => {
    expect(ids(sheet.strengths)).toEqual(["service_accuracy"]);
    expect(ids(sheet.below_target)).toEqual(["first_response_time"]);
    expect(ids(sheet.others)).toEqual(["service_attitude"]);
    expect(ids(sheet.not_scored)).toEqual(["collaboration_on_time"]);
  });

  it("says how far from the target, how sure, and what changed", () => {
    expect(sheet.strengths[0]).toMatchObject({
      gap: 0.072,
      is_certain: true,
      previous: { value: 0.81, n: 40, change: "better" },
    });
    expect(sheet.below_target[0]).toMatchObject({
      gap: 22.4,
      is_certain: false,
      previous: { value: 130, n: 45, change: "no_clear_change" },
    });
    expect(sheet.not_scored[0]?.previous?.change).toBe("few_cases");
  });

  it("has the totals with their last ones: 70 % of 70.5 and 30 % of 80", () => {
    // Customers 80, superior 80, peers hidden: 80. Combined 0.7 · 70.5 + 0.3 · 80 = 73.35; before 0.7 · 66.3 + 24 = 70.41.
    expect(sheet.quantitative).toMatchObject({ total: 70.5, grade: "good", rank: 1, ranked: 1 });
    expect(sheet.qualitative).toMatchObject({ total: 80, covered_weight: 0.6, previous: { total: 80 } });
    expect(sheet.combined).toMatchObject({
      total: 73.35,
      grade: "good",
      previous: { total: 70.41, is_comparable: true },
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

  it("does not compare totals that rest on other parts", () => {
    const withPeers = assessed(
      "2025-07-01",
      [card("2025-07-01", "E1", 66.3, [accuracy, response])],
      ratings([...three, ...superior, ...twoPeers, ["peer", 3, "沟通", 20]]),
    );
    const other = feedbackSheet(employee, [], context(full, withPeers));
    expect(other.quantitative?.previous?.is_comparable).toBe(false);
    expect(other.qualitative?.previous?.is_comparable).toBe(false);
    expect(other.combined?.previous?.is_comparable).toBe(false);
    const reweighted = [accuracy, { ...response, weight: 0.3 }, collaboration, praise];
    const weighed = assessed("2025-07-01", [card("2025-07-01", "E1", 66.3, reweighted)], []);
    expect(feedbackSheet(employee, [], context(full, weighed)).quantitative?.previous?.is_comparable).toBe(
      false,
    );
  });

  it("does not test values that are not final", () => {
    const open = [accuracy, { ...response, score: null, unscored: "immature" as const }];
    const now = assessed("2026-01-01", [card("2026-01-01", "E1", null, open)], []);
    expect(feedbackSheet(employee, [], context(now)).not_scored[0]?.previous).toBeNull();
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
  const text = (sheet: Parameters<typeof feedbackText>[0], language: "zh" | "en") =>
    feedbackAsText([feedbackText(sheet, names, language)]);

  it("in Chinese", () => {
    expect(text(feedbackSheet(employee, agreed, context()), "zh")).toMatchInlineSnapshot(`
      "E1：2026年上半年反馈
      售后服务部 · 一组 · 服务专员

      总体
        指标总分 70.5 分（良好），有得分的部分占权重的 90%；比上期的 66.3 分高 4.2 分。
        综合考核 73.4 分（良好）；定量 70.5 分占 70%，定性 80.0 分占 30%；比上期的 70.4 分高 3.0 分。

      做得好的方面
        服务准确性 95.2%，好于目标 88%（n = 42）；上期 81.0%，明显改善。
        360° 评价中“协作”得分最高（87.5 分）。

      未达到目标的指标
        服务响应时间 92 分钟，目标 70 分钟，相差 22 分钟（n = 45）；95% 区间仍包含目标，可能只是偶然；上期 130 分钟，变化不明显。

      没有目标值的指标
        服务态度 81 分，得分 81.3（n = 12）；上期 81 分，变化不明显。

      不计分的指标
        跨部门协同效率 75%：只有 4 个案例，不足 10 个；上期 75%，案例太少，不作比较。

      360° 评价
        360° 总分 80.0 分（良好），有得分的部分占权重的 60%；与上期的 80.0 分持平。
        客户 80.0 分（3 人）；上级 80.0 分（1 人）。
        同行、下属：评价人少于 3 人，不显示。
        各维度：协作 87.5，沟通 72.5。

      商定的改进事项
        每周复盘两张出错的工单（服务准确性；2025年7月15日商定，2025年12月31日到期，已完成）。
          70%（2025年上半年，n = 44） → 95.2%（2026年上半年，n = 42）；明显改善。
        电话高峰时与同事换班（服务响应时间；2026年1月20日商定，2026年6月30日到期，进行中）。
          130 分钟（2025年下半年，n = 45）；到期后还没有过完一个完整的半年，2027年1月1日起可以判断。

      说明
        前后两期的 95% 区间互不重叠才说明显。前后对比只说明有没有变化，不说明原因。
        总分的升降没有误差区间：案例不多时，偶然波动就能使总分变动很大。
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
        KPI total 70.5 (good), on 90 % of the weight; 4.2 above last time's 66.3.
        Combined 73.4 (good); quantitative 70.5 at 70 %, qualitative 80.0 at 30 %; 3.0 above last time's 70.4.

      Strengths
        Service accuracy: 95.2 %, better than the target of 88 % (n = 42); 81.0 % last time, clearly better now.
        Rated highest in the 360° review: 协作 (87.5).

      Below target
        First-response time: 92 min, target 70 min, missed by 22 min (n = 45); the 95 % interval includes the target, so this may be chance; 130 min last time, no clear change.

      Without a target
        Service attitude: 81 points, score 81.3 (n = 12); 81 points last time, no clear change.

      Not scored
        Collaboration: 75 %; only 4 cases, fewer than 10; 75 % last time, too few cases to compare.

      360° review
        360° total 80.0 (good), on 60 % of the weight; the same as last time's 80.0.
        Customers 80.0 (3 raters); superior 80.0 (1 rater).
        Not shown, fewer than 3 raters: peers, subordinates.
        By dimension: 协作 87.5, 沟通 72.5.

      Agreed improvements
        Go through two faulty tickets a week (Service accuracy; agreed 15 Jul 2025, due 31 Dec 2025, done).
          70 % (H1 2025, n = 44) → 95.2 % (H1 2026, n = 42); clearly better.
        电话高峰时与同事换班 (First-response time; agreed 20 Jan 2026, due 30 Jun 2026, in progress).
          130 min (H2 2025, n = 45); no whole half-year has passed since it was due; it can be judged from 1 Jan 2027.

      How to read this
        A change is called clear only where the 95 % intervals before and after do not overlap. Before and after show that something changed, not why.
        Totals have no interval: where cases are few, chance alone can move them far.
        KPIs with fewer than 10 cases are not scored.
        Except for superiors, groups and dimensions with fewer than 3 raters are not shown and count in no score.
      "
    `);
  });

  it("of a period that is not over judges nothing", () => {
    const open = [accuracy, response].map((each) => ({ ...each, score: null, unscored: "partial" as const }));
    const now = assessed("2026-01-01", [card("2026-01-01", "E1", null, open)], []);
    const sheet = feedbackSheet(employee, [], context(now, past, true));
    expect(text(sheet, "zh")).toMatchInlineSnapshot(`
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
    expect(text(sheet, "zh")).toMatchInlineSnapshot(`
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

  it("has digits enough to tell a value from the target it misses", () => {
    const near = { ...accuracy, value: 0.875, low: 0.64, high: 0.965 };
    const now = assessed("2026-01-01", [card("2026-01-01", "E1", 70, [near])], []);
    const sheet = feedbackSheet(employee, [], context(now, past));
    expect(text(sheet, "en")).toContain("Service accuracy: 87.5 %, target 88 %, missed by 0.5 pp (n = 42)");
  });

  it("misses a target by what the figures shown differ", () => {
    // 12 of 32 = 37.5 %, written 38 %: 45 % is missed by 7 points, not by 7.5 written 8.
    const few = { ...accuracy, value: 0.375, n: 32, low: 0.23, high: 0.55, target: 0.45 };
    const fine = { ...few, kpi_id: "collaboration_on_time", target: 0.455 };
    const now = assessed("2026-01-01", [card("2026-01-01", "E1", 70, [few, fine])], []);
    const said = text(feedbackSheet(employee, [], context(now, past)), "en");
    expect(said).toContain("Service accuracy: 38 %, target 45 %, missed by 7 pp (n = 32)");
    expect(said).toContain("Collaboration: 38 %, target 45.5 %, missed by 7.5 pp (n = 32)");
  });

  it("calls departments, teams, roles and dimensions what the catalogue calls them", () => {
    const values = new Map([
      ["售后服务部", { zh: "售后服务部", en: "After-sales Service" }],
      ["协作", { zh: "团队协作", en: "teamwork" }],
    ]);
    const onTeamwork = agreed.map((item) => ({ ...item, kpi_id: null, dimension: "协作" }));
    const sheet = feedbackSheet(employee, onTeamwork, context());
    const said = (language: "zh" | "en") =>
      feedbackAsText([feedbackText(sheet, { ...names, values }, language)]);
    expect(said("en")).toContain("After-sales Service · 一组 · 服务专员");
    expect(said("en")).toContain("Rated highest in the 360° review: teamwork (87.5).");
    expect(said("en")).toContain("By dimension: teamwork 87.5, 沟通 72.5.");
    expect(said("en")).toContain("(360° teamwork; agreed");
    expect(said("en")).not.toContain("协作");
    expect(said("zh")).toContain("各维度：团队协作 87.5，沟通 72.5。");
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
      [card("2026-01-01", "E1", 70.5, [accuracy, response, collaboration, praise])],
      ratings([...three, ...superior, ...peers]),
    );
    expect(feedbackSheet(employee, agreed, context(changed))).toEqual(before);
  });

  it("has a sentence in both languages for every verdict", () => {
    for (const [verdict, sentence] of Object.entries(feedbackMessages.zh.verdict)) {
      const other = feedbackMessages.en.verdict[verdict as "better"];
      expect(typeof other, verdict).toBe(typeof sentence);
      expect(other).not.toBe("");
    }
  });
});
