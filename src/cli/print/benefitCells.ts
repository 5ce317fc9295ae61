import type { Assessment, Initiative } from "../../answers/benefit/initiative.js";
import type { Kpi } from "../../catalogue/kpis.js";
import type { BenefitNames } from "../../words/benefitTeller.js";
import { figure, signed } from "../../words/figures.js";
import { behind } from "../../words/figureText.js";
import { benefit, benefitTable, type Language, units } from "../../words/languages.js";
import { grouped } from "../../words/rounding.js";

/** What is known of a print of initiatives. */
export interface View {
  language: Language;
  initiatives: ReadonlyMap<string, Initiative>;
  /** What things are called. */
  names: BenefitNames;
}

export const viewOf = (
  initiatives: readonly Initiative[],
  names: BenefitNames,
  language: Language,
): View => ({
  language,
  names,
  initiatives: new Map(initiatives.map((each) => [each.initiative_id, each])),
});

export const kpiOf = (
  { initiative_id, kpi_id }: Pick<Assessment, "initiative_id" | "kpi_id">,
  { initiatives }: View,
): Kpi | undefined => {
  const one = initiatives.get(initiative_id);
  return [one, one?.decidedAs].find((each) => each?.kpi.id === kpi_id)?.kpi;
};
export const say = ({ language }: View) => benefitTable(language);

/** A KPI's value with its unit. */
export function valued(value: number | null, kpi: Kpi | undefined, { language }: View): string {
  if (value === null || !kpi) return "–";
  return figure(value, kpi) + behind(kpi, language);
}

/** A change of a KPI, in its unit or in percentage points. */
export function changed(value: number | null, kpi: Kpi | undefined, view: View): string {
  if (value === null || !kpi) return "–";
  const unit = kpi.unit === "percent" ? units(view.language).points : behind(kpi, view.language);
  return signed(figure(value, kpi), value) + unit;
}

/** Two ends of an interval, the unit behind the second. */
export function between(
  [low, high]: readonly [number | null, number | null],
  shown: (value: number | null) => string,
  view: View,
): string {
  return low === null && high === null ? "–" : benefit(view.language).between(shown(low), shown(high));
}

export const money = (value: number | null) => (value === null ? "–" : grouped(value, 0));

/** A figure, or where it is not known what it can be. */
export function orBetween(
  value: number | null,
  ends: readonly [number | null, number | null],
  shown: (value: number | null) => string,
  view: View,
): string {
  const text = between(ends, shown, view);
  return value === null ? text : `${shown(value)} (${text})`;
}
