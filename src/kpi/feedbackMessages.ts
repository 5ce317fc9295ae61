import type { Change } from "./change.js";
import type { Words } from "./format.js";
import type { Improvement, Verdict } from "./improvements.js";
import type { Grain } from "./periods.js";
import type { RaterGroup } from "./review360.js";
import type { Unscored } from "./scored.js";

/** Everything a feedback sheet says; what KPIs and grades are called comes from the catalogue. */
export interface FeedbackMessages {
  title: (who: string, period: string) => string;
  /** Joins the facts about an employee, the parts of a sentence, sentences. */
  dot: string;
  list: string;
  semicolon: string;
  stop: string;
  headings: Record<
    "overall" | "strengths" | "belowTarget" | "others" | "notScored" | "review" | "improvements" | "reading",
    string
  >;
  partial: string;
  noCard: string;
  kpiTotal: (total: string, grade: string) => string;
  reviewTotal: (total: string, grade: string) => string;
  combinedTotal: (total: string, grade: string) => string;
  combinedParts: (parts: { quantitative: string; qualitative: string; weights: [string, string] }) => string;
  rank: (rank: string, ranked: string) => string;
  covered: (share: string) => string;
  noKpiTotal: (share: string) => string;
  noCombined: (lacks: readonly ("kpi" | "review")[]) => string;
  higher: (previous: string, by: string) => string;
  lower: (previous: string, by: string) => string;
  same: (previous: string) => string;
  incomparable: (previous: string) => string;
  atTarget: (kpi: string, value: string, target: string, n: string) => string;
  beyondTarget: (kpi: string, value: string, target: string, n: string) => string;
  shortOfTarget: (kpi: string, value: string, target: string, gap: string, n: string) => string;
  untargeted: (kpi: string, value: string, score: string, n: string) => string;
  uncertainGood: string;
  uncertainShort: string;
  notScored: (kpi: string, value: string | null, n: string, reason: Unscored) => string;
  previous: (value: string, change: Change) => string;
  bestDimensions: (names: string, score: string) => string;
  noReview: string;
  reviewLater: string;
  noReviewTotal: string;
  groups: Record<RaterGroup, string>;
  group: (name: string, score: string, raters: string) => string;
  fewRaters: (names: string, fewest: string) => string;
  noSuperior: string;
  dimensions: (each: readonly [string, string][]) => string;
  hiddenDimensions: string;
  agreed: (parts: {
    measure: string;
    about: string | null;
    agreed: string;
    due: string;
    status: string;
  }) => string;
  dimension: (name: string) => string;
  status: Record<Improvement["status"], string>;
  measured: (before: string, after: string) => string;
  measurement: (value: string, period: string, n: string | null) => string;
  verdict: Record<Exclude<Verdict, "still_running">, string> & {
    still_running: (grain: string, day: string) => string;
  };
  grain: Record<Grain, string>;
  reading: { change: string; totals: string; cases: string; anonymity: (fewest: string) => string };
}

const zh: FeedbackMessages = {
  title: (who, period) => `${who}：${period}反馈`,
  dot: " · ",
  list: "、",
  semicolon: "；",
  stop: "。",
  headings: {
    overall: "总体",
    strengths: "做得好的方面",
    belowTarget: "未达到目标的指标",
    others: "没有目标值的指标",
    notScored: "不计分的指标",
    review: "360° 评价",
    improvements: "商定的改进事项",
    reading: "说明",
  },
  partial: "本期尚未结束：数值仅供参考，不计分。",
  noCard: "本期没有适用于本人的计分卡数据。",
  kpiTotal: (total, grade) => `指标总分 ${total} 分（${grade}）`,
  reviewTotal: (total, grade) => `360° 总分 ${total} 分（${grade}）`,
  combinedTotal: (total, grade) => `综合考核 ${total} 分（${grade}）`,
  combinedParts: ({ quantitative, qualitative, weights }) =>
    `定量 ${quantitative} 分占 ${weights[0]}，定性 ${qualitative} 分占 ${weights[1]}`,
  rank: (rank, ranked) => `，${ranked} 人中第 ${rank} 名`,
  covered: (share) => `，有得分的部分占权重的 ${share}`,
  noKpiTotal: (share) => `没有指标总分：有得分的指标只占权重的 ${share}，不到一半。`,
  noCombined: (lacks) =>
    `没有综合考核：缺少${lacks.map((part) => (part === "kpi" ? "指标总分" : " 360° 总分")).join("和")}。`,
  higher: (previous, by) => `比上期的 ${previous} 分高 ${by} 分`,
  lower: (previous, by) => `比上期的 ${previous} 分低 ${by} 分`,
  same: (previous) => `与上期的 ${previous} 分持平`,
  incomparable: (previous) => `上期 ${previous} 分，依据不同，不能直接比较`,
  atTarget: (kpi, value, target, n) => `${kpi} ${value}，达到目标 ${target}（n = ${n}）`,
  beyondTarget: (kpi, value, target, n) => `${kpi} ${value}，好于目标 ${target}（n = ${n}）`,
  shortOfTarget: (kpi, value, target, gap, n) => `${kpi} ${value}，目标 ${target}，相差 ${gap}（n = ${n}）`,
  untargeted: (kpi, value, score, n) => `${kpi} ${value}，得分 ${score}（n = ${n}）`,
  uncertainGood: "95% 区间仍跨过目标，可能是偶然",
  uncertainShort: "95% 区间仍包含目标，可能只是偶然",
  notScored: (kpi, value, n, reason) => {
    const why: Record<Unscored, string> = {
      no_data: "没有数据",
      partial: "本期尚未结束",
      incomplete: "期间记录不全",
      immature: "数值还会变化",
      few_cases: `只有 ${n} 个案例，不足 10 个`,
      no_target: "没有适用于个人的目标值",
    };
    return value === null ? `${kpi}：${why[reason]}` : `${kpi} ${value}：${why[reason]}`;
  },
  previous: (value, change) => {
    const said: Partial<Record<Change, string>> = {
      better: "，明显改善",
      worse: "，明显变差",
      no_clear_change: "，变化不明显",
      few_cases: "，案例太少，不作比较",
    };
    return `上期 ${value}${said[change] ?? ""}`;
  },
  bestDimensions: (names, score) => `360° 评价中“${names}”得分最高（${score} 分）`,
  noReview: "本期没有 360° 评价。",
  reviewLater: "本期尚未结束，360° 评价在期末之后显示。",
  noReviewTotal: "没有可以显示的 360° 评价：各组评价人都太少。",
  groups: { customer: "客户", superior: "上级", peer: "同行", subordinate: "下属" },
  group: (name, score, raters) => `${name} ${score} 分（${raters} 人）`,
  fewRaters: (names, fewest) => `${names}：评价人少于 ${fewest} 人，不显示`,
  noSuperior: "上级没有评价",
  dimensions: (each) => `各维度：${each.map(([name, score]) => `${name} ${score}`).join("，")}`,
  hiddenDimensions: "有的组不显示个别维度，以免认出评价人",
  agreed: ({ measure, about, agreed, due, status }) =>
    `${measure}（${about === null ? "" : `${about}；`}${agreed}商定，${due}到期，${status}）`,
  dimension: (name) => `360° “${name}”`,
  status: { open: "未开始", in_progress: "进行中", done: "已完成", dropped: "已取消" },
  measured: (before, after) => `${before} → ${after}`,
  measurement: (value, period, n) => `${value}（${period}${n === null ? "" : `，n = ${n}`}）`,
  verdict: {
    better: "明显改善",
    worse: "明显变差",
    no_clear_change: "变化不明显",
    still_running: (grain, day) => `到期后还没有过完一个完整的${grain}，${day}起可以判断`,
    immature: "数值还会变化，暂不判断",
    no_data: "没有前后都有的数据，无法比较",
    few_cases: "前或后不足 10 个案例，不作判断",
    no_interval: "没有误差区间，只列出数值，不作判断",
    no_direction: "指标没有好坏方向，不作判断",
    not_measured: "没有对应的指标，无法衡量",
    dropped: "已取消，不作判断",
  },
  grain: { month: "月份", quarter: "季度", half: "半年", year: "年度" },
  reading: {
    change: "前后两期的 95% 区间互不重叠才说明显。前后对比只说明有没有变化，不说明原因。",
    totals: "总分的升降没有误差区间：案例不多时，偶然波动就能使总分变动很大。",
    cases: "案例不足 10 个的指标不计分。",
    anonymity: (fewest) => `除上级外，评价人少于 ${fewest} 人的组和维度不显示，也不计入任何分数。`,
  },
};

const en: FeedbackMessages = {
  title: (who, period) => `Feedback for ${who}, ${period}`,
  dot: " · ",
  list: ", ",
  semicolon: "; ",
  stop: ".",
  headings: {
    overall: "Overall",
    strengths: "Strengths",
    belowTarget: "Below target",
    others: "Without a target",
    notScored: "Not scored",
    review: "360° review",
    improvements: "Agreed improvements",
    reading: "How to read this",
  },
  partial: "The period is not over: values are shown, nothing is scored.",
  noCard: "There is no scorecard with data on this person for this period.",
  kpiTotal: (total, grade) => `KPI total ${total} (${grade})`,
  reviewTotal: (total, grade) => `360° total ${total} (${grade})`,
  combinedTotal: (total, grade) => `Combined ${total} (${grade})`,
  combinedParts: ({ quantitative, qualitative, weights }) =>
    `quantitative ${quantitative} at ${weights[0]}, qualitative ${qualitative} at ${weights[1]}`,
  rank: (rank, ranked) => `, rank ${rank} of ${ranked}`,
  covered: (share) => `, on ${share} of the weight`,
  noKpiTotal: (share) => `No KPI total: only ${share} of the weight has a score, less than half.`,
  noCombined: (lacks) =>
    `No combined assessment: there is no ${lacks.map((part) => (part === "kpi" ? "KPI total" : "360° total")).join(" and no ")}.`,
  higher: (previous, by) => `${by} above last time's ${previous}`,
  lower: (previous, by) => `${by} below last time's ${previous}`,
  same: (previous) => `the same as last time's ${previous}`,
  incomparable: (previous) => `${previous} last time, which rests on other parts and does not compare`,
  atTarget: (kpi, value, target, n) => `${kpi}: ${value}, at the target of ${target} (n = ${n})`,
  beyondTarget: (kpi, value, target, n) => `${kpi}: ${value}, better than the target of ${target} (n = ${n})`,
  shortOfTarget: (kpi, value, target, gap, n) =>
    `${kpi}: ${value}, target ${target}, missed by ${gap} (n = ${n})`,
  untargeted: (kpi, value, score, n) => `${kpi}: ${value}, score ${score} (n = ${n})`,
  uncertainGood: "the 95 % interval still reaches across the target, so this may be chance",
  uncertainShort: "the 95 % interval includes the target, so this may be chance",
  notScored: (kpi, value, n, reason) => {
    const why: Record<Unscored, string> = {
      no_data: "no data",
      partial: "the period is not over",
      incomplete: "the period is not wholly recorded",
      immature: "the value may still change",
      few_cases: `${n === "1" ? "only 1 case" : `only ${n} cases`}, fewer than 10`,
      no_target: "no target that holds for one person",
    };
    return value === null ? `${kpi}: ${why[reason]}` : `${kpi}: ${value}; ${why[reason]}`;
  },
  previous: (value, change) => {
    const said: Partial<Record<Change, string>> = {
      better: ", clearly better now",
      worse: ", clearly worse now",
      no_clear_change: ", no clear change",
      few_cases: ", too few cases to compare",
    };
    return `${value} last time${said[change] ?? ""}`;
  },
  bestDimensions: (names, score) => `Rated highest in the 360° review: ${names} (${score})`,
  noReview: "There is no 360° review for this period.",
  reviewLater: "The 360° review is shown once the period is over.",
  noReviewTotal: "There is no 360° review to show: every group has too few raters.",
  groups: { customer: "customers", superior: "superior", peer: "peers", subordinate: "subordinates" },
  group: (name, score, raters) => `${name} ${score} (${raters === "1" ? "1 rater" : `${raters} raters`})`,
  fewRaters: (names, fewest) => `not shown, fewer than ${fewest} raters: ${names}`,
  noSuperior: "no superior has rated",
  dimensions: (each) => `By dimension: ${each.map(([name, score]) => `${name} ${score}`).join(", ")}`,
  hiddenDimensions: "some groups keep single dimensions back, so that no rater can be told",
  agreed: ({ measure, about, agreed, due, status }) =>
    `${measure} (${about === null ? "" : `${about}; `}agreed ${agreed}, due ${due}, ${status})`,
  dimension: (name) => `360° ${name}`,
  status: { open: "not started", in_progress: "in progress", done: "done", dropped: "dropped" },
  measured: (before, after) => `${before} → ${after}`,
  measurement: (value, period, n) => `${value} (${period}${n === null ? "" : `, n = ${n}`})`,
  verdict: {
    better: "clearly better",
    worse: "clearly worse",
    no_clear_change: "no clear change",
    still_running: (grain, day) =>
      `no whole ${grain} has passed since it was due; it can be judged from ${day}`,
    immature: "the value may still change, not judged yet",
    no_data: "no data both before and after, not compared",
    few_cases: "fewer than 10 cases before or after, not judged",
    no_interval: "these figures have no interval, so they are shown and not judged",
    no_direction: "a KPI without a better direction, not judged",
    not_measured: "names no KPI, cannot be measured",
    dropped: "dropped, not judged",
  },
  grain: { month: "month", quarter: "quarter", half: "half-year", year: "year" },
  reading: {
    change:
      "A change is called clear only where the 95 % intervals before and after do not overlap. Before and after show that something changed, not why.",
    totals: "Totals have no interval: where cases are few, chance alone can move them far.",
    cases: "KPIs with fewer than 10 cases are not scored.",
    anonymity: (fewest) =>
      `Except for superiors, groups and dimensions with fewer than ${fewest} raters are not shown and count in no score.`,
  },
};

export const feedbackMessages: Record<Words, FeedbackMessages> = { zh, en };
