import { counted } from "./counted.js";

/** What the pages and the report say about problems and their possible causes in Chinese. */
export const problemsZh = {
  name: "问题与原因",
  label: (problem: string) => `“${problem}”的原因鱼骨图`,
  none: "目录中没有列出问题。",
  /** Of the causes, how many have a KPI in which standing; one of the two counts is above 0. */
  counted: ({ total, bad, near, unsure }: { total: number; bad: number; near: number; unsure: number }) =>
    `${total} 项可能原因中，${[
      bad > 0 ? `${bad} 项有指标未达标` : "",
      near > 0 ? `${near} 项有指标仅接近目标` : "",
      unsure > 0 ? `${unsure} 项的指标与目标的差在偶然范围内` : "",
    ]
      .filter(Boolean)
      .join("、")}`,
  farthest: (parts: { period: string; counted: string; kpi: string; value: string }) =>
    `${parts.period}，${parts.counted}；偏离目标最远的是${parts.kpi}，${parts.value}`,
  quiet: (parts: { period: string; total: string }) =>
    `${parts.period}，${parts.total} 项可能原因的指标都达到目标`,
  unsure: (counted: string) => `${counted}；没有哪项确定偏离目标`,
  silent: (parts: { period: string; total: string }) =>
    `${parts.period}，${parts.total} 项可能原因的指标均无可用的数值与目标`,
  pageShown: (count: string) =>
    `${count} 个问题 · 每项原因由可看出它的指标对照目标 · 指标只提示线索，不证明因果`,
  signs: (parts: { problem: string; counted: string; causes: string }) =>
    `${parts.problem}：${parts.counted}；指标偏离最远的是${parts.causes}`,
  noSigns: (parts: { problem: string; total: string }) =>
    `${parts.problem}：指标都达到目标，不指向 ${parts.total} 项可能原因中的任何一项`,
  unknown: (parts: { problem: string; total: string }) =>
    `${parts.problem}：${parts.total} 项可能原因，指标尚无可用的数值与目标`,
  quoted: (cause: string) => `“${cause}”`,
  causesMore: (first: string, count: string) => `“${first}”等 ${count} 项`,
  shown: (period: string) => `可能原因与可由其看出的指标 · ${period} · 状态相对目标`,
  ranking: "哪些原因的指标偏离目标",
  rankingShown: (period: string) => `按指标偏离目标的远近排列 · ${period}`,
  index: "各问题",
  evidence: (kpi: string) => `可由${kpi}看出`,
  targetOf: (value: string) => `目标 ${value}`,
  rankOf: (rank: string) => `第 ${rank} 位`,
  columns: {
    rank: "位次",
    cause: "可能原因",
    branch: "方面",
    kpi: "可由此看出",
    value: "数值",
    target: "目标",
    distance: "偏离度",
    status: "状态",
  },
  distanceNote:
    "偏离度：0% 为达到目标，100% 为落到下限（竖线），超出则更远；未设下限的，以 0（越高越好）或目标的两倍（越低越好）为下限。一项原因取其各指标中最大的偏离度。",
  signalNote:
    "不完整或未成熟的期间、没有目标的指标、案例不足 10 个的指标，以及与目标的差在偶然范围内的指标不作为迹象；没有数据的原因排在最后。",
  causeNote: "原因由指标团队列出。指标偏离目标只说明此处值得查看，不证明它就是原因。",
  keys: "线越粗，偏离目标越远。方向键在原因间移动，回车打开偏离最大的指标，Esc 返回。",
};

export type ProblemMessages = typeof problemsZh;

const causes = (count: string | number) => counted(count, "possible cause");

/** The same in English. */
export const problemsEn: ProblemMessages = {
  name: "Problems and causes",
  label: (problem) => `Fishbone of the problem "${problem}"`,
  none: "The catalogue lists no problem.",
  counted: ({ total, bad, near, unsure }) =>
    `of ${causes(total)}, ${[
      bad > 0 ? `${bad} ${bad === 1 ? "has" : "have"} a KPI off target` : "",
      near > 0
        ? bad > 0
          ? `${near} one only near target`
          : `${near} ${near === 1 ? "has" : "have"} a KPI only near target`
        : "",
      unsure > 0 ? `${unsure} cannot be told from target` : "",
    ]
      .filter(Boolean)
      .join(" and ")}`,
  farthest: ({ period, counted: found, kpi, value }) =>
    `${period}: ${found}; farthest from target is ${kpi}, ${value}`,
  quiet: ({ period, total }) => `${period}: the KPIs of all ${causes(total)} are on target`,
  unsure: (found) => `${found}; none is surely off target`,
  silent: ({ period, total }) => `${period}: no usable value and target yet for the KPIs of ${causes(total)}`,
  pageShown: (count) =>
    `${counted(count, "problem")} · each cause against the KPIs that would show it · figures point, they do not prove`,
  signs: ({ problem, counted: found, causes: named }) =>
    `${problem}: ${found}; the figures point most to ${named}`,
  noSigns: ({ problem, total }) =>
    `${problem}: all KPIs on target, the figures point to none of ${causes(total)}`,
  unknown: ({ problem, total }) => `${problem}: ${causes(total)}, no usable value and target yet`,
  quoted: (cause) => `"${cause}"`,
  causesMore: (first, count) => `"${first}" and others, ${count} in all`,
  shown: (period) => `Possible causes and the KPIs that would show them · ${period} · status against target`,
  ranking: "Which causes the figures point to",
  rankingShown: (period) => `By how far off target their KPIs are · ${period}`,
  index: "The problems",
  evidence: (kpi) => `${kpi} would show it`,
  targetOf: (value) => `target ${value}`,
  rankOf: (rank) => `rank ${rank}`,
  columns: {
    rank: "Rank",
    cause: "Possible cause",
    branch: "Branch",
    kpi: "Would show in",
    value: "Value",
    target: "Target",
    distance: "Off target",
    status: "Status",
  },
  distanceNote:
    "Off target: 0 % is the target met, 100 % the floor (the tick), more is beyond it; without a floor it is 0 where higher is better and twice the target where lower is. A cause takes the largest of its KPIs.",
  signalNote:
    "Partial and immature periods, KPIs without a target or of fewer than 10 cases, and those that cannot be told from target are no signs; causes without data come last.",
  causeNote:
    "The causes are listed by the KPI team. A KPI off target says that a look is worth while; it does not prove the cause.",
  keys: "The thicker the line, the farther off target. Arrow keys walk the causes, Enter opens the KPI farthest off, Escape returns.",
};
