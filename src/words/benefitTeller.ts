import { addDays, daysBetween } from "../kpi/periods.js";
import type { Assessment, Companions } from "../published/benefitTypes.js";
import { dayText, differenceEnds, differenceText, type Figure, setDifferenceText } from "./figureText.js";
import type { BenefitMessages, Language } from "./languages.js";
import { rounded } from "./rounding.js";
import type { Labels } from "./wording.js";

/** What sentences on an initiative need to know of its KPI. */
export interface BenefitKpi extends Figure {
  label: Labels;
  counts: Labels;
  direction: "up" | "down" | "none";
  horizon_days: number | null;
  matures: "awaited" | "limits" | null;
}

/** What things are called, and up to when the data go. */
export interface BenefitNames {
  kpi(id: string): BenefitKpi | undefined;
  initiative(id: string): string;
  /** A dimension, as `region`. */
  dimension(name: string): string;
  /** A value of one. */
  value(dimension: string, value: string): string;
  /** The code of the currency that money is in. */
  currency: string;
  /** The last day of the data. */
  as_of_on: string;
  /** How many customers a figure is of at least. */
  min_cell: number;
}

export interface Teller {
  say: BenefitMessages;
  language: Language;
  names: BenefitNames;
  row: Assessment;
  kpi: BenefitKpi;
}

export const stranger = (id: string): BenefitKpi => ({
  label: { en: id, "zh-CN": id },
  counts: { en: "", "zh-CN": "" },
  unit: "count",
  direction: "none",
  horizon_days: null,
  matures: null,
});

export const kpiName = ({ kpi, language }: Teller) => kpi.label[language];

export const day = (iso: string, { language }: Teller) => dayText(iso, language);

/** So many initiatives at most are named in a sentence, or have a sentence each; of the others their number is said. */
export const mostNamed = 8;

/** Names in a sentence, of very many the first and how many others there are. */
export function namedList(all: readonly string[], say: BenefitMessages): string {
  const first = all.slice(0, mostNamed).join(say.list);
  return all.length > mostNamed
    ? say.summary.andOthers(first, { others: all.length - mostNamed, all: all.length })
    : first;
}

/** Whether counts of windows of unequal length are compared by customer-day. */
export const isUnequal = ({ method, baseline, follow_up }: Assessment): boolean =>
  method?.startsWith("poisson") === true &&
  daysBetween(baseline.start, baseline.end) !== daysBetween(follow_up.start, follow_up.end);

/** Whether an initiative has not begun. */
export const isToCome = (
  { verdict, started_on }: Pick<Assessment, "verdict" | "started_on">,
  { as_of_on }: Pick<BenefitNames, "as_of_on">,
): boolean => verdict === "still_running" && started_on > as_of_on;

/** What a verdict is called; of an initiative that has not begun that. */
export const verdictText = (
  row: Pick<Assessment, "verdict" | "started_on">,
  names: Pick<BenefitNames, "as_of_on">,
  say: BenefitMessages,
): string => (isToCome(row, names) ? say.toCome : say.verdicts[row.verdict]);

/** More false alarms than this on quiet months, and the method is not to be trusted. */
const mostAlarms = 0.1;

/** The share of earlier starts at which the method would have cried wolf; null where there was none. */
export const alarmShare = (time: Companions["placebo_time"]): number | null =>
  time && time.starts.length > 0 ? time.alarms / time.starts.length : null;

/** Whether the method cries wolf too often where nothing was done. */
export const isDistrusted = ({ companions }: Assessment): boolean =>
  (alarmShare(companions?.placebo_time ?? null) ?? 0) > mostAlarms;

/** The last day that the data have to reach for a verdict. */
export const verdictDay = (
  { follow_up }: Assessment,
  kpi: { horizon_days?: number | null | undefined } | undefined,
): string => addDays(follow_up.end, (kpi?.horizon_days ?? 0) - 1);

/** Whom an initiative concerns; null where everybody. */
export function scopeText({ scope }: Pick<Assessment, "scope">, names: BenefitNames): string | null {
  const values = Object.entries(scope).map(([dimension, value]) => names.value(dimension, value));
  return values.length > 0 ? values.join(", ") : null;
}

/** A change with its interval. */
export function changeText(
  row: Pick<Assessment, "delta" | "low" | "high">,
  kpi: Figure,
  language: Language,
): { change: string; low: string; high: string } {
  const { delta, low, high } = row;
  return {
    change: delta === null ? "–" : differenceText(kpi, { value: delta, low, high }, language),
    ...differenceEnds(kpi, { value: delta, low, high }, language),
  };
}

/** An expected change as it was set. */
export const expectedText = setDifferenceText;

export const qText = (q: number): string => (q < 0.001 ? "< 0.001" : `= ${rounded(q, q < 0.1 ? 3 : 2)}`);
