import * as Plot from "@observablehq/plot";
import { isFinal, isUnshown } from "../../src/kpi/coverage.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { append } from "../../src/statistics/extremes.js";
import { sayReason } from "../data/headline.js";
import { countHead } from "../data/labels.js";
import type { Point } from "../data/series.js";
import type { Site } from "../data/site.js";
import { measureText } from "../data/text.js";
import { endLabels, endLabelWidth, endTexts } from "./endLabels.js";
import { picture } from "./picture.js";
import { type TimeAxis, timeAxis } from "./timeAxis.js";
import { type ChartScale, chartScale } from "./trendScale.js";

export interface TrendChartOptions {
  width: number;
  height?: number;
  /** Target in force in each period, in the KPI's machine unit; drawn where not null. */
  targets?: readonly (number | null)[];
  /** Values drawn thin behind the line; default the same period last year. */
  behind?: readonly (number | null)[];
  behindLabel?: string;
  /** Smallest and largest value of the axis; default from the data. Small multiples share one. */
  domain?: readonly [number, number];
  /** Small multiples leave out labels, ticks of minor periods and the tip. */
  compact?: boolean;
  /** A CSS colour; default the accent. */
  colour?: string;
  /** Stretches of days behind the lines, each with its name, and a day that a line marks. */
  marked?: { stretches: readonly { name: string; start: string; end: string }[]; day: string; name: string };
}

/**
 * A KPI's run of values: a line with its 95 % band, last year thin behind it, the target dotted and labelled at
 * its end. The segment to a partial period is dashed and its point open; immature periods are lighter with open
 * points. Periods without a value leave a gap.
 */
export function trendChart(
  site: Site,
  kpi: Kpi,
  points: readonly Point[],
  options: TrendChartOptions,
): Element {
  const { width, compact = false, height = compact ? 132 : 320, colour = "var(--accent)" } = options;
  const behind =
    options.behind ?? points.map(({ lastYear, partial }) => (partial ? null : (lastYear?.value ?? null)));
  const targets = options.targets ?? points.map(() => null);
  const named = endTexts(site, kpi, points, { behind, targets, behindLabel: options.behindLabel });
  const scale = chartScale(site, kpi, points, {
    width,
    height,
    compact,
    behind,
    targets,
    domain: options.domain,
    endLabels: endLabelWidth(
      named.filter(({ index }) => index === points.length - 1).map(({ text }) => text),
    ),
  });
  // Where days are marked a period's value stands in its middle, or a change in it would come before its day.
  const dayOf = (point: Point) => (options.marked ? middleOf(point) : new Date(point.start));
  const date = points.map(dayOf);
  const [begin, until] = options.marked
    ? [points[0]?.start, points.at(-1)?.end].map((day) => new Date(day ?? 0))
    : [date[0] ?? new Date(0), date.at(-1) ?? new Date(1)];
  const range = [begin ?? new Date(0), until ?? new Date(1)] as const;
  const indices = points.map((_, index) => index);
  const valueAt = (index: number) => scale.shown(points[index]?.value ?? null);
  const behindAt = (index: number) => scale.shown(behind[index] ?? null);
  const hasEnds = (index: number) => points[index]?.low != null && points[index]?.high != null;
  const isFirm = (index: number) => isFinal(points[index]);
  const firm = indices.map((index) => (isFirm(index) ? valueAt(index) : null));
  const x = (index: number) => date[index];
  const open = indices.filter((index) => !isFirm(index) && valueAt(index) !== null);
  const last = indices.findLast((index) => isFirm(index) && valueAt(index) !== null);

  const time = timeAxis(site, points, {
    every: scale.tickEvery,
    room: width - scale.margin.left - scale.margin.right,
    compact,
  });
  const marks: Plot.Markish[] = [
    ...(options.marked ? markedDays(options.marked, scale, range, width) : []),
    Plot.axisY({
      ticks: scale.ticks,
      tickFormat: (value: number) => scale.tickText(value),
      tickSize: 0,
      anchor: "left",
    }),
    Plot.gridY(scale.ticks, { stroke: "var(--hair)", strokeOpacity: 1 }),
    ...periodAxis(time, options.marked !== undefined, points),
    Plot.areaY(indices, {
      x,
      y1: (index: number) => scale.shown(points[index]?.low ?? null),
      y2: (index: number) => scale.shown(points[index]?.high ?? null),
      fill: colour,
      fillOpacity: compact ? 0.12 : 0.15,
      clip: true,
    }),
    // An area of one period has no width.
    Plot.ruleX(
      indices.filter((index) => hasEnds(index) && !hasEnds(index - 1) && !hasEnds(index + 1)),
      {
        x,
        y1: (index: number) => scale.shown(points[index]?.low ?? null),
        y2: (index: number) => scale.shown(points[index]?.high ?? null),
        stroke: colour,
        strokeOpacity: 0.3,
        strokeWidth: compact ? 2 : 4,
        clip: true,
      },
    ),
    Plot.lineY(indices, {
      x,
      y: behindAt,
      stroke: "var(--grey)",
      strokeWidth: 1,
      strokeOpacity: 0.7,
    }),
    // A line of one period has no length.
    Plot.dot(
      indices.filter((index) => behindAt(index) !== null && isAlone(index, behindAt)),
      { x, y: behindAt, r: 1.6, fill: "var(--grey)", fillOpacity: 0.7 },
    ),
    Plot.lineY(indices, {
      x,
      y: (index: number) => scale.shown(targets[index] ?? null),
      stroke: "var(--ink)",
      strokeWidth: 1.2,
      strokeDasharray: "1.5 3",
      strokeLinecap: "round",
      curve: "step",
    }),
    ...(scale.domain[0] < 0 && scale.domain[1] > 0
      ? [Plot.ruleY([0], { stroke: "var(--grey)", strokeWidth: 1 })]
      : []),
    ...beyondAxis(points, scale, { x, colour, size: compact ? 8 : 10 }),
    unshownMarks(points, scale, { x, size: compact ? 9 : 11 }),
    segments(points, valueAt, x, colour),
    Plot.lineY(firm, {
      x: (_: unknown, index: number) => date[index],
      y: (value: number | null) => value,
      stroke: colour,
      strokeWidth: 2,
    }),
    Plot.dot(open, {
      x,
      y: valueAt,
      r: compact ? 2.2 : 3.2,
      fill: "var(--paper)",
      stroke: colour,
      strokeWidth: 1.4,
    }),
  ];
  if (!compact) {
    const solid = indices.filter((index) => isFirm(index) && valueAt(index) !== null);
    marks.push(Plot.dot(solid, { x, y: valueAt, r: 2.6, fill: colour }));
    const lines = [points.map(({ value }) => value), targets, behind];
    append(marks, endLabels(named, scale, { date, lines, width, height }));
    marks.push(
      Plot.ruleX(indices, Plot.pointerX({ x, stroke: "var(--faint)" })),
      Plot.tip(
        indices.filter((index) => valueAt(index) !== null || isUnshown(points[index])),
        Plot.pointerX({
          x,
          y: (index: number) => valueAt(index) ?? scale.domain[0],
          title: (index: number) => tipText(site, kpi, points[index]),
          fontSize: 12,
          lineHeight: 1.35,
          fill: "var(--paper)",
          stroke: "var(--faint)",
        }),
      ),
    );
  } else {
    const alone = indices.filter((index) => isFirm(index) && isAlone(index, valueAt));
    marks.push(Plot.dot(alone, { x, y: valueAt, r: 1.4, fill: colour }));
  }
  if (compact && last !== undefined) {
    marks.push(Plot.dot([last], { x, y: valueAt, r: 2.6, fill: colour }));
  }
  const first = points[0];
  const end = points.at(-1);
  const chart = Plot.plot({
    width,
    height,
    marginTop: scale.margin.top,
    marginRight: scale.margin.right,
    marginBottom: scale.margin.bottom,
    marginLeft: scale.margin.left,
    style: {
      fontFamily: "var(--font)",
      fontSize: compact ? "11px" : "12px",
      background: "none",
      color: "var(--grey)",
      overflow: "visible",
    },
    x: { type: "utc", domain: [...range], label: null },
    y: { domain: scale.domain, label: null },
    ariaLabel: site.messages.trend.chartLabel(
      kpi.label[site.language],
      first ? site.format.period(first.grain, first.start) : "",
      end ? site.format.period(end.grain, end.start) : "",
    ),
    marks,
  });
  return picture(chart);
}

/** Ticks where periods begin, with their names there, or below values that stand in the periods' middles. */
function periodAxis(
  { ticks, text }: TimeAxis,
  isInMiddle: boolean,
  points: readonly Point[],
): Plot.Markish[] {
  const tick = { tickSize: 3, stroke: "var(--faint)" };
  if (!isInMiddle) return [Plot.axisX(ticks, { ...tick, tickFormat: text })];
  const begins = new Map(ticks.map((begin) => [begin.toISOString().slice(0, 10), begin]));
  const middles = points.flatMap((point) => {
    const begin = begins.get(point.start);
    return begin ? [[middleOf(point), begin] as const] : [];
  });
  const named = new Map(middles.map(([middle, begin]) => [middle.getTime(), text(begin)]));
  return [
    Plot.axisX(ticks, { ...tick, tickFormat: () => "" }),
    Plot.axisX(
      middles.map(([middle]) => middle),
      { tickSize: 0, tickPadding: 6, tickFormat: (middle: Date) => named.get(middle.getTime()) ?? "" },
    ),
  ];
}

const middleOf = ({ start, end }: Point) => new Date((Date.parse(start) + Date.parse(end)) / 2);

/** Grounds of stretches of days under their names, and a thin rule at a day. */
function markedDays(
  { stretches, day, name }: NonNullable<TrendChartOptions["marked"]>,
  { domain: [low, high], margin }: ChartScale,
  [first, last]: readonly [Date, Date],
  width: number,
): Plot.Markish[] {
  const within = (text: string) =>
    new Date(Math.min(Math.max(new Date(text).getTime(), first.getTime()), last.getTime()));
  // A day still to come has no place among the periods that there are.
  const days = [new Date(day)].filter((one) => one >= first && one <= last);
  const pxPerMs = (width - margin.left - margin.right) / Math.max(1, last.getTime() - first.getTime());
  const room = stretches.map(
    ({ start, end }) => (within(end).getTime() - within(start).getTime()) * pxPerMs - 10,
  );
  const taken = measureText(name, 12) + 12;
  const hasNames = stretches.every(
    (each, index) => measureText(each.name, 12) + (index === 0 ? taken : 0) <= (room[index] ?? 0),
  );
  return [
    Plot.rect(stretches, {
      x1: ({ start }: (typeof stretches)[number]) => within(start),
      x2: ({ end }: (typeof stretches)[number]) => within(end),
      y1: low,
      y2: high,
      fill: "var(--hair)",
      fillOpacity: (_: unknown, index: number) => (index === 0 ? 0.5 : 0.9),
    }),
    Plot.text(hasNames ? stretches : [], {
      x: ({ start }: (typeof stretches)[number]) => within(start),
      frameAnchor: "top",
      textAnchor: "start",
      dx: 5,
      dy: 3,
      text: "name",
      fill: "var(--grey)",
    }),
    Plot.ruleX(days, { stroke: "var(--ink)", strokeWidth: 1 }),
    Plot.text(days, {
      x: (one: Date) => one,
      frameAnchor: "top",
      textAnchor: "end",
      dx: -5,
      dy: 3,
      text: () => name,
      fill: "var(--ink)",
    }),
  ];
}

/** Whether the periods beside one have no value. */
const isAlone = (index: number, valueAt: (index: number) => number | null) =>
  [index - 1, index + 1].every((near) => valueAt(near) === null);

const isOpen = ({ partial, incomplete }: Point) => partial || incomplete;

/** The stretches from and to periods not firm: dashed at a partial or incomplete one, light at an immature one. */
function segments(
  points: readonly Point[],
  valueAt: (index: number) => number | null,
  x: (index: number) => Date | undefined,
  colour: string,
): Plot.Markish[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (before === undefined || (isFinal(before) && isFinal(point))) return [];
    const isDashed = isOpen(before) || isOpen(point);
    if (valueAt(index) === null || valueAt(index - 1) === null) return [];
    return [
      Plot.lineY([index - 1, index], {
        x,
        y: valueAt,
        stroke: colour,
        strokeWidth: 2,
        strokeOpacity: isDashed ? 1 : 0.5,
        ...(isDashed ? { strokeDasharray: "4 4" } : {}),
      }),
    ];
  });
}

/** A cross at the foot of a period whose value is not shown, which is not the gap of a period without one. */
function unshownMarks(
  points: readonly Point[],
  scale: ChartScale,
  { x, size }: { x: (index: number) => Date | undefined; size: number },
): Plot.Markish {
  return Plot.text(
    points.flatMap((point, index) => (isUnshown(point) ? [index] : [])),
    {
      className: "unshown",
      x,
      y: () => scale.domain[0],
      text: () => "×",
      dy: -size / 2,
      fill: "var(--grey)",
      fontSize: size,
    },
  );
}

/** Whether an interval of a chart goes on beyond its axis. */
export const leavesAxis = (chart: Element): boolean => chart.querySelector(".beyond text") !== null;

/** A small triangle at the edge of the axis where an interval goes on beyond it. */
function beyondAxis(
  points: readonly Point[],
  scale: ChartScale,
  { x, colour, size }: { x: (index: number) => Date | undefined; colour: string; size: number },
): Plot.Markish[] {
  const [low, high] = scale.domain;
  const ends = [
    {
      y: high,
      text: "▲",
      dy: size / 2,
      isOut: ({ high: end }: Point) => (scale.shown(end) ?? high) > high + 1e-9,
    },
    {
      y: low,
      text: "▼",
      dy: -size / 2,
      isOut: ({ low: end }: Point) => (scale.shown(end) ?? low) < low - 1e-9,
    },
  ];
  return ends.map(({ y, text, dy, isOut }) =>
    Plot.text(
      points.flatMap((point, index) => (isOut(point) ? [index] : [])),
      {
        className: "beyond",
        x,
        y: () => y,
        text: () => text,
        dy,
        fill: colour,
        fillOpacity: 0.7,
        fontSize: size,
      },
    ),
  );
}

function tipText(site: Site, kpi: Kpi, point: Point | undefined): string {
  if (!point) return "";
  const { messages, format } = site;
  const period = format.period(point.grain, point.start);
  if (point.reason && isUnshown(point)) return `${period}\n${sayReason(site, point.reason)}`;
  const lines = [`${period}  ${format.value(kpi.unit, point)}`];
  if (point.low !== null && point.high !== null) {
    const end = (value: number) => format.number(kpi.unit, { ...point, value });
    lines.push(`${messages.value.interval} ${end(point.low)} – ${end(point.high)}`);
  }
  if (point.lastYear) {
    lines.push(`${messages.fishbone.versusLastYear} ${format.delta(kpi.unit, point.lastYear.delta, point)}`);
  }
  lines.push(`${countHead(site, kpi)} ${format.integer(point.n)}`);
  append(lines, marksOf(site, point));
  return lines.join("\n");
}

/** What stands against a value being final, in words. */
export function marksOf(site: Site, point: Point): string[] {
  const { messages, format } = site;
  const marks: string[] = [];
  if (point.partial) marks.push(messages.mark.partial(format.day(point.lastDay)));
  else if (!point.mature && point.value !== null) marks.push(immatureText(site, point));
  if (point.reason) marks.push(sayReason(site, point.reason));
  return marks;
}

/** Why a complete period's value is not final. */
function immatureText(site: Site, point: Point): string {
  const { messages, format } = site;
  if (point.maturesOn !== null) return messages.mark.immature(format.day(point.maturesOn, true));
  return `${messages.mark.immatureShort} · ${messages.value.awaiting} ${format.integer(point.awaiting)}`;
}
