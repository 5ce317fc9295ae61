import * as Plot from "@observablehq/plot";
import type { Percentiles } from "../../src/published/percentiles.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { greatest, least } from "../../src/statistics/extremes.js";
import { type Choice, scopeText } from "../controls/filterBar.js";
import type { Point } from "../data/series.js";
import type { Site } from "../data/site.js";
import { unshownReason } from "../data/unshown.js";
import { h } from "../element.js";
import { message } from "../pages/message.js";
import { apart, endLabelWidth, labelStep } from "./endLabels.js";
import { withheld } from "./pareto.js";
import { picture } from "./picture.js";
import { timeAxis } from "./timeAxis.js";
import { everyFor } from "./trendScale.js";

const height = 240;
const margin = { top: 14, bottom: 40, left: 46 };

/**
 * Median, mean and 90th percentile over time, named at their ends, apart from each other. They exist over all cases, and by one dimension
 * at a time: with more filters it says so. Null where the choice has no values.
 */
export function percentileChart(
  site: Site,
  kpi: Kpi,
  rows: readonly Percentiles[],
  {
    points,
    point,
    choice,
    width,
  }: { points: readonly Point[]; point: Point | null; choice: Choice; width: number },
): HTMLElement | null {
  const dimensions = [...kpi.dimensions, ...kpi.numerator_dimensions];
  const own = rows.filter(
    (row) =>
      row.kpi_id === kpi.id &&
      row.role === "period" &&
      row.grain === choice.grain &&
      dimensions.every((name) => (row[name] ?? null) === (choice.where[name] ?? null)),
  );
  const { messages, format } = site;
  if (!kpi.percentiles || !point) return null;
  if (own.length === 0)
    return Object.keys(choice.where).length > 0
      ? withheld(messages.trend.percentiles, messages.trend.allCasesOnly)
      : null;
  const byStart = new Map(own.map((row) => [row.period_start, row]));
  const shown = points
    .filter(({ start, partial, value }) => !partial && value !== null && byStart.has(start))
    .slice(-37);
  const lines = [
    {
      label: messages.value.p90,
      colour: "var(--series-2)",
      of: (p: Point) => byStart.get(p.start)?.p90 ?? null,
    },
    { label: messages.value.mean, colour: "var(--grey)", of: (p: Point) => p.value },
    {
      label: messages.value.median,
      colour: "var(--series-1)",
      of: (p: Point) => byStart.get(p.start)?.median ?? null,
    },
  ];
  const row = byStart.get(point.start);
  const last = shown.at(-1);
  if (row?.hidden)
    return withheld(messages.trend.percentiles, `${unshownReason(site, kpi)}${messages.punctuation.stop}`);
  if (!row || !last) return null;
  const value = (number: number | null) => format.value(kpi.unit, { value: number });
  const known = lines.flatMap(({ of }) => shown.map(of)).filter((one) => one !== null);
  const domain: [number, number] = [least(known, 0), greatest(known, 0) || 1];
  const [foot, top] = [height - margin.bottom, margin.top];
  const py = (at: number) => top + ((domain[1] - at) / (domain[1] - domain[0])) * (foot - top);
  const ends = lines
    .flatMap(({ of, colour, label }) => {
      const end = of(last);
      const told = label === messages.value.mean ? format.value(kpi.unit, last) : value(end);
      return end === null ? [] : [{ end, colour, text: `${label} ${told}` }];
    })
    .sort((a, b) => b.end - a.end);
  const heights = apart(
    ends.map(({ end }) => py(end)),
    [top, foot - labelStep / 2],
  );
  const marginRight = endLabelWidth(ends.map(({ text }) => text));
  const room = width - margin.left - marginRight;
  const time = timeAxis(site, shown, { every: everyFor(shown, room / 34), room });
  const chart = Plot.plot({
    width,
    height,
    marginLeft: margin.left,
    marginRight,
    marginTop: margin.top,
    marginBottom: margin.bottom,
    style: {
      fontFamily: "var(--font)",
      fontSize: "12px",
      background: "none",
      color: "var(--grey)",
      overflow: "visible",
    },
    x: { type: "utc", label: null },
    y: { label: null, domain },
    ariaLabel: messages.trend.percentiles,
    marks: [
      Plot.axisY({ ticks: 4, tickSize: 0 }),
      Plot.gridY({ ticks: 4, stroke: "var(--hair)", strokeOpacity: 1 }),
      Plot.axisX(time.ticks, { tickSize: 3, tickFormat: time.text, stroke: "var(--faint)" }),
      ...lines.map(({ of, colour }) =>
        Plot.lineY(shown, {
          x: ({ start }: Point) => new Date(start),
          y: of,
          stroke: colour,
          strokeWidth: 2,
        }),
      ),
      ...ends.map(({ end, colour, text }, index) =>
        Plot.text([last], {
          x: ({ start }: Point) => new Date(start),
          y: () => end,
          text: () => text,
          fill: colour,
          textAnchor: "start",
          dx: 8,
          dy: (heights[index] ?? 0) - py(end),
          fontSize: 12,
          fontWeight: 700,
        }),
      ),
    ],
  });
  return h(
    "section",
    { class: "percentiles" },
    message(
      messages.trend.percentilesTitle(value(row.median), value(row.p90)),
      messages.trend.percentilesShown(scopeText(site, choice), format.period(point.grain, point.start)),
      "h2",
    ),
    picture(chart),
  );
}
