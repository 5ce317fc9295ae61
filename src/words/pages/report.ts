import type { Standing as Status } from "../../kpi/status.js";
import type { Language } from "../../published/siteTypes.js";
import { counted } from "./counted.js";

/** What the printed report says beyond the words it shares with the pages. */
export interface ReportMessages {
  title: string;
  /** Scope and period in one line. */
  subject: (scope: string, period: string) => string;
  cover: { scope: string; period: string; dataTo: string; build: string; status: string };
  contents: string;
  /** Characters that no font draws, each with its code. */
  undrawn: (characters: string) => string;
  /** Where it stands what KPIs without a value wait for. */
  seeMissing: (count: string) => string;
  /** What the review of weights shows; nothing can be tried on paper. */
  weightsShown: string;
  /** The section of KPIs that no fishbone has. */
  others: string;
  key: string;
  keyShown: string;
  keys: Record<"actual" | "partial" | "immature" | "lastYear" | "target" | "interval" | "change", string>;
  statusKeys: Record<Status, string>;
  figure: (number: number) => string;
  table: (number: number) => string;
  /** What stands around the two numbers of "page 3 of 20". */
  page: { before: string; between: string; after: string };
  section: {
    met: (parts: { name: string; good: string; total: string }) => string;
    allMet: (parts: { name: string; total: string }) => string;
    /** Like `allMet`, where other KPIs have no target. */
    targetedMet: (parts: { name: string; total: string }) => string;
    noneMet: (parts: { name: string; total: string }) => string;
    missed: (names: string) => string;
    unsure: (count: string) => string;
    untargeted: (parts: { name: string; total: string; other: string }) => string;
    /** @param parts.department null of KPIs that belong to none */
    shown: (parts: { department: string | null; period: string }) => string;
    tableCaption: (parts: { name: string; period: string }) => string;
    figureCaption: (parts: { label: string; periods: string; from: string; to: string }) => string;
  };
  rankingCaption: (parts: { problem: string; period: string }) => string;
  columns: Record<"kpi" | "value" | "interval" | "target" | "status" | "change" | "n", string>;
  interval: string;
  quality: {
    filesCaption: string;
    tablesCaption: string;
    reasonsCaption: string;
    warningsCaption: string;
    filesEquation: (parts: { read: string; accepted: string; rejected: string }) => string;
    tablesEquation: (parts: {
      mapped: string;
      loaded: string;
      quarantined: string;
      duplicates: string;
    }) => string;
    cleanFiles: (count: string) => string;
    cleanTables: (count: string) => string;
    more: (count: string, rows: string) => string;
    personal: string;
  };
  definitions: { shown: string; caption: string; kpi: string; horizon: string; notes: string };
  notes: (parts: { zone: string; asOf: string; churn: string }) => string[];
  churnRule: Record<"status" | "inactivity" | "contract", (days: string) => string>;
}

const zhCN: ReportMessages = {
  title: "客户关键绩效报告",
  subject: (scope, period) => `${scope}，${period}`,
  cover: { scope: "范围", period: "报告期", dataTo: "数据截至", build: "构建", status: "状态" },
  contents: "目录",
  undrawn: (characters) => `本机没有以下字符的字体，报告中显示为方框：${characters}。`,
  seeMissing: (count) => `其中 ${count} 项指标还没有数据，各缺什么见“没有数据的指标”一节。`,
  weightsShown: "现行权重，以及多大的变动会改变等级；改动一项，其余按比例调整，合计保持 100%",
  others: "其他指标",
  key: "读图说明",
  keyShown: "同一含义在每一页都用同一标记。",
  keys: {
    actual: "完整期间的实际值",
    partial: "尚未结束或记录不全的期间",
    immature: "未成熟：数值还会变化",
    lastYear: "去年同期",
    target: "目标",
    interval: "95% 置信区间",
    change: "变化加粗：超出偶然范围",
  },
  statusKeys: {
    good: "达到目标",
    near: "在下限与目标之间",
    bad: "未达下限或未达目标",
    unsure: "标记带问号：与目标的差在偶然范围内，95% 区间跨过目标",
    none: "无数据",
    few: "案例不足 10 个，不作判断",
    untargeted: "无目标值或数值未定",
  },
  figure: (number) => `图 ${number}`,
  table: (number) => `表 ${number}`,
  page: { before: "第 ", between: " 页，共 ", after: " 页" },
  section: {
    met: ({ name, good, total }) => `${name}：${total} 项指标中 ${good} 项达标`,
    allMet: ({ name, total }) => `${name}：${total} 项指标全部达标`,
    targetedMet: ({ name, total }) => `${name}：有目标的 ${total} 项指标全部达标`,
    noneMet: ({ name, total }) => `${name}：${total} 项指标均未达到目标`,
    missed: (names) => `；未达标：${names}`,
    unsure: (count) => `；${count} 项与目标的差在偶然范围内`,
    untargeted: ({ name, total, other }) =>
      `${name}：${total} 项指标，${other === "" ? "尚无目标值" : `尚无可比的目标值${other}`}`,
    shown: ({ department, period }) =>
      `${department === null ? "" : `${department} · `}${period} · 状态相对目标，变化相对去年同期`,
    tableCaption: ({ name, period }) => `${name.replace(/(?<!指标)$/, "各指标")}，${period}；期间不同者另注`,
    figureCaption: ({ label, periods, from, to }) => `${label}，${periods}，${from}至${to}`,
  },
  rankingCaption: ({ problem, period }) =>
    `${problem}的可能原因，按可看出它的指标偏离目标的远近排列，${period}；期间不同者另注`,
  columns: {
    kpi: "指标",
    value: "数值",
    interval: "95% 区间",
    target: "目标",
    status: "状态",
    change: "较去年同期",
    n: "样本数",
  },
  interval: " – ",
  quality: {
    filesCaption: "各文件：读取的行 = 接受的行 + 拒绝的行；读取的行由独立的逐字节计数得出",
    tablesCaption: "各表：映射的行 = 载入 + 隔离 + 重复",
    reasonsCaption: "隔离的原因，按行数排列",
    warningsCaption: "警告：行保留，无对应者归入“未知”",
    filesEquation: ({ read, accepted, rejected }) => `读取 ${read} = 接受 ${accepted} + 拒绝 ${rejected}`,
    tablesEquation: ({ mapped, loaded, quarantined, duplicates }) =>
      `映射 ${mapped} = 载入 ${loaded} + 隔离 ${quarantined} + 重复 ${duplicates}`,
    cleanFiles: (count) => `${count} 个没有拒绝行的文件`,
    cleanTables: (count) => `${count} 张全部载入的表`,
    more: (count, rows) => `另有 ${count} 种原因，共 ${rows} 行。`,
    personal: "违规的原值只留在数据仓库中，本报告不载，因其可能涉及个人。",
  },
  definitions: {
    shown: "本报告各指标的定义、公式与成熟期",
    caption: "指标口径",
    kpi: "指标",
    horizon: "成熟期、单位与方向",
    notes: "说明",
  },
  notes: ({ zone, asOf, churn }) => [
    `期间以时区 ${zone} 的零点为界；${asOf}之后发生的事不计入。`,
    churn,
    "比率的区间为 Wilson 法 95% 区间，平均值为 Student t 法，计数为精确泊松法；变化是否超出偶然以 0.05 的检验判断：比率用两比例检验，计数用两个泊松数的精确检验，平均值用 Welch 检验，净推荐值用 z 检验；金额与增长率不作检验。",
    "比率之差以个百分点表示。“–”表示无数据，不是零。",
    "先后相继不等于因果：本报告只陈述变化，不断定原因。",
  ],
  churnRule: {
    status: () => "客户流失以状态记录为准。",
    inactivity: (days) => `连续 ${days} 天没有订单的客户视为流失。`,
    contract: () => "没有生效合同的客户视为流失。",
  },
};

const kpis = (count: string) => counted(count, "KPI");

const en: ReportMessages = {
  title: "Customer KPI report",
  subject: (scope, period) => `${scope}, ${period}`,
  cover: { scope: "Scope", period: "Period", dataTo: "Data to", build: "Build", status: "Status" },
  contents: "Contents",
  undrawn: (characters) =>
    `No font of this machine draws these characters, they are boxes here: ${characters}.`,
  seeMissing: (count) =>
    count === "1"
      ? "1 of its KPIs has no data yet; what it waits for stands in the section on missing data."
      : `${count} of its KPIs have no data yet; what each waits for stands in the section on missing data.`,
  weightsShown:
    "The weights in force, and how large a change of one flips the grade, the others following proportionally",
  others: "Other KPIs",
  key: "How to read the charts",
  keyShown: "One meaning has the same mark on every page.",
  keys: {
    actual: "Actual value of a complete period",
    partial: "A period not over yet, or not wholly recorded",
    immature: "Immature: the value may still change",
    lastYear: "Same period last year",
    target: "Target",
    interval: "95 % confidence interval",
    change: "Bold change: more than chance",
  },
  statusKeys: {
    good: "On target",
    near: "Between floor and target",
    bad: "Below the floor, or off target",
    unsure: "With a question mark: cannot be told from target, the 95 % interval reaches across",
    none: "No data",
    few: "Fewer than 10 cases: not judged",
    untargeted: "No target, or value not final",
  },
  figure: (number) => `Figure ${number}`,
  table: (number) => `Table ${number}`,
  page: { before: "Page ", between: " of ", after: "" },
  section: {
    met: ({ name, good, total }) => `${name}: ${good} of ${kpis(total)} on target`,
    allMet: ({ name, total }) =>
      total === "1" ? `${name}: its KPI is on target` : `${name}: all ${total} KPIs on target`,
    targetedMet: ({ name, total }) =>
      total === "1"
        ? `${name}: the only KPI with a target is on target`
        : `${name}: all ${total} KPIs with a target are on target`,
    noneMet: ({ name, total }) =>
      total === "1" ? `${name}: its KPI is not on target` : `${name}: none of ${total} KPIs on target`,
    missed: (names) => `; off target: ${names}`,
    unsure: (count) => `; ${count} cannot be told from target`,
    untargeted: ({ name, total, other }) =>
      `${name}: ${kpis(total)}, ${other === "" ? "no targets yet" : `no targets to compare with${other}`}`,
    shown: ({ department, period }) =>
      `${department === null ? "" : `${department} · `}${period} · status against target, change against last year`,
    tableCaption: ({ name, period }) => `${name}, ${period}; other periods are named`,
    figureCaption: ({ label, periods, from, to }) => `${label} ${periods}, ${from} to ${to}`,
  },
  rankingCaption: ({ problem, period }) =>
    `Possible causes of "${problem}" by how far off target the KPIs are that would show them, ${period}; other periods are named`,
  columns: {
    kpi: "KPI",
    value: "Value",
    interval: "95 % interval",
    target: "Target",
    status: "Status",
    change: "vs last year",
    n: "n",
  },
  interval: " – ",
  quality: {
    filesCaption:
      "Files: rows read = rows accepted + lines rejected; rows read are counted by an independent byte pass",
    tablesCaption: "Tables: rows mapped = loaded + quarantined + duplicates",
    reasonsCaption: "Reasons for the quarantine, by rows",
    warningsCaption: "Warnings: the row stays, a missing match counts as unknown",
    filesEquation: ({ read, accepted, rejected }) =>
      `${read} read = ${accepted} accepted + ${rejected} rejected`,
    tablesEquation: ({ mapped, loaded, quarantined, duplicates }) =>
      `${mapped} mapped = ${loaded} loaded + ${quarantined} quarantined + ${duplicates} duplicates`,
    cleanFiles: (count) => `${counted(count, "file")} with no line rejected`,
    cleanTables: (count) => `${counted(count, "table")} loaded whole`,
    more: (count, rows) => `${counted(count, "more reason")} with ${counted(rows, "row")} in all.`,
    personal:
      "The offending values stay in the warehouse; this report leaves them out because they may name a person.",
  },
  definitions: {
    shown: "Definition, formula and maturity of each KPI in this report",
    caption: "Definitions of the KPIs",
    kpi: "KPI",
    horizon: "Final, unit, direction",
    notes: "Notes",
  },
  notes: ({ zone, asOf, churn }) => [
    `Periods begin and end at midnight in the time zone ${zone}; nothing after ${asOf} is counted.`,
    churn,
    "Intervals are 95 %: Wilson's for rates, Student's t for means, exact Poisson for counts. Whether a change is more than chance is a test at 0.05: two proportions for rates, the exact test of two Poisson counts for counts, Welch for means, z for NPS; none for money and growth.",
    "Differences of rates are percentage points (pp). A dash (–) means no data, not zero.",
    "Order in time is not cause: this report states changes and does not claim their reasons.",
  ],
  churnRule: {
    status: () => "A customer is lost when its status record says so.",
    inactivity: (days) => `A customer without an order for ${days} days counts as lost.`,
    contract: () => "A customer is lost when none of their contracts runs any longer.",
  },
};

export const reportMessages: Record<Language, ReportMessages> = { "zh-CN": zhCN, en };
