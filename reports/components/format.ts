import { digitsOf, type Measured, type Unit } from "./kpi/digits.js";
import type { Messages } from "./messages/zh-CN.js";
import type { Language } from "./siteTypes.js";

export type { Measured, Unit };

export interface Formatter {
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
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })
      .format(Object.is(Number(value.toFixed(digits)), -0) ? 0 : value)
      .replace("-", minus);

  const plain = (unit: Unit, measured: Measured): string => {
    const { value } = measured;
    if (value === null || Number.isNaN(value)) return messages.none;
    if (unit === "percent") return number(value * 100, digitsOf(unit, measured));
    if (unit === "money") return money(value);
    return number(value, digitsOf(unit, measured));
  };
  const moneyScale = (largest: number): { size: number; name: string } => {
    const scales: [number, string][] = chinese
      ? [
          [1e8, "亿"],
          [1e4, "万"],
        ]
      : [
          [1e6, "M"],
          [1e3, "k"],
        ];
    const [size, name] = scales.find(([from]) => Math.abs(largest) >= from) ?? [1, ""];
    return { size, name: name && `${gap}${name}` };
  };
  const money = (value: number): string => {
    const { size, name } = moneyScale(value);
    const scaled = value / size;
    return `${number(scaled, size === 1 || Math.abs(scaled) >= 100 ? 0 : 1)}${name}`;
  };
  const withUnit = (text: string, unit: Unit): string => {
    if (text === messages.none) return text;
    const name = messages.unit[unit];
    if (unit === "percent") return `${text}${gap}%`;
    return name === "" ? text : `${text}${space}${name}`;
  };
  const size = (unit: Unit, delta: number, like: Measured = { value: delta }): string => {
    if (unit === "money") return money(Math.abs(delta));
    return number(Math.abs(delta) * (unit === "percent" ? 100 : 1), digitsOf(unit, like));
  };
  const difference = (unit: Unit, delta: number, like?: Measured): string => {
    const name = unit === "percent" ? messages.unit.points : messages.unit[unit];
    return `${size(unit, delta, like)}${name && `${space}${name}`}`;
  };
  const signed = (delta: number, text: string): string => {
    if (!/[1-9]/.test(text)) return `±${text}`;
    return `${delta > 0 ? "+" : minus}${text}`;
  };
  const monthName = (start: string) =>
    new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" }).format(new Date(start)).slice(0, 3);

  return {
    number: plain,
    value: (unit, measured) => withUnit(plain(unit, measured), unit),
    limit: (unit, value) => {
      if (unit === "money") return withUnit(money(value), unit);
      const shown = unit === "percent" ? value * 100 : value;
      const digits = [0, 1, 2].find((count) => Math.abs(shown - Number(shown.toFixed(count))) < 1e-9) ?? 2;
      return withUnit(number(shown, digits), unit);
    },
    difference,
    delta: (unit, delta, like) => signed(delta, difference(unit, delta, like)),
    change: (unit, delta, like) => signed(delta, size(unit, delta, like)),
    share: (value, digits = 0) => `${number(value * 100, value === 0 ? 0 : digits)}${gap}%`,
    integer: (value) => number(value, 0),
    decimal: number,
    moneyScale,
    bytes: (value) =>
      value >= 1e6
        ? `${number(value / 1e6, 1)}${space}MB`
        : `${value > 0 && value < 1e3 ? "<1" : number(value / 1e3, 0)}${space}kB`,
    period: (grain, start) => {
      const year = start.slice(0, 4);
      const month = Number(start.slice(5, 7));
      if (grain === "year") return chinese ? `${year}年` : year;
      if (grain === "half")
        return chinese ? `${year}年${month < 7 ? "上" : "下"}半年` : `H${month < 7 ? 1 : 2} ${year}`;
      const quarter = Math.ceil(month / 3);
      if (grain === "quarter")
        return chinese ? `${year}年${"一二三四"[quarter - 1]}季度` : `Q${quarter} ${year}`;
      return chinese ? `${year}年${month}月` : `${monthName(start)} ${year}`;
    },
    shortPeriod: (grain, start) => {
      const month = Number(start.slice(5, 7));
      if (grain === "year") return start.slice(0, 4);
      if (grain === "half") return chinese ? (month < 7 ? "上" : "下") : month < 7 ? "H1" : "H2";
      if (grain === "quarter")
        return chinese ? `${"一二三四"[Math.ceil(month / 3) - 1]}季` : `Q${Math.ceil(month / 3)}`;
      return chinese ? `${month}月` : monthName(start);
    },
    day: (iso, withYear = false) => {
      const [year, month, day] = [iso.slice(0, 4), Number(iso.slice(5, 7)), Number(iso.slice(8, 10))];
      if (chinese) return `${withYear ? `${year}年` : ""}${month}月${day}日`;
      return `${day} ${monthName(iso)}${withYear ? ` ${year}` : ""}`;
    },
  };
}
