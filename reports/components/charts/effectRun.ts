import * as Plot from "@observablehq/plot";
import type { Kpi } from "../../src/published/siteTypes.js";
import { greatest, least } from "../../src/statistics/extremes.js";
import type { Site } from "../data/site.js";
import { measureText } from "../data/text.js";
import { changeAxis } from "./changeAxis.js";
import { picture } from "./picture.js";

/** An effect at a place in time. */
export interface RunPoint {
  name: string;
  delta: number | null;
  low: number | null;
  high: number | null;
  isOwn: boolean;
}

/**
 * Effects side by side in the order of time, a point with its 95 % interval each, no change at the line.
 * @param before how many of them lie before the start, which is drawn as a line
 */
export function effectRun(
  site: Site,
  kpi: Kpi,
  points: readonly RunPoint[],
  {
    width,
    height = 220,
    before = null,
    label,
  }: { width: number; height?: number; before?: number | null; label: string },
): Element {
  const factor = kpi.unit === "percent" ? 100 : 1;
  const known = points.flatMap(({ delta, low, high }, index) =>
    delta === null
      ? []
      : [{ index, delta: delta * factor, low: (low ?? delta) * factor, high: (high ?? delta) * factor }],
  );
  const isOwn = (index: number) => points[index]?.isOwn ?? false;
  const values = known.flatMap(({ low, high }) => [low, high]);
  const [bottom, top] = [least(values, 0), greatest(values, 0)];
  const axis = changeAxis(site, kpi, [bottom, top], 5);
  const colour = ({ index }: { index: number }) => (isOwn(index) ? "var(--accent)" : "var(--grey)");
  const room = (width - 70) / points.length;
  const every = Math.max(
    1,
    Math.ceil(
      (greatest(
        points.map(({ name }) => measureText(name, 12)),
        0,
      ) +
        10) /
        room,
    ),
  );
  const shown = points.map((_, index) => index).filter((index) => (points.length - 1 - index) % every === 0);
  const left =
    greatest(
      [bottom, top].map((value) => measureText(axis(value), 12)),
      0,
    ) + 22;
  const chart = Plot.plot({
    width,
    height,
    marginTop: 24,
    marginBottom: 30,
    marginLeft: Math.ceil(left),
    marginRight: 12,
    style: {
      fontFamily: "var(--font)",
      fontSize: "12px",
      background: "none",
      color: "var(--grey)",
      overflow: "visible",
    },
    x: { type: "linear", domain: [-0.6, points.length - 0.4], axis: null },
    y: {
      domain: [bottom, top],
      nice: true,
      label: null,
      ticks: 5,
      tickSize: 0,
      grid: true,
      tickFormat: axis,
    },
    r: { type: "identity" },
    ariaLabel: label,
    marks: [
      Plot.ruleY([0], { stroke: "var(--grey)" }),
      before === null
        ? null
        : [
            Plot.ruleX([before - 0.5], { stroke: "var(--ink)", strokeWidth: 1 }),
            Plot.text([before - 0.5], {
              x: (value: number) => value,
              frameAnchor: "top",
              dy: -14,
              text: () => site.messages.benefits.trend.start,
              fill: "var(--ink)",
            }),
          ],
      Plot.ruleX(known, { x: "index", y1: "low", y2: "high", stroke: colour, strokeWidth: 2 }),
      Plot.dot(known, {
        x: "index",
        y: "delta",
        r: 4,
        fill: ({ index }: { index: number }) => (isOwn(index) ? "var(--accent)" : "var(--paper)"),
        stroke: colour,
        strokeWidth: 1.6,
      }),
      Plot.text(shown, {
        x: (index: number) => index,
        frameAnchor: "bottom",
        dy: 18,
        text: (index: number) => points[index]?.name ?? "",
        fill: "var(--grey)",
      }),
    ],
  });
  return picture(chart);
}
