import type { Grain } from "../kpi/periods.js";

/** 2026年3月 / Mar 2026; 2026年一季度 / Q1 2026; 2026年上半年 / H1 2026; 2026年 / 2026. */
export function periodText(grain: Grain, start: string, language: "zh" | "en"): string {
  const year = start.slice(0, 4);
  const part = periodPart(grain, start, language);
  return language === "zh" ? `${year}年${part}` : `${part} ${year}`.trim();
}

/** The period within its year: 3月 / Mar, 一季度 / Q1, 上半年 / H1; empty for a year. */
export function periodPart(grain: Grain, start: string, language: "zh" | "en"): string {
  const month = Number(start.slice(5, 7));
  const quarter = Math.ceil(month / 3);
  const half = month > 6 ? 1 : 0;
  const parts = {
    zh: {
      month: `${month}月`,
      quarter: `${"一二三四"[quarter - 1]}季度`,
      half: half === 1 ? "下半年" : "上半年",
      year: "",
    },
    en: { month: monthNames[month - 1] ?? "", quarter: `Q${quarter}`, half: `H${half + 1}`, year: "" },
  };
  return parts[language][grain];
}

const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
