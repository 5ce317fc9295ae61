import type { Grain } from "../kpi/periods.js";

const words = {
  zh: {
    grain: { month: "月度", quarter: "季度", half: "半年度", year: "年度" },
    text: (grain: string, others: string) => `无${grain}目标值（有${others}的）`,
    or: "、",
  },
  en: {
    grain: { month: "month", quarter: "quarter", half: "half-year", year: "year" },
    text: (grain: string, others: string) => `no target by ${grain} (there is one by ${others})`,
    or: " and by ",
  },
};

/** What periods of a grain are called before a target: 月度, `month`. */
export const grainWord = (grain: Grain, language: "zh" | "en"): string => words[language].grain[grain];

/**
 * That a KPI has a target, but none for periods of a grain; null where there is none for any.
 * @param others the grains that have one, see `otherTargetGrains`
 */
export function noTargetText(
  grain: Grain,
  others: readonly Grain[] | undefined,
  language: "zh" | "en",
): string | null {
  if (!others || others.length === 0) return null;
  const say = words[language];
  return say.text(say.grain[grain], others.map((other) => say.grain[other]).join(say.or));
}
