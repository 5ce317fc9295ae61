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

/** A difference, its sign before it where told, in its unit or in percentage points, with as many digits as its interval supports. */
export function differenceText(
  figure: Figure,
  measured: Measured & { value: number },
  language: Language,
  isSigned = true,
): string {
  const text = differenceNumber(figure, measured.value, measured, language);
  return withDifferenceUnit(isSigned ? text : text.replace(/^[+−±]/, ""), figure, language);
}

/** A difference somebody set, with the digits it has. */
export function setDifferenceText(figure: Figure, value: number, language: Language): string {
  if (figure.unit === "money") return differenceText(figure, { value }, language);
  const shown = figure.unit === "percent" ? value * 100 : value;
  const text = decimal(shown, decimalsOf(shown));
  return withDifferenceUnit(value > 0 ? `+${text}` : text, figure, language);
}

function withDifferenceUnit(text: string, figure: Figure, language: Language): string {
  if (figure.unit === "money") return withCurrency(text, figure.currency ?? "CNY", language);
  return text + (figure.unit === "percent" ? units(language).points : behind(figure, language));
}

/** The same of both ends of an interval, the unit once. */
export function differenceEnds(
  figure: Figure,
  measured: Measured,
  language: Language,
): { low: string; high: string } {
  const end = (value: number | null | undefined, otherwise: string) =>
    value == null ? otherwise : differenceNumber(figure, value, measured, language);
  return {
    low: end(measured.low, "−∞"),
    high: withDifferenceUnit(end(measured.high, "+∞"), figure, language),
  };
}

function differenceNumber(figure: Figure, value: number, like: Measured, language: Language): string {
  const { unit } = figure;
  const isRate = unit === "count" && Math.abs(value) < 10 && !Number.isInteger(value);
  const text =
    unit === "money"
      ? moneyNumber(value, language)
      : decimal(value * (unit === "percent" ? 100 : 1), isRate ? 1 : digitsOf(unit, like));
  if (!/[1-9]/.test(text)) return `±${text.replace("−", "")}`;
  return value > 0 ? `+${text}` : text;
}

/** An amount of money as sentences have it: 30.3 万元, 303 k CNY. */
export const moneyText = (value: number, currency: string, language: Language): string =>
  withCurrency(moneyNumber(value, language), currency, language);

/** The same of both ends of an interval, the currency once. */
export const moneyEnds = (
  { low, high }: { low: number | null; high: number | null },
  currency: string,
  language: Language,
): { low: string; high: string } => ({
  low: low === null ? "−∞" : moneyNumber(low, language),
  high: high === null ? "+∞" : moneyText(high, currency, language),
});

/** An amount without its currency, in the scale that people read it in. */
function moneyNumber(value: number, language: Language): string {
  const { size, name } = moneyScale(value, language);
  const scaled = value / size;
  return decimal(scaled, moneyDigits(scaled, size)) + (name && ` ${name}`);
}

function withCurrency(text: string, currency: string, language: Language): string {
  const name = currencyName(currency, language);
  return /[万亿]$/.test(text) && /^\p{Script=Han}/u.test(name) ? text + name : `${text} ${name}`;
}

/** The scale in which an amount as large as this is written: `{ size: 10000, name: "万" }`. */
export const moneyScale = (largest: number, language: Language): { size: number; name: string } =>
  calendar(language).scale(Math.abs(largest));

/** Three figures of a scaled amount: 768, 76.8, 7.68. */
export const moneyDigits = (scaled: number, size: number): number =>
  size === 1 || Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
