import { h } from "../element.js";
import type { Headline } from "../headline.js";
import { sparkFigure } from "../spark.js";
import { figureId, type ReportView } from "./view.js";

/** Px between the margins of A4 at 96 dpi. */
const width = 657;
/** Px of a chart by how many share a page. */
const heights = [400, 300, 150];

/** A KPI's trend with its message, notes and numbered caption; never cut by a page's end. */
export function kpiFigure(
  { site, words, captions }: ReportView,
  headline: Headline,
  perPage: number,
): HTMLElement {
  const { kpi, label, points } = headline;
  const height = heights[perPage - 1] ?? 150;
  return h(
    "figure",
    { class: "kpi", id: figureId(kpi.id) },
    h("h3", {}, label),
    sparkFigure(points, { width, height, count: 36 }),
    captions.figure(
      words.section.figureCaption({
        label,
        periods: site.messages.perGrain.month,
        from: site.format.period("month", points[0]?.start ?? ""),
        to: site.format.period("month", points.at(-1)?.start ?? ""),
      }),
    ),
  );
}
