import { counted, isOne } from "./counted.js";

/** What the overview says in Chinese. */
export const overviewZh = {
  state: (parts: { period: string; good: string; total: string; bad: string; unsure: string }) =>
    `${parts.period}，有目标的 ${parts.total} 项指标中 ${parts.good} 项达标${parts.bad}${parts.unsure}`,
  stateUnsure: (count: string) => `；${count} 项与目标的差在偶然范围内`,
  stateBad: (names: string) => `；未达标：${names}`,
  stateMore: (names: string, count: string) => `${names}等 ${count} 项`,
  stateOtherGrain: (count: string, grain: string) => `；${count} 项有目标值，但不是${grain}的`,
  stateNoTargets: (period: string, count: string, other: string) =>
    count === "0"
      ? "还没有指标有数据"
      : `${period}，共 ${count} 项指标有数据，${other === "" ? "尚无目标值" : `尚无可比的目标值${other}`}`,
  shownAll: "目录中的全部指标 · 按月，取最近一个数值已定的月份 · 状态相对目标",
  shown: "鱼骨图上的全部指标 · 按月，取最近一个数值已定的月份 · 状态相对目标",
  headline: "主要指标",
  changes: "变化最大的指标",
  changesShown: "与去年同期相比，就所比各项一并检验仍超出偶然的变化，按占去年值的比例排列",
  moreChanges: (count: string) => `另有 ${count} 项变化超出偶然。`,
  withinChance: (count: string) => `其余 ${count} 项可比较的变化都在偶然范围内。`,
  offTarget: "离目标最远的指标",
  offTargetShown: "偏离度：0% 为达到目标，100% 为落到下限；未达标的在前",
  distance: (share: string) => `偏离 ${share}`,
  noneOffTarget: "没有哪项指标确定未达到目标。",
  unsure: (count: string) => `${count} 项与目标的差在偶然范围内，未列出。`,
  noFinal: "有目标的指标尚无定值，不作判断。",
  setTargets:
    "尚未设定目标。在数据文件夹的 catalog/targets.csv 中逐行填写：指标、期间长度、生效日、下限、目标值（列名 kpi_id, grain, valid_from, floor, target, stretch），再重新构建。",
  moreOffTarget: (count: string) => `另有 ${count} 项未达到目标。`,
  better: "好转",
  worse: "变差",
  /** None of the changes is beyond chance among all; `alone` of them would be by itself. */
  noChanges: ({ tested, alone }: { tested: number; alone: number }) =>
    `一并检验 ${tested} 项变化，没有一项超出偶然${alone > 0 ? `；单独检验时有 ${alone} 项超出` : ""}。`,
  noneTested: "与去年同期的变化都无法检验：没有去年的数值可比，或是不作检验的金额。",
  certain: "超出偶然",
  versusLastYear: "较去年同期",
  noLastYear: "无去年同期可比",
  quality: (accepted: string, share: string, tables: string) =>
    `数据质量：${tables} 张表共载入 ${accepted} 行；读取的行有 ${share} 违反数据约定。`,
  qualityLink: "查看数据质量",
  fishboneLink: "查看鱼骨图",
};

export type OverviewMessages = typeof overviewZh;

/** The same in English. */
export const overviewEn: OverviewMessages = {
  state: ({ period, good, total, bad, unsure }) =>
    `${period}: ${good} of ${counted(total, "KPI")} with a target ${isOne(good) ? "is" : "are"} on target${bad}${unsure}`,
  stateUnsure: (count) => `; ${count} cannot be told from target`,
  stateBad: (names) => `; off target: ${names}`,
  stateMore: (names, count) => `${names} and others, ${count} in all`,
  stateOtherGrain: (count, grain) =>
    `; ${counted(count, "has a target", "have targets")}, but not by ${grain}`,
  stateNoTargets: (period, count, other) =>
    count === "0"
      ? "No KPI has data yet"
      : count === "1"
        ? `${period}: 1 KPI has data, and ${other === "" ? "no target yet" : `no target to compare with${other}`}`
        : `${period}: ${count} KPIs have data, none has a target ${other === "" ? "yet" : `to compare with${other}`}`,
  shownAll: "All KPIs of the catalogue · by month, the latest whose value is final · status against target",
  shown: "All KPIs of the fishbones · by month, the latest whose value is final · status against target",
  headline: "Headline KPIs",
  changes: "What changed most",
  changesShown:
    "Against the same period last year: changes beyond chance even among all that were looked at, by their share of last year's value",
  moreChanges: (count) => `${count} more changed beyond chance.`,
  withinChance: (count) =>
    isOne(count)
      ? "The other change that can be compared is within chance."
      : `The other ${count} changes that can be compared are within chance.`,
  offTarget: "Farthest from target",
  offTargetShown: "0 % off is the target met, 100 % the floor; those off target stand first",
  distance: (share) => `${share} off`,
  noneOffTarget: "No KPI is surely short of its target.",
  unsure: (count) => `${count} cannot be told from target and ${isOne(count) ? "is" : "are"} not listed.`,
  noFinal: "No KPI with a target has a final value yet.",
  setTargets:
    "No targets are set. Write them into catalog/targets.csv of your data folder, a row each with kpi_id, grain, valid_from, floor, target and stretch, and build again.",
  moreOffTarget: (count) =>
    `${count} more ${isOne(count) ? "is short of its" : "are short of their"} target.`,
  better: "better",
  worse: "worse",
  noChanges: ({ tested, alone }) =>
    tested === 1
      ? "The one change that can be tested is within chance."
      : `Of ${tested} changes tested together none is beyond chance${
          alone > 0 ? `; tested alone ${alone} would be` : ""
        }.`,
  noneTested:
    "No change since last year can be tested: there is no value of last year to compare with, or the KPI is an amount of money, which is not tested.",
  certain: "more than chance",
  versusLastYear: "vs last year",
  noLastYear: "no last year to compare",
  quality: (accepted, share, tables) =>
    `Data quality: ${counted(accepted, "row")} loaded into ${counted(tables, "table")}; ${share} of the rows read broke the contract.`,
  qualityLink: "See data quality",
  fishboneLink: "See the fishbone",
};
