import * as Plot from "@observablehq/plot";
import type { CompanyScore } from "../../src/published/scoreTypes.js";
import { least } from "../../src/statistics/extremes.js";
import { gradeLabel, points } from "../data/scores.js";
import type { Site } from "../data/site.js";
import { measureText } from "../data/text.js";
import { s } from "../element.js";
import { apart } from "./endLabels.js";
import { overPoint, placedAround } from "./labelPlace.js";
import { picture } from "./picture.js";

/** A scorecard's totals by period, the oldest first, with the grades' limits; the chosen period stands out. */
export function scoreChart(
  site: Site,
  scores: readonly CompanyScore[],
  { width, height = 190, chosen, label }: { width: number; height?: number; chosen: string; label: string },
): Element {
  const { catalogue, language, format } = site;
  const known = scores.filter(({ total }) => total !== null);
  const start = ({ period_start }: CompanyScore) => period_start;
  const tick = (period: string) => {
    const grain = scores[0]?.grain ?? "month";
    const year = isFirstOfYear(scores, period) && grain !== "year" ? format.period("year", period) : "";
    return `${format.shortPeriod(grain, period)}\n${year}`;
  };
  const limits = catalogue.grades.filter(({ from }) => from > 0);
  const lowest = least([...known.map(({ total }) => total ?? 0), ...limits.map(({ from }) => from)]);
  const floor = Math.max(0, Math.floor((lowest - 12) / 10) * 10);
  const marginRight = language === "en" ? 72 : 56;
  const labels = totalLabels(
    site,
    scores,
    limits.map(({ from }) => from),
    { width: width - margin.left - marginRight, height, floor },
  );
  // From the top down, moved apart where limits lie close together.
  const falling = limits.toSorted((a, b) => b.from - a.from);
  const room = height - margin.top - margin.bottom;
  const heightOf = (value: number) => margin.top + ((100 - value) / (100 - floor)) * room;
  const placed = apart(
    falling.map(({ from }) => heightOf(from)),
    [margin.top, height - margin.bottom],
  );
  const chart = Plot.plot({
    width,
    height,
    marginLeft: margin.left,
    marginRight,
    marginTop: margin.top,
    marginBottom: margin.bottom,
    style: { fontFamily: "var(--font)", fontSize: "12px", background: "transparent" },
    ariaLabel: label,
    x: { type: "point", domain: scores.map(start), tickFormat: tick, label: null, tickSize: 0, padding },
    y: { domain: [floor, 100], axis: null },
    marks: [
      Plot.ruleY([floor], { stroke: "var(--faint)" }),
      Plot.ruleY(limits, { y: "from", stroke: "var(--ink)", strokeWidth: 1, strokeDasharray: "1.5 3" }),
      falling.map((grade, index) =>
        Plot.text([grade], {
          y: "from",
          frameAnchor: "right",
          textAnchor: "start",
          dx: 6,
          dy: (placed[index] ?? 0) - heightOf(grade.from),
          fill: "var(--grey)",
          text: ({ from, id }) => `${gradeLabel(site, id)} ${from}`,
        }),
      ),
      grounds(labels),
      Plot.lineY(scores, { x: start, y: "total", stroke: "var(--accent)", strokeWidth: 2 }),
      Plot.dot(known, {
        x: start,
        y: "total",
        fill: "var(--accent)",
        r: ({ period_start }) => (period_start === chosen ? 5 : 2.6),
      }),
      labels.map(({ score, text, dy }) =>
        Plot.text([score], { x: start, y: "total", dy, text: () => text, fill: "var(--ink)" }),
      ),
    ],
    r: { type: "identity" },
  });
  return picture(chart);
}

/** Fits a little more than the label of a total. */
const [labelSize, around] = [12, 3];

interface Frame {
  width: number;
  height: number;
  floor: number;
}

const margin = { top: 18, bottom: 38, left: 8 };
const padding = 0.4;

/** The labels of the totals, each above or below its point where it covers less of the line and of the grades' limits. */
function totalLabels(
  site: Site,
  scores: readonly CompanyScore[],
  limits: readonly number[],
  { width, height, floor }: Frame,
): { score: CompanyScore; text: string; dy: number; width: number }[] {
  const step = width / (scores.length - 1 + 2 * padding);
  const y = (value: number) =>
    margin.top + ((100 - value) / (100 - floor)) * (height - margin.top - margin.bottom);
  const line = scores.map(({ total }, index) =>
    total === null ? null : { x: margin.left + step * (padding + index), y: y(total) },
  );
  const rules = limits.map((limit) => [margin.left, margin.left + width].map((x) => ({ x, y: y(limit) })));
  const labels = scores.flatMap((score, index) => {
    const at = line[index];
    const text = points(site, score.total);
    return at ? [{ score, text, at, width: measureText(text, labelSize) }] : [];
  });
  const room = { left: 0, right: margin.left + width, top: 6, bottom: height - margin.bottom };
  const places = placedAround(
    labels.map((label) => ({ ...label.at, width: label.width, isAbove: true })),
    room,
    [line, ...rules],
    overPoint,
  );
  return labels.map(({ at, ...label }, index) => ({ ...label, dy: (places[index]?.y ?? at.y) - at.y }));
}

/** Paper behind labels, so that no limit runs through them; an outline of the letters would be printed as a drawing. */
function grounds(labels: ReturnType<typeof totalLabels>): Plot.RenderFunction {
  return (_index, { x, y }) =>
    s(
      "g",
      {},
      labels.map(({ score, dy, width }) =>
        s("rect", {
          class: "label-ground",
          x: Number(x?.(score.period_start)) - width / 2 - around,
          y: Number(y?.(score.total)) + dy - labelSize / 2 - 1,
          width: width + 2 * around,
          height: labelSize + 2,
          fill: "var(--ground)",
        }),
      ),
    );
}

function isFirstOfYear(scores: readonly CompanyScore[], start: string): boolean {
  return (
    scores.find(({ period_start }) => period_start.slice(0, 4) === start.slice(0, 4))?.period_start === start
  );
}
