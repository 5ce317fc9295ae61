import * as Plot from "@observablehq/plot";
import { least } from "./kpi/extremes.js";
import { picture } from "./picture.js";
import { gradeLabel, points } from "./scores.js";
import type { CompanyScore } from "./scoreTypes.js";
import type { Site } from "./site.js";

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
  const chart = Plot.plot({
    width,
    height,
    marginLeft: 8,
    marginRight: language === "en" ? 72 : 56,
    marginTop: 18,
    marginBottom: 38,
    style: { fontFamily: "var(--font)", fontSize: "12px", background: "transparent" },
    ariaLabel: label,
    x: { type: "point", domain: scores.map(start), tickFormat: tick, label: null, tickSize: 0, padding: 0.4 },
    y: { domain: [floor, 100], axis: null },
    marks: [
      Plot.ruleY([floor], { stroke: "var(--faint)" }),
      Plot.ruleY(limits, { y: "from", stroke: "var(--ink)", strokeWidth: 1, strokeDasharray: "1.5 3" }),
      Plot.text(limits, {
        y: "from",
        frameAnchor: "right",
        textAnchor: "start",
        dx: 6,
        fill: "var(--grey)",
        text: ({ from, id }) => `${gradeLabel(site, id)} ${from}`,
      }),
      Plot.lineY(scores, { x: start, y: "total", stroke: "var(--accent)", strokeWidth: 2 }),
      Plot.dot(known, {
        x: start,
        y: "total",
        fill: "var(--accent)",
        r: ({ period_start }) => (period_start === chosen ? 5 : 2.6),
      }),
      [-12, 13].map((dy) =>
        Plot.text(
          known.filter((_, index) => isValley(known, index) === dy > 0),
          {
            x: start,
            y: "total",
            dy,
            text: (score) => points(site, score.total),
            fill: "var(--ink)",
            stroke: "var(--ground)",
            strokeWidth: 4,
          },
        ),
      ),
    ],
    r: { type: "identity" },
  });
  return picture(chart);
}

/** Whether the line comes down to a total and goes up from it: its label has room below. */
function isValley(scores: readonly CompanyScore[], index: number): boolean {
  const at = (other: number) => scores[other]?.total ?? Number.NEGATIVE_INFINITY;
  const before = index === 0 ? at(1) : at(index - 1);
  const after = index === scores.length - 1 ? at(index - 1) : at(index + 1);
  return before > at(index) && after > at(index);
}

function isFirstOfYear(scores: readonly CompanyScore[], start: string): boolean {
  return (
    scores.find(({ period_start }) => period_start.slice(0, 4) === start.slice(0, 4))?.period_start === start
  );
}
