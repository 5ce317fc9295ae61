/** What a KPI's page says in Chinese about a change and the groups it comes from. */
export const changeZh = {
  higher: (kpi: string, other: string, by: string) => `${kpi}比${other}高 ${by}`,
  lower: (kpi: string, other: string, by: string) => `${kpi}比${other}低 ${by}`,
  same: (kpi: string, other: string) => `${kpi}与${other}持平`,
  largest: (group: string, by: string) => `其中${/^[!-~]/.test(group) ? " " : ""}${group} ${by}`,
  /** Of a group that adds more than the whole: others go the other way, so it is no part of it. */
  alone: (group: string, by: string) =>
    `仅${/^[!-~]/.test(group) ? " " : ""}${group}${/[!-~]$/.test(group) ? " " : ""}就 ${by}`,
  /** Of a KPI whose whole is 100 % by definition: how its shares moved. */
  shifted: (kpi: string, other: string, shares: string) => `${kpi}与${other}相比：${shares}`,
  share: (group: string, by: string) => `${group} ${by}`,
  whole: (dimensions: string) => `整体按定义为 100%；按${dimensions}分组才看得出变化。`,
  chance: "变化在偶然范围内",
  /** What is shown: the split, the two periods, and what own values and weights add together. */
  shown: (parts: { scope: string; dimension: string; to: string; from: string }) =>
    `${parts.scope} · 按${parts.dimension}分解 · ${parts.to} 对比 ${parts.from}`,
  effects: (parts: { rate: string; mix: string }) => ` · 自身变化 ${parts.rate}，结构变化 ${parts.mix}`,
  elapsed: "（仅比较已过的天数）",
  rate: "自身变化",
  mix: "结构变化",
  contribution: "贡献",
  net: "合计",
  weightFrom: "前期权重 (%)",
  weightTo: "本期权重 (%)",
  others: (count: string) => `其余 ${count} 组`,
  chart: (kpi: string, dimension: string) => `${kpi}的变化按${dimension}分解`,
  note: "各组贡献之和等于总变化。自身变化：该组数值变化的影响；结构变化：该组在分母中权重变化的影响。",
  countNote: "各组贡献之和等于总变化。",
  widest: "未选分组时，取各组贡献相差最大的维度；可在上方选择其他分组。",
  undivided: (dimension: string) => `无从分解：就${dimension}而言，全部案例同属一组。`,
  unknown: (dimension: string, column: string | null) =>
    `无从分解：全部案例的${dimension}都未知。${column ? `映射${column}之后，即可按此分解。` : ""}`,
  nothing: "没有任何分组变动，因此没有可画的贡献。",
  table: "全部分组",
  period: "期间",
  against: "对比",
  lastYear: "去年同期",
  previous: "上一期",
  controls: "变化的期间与对比",
  remainder: (groups: string) => `${groups}（合计）`,
  unshown: (groups: string) => `不作分解，其中${groups}`,
  notCompared: (reason: string) => `没有可对比的期间，其他期间${reason}。`,
  notPublished: "页面上各组的数值加起来不等于总变化：有的组没有发布，因此不作分解。",
};

export type ChangeMessages = typeof changeZh;

/** The same in English. */
export const changeEn: ChangeMessages = {
  higher: (kpi, other, by) => `${kpi} ${by} above ${other}`,
  lower: (kpi, other, by) => `${kpi} ${by} below ${other}`,
  same: (kpi, other) => `${kpi} level with ${other}`,
  largest: (group, by) => `of which ${group} ${by}`,
  alone: (group, by) => `${group} alone ${by}`,
  shifted: (kpi, other, shares) => `${kpi} against ${other}: ${shares}`,
  share: (group, by) => `${group} ${by}`,
  whole: (dimensions) => `The whole is 100 % by definition: only a split by ${dimensions} tells a change.`,
  chance: "the change is within chance",
  shown: ({ scope, dimension, to, from }) => `${scope} · split by ${dimension} · ${to} against ${from}`,
  effects: ({ rate, mix }) => ` · own change ${rate}, mix change ${mix}`,
  elapsed: " (elapsed days only)",
  rate: "Own change",
  mix: "Mix change",
  contribution: "Contribution",
  net: "Total",
  weightFrom: "Weight before (%)",
  weightTo: "Weight now (%)",
  others: (count) => (count === "1" ? "1 other" : `${count} others`),
  chart: (kpi, dimension) => `Change of ${kpi} split by ${dimension}`,
  note: "The contributions add up to the change. Own change: the group's own value changed. Mix change: its weight in the denominator changed.",
  countNote: "The contributions add up to the change.",
  widest:
    "Without a split chosen, this is the dimension whose contributions lie farthest apart; choose another above.",
  undivided: (dimension) => `There is nothing to split: all cases are in one group as to ${dimension}.`,
  unknown: (dimension, column) =>
    `There is nothing to split: the ${dimension} of all cases is unknown.${column ? ` Map ${column} to split by it.` : ""}`,
  nothing: "No group changed, so there is no contribution to draw.",
  table: "All groups",
  period: "Period",
  against: "Against",
  lastYear: "last year",
  previous: "previous period",
  controls: "Period and comparison of the change",
  remainder: (groups) => `${groups}, together`,
  unshown: (groups) => `The change is not split, with ${groups}`,
  notCompared: (reason) => `There is no period to compare with; others are ${reason}.`,
  notPublished:
    "What the pages hold of the groups does not add up to the change: some were not published, so it is not split.",
};
