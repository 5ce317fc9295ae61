import { dimensionOf, isModelDimension, type ModelDimension, unknown } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";

/** What people call the dimensions; shared with the pages. */
export const dimensionLabels = {
  zh: {
    segment: "客户细分",
    industry: "行业",
    region: "地区",
    acquisition_channel: "获客渠道",
    owner: "负责人",
    channel: "渠道",
    type: "工单类型",
    class: "投诉类别",
    severity: "严重程度",
    agent: "处理人",
    dimension: "调查维度",
    market: "市场",
    source: "线索来源",
    reason: "流失原因",
    employee: "员工",
    team: "团队",
    department: "部门",
  },
  en: {
    segment: "segment",
    industry: "industry",
    region: "region",
    acquisition_channel: "acquisition channel",
    owner: "owner",
    channel: "channel",
    type: "ticket type",
    class: "complaint class",
    severity: "severity",
    agent: "agent",
    dimension: "survey dimension",
    market: "market",
    source: "lead source",
    reason: "reason",
    employee: "employee",
    team: "team",
    department: "department",
  },
} satisfies Record<"zh" | "en", Record<ModelDimension, string>>;

/** What people call the value that stands for none. */
export const unknownLabels = { zh: "（未知）", en: unknown };

/** A dimension's name as people read it; in English the name that the options take. */
export function dimensionHead(name: string, language: "zh" | "en", kpi: Pick<Kpi, "own_dimensions">): string {
  if (language === "en") return name;
  const dimension = dimensionOf(name);
  const own = kpi.own_dimensions.find(({ id }) => id === dimension)?.label?.zh;
  return own ?? (isModelDimension(dimension) ? dimensionLabels.zh[dimension] : name);
}
