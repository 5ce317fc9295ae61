import * as Plot from "@observablehq/plot";
import type { Kpi } from "../../src/published/siteTypes.js";
import { greatest } from "../../src/statistics/extremes.js";
import type { Point } from "../data/series.js";
import type { Site } from "../data/site.js";
import { measureText } from "../data/text.js";
import { type Place, placedAround } from "./labelPlace.js";
import type { ChartScale } from "./trendScale.js";

interface EndText {
  /** The machine value that the label stands at, and the period it is of. */
  value: number;
  index: number;
  text: string;
  fill: string;
  weight: number;
  /** The line comes to it from below, so that there is room above. */
  rises: boolean;
}

/** What the lines are called at their right ends: the latest firm value, the target, and what stands behind. */
export function endTexts(
  site: Site,
  kpi: Kpi,
  points: readonly Point[],
  lines: {
    behind: readonly (number | null)[];
    targets: readonly (number | null)[];
    behindLabel: string | undefined;
  },
): EndText[] {
  const { messages, format } = site;
  const firm = points.map(({ mature, partial, value }) => (mature && !partial ? value : null));
  const end = (
    line: readonly (number | null)[],
    textOf: (value: number, index: number) => string,
    fill: string,
    weight = 400,
  ): EndText[] => {
    const index = line.findLastIndex((value) => value !== null);
    const value = line[index] ?? null;
    if (value === null) return [];
    const rises = (line[index - 1] ?? value) <= value;
    return [{ value, index, text: textOf(value, index), fill, weight, rises }];
  };
  const own = (_: number, index: number) => format.value(kpi.unit, points[index] ?? { value: null });
  const target = (value: number) => `${messages.value.target} ${format.limit(kpi.unit, value)}`;
  const behind = () => lines.behindLabel ?? messages.value.lastYear;
  return [
    ...end(firm, own, "var(--ink)", 700),
    ...end(lines.targets, target, "var(--ink)"),
    ...end(lines.behind, behind, "var(--grey)"),
  ];
}

/**
 * Names the lines at their ends: to the right of those that reach the right edge, moved apart so that none covers
 * another; beside the last point of one that ends earlier, where it covers least of the lines.
 *
 * @param lines what is drawn, in the KPI's machine unit
 */
export function endLabels(
  named: readonly EndText[],
  scale: ChartScale,
  {
    date,
    lines,
    width,
    height,
  }: {
    date: readonly Date[];
    lines: readonly (readonly (number | null)[])[];
    width: number;
    height: number;
  },
): Plot.Markish[] {
  const last = date.length - 1;
  const { margin } = scale;
  const labels = named.flatMap(({ value, ...label }) => {
    const y = scale.shown(value);
    return y === null ? [] : [{ ...label, y: scale.py(y) }];
  });
  labels.sort((a, b) => a.y - b.y);
  const room: [number, number] = [labelStep / 2, height - margin.bottom - labelStep / 2];
  const atEdge = labels.filter(({ index }) => index === last);
  const before = labels.filter(({ index }) => index !== last);
  const style = ({ fill, weight }: Pick<EndText, "fill" | "weight">) => ({
    fill,
    fontWeight: weight,
    fontSize: 12,
  });
  const besides = apart(
    atEdge.map(({ y }) => y),
    room,
  );
  const [first = 0, end = 1] = [date[0]?.getTime(), date[last]?.getTime()];
  const px = (index: number) =>
    margin.left +
    (((date[index]?.getTime() ?? first) - first) / Math.max(1, end - first)) *
      (width - margin.left - margin.right);
  const drawn = lines.map((line) =>
    line.map((value, index): Place | null => {
      const y = scale.shown(value);
      return y === null ? null : { x: px(index), y: scale.py(y) };
    }),
  );
  const around = placedAround(
    before.map(({ index, y, rises, text, weight }) => ({
      x: px(index),
      y,
      isAbove: rises,
      pull: weight > 400 ? 2 : 1,
      width: measureText(text, 12, weight > 400),
    })),
    {
      left: margin.left - 8,
      right: width - margin.right + 8,
      top: room[0],
      bottom: room[1],
    },
    drawn,
  );
  return [
    ...atEdge.map((label, place) =>
      Plot.text([label], {
        frameAnchor: "right",
        y: () => scale.value(besides[place] ?? label.y),
        dx: 10,
        textAnchor: "start",
        text: "text",
        ...style(label),
      }),
    ),
    ...before.map((label, place) =>
      Plot.text([label], {
        x: () => date[label.index],
        y: () => scale.value(around[place]?.y ?? label.y),
        dx: (around[place]?.x ?? 0) - px(label.index),
        textAnchor: "middle",
        text: "text",
        stroke: "var(--ground)",
        strokeWidth: 4,
        ...style(label),
      }),
    ),
  ];
}

/** Px from one label's middle to the next one's. */
export const labelStep = 15;

/** Heights of labels, in order, moved until none covers another, between the ends of their room. */
export function apart(wanted: readonly number[], [top, bottom]: readonly [number, number]): number[] {
  const heights = [...wanted];
  for (let pass = 0; pass < 4; pass++) {
    for (let index = 1; index < heights.length; index++) {
      const gap = (heights[index] ?? 0) - (heights[index - 1] ?? 0);
      if (gap >= labelStep) continue;
      heights[index - 1] = (heights[index - 1] ?? 0) - (labelStep - gap) / 2;
      heights[index] = (heights[index] ?? 0) + (labelStep - gap) / 2;
    }
  }
  let least = top;
  const down = heights.map((height) => {
    const at = Math.max(height, least);
    least = at + labelStep;
    return at;
  });
  let most = bottom;
  return down
    .reverse()
    .map((height) => {
      const at = Math.min(height, most);
      most = at - labelStep;
      return at;
    })
    .reverse();
}

/** Room for the longest label at the right end. */
export function endLabelWidth(texts: readonly string[]): number {
  return (
    greatest(
      texts.map((text) => measureText(text, 12, true)),
      0,
    ) + 18
  );
}
