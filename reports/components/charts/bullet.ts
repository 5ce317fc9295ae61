import { greatest, least } from "../../src/statistics/extremes.js";
import type { Headline } from "../data/headline.js";
import { s } from "../element.js";

/** A bullet graph: a bar to the value, a long tick at the target, a short one at the floor. Null without a target. */
export function bullet({ kpi, point, target, status }: Headline, { width = 240 } = {}): SVGElement | null {
  if (point?.value == null || !target) return null;
  const height = 14;
  const limits = [point.value, target.target, target.floor ?? 0, target.stretch ?? 0];
  const isScore = kpi.unit === "score";
  const low = least(limits, 0);
  const high = isScore ? greatest(limits, 100) : greatest(limits) * 1.12 || 1;
  const x = (value: number) => ((value - low) / (high - low)) * width;
  const tick = (value: number | null, className: string, inset: number) =>
    value !== null &&
    s("line", { class: className, x1: x(value), x2: x(value), y1: inset, y2: height - inset });
  return s(
    "svg",
    {
      class: `bullet status-${status}`,
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: "none",
      height,
      "aria-hidden": "true",
    },
    s("rect", { class: "range", x: 0, y: 3, width, height: height - 6 }),
    s("rect", {
      class: "bar",
      x: Math.min(x(0), x(point.value)),
      y: 4.5,
      width: Math.abs(x(point.value) - x(0)),
      height: height - 9,
    }),
    tick(target.floor, "floor", 3.5),
    tick(target.target, "target", 0.5),
  );
}
