import { currencyName } from "./currency.js";
import { digitsOf, type Measured, type Unit } from "./digits.js";
import type { Language } from "./languages.js";
import { calendar, units } from "./languages.js";

/** What a figure is counted in: a unit, and of money the currency. */
export interface Figure {
  unit: Unit;
  /** Default CNY. */
  currency?: string;
}

/** The unit as it stands behind a figure. */
export function behind({ unit, currency = "CNY" }: Figure, language: Language): string {
  return unit === "money" ? ` ${currencyName(currency, language)}` : units(language)[unit];
}

/** A value with its unit as a sentence has it, with as many digits as its interval supports: `2.1 %`, `83.4 分`. */
export function valueText(figure: Figure, measured: Measured, language: Language): string {
  const { unit } = figure;
  if (measured.value === null) return "–";
  const shown = unit === "percent" ? measured.value * 100 : measured.value;
  return decimal(shown, digitsOf(unit, measured)) + behind(figure, language);
}

/**
 * A value beside the limit it does not meet exactly, and how far it is from it: with as many more digits, up to two, as it takes to
 * see that they differ (87.5 % beside 88 %, not 88 % beside 88 %). The gap is that of the figures shown.
 */
export function besideLimit(
  figure: Figure,
  measured: Measured,
  limit: number,
  language: Language,
): { value: string; gap: string } {
  const { unit } = figure;
  const scale = unit === "percent" ? 100 : 1;
  const shown = (measured.value ?? 0) * scale;
  const own = digitsOf(unit, measured);
  const differs = (digits: number) => shown.toFixed(digits) !== (limit * scale).toFixed(digits);
  const digits = [own, own + 1, own + 2].find((count) => count <= 2 && differs(count)) ?? own;
  const gapDigits = Math.max(digits, decimalsOf(limit * scale));
  const gap = decimal(Math.abs(Number(shown.toFixed(digits)) - limit * scale), gapDigits);
  return {
    value: decimal(shown, digits) + behind(figure, language),
    gap: gap + (unit === "percent" ? units(language).points : behind(figure, language)),
  };
}

/** A limit somebody set, with the digits it has. */
export function limitText(figure: Figure, limit: number, language: Language): string {
  const shown = figure.unit === "percent" ? limit * 100 : limit;
  return decimal(shown, decimalsOf(shown)) + behind(figure, language);
}

const decimalsOf = (value: number) =>
  [0, 1, 2].find((count) => Math.abs(value - Number(value.toFixed(count))) < 1e-9) ?? 2;

/** A share of 1 as a whole percentage. */
export const shareText = (share: number, language: Language) =>
  `${decimal(share * 100, 0)}${units(language).percent}`;

/** Points of a total or a score, one digit, no unit. */
export const pointsText = (points: number) => decimal(points, 1);

/** 2026年3月5日 / 5 Mar 2026. */
export function dayText(day: string, language: Language): string {
  const [year, month, date] = [day.slice(0, 4), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
  const say = calendar(language);
  return say.day(year, say.months[month - 1] ?? "", date);
}

function decimal(value: number, digits: number): string {
  const text = new Intl.NumberFormat("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(Number(value.toFixed(digits)) === 0 ? 0 : value);
  return text.replace("-", "−");
}
