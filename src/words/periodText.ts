import type { Grain } from "../kpi/periods.js";
import type { Language } from "./languages.js";
import { calendar } from "./languages.js";

/** 2026年3月 / Mar 2026; 2026年一季度 / Q1 2026; 2026年上半年 / H1 2026; 2026年 / 2026. */
export function periodText(grain: Grain, start: string, language: Language): string {
  const year = start.slice(0, 4);
  return calendar(language).ofYear(year, periodPart(grain, start, language));
}

/** The period within its year: 3月 / Mar, 一季度 / Q1, 上半年 / H1; empty for a year. */
export function periodPart(grain: Grain, start: string, language: Language): string {
  const month = Number(start.slice(5, 7));
  const { months, quarters, halves } = calendar(language);
  const parts = {
    month: months[month - 1],
    quarter: quarters[Math.ceil(month / 3) - 1],
    half: halves[month > 6 ? 1 : 0],
    year: "",
  };
  return parts[grain] ?? "";
}
