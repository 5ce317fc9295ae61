import type { Kpi } from "../catalogue/kpis.js";
import type { Grain } from "../kpi/periods.js";
import { currencyName } from "./currency.js";
import type { Language } from "./languages.js";
import { figures } from "./languages.js";
import { periodText } from "./periodText.js";
import { grouped } from "./rounding.js";

/** What a KPI's figures are counted in, of money its currency. */
export const unitName = ({ unit, currency }: Pick<Kpi, "unit" | "currency">, language: Language): string =>
  unit === "money" ? currencyName(currency, language) : figures(language).units[unit];

/** A KPI's figure for people, without its unit: percentages, “–” where there is none. */
export function figure(value: number | null | undefined, kpi: Pick<Kpi, "unit" | "kind">): string {
  if (value === null || value === undefined) return "–";
  return grouped(kpi.unit === "percent" ? value * 100 : value, decimalsOf(value, kpi));
}

/** With how many decimals people are shown a KPI's figure; of a percentage those of the percents. */
export function decimalsOf(value: number, { unit, kind }: Pick<Kpi, "unit" | "kind">): number {
  if (unit === "percent") return 2;
  if (kind === "count") return Number.isInteger(value) ? 0 : 1;
  return unit === "money" ? 2 : 1;
}

/** A figure with a plus where its value is above 0 and does not round to it. */
export function signed(text: string, value: number | null): string {
  return value !== null && value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A value's period as people read it. */
export function periodName(
  { grain, period_start: start }: { grain: Grain; period_start: string },
  language: Language,
): string {
  return periodText(grain, start, language);
}
