import { monthsOf } from "./kpi/periods.js";
import type { Point } from "./series.js";
import type { Site } from "./site.js";
import type { Kpi } from "./siteTypes.js";

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
  tickText(site: Site, tick: number): string;
}

interface ScaleOptions {
  width: number;
  height: number;
  compact: boolean;
  behind: readonly (number | null)[];
  targets: readonly (number | null)[];
  domain: readonly [number, number] | undefined;
}

/** A scale that holds values, targets and what stands behind them, and the intervals as far as they stay readable. */
export function chartScale(kpi: Kpi, points: readonly Point[], options: ScaleOptions): ChartScale {
  const { width, height, compact, behind, targets } = options;
  const factor = kpi.unit === "percent" ? 100 : 1;
  const shown = (value: number | null) => (value === null || !Number.isFinite(value) ? null : value * factor);
  const extent = options.domain ?? valueExtent(kpi, points, [...behind, ...targets]);
  const step = niceStep((extent[1] - extent[0]) * factor, compact ? 2 : 5);
  const low = Math.floor((extent[0] * factor) / step + 1e-9) * step;
  const high = Math.max(low + step, Math.ceil((extent[1] * factor) / step - 1e-9) * step);
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, index) => low + index * step);
  const margin = compact
    ? { top: 8, right: 10, bottom: 20, left: 34 }
    : { top: 14, right: width < 600 ? 96 : 128, bottom: 40, left: width < 600 ? 38 : 46 };
  const inner = height - margin.top - margin.bottom;
  const room = (width - margin.left - margin.right) / (points[0]?.grain === "month" ? 34 : 52);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    domain: [low, high],
    ticks,
    tickEvery: everyFor(points, room),
    margin,
    shown,
    py: (value) => margin.top + ((high - value) / (high - low)) * inner,
    value: (py) => high - ((py - margin.top) / inner) * (high - low),
    tickText: (site, tick) => {
      const text = tick.toFixed(decimals);
      const number = Number(text) === 0 ? (0).toFixed(decimals) : text;
      const signed = number.replace("-", "\u2212").replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");
      return kpi.unit === "percent" ? `${signed}${site.language === "en" ? "\u00a0" : ""}%` : signed;
    },
  };
}

/** The smallest and largest of what is drawn; an interval counts up to half the values' own span beyond them. */
export function valueExtent(
  kpi: Kpi,
  points: readonly Point[],
  others: readonly (number | null)[],
): [number, number] {
  const values = [...points.map(({ value }) => value), ...others].filter((value) => value !== null);
  if (values.length === 0) return [0, 1];
  let low = Math.min(...values);
  let high = Math.max(...values);
  const room = Math.max((high - low) * 0.5, Math.abs(high) * 0.04, 1e-6);
  for (const point of points) {
    if (point.low !== null) low = Math.min(low, Math.max(point.low, Math.min(...values) - room));
    if (point.high !== null) high = Math.max(high, Math.min(point.high, Math.max(...values) + room));
  }
  if (kpi.kind === "count" || low / high < 0.35) low = Math.min(low, 0);
  const pad = (high - low) * 0.04;
  const floor = kpi.range[0] ?? Number.NEGATIVE_INFINITY;
  const ceiling = kpi.range[1] ?? Number.POSITIVE_INFINITY;
  return [Math.max(low === 0 ? 0 : low - pad, floor), Math.min(high + pad, Math.max(ceiling, high))];
}

function niceStep(span: number, count: number): number {
  const raw = Math.max(span, 1e-9) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

function everyFor(points: readonly Point[], room: number): number {
  const perYear = 12 / monthsOf[points[0]?.grain ?? "month"];
  const steps = [1, 2, 3, 6].filter((every) => every < perYear && perYear % every === 0);
  for (const every of [...steps, perYear, 2 * perYear, 5 * perYear, 10 * perYear]) {
    if (points.length / every <= room) return every;
  }
  return 20 * perYear;
}
