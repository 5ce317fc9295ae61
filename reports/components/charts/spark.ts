import type { Kpi } from "../../src/published/siteTypes.js";
import { greatest, least } from "../../src/statistics/extremes.js";
import type { Point } from "../data/series.js";
import type { Site } from "../data/site.js";
import { s } from "../element.js";

export interface SparkOptions {
  width?: number;
  height?: number;
  /** How many periods, the last one being `until`; default 13. */
  count?: number;
  /** Start of the last period drawn; default the last complete one. */
  until?: string | undefined;
}

/** The points of a spark line, and what their KPI is told in. */
export interface Sparked {
  kpi: Pick<Kpi, "unit">;
  points: readonly Point[];
}

/**
 * A spark line as an SVG group whose origin is its top left corner: the run of values, the last one as a dot. Values that
 * differ by less than their number shows are drawn level.
 */
export function spark({ format }: Site, { kpi, points }: Sparked, options: SparkOptions = {}): SVGElement {
  const { width = 64, height = 16, count = 13 } = options;
  const last = points.findLastIndex(({ start, partial }) =>
    options.until ? start === options.until : !partial,
  );
  const shown = points.slice(Math.max(0, last + 1 - count), last + 1);
  const values = shown.map(({ value }) => value).filter((value) => value !== null);
  if (values.length === 0) return s("g", { class: "spark" });
  const [low, high] = [least(values), greatest(values)];
  const valued = shown.findLast(({ value }) => value !== null);
  const isFlat =
    high === low || (valued !== undefined && high - low < 0.999 * format.precision(kpi.unit, valued));
  const inset = 2.5;
  const x = (index: number) => inset + (index / Math.max(1, shown.length - 1)) * (width - 2 * inset);
  const y = (value: number) =>
    isFlat ? height / 2 : height - inset - ((value - low) / (high - low)) * (height - 2 * inset);
  let path = "";
  const alone: SVGElement[] = [];
  shown.forEach(({ value }, index) => {
    if (value === null) return;
    const [before, after] = [shown[index - 1]?.value ?? null, shown[index + 1]?.value ?? null];
    path += `${before === null ? "M" : "L"}${x(index).toFixed(1)},${y(value).toFixed(1)}`;
    if (before === null && after === null) alone.push(s("circle", { cx: x(index), cy: y(value), r: 1.3 }));
  });
  const end = shown.at(-1);
  return s(
    "g",
    { class: "spark", "aria-hidden": "true" },
    s("path", { d: path, fill: "none", "stroke-linecap": "round" }),
    alone,
    end?.value != null && s("circle", { cx: x(shown.length - 1), cy: y(end.value), r: 2.2 }),
  );
}

/** The spark line as an element of its own. */
export function sparkFigure(site: Site, sparked: Sparked, options: SparkOptions = {}): SVGElement {
  const { width = 64, height = 16 } = options;
  return s(
    "svg",
    { class: "spark-figure", width, height, viewBox: `0 0 ${width} ${height}` },
    spark(site, sparked, options),
  );
}
