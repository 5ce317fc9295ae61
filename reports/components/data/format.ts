import type { Language } from "../../src/published/siteTypes.js";
import { greatest } from "../../src/statistics/extremes.js";
import { digitsOf, type Measured, type Unit } from "../../src/words/digits.js";
import { moneyDigits, moneyScale as scaleOf } from "../../src/words/figureText.js";
import type { Messages } from "../../src/words/languages.js";
import { periodPart, periodText } from "../../src/words/periodText.js";
import { grouped, rounded } from "../../src/words/rounding.js";

export type { Measured, Unit };

/** How the cells of one column are written. */
export interface Column {
  /** The unit, for the head: `%`, `分`, `万元`. */
  unit: string;
  number(value: number | null | undefined): string;
  /** With its sign. */
  change(delta: number | null | undefined): string;
}

export interface Formatter {
  /** One way of writing all values of a column: the same scale and decimals, and the unit for its head. */
  column(unit: Unit, values: readonly Measured[]): Column;
  /** `2.1`, without unit, for table cells under a head that names the unit. */
  number(unit: Unit, measured: Measured): string;
  /** `2.1%`, `83.4 分`, with unit. */
  value(unit: Unit, measured: Measured): string;
  /** `85 分`, `2.5%`: a limit somebody set, with the digits it has. */
  limit(unit: Unit, value: number): string;
  /** `0.4 个百分点`: the size of a difference, without sign, with unit. */
  difference(unit: Unit, delta: number, like?: Measured): string;
  /** `+0.4 pp`, `−12`: a difference with its sign. */
  delta(unit: Unit, delta: number, like?: Measured): string;
  /** `+0.4`, `−12`: a difference with its sign, without unit, for table cells under a head that names the unit. */
  change(unit: Unit, delta: number, like?: Measured): string;
  /** A share of 1 as a percentage. */
  share(value: number, digits?: number): string;
  integer(value: number): string;
  decimal(value: number, digits: number): string;
  /** The smallest difference that the number of a value shows, in the machine unit. */
  precision(unit: Unit, measured: Measured): number;
  /** The scale in which an amount as large as this is written: `{ size: 10000, name: "万" }`. */
  moneyScale(largest: number): { size: number; name: string };
  bytes(value: number): string;
  /** 2026年3月 / Mar 2026; 2026年一季度 / Q1 2026; 2026年上半年 / H1 2026; 2026年 / 2026. */
  period(grain: "month" | "quarter" | "half" | "year", start: string): string;
  /** A short tick label: 3月 / Mar. */
  shortPeriod(grain: "month" | "quarter" | "half" | "year", start: string): string;
  /** 1月14日 / 14 Jan, with the year when asked. */
  day(iso: string, withYear?: boolean): string;
}

const space = "\u00a0";
const minus = "\u2212";

/** Numbers and dates as a page writes them in one language. */
export function formatter(language: Language, messages: Messages): Formatter {
  const chinese = language === "zh-CN";
  const gap = chinese ? "" : space;

  const plain = (unit: Unit, measured: Measured): string => {
    const { value } = measured;
    if (value === null || Number.isNaN(value)) return messages.none;
    if (unit === "percent") return grouped(value * 100, digitsOf(unit, measured));
    if (unit === "money") return money(value);
    return grouped(value, digitsOf(unit, measured));
  };
  const moneyScale = (largest: number): { size: number; name: string } => {
    const { size, name } = scaleOf(largest, language);
    return { size, name: name && `${space}${name}` };
  };
  const money = (value: number, digitsFor = moneyDigits): string => {
    const { size, name } = moneyScale(value);
    const scaled = value / size;
    return `${grouped(scaled, digitsFor(scaled, size))}${name}`;
  };
  const withUnit = (text: string, unit: Unit): string => {
    if (text === messages.none) return text;
    const name = (text === "1" && messages.unitOfOne[unit]) || messages.unit[unit];
    if (unit === "percent") return `${text}${gap}%`;
    if (name === "") return text;
    return unit === "money" && /[万亿]$/.test(text) && /^\p{Script=Han}/u.test(name)
      ? `${text}${name}`
      : `${text}${space}${name}`;
  };
  const size = (unit: Unit, delta: number, like: Measured = { value: delta }): string => {
    if (unit === "money") return money(Math.abs(delta));
    return grouped(Math.abs(delta) * (unit === "percent" ? 100 : 1), digitsOf(unit, like));
  };
  const difference = (unit: Unit, delta: number, like?: Measured): string => {
    if (unit === "percent") return `${size(unit, delta, like)}${space}${messages.unit.points}`;
    return withUnit(size(unit, delta, like), unit);
  };
  const signed = (delta: number, text: string): string => {
    if (!/[1-9]/.test(text)) return `±${text}`;
    return `${delta > 0 ? "+" : minus}${text}`;
  };
  const column = (unit: Unit, values: readonly Measured[]): Column => {
    const known = values.filter(({ value }) => value !== null && !Number.isNaN(value));
    const scaled = known.map(({ value }) => Math.abs(value ?? 0));
    const { size: scale, name } = unit === "money" ? moneyScale(greatest(scaled, 0)) : { size: 1, name: "" };
    const largest = greatest(scaled, 0) / scale;
    const digits =
      unit === "money"
        ? scale === 1 || scaled.every((value) => value >= 100 * scale)
          ? 0
          : largest >= 10
            ? 1
            : 2
        : tellingDigits(
            known.map((measured) => digitsOf(unit, measured)),
            (digits) => known.every((measured) => isTold(measured, unit === "percent" ? 100 : 1, digits)),
          );
    const factor = (unit === "percent" ? 100 : 1) / scale;
    const shown = (value: number) => grouped(value * factor, digits);
    return {
      unit: unit === "percent" ? "%" : withUnit(name, unit).trim(),
      number: (value) => (value == null || Number.isNaN(value) ? messages.none : shown(value)),
      change: (value) => (value == null ? messages.none : signed(value, shown(Math.abs(value)))),
    };
  };
  return {
    column,
    number: plain,
    value: (unit, measured) => withUnit(plain(unit, measured), unit),
    limit: (unit, value) => {
      if (unit === "money") return withUnit(money(value, ownDigits), unit);
      const shown = unit === "percent" ? value * 100 : value;
      return withUnit(grouped(shown, ownDigits(shown)), unit);
    },
    difference,
    delta: (unit, delta, like) => signed(delta, difference(unit, delta, like)),
    change: (unit, delta, like) => signed(delta, size(unit, delta, like)),
    share: (value, digits = 0) => `${grouped(value * 100, digits)}${gap}%`,
    integer: (value) => grouped(value, 0),
    decimal: grouped,
    precision: (unit, measured) => {
      if (unit !== "money") return 10 ** -digitsOf(unit, measured) / (unit === "percent" ? 100 : 1);
      const { size } = moneyScale(measured.value ?? 0);
      return size * 10 ** -moneyDigits((measured.value ?? 0) / size, size);
    },
    moneyScale,
    bytes: (value) =>
      value >= 1e6
        ? `${grouped(value / 1e6, 1)}${space}MB`
        : `${value > 0 && value < 1e3 ? "<1" : grouped(value / 1e3, 0)}${space}kB`,
    period: (grain, start) => periodText(grain, start, language),
    shortPeriod: (grain, start) =>
      grain === "year" ? start.slice(0, 4) : periodPart(grain, start, language),
    day: (iso, withYear = false) => {
      const [year, month, day] = [iso.slice(0, 4), Number(iso.slice(5, 7)), Number(iso.slice(8, 10))];
      if (chinese) return `${withYear ? `${year}年` : ""}${month}月${day}日`;
      return `${day} ${periodPart("month", iso, language)}${withYear ? ` ${year}` : ""}`;
    },
  };
}

/** The digits that a number somebody set has, two at most. */
const ownDigits = (value: number): number =>
  [0, 1].find((count) => Math.abs(value - Number(rounded(value, count))) < 1e-9) ?? 2;

/** The digits that most need, or as many more of those that any needs as tell each interval's ends apart. */
function tellingDigits(needed: readonly number[], tells: (digits: number) => boolean): number {
  const most = mostFrequent(needed);
  const more = [...new Set(needed)].filter((digits) => digits > most).sort((a, b) => a - b);
  return [most, ...more].find(tells) ?? more.at(-1) ?? most;
}

/** Whether an interval that has a width is written with two ends. */
function isTold({ low, high }: Measured, factor: number, digits: number): boolean {
  if (low == null || high == null || high <= low) return true;
  return rounded(low * factor, digits) !== rounded(high * factor, digits);
}

/** The number that occurs most often, of several the largest; 0 of none. */
function mostFrequent(numbers: readonly number[]): number {
  const times = (wanted: number) => numbers.filter((each) => each === wanted).length;
  return [...new Set(numbers)].sort((a, b) => times(b) - times(a) || b - a)[0] ?? 0;
}
