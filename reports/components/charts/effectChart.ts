import * as Plot from "@observablehq/plot";
import type { Kpi } from "../../src/published/siteTypes.js";
import { append, greatest, least } from "../../src/statistics/extremes.js";
import { changeOf } from "../data/benefits.js";
import type { Site } from "../data/site.js";
import { measureText, shorten } from "../data/text.js";
import { s } from "../element.js";
import { changeAxis } from "./changeAxis.js";
import { picture } from "./picture.js";

/** A change of a KPI with its interval, and what it is of. */
export interface EffectRow {
  label: string;
  delta: number;
  low: number | null;
  high: number | null;
  /** Whether it is the one that decides, or the one that was real. */
  isOwn: boolean;
}

interface EffectOptions {
  width: number;
  /** Drawn dotted, in the KPI's machine unit. */
  expected?: number | null;
  label: string;
  /** Px of a row where there is no room for labels beside the chart. */
  row?: number;
}

/** Effects one below the other: a point with its 95 % interval each, no change at the line, what was expected dotted. */
export function effectChart(
  site: Site,
  kpi: Kpi,
  given: readonly EffectRow[],
  { width, expected = null, label, row: narrowRow = 44 }: EffectOptions,
): Element {
  const isNarrow = width < 520;
  const factor = kpi.unit === "percent" ? 100 : 1;
  const most = isNarrow ? width - 12 : width * 0.4;
  const rows = given.map((row) => ({ ...row, label: shorten(row.label, most, 12, true) }));
  const figures = rows.map((row) => changeOf(site, kpi, row).change);
  const [labels, rights] = [rows.map((row) => row.label), figures].map((texts) =>
    greatest(
      texts.map((text) => measureText(text, 12, true)),
      0,
    ),
  ) as [number, number];
  const ends = rows.flatMap(({ delta, low, high }) => [delta, low ?? delta, high ?? delta]);
  const own = rows
    .filter(({ isOwn }) => isOwn)
    .flatMap(({ delta, low, high }) => [delta, low ?? delta, high ?? delta]);
  const all = [...ends, 0, expected ?? 0].map((value) => value * factor);
  // One check of a few cases does not squeeze all others.
  const reach =
    4 * greatest([...own.map(Math.abs), Math.abs(expected ?? 0)]) * factor || Number.POSITIVE_INFINITY;
  const domain = [Math.max(-reach, least(all)), Math.min(reach, greatest(all))] as const;
  const step = isNarrow ? narrowRow : 28;
  const y = (_: unknown, index: number) => index;
  const bold = (_: unknown, index: number) => (rows[index]?.isOwn ? 700 : 400);
  const marks: Plot.Markish[] = [
    Plot.ruleX([0], { stroke: "var(--grey)", strokeWidth: 1 }),
    expected === null
      ? null
      : Plot.ruleX([expected * factor], { stroke: "var(--ink)", strokeWidth: 1.2, strokeDasharray: "1.5 3" }),
    expected === null
      ? null
      : Plot.text([expected * factor], {
          x: (value: number) => value,
          frameAnchor: "top",
          dy: -14,
          text: () => site.messages.benefits.effects.expected,
          fill: "var(--grey)",
        }),
    Plot.ruleY(rows, {
      y,
      x1: ({ low, delta }: EffectRow) => (low ?? delta) * factor,
      x2: ({ high, delta }: EffectRow) => (high ?? delta) * factor,
      stroke: ({ isOwn }: EffectRow) => (isOwn ? "var(--accent)" : "var(--grey)"),
      strokeWidth: 2,
      clip: true,
    }),
    Plot.dot(rows, {
      y,
      x: ({ delta }: EffectRow) => delta * factor,
      r: ({ isOwn }: EffectRow) => (isOwn ? 5 : 3.5),
      fill: ({ isOwn }: EffectRow) => (isOwn ? "var(--accent)" : "var(--paper)"),
      stroke: ({ isOwn }: EffectRow) => (isOwn ? "var(--accent)" : "var(--grey)"),
      strokeWidth: 1.6,
      clip: true,
    }),
  ];
  const texts = (weight: number) => {
    const of = rows
      .map((row, index) => ({ row, index, figure: figures[index] ?? "" }))
      .filter(({ index }) => bold(0, index) === weight);
    return [
      Plot.text(of, {
        y: "index",
        frameAnchor: "left",
        dx: isNarrow ? 0 : -labels - 8,
        dy: isNarrow ? labelRise : 0,
        textAnchor: "start",
        text: ({ row }: (typeof of)[number]) => row.label,
        fontWeight: weight,
        fill: "var(--ink)",
      }),
      Plot.text(of, {
        y: "index",
        frameAnchor: "right",
        dx: rights + 10,
        textAnchor: "end",
        text: "figure",
        fontWeight: weight,
        fill: "var(--ink)",
      }),
    ];
  };
  // Above a narrow chart's lines the words are not struck through.
  if (isNarrow) marks.push(grounds(rows));
  append(marks, [...texts(700), ...texts(400)]);
  const ticks = Math.max(3, Math.round(width / 160));
  const chart = Plot.plot({
    width,
    height: rows.length * step + 58,
    marginTop: 24,
    marginBottom: 34,
    marginLeft: isNarrow ? 4 : Math.ceil(labels) + 14,
    marginRight: Math.ceil(rights) + 14,
    style: {
      fontFamily: "var(--font)",
      fontSize: "12px",
      background: "none",
      color: "var(--grey)",
      overflow: "visible",
    },
    x: {
      domain: [...domain],
      nice: true,
      label: null,
      ticks,
      tickSize: 0,
      grid: true,
      tickFormat: changeAxis(site, kpi, domain, ticks),
    },
    y: { type: "linear", domain: [rows.length - 0.4, -0.6], axis: null },
    r: { type: "identity" },
    ariaLabel: label,
    marks,
  });
  return picture(chart);
}

/** Px that a narrow chart's labels stand above their lines. */
const labelRise = -16;

/** Ground behind the labels of a narrow chart; outlined letters would be drawings in print. */
const grounds =
  (rows: readonly EffectRow[]): Plot.RenderFunction =>
  (_index, scales, _values, { marginLeft }) =>
    s(
      "g",
      {},
      rows.map(({ label, isOwn }, index) =>
        s("rect", {
          x: marginLeft - 1,
          y: Number(scales.y?.(index)) + labelRise - 7,
          width: measureText(label, 12, isOwn) + 3,
          height: 14,
          fill: "var(--ground)",
        }),
      ),
    );
