import { counted, isOne } from "./counted.js";

/** What the pages and the report say about the assessment of employees in Chinese. */
export const assessmentZh = {
  name: "综合考核",
  none: "没有可显示的考核：缺少已结束期间的计分卡或 360° 评价。",
  title: (parts: { period: string; count: string; total: string }) =>
    `${parts.period}，${parts.total} 名员工中 ${parts.count} 名有综合总分`,
  grades: (list: string) => `：${list}`,
  gradeCount: (grade: string, count: string) => `${grade} ${count}`,
  shown: (parts: { quantitative: string; qualitative: string }) =>
    `综合总分 = ${parts.quantitative} 指标总分（定量）+ ${parts.qualitative} 360° 总分（定性），两者都有才计`,
  combined: "综合总分与排名",
  review: "360° 评价",
  reviewShown: (parts: { period: string; fewest: string }) =>
    `${parts.period} · 各组评价人均分，按组权重平均 · 除上级外，少于 ${parts.fewest} 人的组不显示，也不计入总分；所示各组的权重不足一半，不计总分`,
  sheets: "反馈单",
  sheetsShown: "选择员工，查看优势、未达标的指标、与上次相比的变化和约定的改进事项",
  choose: "员工",
  columns: {
    rank: "名次",
    employee: "员工",
    card: "计分卡",
    quantitative: "定量",
    qualitative: "定性",
    total: "综合总分",
    reviewTotal: "360° 总分",
    grade: "等级",
  },
  group: { customer: "客户", superior: "上级", peer: "同行", subordinate: "下属" },
  groupHead: (group: string, weight: string) => `${group} ${weight}`,
  raters: (count: string) => `${count} 人评价`,
  hidden: "不显示",
  without: (count: string) => `${count} 名没有综合总分：缺少定量或定性总分。`,
  combinedCaption: (period: string) => `综合总分与排名，${period}`,
  reviewCaption: (period: string) => `360° 评价，${period}`,
  noteDash: "短横线：没有评价，或评价人太少而不显示。",
};

export type AssessmentMessages = typeof assessmentZh;

/** The same in English. */
export const assessmentEn: AssessmentMessages = {
  name: "Combined assessment",
  none: "No assessment to show: scorecards or 360° reviews of a period that is over are missing.",
  title: ({ period, count, total }) =>
    `${period}: ${count} of ${counted(total, "employee")} ${isOne(count) ? "has" : "have"} a combined total`,
  grades: (list) => `: ${list}`,
  gradeCount: (grade, count) => `${count} ${grade}`,
  shown: ({ quantitative, qualitative }) =>
    `Combined total = ${quantitative} KPI total (quantitative) + ${qualitative} 360° total (qualitative), only where both exist`,
  combined: "Combined totals and ranking",
  review: "360° review",
  reviewShown: ({ period, fewest }) =>
    `${period} · mean of each group's raters, averaged by the groups' weights · except for superiors, groups of fewer than ${fewest} are hidden and count in no total; a total needs half of the groups' weight`,
  sheets: "Feedback sheets",
  sheetsShown:
    "Choose an employee for strengths, KPIs below target, changes against last time and agreed improvements",
  choose: "Employee",
  columns: {
    rank: "Rank",
    employee: "Employee",
    card: "Scorecard",
    quantitative: "Quantitative",
    qualitative: "Qualitative",
    total: "Combined total",
    reviewTotal: "360° total",
    grade: "Grade",
  },
  group: { customer: "Customers", superior: "Superior", peer: "Peers", subordinate: "Subordinates" },
  groupHead: (group, weight) => `${group} ${weight}`,
  raters: (count) => counted(count, "rater"),
  hidden: "not shown",
  without: (count) =>
    `${count} without a combined total: the quantitative or the qualitative one is missing.`,
  combinedCaption: (period) => `Combined totals and ranking, ${period}`,
  reviewCaption: (period) => `360° review, ${period}`,
  noteDash: "A dash: no ratings, or too few raters to be shown.",
};
