import type { Change } from "../kpi/change.js";
import type { Grain } from "../kpi/periods.js";
import type { Improvement, Verdict } from "../score/improvements.js";
import type { RaterGroup } from "../score/review360.js";
import type { Unscored } from "../score/scored.js";
import type { Words } from "./wording.js";

/** Everything a feedback sheet says; what KPIs and grades are called comes from the catalogue. */
export interface FeedbackMessages {
  title: (who: string, period: string) => string;
  /** Joins the facts about an employee, the parts of a sentence, sentences. */
  dot: string;
  list: string;
  semicolon: string;
  stop: string;
  headings: Record<
    | "overall"
    | "strengths"
    | "belowTarget"
    | "unsure"
    | "others"
    | "notScored"
    | "review"
    | "improvements"
    | "reading",
    string
  >;
  partial: string;
  noCard: string;
  kpiTotal: (total: string, grade: string) => string;
  reviewTotal: (total: string, grade: string) => string;
  combinedTotal: (total: string, grade: string) => string;
  combinedParts: (parts: { quantitative: string; qualitative: string; weights: [string, string] }) => string;
  /** A grade that too little of the weight stands behind. */
  provisional: (grade: string) => string;
  rank: (rank: string, ranked: string) => string;
  covered: (share: string) => string;
  noKpiTotal: (share: string) => string;
  noCombined: (lacks: readonly ("kpi" | "review")[]) => string;
  higher: (previous: string, by: string) => string;
  lower: (previous: string, by: string) => string;
  same: (previous: string) => string;
  incomparable: (previous: string) => string;
  /** A change over the KPIs, or the groups of raters, scored in both periods, and which joined or fell out. */
  scoredInBoth: (parts: { previous: string; from: string; to: string; basis: string }) => string;
  joined: (names: string) => string;
  fellOut: (names: string) => string;
  atTarget: (kpi: string, value: string, target: string, n: string) => string;
  beyondTarget: (kpi: string, value: string, target: string, n: string) => string;
  shortOfTarget: (kpi: string, value: string, target: string, gap: string, n: string) => string;
  untargeted: (kpi: string, value: string, score: string, n: string) => string;
  near: string;
  notScored: (kpi: string, value: string | null, why: string) => string;
  unscored: (reason: Unscored, n: string, recorded: string | null) => string;
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
  reading: Record<"target" | "change" | "totals" | "provisional" | "cases", string> & {
    anonymity: (fewest: string) => string;
  };
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
    unsure: "与目标的差在偶然范围内的指标",
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
  provisional: (grade) => `${grade}，暂定`,
  rank: (rank, ranked) => `，${ranked} 人中第 ${rank} 名`,
  covered: (share) => `，有得分的部分占权重的 ${share}`,
  noKpiTotal: (share) => `没有指标总分：有得分的指标只占权重的 ${share}，不到一半。`,
  noCombined: (lacks) =>
    `没有综合考核：缺少${lacks.map((part) => (part === "kpi" ? "指标总分" : " 360° 总分")).join("和")}。`,
  higher: (previous, by) => `比上期的 ${previous} 分高 ${by} 分`,
  lower: (previous, by) => `比上期的 ${previous} 分低 ${by} 分`,
  same: (previous) => `与上期的 ${previous} 分持平`,
  incomparable: (previous) => `上期 ${previous} 分，没有两期都有得分的部分，不作比较`,
  scoredInBoth: ({ previous, from, to, basis }) =>
    `上期 ${previous} 分；只比两期都有得分的部分：${from} → ${to} 分${basis === "" ? "" : `（${basis}）`}`,
  joined: (names) => `本期新有得分：${names}`,
  fellOut: (names) => `本期没有得分：${names}`,
  atTarget: (kpi, value, target, n) => `${kpi} ${value}，达到目标 ${target}（n = ${n}）`,
  beyondTarget: (kpi, value, target, n) => `${kpi} ${value}，好于目标 ${target}（n = ${n}）`,
  shortOfTarget: (kpi, value, target, gap, n) => `${kpi} ${value}，目标 ${target}，相差 ${gap}（n = ${n}）`,
  untargeted: (kpi, value, score, n) => `${kpi} ${value}，得分 ${score}（n = ${n}）`,
  near: "接近目标",
  notScored: (kpi, value, why) => (value === null ? `${kpi}：${why}` : `${kpi} ${value}：${why}`),
  unscored: (reason, n, recorded) =>
    ({
      no_data: recorded === null ? "没有数据" : `没有数据：${recorded}`,
      no_cases: "本期没有可计的事项",
      partial: "本期尚未结束",
      incomplete: recorded ?? "期间记录不全",
      immature: "数值还会变化",
      few_cases: `案例太少：只有 ${n} 个，不足 10 个`,
      no_target: "没有适用于个人的目标值",
    })[reason],
  previous: (value, change) => {
    const said: Record<Change, string> = {
      better: "，改善超出偶然",
      worse: "，变差超出偶然",
      within_chance: "，变化在偶然范围内",
      no_test: "，不作检验",
      no_direction: "",
    };
    return `上期 ${value}${said[change]}`;
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
    better: "改善超出偶然",
    worse: "变差超出偶然",
    within_chance: "变化在偶然范围内",
    still_running: (grain, day) => `到期后还没有过完一个完整的${grain}，${day}起可以判断`,
    immature: "数值还会变化，暂不判断",
    incomplete: "前或后的期间记录不全，不作判断",
    no_data: "没有前后都有的数据，无法比较",
    no_test: "没有适用的检验，只列出数值，不作判断",
    no_direction: "指标没有好坏方向，不作判断",
    not_measured: "没有对应的指标，无法衡量",
    dropped: "已取消，不作判断",
  },
  grain: { month: "月份", quarter: "季度", half: "半年", year: "年度" },
  reading: {
    target: "95% 区间没有全部落在目标同一侧的，与目标的差在偶然范围内：好于或差于目标都可能只是偶然。",
    change:
      "“超出偶然”由对该项变化单独所作的检验判定（显著性水平 0.05）：即使什么都没有变，大约每二十次比较也会有一次。前后对比只说明有没有变化，不说明原因。",
    totals: "总分的升降没有误差区间：案例不多时，偶然波动就能使总分变动很大。",
    provisional: "暂定：有得分的权重不足八成。",
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
    unsure: "Cannot be told from target",
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
  provisional: (grade) => `${grade}, provisional`,
  rank: (rank, ranked) => `, rank ${rank} of ${ranked}`,
  covered: (share) => `, on ${share} of the weight`,
  noKpiTotal: (share) => `No KPI total: only ${share} of the weight has a score, less than half.`,
  noCombined: (lacks) =>
    `No combined assessment: there is no ${lacks.map((part) => (part === "kpi" ? "KPI total" : "360° total")).join(" and no ")}.`,
  higher: (previous, by) => `${by} above last time's ${previous}`,
  lower: (previous, by) => `${by} below last time's ${previous}`,
  same: (previous) => `the same as last time's ${previous}`,
  incomparable: (previous) => `${previous} last time; nothing is scored in both periods, not compared`,
  scoredInBoth: ({ previous, from, to, basis }) =>
    `${previous} last time; compared over what is scored in both periods: ${from} → ${to}${basis === "" ? "" : ` (${basis})`}`,
  joined: (names) => `joined: ${names}`,
  fellOut: (names) => `fell out: ${names}`,
  atTarget: (kpi, value, target, n) => `${kpi}: ${value}, at the target of ${target} (n = ${n})`,
  beyondTarget: (kpi, value, target, n) => `${kpi}: ${value}, better than the target of ${target} (n = ${n})`,
  shortOfTarget: (kpi, value, target, gap, n) =>
    `${kpi}: ${value}, target ${target}, missed by ${gap} (n = ${n})`,
  untargeted: (kpi, value, score, n) => `${kpi}: ${value}, score ${score} (n = ${n})`,
  near: "near target",
  notScored: (kpi, value, why) => (value === null ? `${kpi}: ${why}` : `${kpi}: ${value}; ${why}`),
  unscored: (reason, n, recorded) =>
    ({
      no_data: recorded === null ? "no data" : `no data: ${recorded}`,
      no_cases: "nothing to count in the period",
      partial: "the period is not over",
      incomplete: recorded ?? "the period is not wholly recorded",
      immature: "the value may still change",
      few_cases: `too few cases: ${n === "1" ? "only 1" : `only ${n}`}, fewer than 10`,
      no_target: "no target that holds for one person",
    })[reason],
  previous: (value, change) => {
    const said: Record<Change, string> = {
      better: ", better now by more than chance",
      worse: ", worse now by more than chance",
      within_chance: ", the change is within chance",
      no_test: ", not tested",
      no_direction: "",
    };
    return `${value} last time${said[change]}`;
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
    better: "better by more than chance",
    worse: "worse by more than chance",
    within_chance: "the change is within chance",
    still_running: (grain, day) =>
      `no whole ${grain} has passed since it was due; it can be judged from ${day}`,
    immature: "the value may still change, not judged yet",
    incomplete: "the period before or after is not wholly recorded, not judged",
    no_data: "no data both before and after, not compared",
    no_test: "there is no test for these figures, so they are shown and not judged",
    no_direction: "a KPI without a better direction, not judged",
    not_measured: "names no KPI, cannot be measured",
    dropped: "dropped, not judged",
  },
  grain: { month: "month", quarter: "quarter", half: "half-year", year: "year" },
  reading: {
    target:
      "What cannot be told from its target has a 95 % interval that does not lie wholly on one side of it: being better or worse than the target may be chance.",
    change:
      "A change is more than chance where a test of that one change says so at 0.05: where nothing has changed, about one comparison in twenty is called so all the same. Before and after show that something changed, not why.",
    totals: "Totals have no interval: where cases are few, chance alone can move them far.",
    provisional: "Provisional: less than 80 % of the weight has a score.",
    cases: "KPIs with fewer than 10 cases are not scored.",
    anonymity: (fewest) =>
      `Except for superiors, groups and dimensions with fewer than ${fewest} raters are not shown and count in no score.`,
  },
};

export const feedbackMessages: Record<Words, FeedbackMessages> = { zh, en };
