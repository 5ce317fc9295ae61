import type { Kpi } from "../catalogue/kpis.js";
import type { Grain } from "../kpi/periods.js";
import { currencyName } from "./currency.js";
import { periodText } from "./periodText.js";
import type { Words } from "./wording.js";

export const words = {
  zh: {
    units: {
      percent: "%",
      score: "0–100 分",
      minutes: "分钟",
      hours: "小时",
      count: "个",
      nps: "−100–100 分",
    },
    period: "期间",
    value: "值",
    interval: "95% 区间",
    n: "n",
    median: "中位数",
    p90: "P90",
    open: "待响应",
    compared: { previous: "上期", year: "去年同期" },
    delta: "差",
    relative: "相对差",
    points: "个百分点",
    partial: "未完",
    immature: "未成熟",
    incomplete: "记录不全",
    target: "目标",
    status: "状态",
    statuses: { on: "达标", near: "接近目标", off: "未达标" },
    unsure: "与目标的差在偶然范围内",
    few: "案例太少",
    certain: "超出偶然",
    noData: "无数据：",
    notes: "未完：期间尚未结束；未成熟：数值仍会变化。“–”：没有数据。",
    bracketed: (text: string) => `（${text}）`,
  },
  en: {
    units: {
      percent: "%",
      score: "0–100",
      minutes: "min",
      hours: "h",
      count: "count",
      nps: "−100–100",
    },
    period: "period",
    value: "value",
    interval: "95 % interval",
    n: "n",
    median: "median",
    p90: "p90",
    open: "open",
    compared: { previous: "previous", year: "last year" },
    delta: "Δ",
    relative: "Δ relative",
    points: "pp",
    partial: "partial",
    immature: "immature",
    incomplete: "incomplete",
    target: "target",
    status: "status",
    statuses: { on: "on target", near: "near target", off: "off target" },
    unsure: "cannot be told from target",
    few: "too few cases",
    certain: "more than chance",
    noData: "no data: ",
    notes: "partial: the period is not over; immature: the value may still change. “–”: no data.",
    bracketed: (text: string) => ` (${text})`,
  },
};

/** What a KPI's figures are counted in, of money its currency. */
export const unitName = ({ unit, currency }: Pick<Kpi, "unit" | "currency">, language: Words): string =>
  unit === "money" ? currencyName(currency, language) : words[language].units[unit];

/** A KPI's figure for people, without its unit: percentages, “–” where there is none. */
export function figure(value: number | null | undefined, { unit, kind }: Pick<Kpi, "unit" | "kind">): string {
  if (value === null || value === undefined) return "–";
  if (unit === "percent") return grouped(value * 100, 2);
  if (kind === "count") return grouped(value, Number.isInteger(value) ? 0 : 1);
  return grouped(value, unit === "money" ? 2 : 1);
}

/** A figure with a plus where its value is above 0 and does not round to it. */
export function signed(text: string, value: number | null): string {
  return value !== null && value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A number with thousands separators. */
export function grouped(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  const [whole = "0", fraction] = text.split(".");
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const isZero = Number(text) === 0;
  return `${value < 0 && !isZero ? "−" : ""}${thousands}${fraction ? `.${fraction}` : ""}`;
}

/** A value's period as people read it. */
export function periodName(
  { grain, period_start: start }: { grain: Grain; period_start: string },
  language: Words,
): string {
  return periodText(grain, start, language);
}
