/** What the pages and the report say about the weights of scorecards in Chinese. */
export const weightsZh = {
  name: "权重审视",
  none: "没有可审视的权重。",
  title: (parts: { cards: string; changes: string }) =>
    `${parts.cards} 张计分卡，权重${parts.changes === "0" ? "从未改动" : `改过 ${parts.changes} 次`}`,
  shown: "改动一项权重，其余按比例调整，合计保持 100% · 先看等级和名次有多稳，再决定改不改",
  cardTitle: (parts: { card: string; grade: string; firm: string }) =>
    `${parts.card}：${parts.grade}，${parts.firm}`,
  cardUntotalled: (card: string) => `${card}：有得分的权重不足一半，没有总分`,
  cardUnscored: (card: string) => `${card}：没有指标有得分，没有总分`,
  cardNoCompany: (card: string) => `${card}：不计全公司总分，没有等级可言`,
  cardShownOnly: "权重与历次改动",
  cardShown: (parts: { period: string; total: string; grade: string }) =>
    `${parts.period} · 现行总分 ${parts.total} ${parts.grade}`,
  whatIf: "假设与敏感度",
  outcome: (parts: { total: string; grade: string; total0: string; grade0: string }) =>
    `假设总分 ${parts.total} ${parts.grade}；现行 ${parts.total0} ${parts.grade0}`,
  teams: (list: string) => `团队名次：${list}`,
  team: (parts: { rank: string; team: string; total: string }) =>
    `${parts.rank} ${parts.team} ${parts.total}`,
  tooMuch: "所设权重合计超过 100%，或每项不在 0–100% 之间。",
  reset: "恢复现行权重",
  flip: (points: string) => `变动 ${points} 个百分点`,
  swap: (parts: { weight: string; change: string; leads: string }) =>
    `${parts.weight}（${parts.change}）→ ${parts.leads}领先`,
  stable: "不变",
  swaps: "哪些权重会改变团队名次",
  swapsStable: "单改任何一项权重，相邻团队的名次都不变。",
  pair: (ahead: string, behind: string) => `${ahead}，${behind}`,
  history: "历次权重",
  first: (count: string) => `最初的权重，${count} 项指标`,
  always: "一直",
  planned: "尚未生效",
  changedBy: "修改人",
  columns: {
    kpi: "指标",
    score: "得分",
    inForce: "现行权重",
    assumed: "假设权重",
    flip: "多大的权重变动会改变等级",
    pair: "相邻团队",
    swap: "交换名次的权重",
    from: "生效日",
    change: "权重变化",
    note: "说明",
  },
  flipsCaption: (card: string, period: string) => `${card}的权重与等级的稳定程度，${period}`,
  historyCaption: (card: string) => `${card}的历次权重`,
  note: "等级有多稳：使等级或名次改变的最小权重变动；其余权重按比例调整。由得分直接解出，不是试算。不足 5 个百分点，结论不稳。",
};

export type WeightMessages = typeof weightsZh;

/** The same in English. */
export const weightsEn: WeightMessages = {
  name: "Weight review",
  none: "There are no weights to review.",
  title: ({ cards, changes }) =>
    `${cards === "1" ? "1 scorecard" : `${cards} scorecards`}, weights ${
      changes === "0" ? "never changed" : changes === "1" ? "changed once" : `changed ${changes} times`
    }`,
  shown:
    "Change a weight and the others follow proportionally, so that all sum to 100 % · see how firm grades and ranks are before deciding",
  cardTitle: ({ card, grade, firm }) => `${card}: ${grade}, ${firm}`,
  cardUntotalled: (card) => `${card}: less than half of the weight has a score, so there is no total`,
  cardUnscored: (card) => `${card}: no KPI has a score, so there is no total`,
  cardNoCompany: (card) => `${card}: no total of the company, so no grade to turn`,
  cardShownOnly: "Weights and what was changed",
  cardShown: ({ period, total, grade }) => `${period} · total in force ${total} ${grade}`,
  whatIf: "What if, and how sensitive",
  outcome: ({ total, grade, total0, grade0 }) =>
    `Total with these weights ${total} ${grade}; in force ${total0} ${grade0}`,
  teams: (list) => `ranks of teams: ${list}`,
  team: ({ rank, team, total }) => `${rank} ${team} ${total}`,
  tooMuch: "The weights that were set sum to more than 100 %, or one is not from 0 to 100 %.",
  reset: "Back to the weights in force",
  flip: (points) => `a change of ${points} points`,
  swap: ({ weight, change, leads }) => `${weight} (${change}) → ${leads} leads`,
  stable: "no weight",
  swaps: "Which weights change the ranks of teams",
  swapsStable: "No change of a single weight swaps two neighbouring teams.",
  pair: (ahead, behind) => `${ahead}, ${behind}`,
  history: "Weights so far",
  first: (count) => `First weights, of ${count === "1" ? "1 KPI" : `${count} KPIs`}`,
  always: "from the start",
  planned: "not yet in force",
  changedBy: "Changed by",
  columns: {
    kpi: "KPI",
    score: "Score",
    inForce: "Weight in force",
    assumed: "Weight assumed",
    flip: "What flips the grade",
    pair: "Neighbours",
    swap: "Ranks swap at",
    from: "In force from",
    change: "Weight",
    note: "Why",
  },
  flipsCaption: (card, period) => `Weights of ${card} and how firm its grade is, ${period}`,
  historyCaption: (card) => `Weights of ${card} so far`,
  note: "How firm a grade or a rank is: the smallest change of one weight at which it is another; the others are rescaled proportionally. Solved from the scores, not searched for. Below 5 points a grade is unstable.",
};
