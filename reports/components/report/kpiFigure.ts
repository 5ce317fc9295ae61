import { h } from "../element.js";
import { type Headline, reasonOf } from "../headline.js";
import { notes } from "../message.js";
import { pointNotes } from "../pointNotes.js";
import { targetOf } from "../targets.js";
import { trendTitle } from "../titles.js";
import { leavesAxis, trendChart } from "../trendChart.js";
import { figureId, type ReportView } from "./view.js";

/** Px between the margins of A4 at 96 dpi. */
const width = 657;
/** Px of a chart by how many share a page. */
const heights = [480, 260, 148];
/** Two years and the month they are compared with, the same in every figure. */
const periodsDrawn = 25;

/** A KPI's trend with its message, notes and numbered caption; never cut by a page's end. */
export function kpiFigure(view: ReportView, headline: Headline, perPage: number): HTMLElement {
  const { site, words, captions } = view;
  const { kpi, label, point } = headline;
  const points = headline.points.slice(-periodsDrawn);
  const title = trendTitle(site, kpi, point, site.messages.trend.allCases, reasonOf(site, kpi));
  const id = figureId(kpi.id);
  if (!points.some(({ value }) => value !== null)) {
    return h("div", { class: "kpi", id }, h("h4", {}, title.happened));
  }
  const targets = points.map(({ grain, end }) => targetOf(site.targets, kpi, grain, end)?.target ?? null);
  const { period } = site.format;
  const from = period("month", points[0]?.start ?? "");
  const to = period("month", points.at(-1)?.start ?? "");
  const chart = trendChart(site, kpi, points, { width, height: heights[perPage - 1] ?? 148, targets });
  return h(
    "figure",
    { class: "kpi", id },
    h("h4", {}, title.happened),
    h("p", { class: "shown" }, title.shown),
    chart,
    captions.figure(words.section.figureCaption({ label, periods: site.messages.perGrain.month, from, to })),
    notes([...pointNotes(site, points), leavesAxis(chart) && site.messages.mark.beyondPrint]),
  );
}
