import * as Plot from "@observablehq/plot";
import { type GroupChange, largest } from "../../src/kpi/explain.js";
import { greatest } from "../../src/statistics/extremes.js";
import { dimensionLabel, valueLabel } from "../data/labels.js";
import { remainder } from "../data/remainder.js";
import type { Site } from "../data/site.js";
import { measureText, shorten } from "../data/text.js";
import type { ChangeView } from "../pages/changeView.js";
import { picture } from "./picture.js";

/** How many groups are drawn; the others are one bar. */
const drawn = 8;

interface Bar extends Pick<GroupChange, "rate_effect" | "mix_effect" | "contribution"> {
  key: string;
  label: string;
}

/**
 * What each group adds to the change, the largest first: a bar for its own value's change and a lighter one for its
 * weight's, side by side from 0, a tick where both together stand, and the figure at the right.
 */
export function changeChart(site: Site, view: ChangeView, { width }: { width: number }): Element | null {
  const { kpi, explanation, dimension, point, unshown } = view;
  if (!explanation) return null;
  const { change } = site.messages;
  const isRemainder = ({ group }: GroupChange) => group === remainder;
  const { shown, others } = largest(
    explanation.groups.filter((row) => !isRemainder(row)),
    drawn,
  );
  const labelWidth = Math.min(width < 520 ? 110 : 180, width * 0.34);
  const bars: Bar[] = shown.map((row) => ({
    ...row,
    key: row.group,
    label: shorten(valueLabel(site, dimension, row.group), labelWidth),
  }));
  if (others)
    bars.push({ ...others, key: "\u001fothers", label: change.others(site.format.integer(others.count)) });
  const rest = explanation.groups.find(isRemainder);
  if (rest)
    bars.push({ ...rest, key: remainder, label: site.messages.unshownGroups(site.format.integer(unshown)) });
  const labels = new Map(bars.map(({ key, label }) => [key, label]));
  const money =
    kpi.unit === "money"
      ? site.format.column(
          kpi.unit,
          bars.map(({ contribution: value }) => ({ value })),
        )
      : null;
  const figureOf = (value: number) => {
    if (!money) return site.format.delta(kpi.unit, value, point);
    return `${money.change(value)}\u00a0${money.unit}`;
  };
  const figures = new Map(bars.map(({ key, contribution }) => [key, figureOf(contribution)]));
  const widest = (texts: Iterable<string>, bold = false) =>
    greatest(
      [...texts].map((text) => measureText(text, 12, bold)),
      0,
    );
  const figureWidth = widest(figures.values(), true);
  const weighs = explanation.rate_effect !== null;
  const parts = bars.flatMap(({ key, rate_effect, mix_effect, contribution }) =>
    weighs
      ? [
          { key, effect: rate_effect ?? 0, part: "rate" },
          { key, effect: mix_effect ?? 0, part: "mix" },
        ]
      : [{ key, effect: contribution, part: "rate" }],
  );
  const chart = Plot.plot({
    width,
    height: bars.length * 26 + 12,
    marginTop: 6,
    marginBottom: 6,
    marginLeft: Math.ceil(widest(labels.values())) + 12,
    marginRight: Math.ceil(figureWidth) + 18,
    style: {
      fontFamily: "var(--font)",
      fontSize: "12px",
      background: "none",
      color: "var(--ink)",
      overflow: "visible",
    },
    x: { axis: null, label: null },
    y: { domain: bars.map(({ key }) => key), label: null, padding: 0.3 },
    ariaLabel: change.chart(kpi.label[site.language], dimensionLabel(site, dimension)),
    marks: [
      Plot.axisY({ tickSize: 0, tickFormat: (key: string) => labels.get(key) ?? key, fontSize: 12 }),
      Plot.barX(parts, {
        x: "effect",
        y: "key",
        fill: ({ part }: (typeof parts)[number]) =>
          part === "rate" ? "var(--accent)" : "var(--accent-light)",
      }),
      Plot.ruleX([0], { stroke: "var(--grey)", strokeWidth: 1 }),
      ...(weighs
        ? [Plot.tickX(bars, { x: "contribution", y: "key", stroke: "var(--ink)", strokeWidth: 2, inset: -2 })]
        : []),
      Plot.text(bars, {
        frameAnchor: "right",
        y: "key",
        dx: figureWidth + 14,
        textAnchor: "end",
        text: ({ key }: Bar) => figures.get(key) ?? "",
        fontWeight: 700,
        fontSize: 12,
      }),
    ],
  });
  return picture(chart);
}
