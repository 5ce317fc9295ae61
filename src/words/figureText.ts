import { currencyName } from "./currency.js";
import { digitsOf, type Measured, type Unit } from "./digits.js";
import type { Language } from "./languages.js";
import { calendar, units } from "./languages.js";
import { grouped, rounded } from "./rounding.js";

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
  return grouped(shown, digitsOf(unit, measured)) + behind(figure, language);
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
  const differs = (digits: number) => rounded(shown, digits) !== rounded(limit * scale, digits);
  const digits = [own, own + 1, own + 2].find((count) => count <= 2 && differs(count)) ?? own;
  const gapDigits = Math.max(digits, decimalsOf(limit * scale));
  const gap = grouped(Math.abs(Number(rounded(shown, digits)) - limit * scale), gapDigits);
  return {
    value: grouped(shown, digits) + behind(figure, language),
    gap: gap + (unit === "percent" ? units(language).points : behind(figure, language)),
  };
}

/** A limit somebody set, with the digits it has. */
export function limitText(figure: Figure, limit: number, language: Language): string {
  const shown = figure.unit === "percent" ? limit * 100 : limit;
  return grouped(shown, decimalsOf(shown)) + behind(figure, language);
}

const decimalsOf = (value: number) =>
  [0, 1, 2].find((count) => Math.abs(value - Number(rounded(value, count))) < 1e-9) ?? 2;

/** A share of 1 as a whole percentage. */
export const shareText = (share: number, language: Language) =>
  `${grouped(share * 100, 0)}${units(language).percent}`;

/** Points of a total or a score, one digit, no unit. */
export const pointsText = (points: number) => grouped(points, 1);

/** 2026年3月5日 / 5 Mar 2026. */
export function dayText(day: string, language: Language): string {
  const [year, month, date] = [day.slice(0, 4), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
  const say = calendar(language);
  return say.day(year, say.months[month - 1] ?? "", date);
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
  const text = grouped(shown, decimalsOf(shown));
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
  const ends = [measured.low, measured.high].flatMap((value) => value ?? []);
  const as = (digits?: number) => (value: number) =>
    differenceNumber(figure, value, measured, language, { digits, among: ends });
  // An end keeps its sign: as many more digits as that takes, of both.
  const isSigned = (digits: number) => ends.every((value) => value === 0 || /[1-9]/.test(as(digits)(value)));
  const own = differenceDigits(figure, greatestOf(ends), measured);
  const shown = as(
    figure.unit === "money" ? undefined : ([0, 1, 2, 3].map((more) => own + more).find(isSigned) ?? own),
  );
  return {
    low: measured.low == null ? "−∞" : shown(measured.low),
    high: withDifferenceUnit(measured.high == null ? "+∞" : shown(measured.high), figure, language),
  };
}

/** The value that lies furthest from 0. */
const greatestOf = (values: readonly number[]) =>
  values.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);

/** @param among values of which one scale of money is chosen */
function differenceNumber(
  figure: Figure,
  value: number,
  like: Measured,
  language: Language,
  { digits, among = [value] }: { digits?: number | undefined; among?: readonly number[] } = {},
): string {
  const { unit } = figure;
  const text =
    unit === "money"
      ? moneyNumber(value, language, among)
      : grouped(value * (unit === "percent" ? 100 : 1), digits ?? differenceDigits(figure, value, like));
  if (!/[1-9]/.test(text)) return `±${text.replace("−", "")}`;
  return value > 0 ? `+${text}` : text;
}

function differenceDigits({ unit }: Figure, value: number, like: Measured): number {
  const isRate = unit === "count" && Math.abs(value) < 10 && !Number.isInteger(value);
  return isRate ? 1 : digitsOf(unit, like);
}

/** An amount of money that somebody set, with the digits it has. */
export function setMoneyText(value: number, currency: string, language: Language): string {
  const digits = [0, 1, 2, 3].find((count) => Math.abs(value - Number(rounded(value, count))) < 1e-9) ?? 4;
  return withCurrency(grouped(value, digits), currency, language);
}

/** An amount of money as sentences have it: 30.3 万元, 303 k CNY. */
export const moneyText = (value: number, currency: string, language: Language): string =>
  withCurrency(moneyNumber(value, language), currency, language);

/** The same of both ends of an interval, in one scale, the currency once. */
export const moneyEnds = (
  { low, high }: { low: number | null; high: number | null },
  currency: string,
  language: Language,
): { low: string; high: string } => {
  const ends = [low, high].flatMap((value) => value ?? []);
  return {
    low: low === null ? "−∞" : moneyNumber(low, language, ends),
    high: high === null ? "+∞" : withCurrency(moneyNumber(high, language, ends), currency, language),
  };
};

/** An amount without its currency, in the scale that people read it, or the largest of several, in. */
function moneyNumber(value: number, language: Language, among: readonly number[] = [value]): string {
  const { size, name } = moneyScale(greatestOf(among), language);
  const scaled = value / size;
  const own = moneyDigits(greatestOf(among) / size, size);
  // Beside a larger one an amount keeps its sign.
  const isShown = (digits: number) => size === 1 || value === 0 || Number(rounded(scaled, digits)) !== 0;
  const digits = [own, own + 1, own + 2, own + 3].find(isShown) ?? own;
  return grouped(scaled, digits) + (name && ` ${name}`);
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

/** What a KPI's n counts as it stands behind a figure: in English `1 answer`, `2 answers`. */
export function countedText(counts: string, n: number, language: Language): string {
  if (language !== "en" || n !== 1) return counts;
  const single = (name: string) =>
    name
      .replace(/(?<=[^aeiou])ies$/, "y")
      .replace(/(?<=ss|x|ch|sh)es$/, "")
      .replace(/(?<=[^su])s$/, "");
  return counts.split(" and ").map(single).join(" and ");
}
