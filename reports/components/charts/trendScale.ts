import { tickStep } from "d3-array";
import { monthsOf } from "../../src/kpi/periods.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { greatest, least } from "../../src/statistics/extremes.js";
import type { Point } from "../data/series.js";
import type { Site } from "../data/site.js";
import { measureText } from "../data/text.js";

/** The vertical scale of a trend chart, in the unit people read (per cent rather than fractions). */
export interface ChartScale {
  domain: [number, number];
  ticks: number[];
  /** How many periods lie between two ticks of time. */
  tickEvery: number;
  margin: { top: number; right: number; bottom: number; left: number };
  /** A machine value in the unit shown; null stays null. */
  shown(value: number | null): number | null;
  /** Px from the top, and back. */
  py(shown: number): number;
  value(py: number): number;
  tickText(tick: number): string;
}

interface ScaleOptions {
  width: number;
  height: number;
  compact: boolean;
  behind: readonly (number | null)[];
  targets: readonly (number | null)[];
  domain: readonly [number, number] | undefined;
  /** Px for the labels at the right end; default what most need. */
  endLabels?: number;
}

/** A scale that holds values, targets and what stands behind them, and the intervals as far as they stay readable. */
export function chartScale(
  site: Site,
  kpi: Kpi,
  points: readonly Point[],
  options: ScaleOptions,
): ChartScale {
  const { width, height, compact, behind, targets } = options;
  const factor = kpi.unit === "percent" ? 100 : 1;
  const shown = (value: number | null) => (value === null || !Number.isFinite(value) ? null : value * factor);
  const extent = options.domain ?? valueExtent(kpi, points, [...behind, ...targets]);
  // No finer than what the values are told in.
  const last = points.findLast(({ value }) => value !== null);
  const whole =
    kpi.kind === "count"
      ? 1
      : kpi.unit === "percent"
        ? 0.1
        : last
          ? site.format.precision(kpi.unit, last)
          : 0;
  const steps = compact ? 2 : Math.min(5, Math.max(1, (height - 54) / 24));
  const step = Math.max(whole, tickStep(0, Math.max((extent[1] - extent[0]) * factor, 1e-9), steps * fewer));
  const low = Math.floor((extent[0] * factor) / step + 1e-9) * step;
  const high = Math.max(low + step, Math.ceil((extent[1] * factor) / step - 1e-9) * step);
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, index) => low + index * step);
  const tickText = (tick: number) => axisText(site, kpi, tick, { step, largest: Math.max(-low, high) });
  const left = greatest(ticks.map((tick) => measureText(tickText(tick), 12))) + 8;
  const margin = compact
    ? { top: 8, right: 10, bottom: 20, left: Math.max(34, left) }
    : {
        top: 14,
        right: Math.max(width < 600 ? 24 : 48, options.endLabels ?? 0),
        bottom: 40,
        left: Math.max(width < 600 ? 30 : 46, left),
      };
  const inner = height - margin.top - margin.bottom;
  const room = (width - margin.left - margin.right) / (points[0]?.grain === "month" ? 34 : 52);
  return {
    domain: [low, high],
    ticks,
    tickEvery: everyFor(points, room),
    margin,
    shown,
    py: (value) => margin.top + ((high - value) / (high - low)) * inner,
    value: (py) => high - ((py - margin.top) / inner) * (high - low),
    tickText,
  };
}

/** d3 takes the step nearest by ratio, which gives up to 1.58 times as many as asked for; of so many fewer it is 1.12 times at most. */
const fewer = 0.708;

/** A tick as people read it: money in one scale for the whole axis, as many decimals as the steps need. */
function axisText(
  site: Site,
  kpi: Kpi,
  tick: number,
  { step, largest }: { step: number; largest: number },
): string {
  const { size, name } = kpi.unit === "money" ? site.format.moneyScale(largest) : { size: 1, name: "" };
  const decimals = Math.max(0, -Math.floor(Math.log10(step / size) + 1e-9));
  const number = site.format.decimal(tick / size, decimals);
  if (kpi.unit === "percent") return `${number}${site.language === "en" ? "\u00a0" : ""}%`;
  return Number(tick.toPrecision(9)) === 0 ? number : `${number}${name}`;
}

/**
 * The smallest and largest of what is drawn; an interval counts up to half the values' own span beyond them, or, where
 * most would leave the axis, up to where half of them do not. The bounds of what the KPI can be belong to it where the values come near: 0, 100 %.
 */
export function valueExtent(
  kpi: Kpi,
  points: readonly Point[],
  others: readonly (number | null)[],
): [number, number] {
  const values = [...points.map(({ value }) => value), ...others].filter((value) => value !== null);
  if (values.length === 0) return [0, 1];
  let low = least(values);
  let high = greatest(values);
  // Of zeros alone the interval is all there is to see.
  const span = Math.max((high - low) * 0.5, Math.abs(high) * 0.04);
  const [lows, highs] = (["low", "high"] as const).map((end) =>
    points.map((point) => point[end]).filter((one) => one !== null),
  ) as [number[], number[]];
  const room = low === 0 && high === 0 ? Number.POSITIVE_INFINITY : span;
  const below = Math.max(room, Math.min(low - middle(lows, low), span * mostRoom));
  const above = Math.max(room, Math.min(middle(highs, high) - high, span * mostRoom));
  low = Math.min(low, Math.max(least(lows, low), low - below));
  high = Math.max(high, Math.min(greatest(highs, high), high + above));
  if (low === 0 && high === 0) high = kpi.unit === "percent" ? 0.05 : 1;
  if (kpi.kind === "count" || low / high < 0.35) low = Math.min(low, 0);
  const floor = kpi.range[0] ?? (kpi.kind === "growth" ? -1 : Number.NEGATIVE_INFINITY);
  const ceiling = kpi.range[1] ?? Number.POSITIVE_INFINITY;
  if (high === low) [low, high] = [low - Math.abs(low) * 0.1, high + Math.abs(high) * 0.1];
  const pad = (high - low) * 0.04;
  [low, high] = [Math.max(low, floor), Math.min(high, ceiling)];
  const near = (high - low) * 0.7;
  const from = low - floor <= near ? Math.min(low, floor) : low - pad;
  const to = ceiling - high <= near ? Math.max(high, ceiling) : high + pad;
  return [low === 0 ? 0 : Math.max(from, Math.min(floor, low)), to];
}

/** Beyond the values there is at most so much room for intervals, in halves of the values' span: the line stays a line. */
const mostRoom = 6;

/** The middle one of some numbers. */
function middle(numbers: readonly number[], otherwise: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? otherwise;
}

/** How many periods lie between two ticks of time, where `room` of them have room. */
export function everyFor(points: readonly Point[], room: number): number {
  const perYear = 12 / monthsOf[points[0]?.grain ?? "month"];
  const steps = [1, 2, 3, 6].filter((every) => every < perYear && perYear % every === 0);
  for (const every of [...steps, perYear, 2 * perYear, 5 * perYear, 10 * perYear]) {
    if (points.length / every <= room) return every;
  }
  return 20 * perYear;
}
