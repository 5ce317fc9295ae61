import { pointNotes } from "../charts/pointNotes.js";
import { trendTitle } from "../charts/titles.js";
import { leavesAxis, trendChart } from "../charts/trendChart.js";
import { type Headline, reasonOf } from "../data/headline.js";
import { targetOf } from "../data/targets.js";
import { h } from "../element.js";
import { notes } from "../pages/message.js";
import { saying } from "./captions.js";
import { periodsDrawn } from "./figures.js";
import { scopeName } from "./jobSite.js";
import { figureId, type ReportView } from "./view.js";

/** Px between the margins of A4 at 96 dpi. */
const width = 657;

/** The points that a figure draws. */
const drawnPoints = ({ points }: Pick<Headline, "points">): Headline["points"] => points.slice(-periodsDrawn);

/** A KPI's figure, whose chart can be drawn again at another height. */
export interface KpiFigure {
  element: HTMLElement;
  draw(height: number): void;
}

/**
 * A KPI's trend with its message, notes and numbered caption; never cut by a page's end.
 * @param level of its heading, the one below that of its section
 */
export function kpiFigure(
  view: ReportView,
  headline: Headline,
  { height, level }: { height: number; level: "h3" | "h4" },
): KpiFigure {
  const { site, words, captions } = view;
  const { kpi, label, point } = headline;
  const points = drawnPoints(headline);
  const title = trendTitle(
    site,
    kpi,
    point,
    scopeName(site, view.job.scope) ?? site.messages.trend.allCases,
    reasonOf(site, kpi),
  );
  const id = figureId(kpi.id);
  if (!points.some(({ value }) => value !== null)) {
    return { element: h("div", { class: "kpi", id }, h(level, {}, title.happened)), draw: () => {} };
  }
  const targets = points.map(
    ({ grain, end }) => targetOf(site.targets, kpi, grain, end, site.part)?.target ?? null,
  );
  const { period } = site.format;
  const from = period(site.grain, points[0]?.start ?? "");
  const to = period(site.grain, points.at(-1)?.start ?? "");
  const chartOf = (high: number) =>
    saying(trendChart(site, kpi, points, { width, height: high, targets }), title.happened, site);
  const notesOf = (drawn: Element) =>
    notes([
      ...pointNotes(site, points),
      headline.status === "few" && words.footnotes.few,
      leavesAxis(drawn) && site.messages.mark.beyondPrint,
    ]);
  let chart = chartOf(height);
  let said = notesOf(chart);
  const element = h(
    "figure",
    { class: "kpi", id },
    h(level, {}, title.happened),
    h("p", { class: "shown" }, title.shown),
    chart,
    captions.figure(
      words.section.figureCaption({ label, periods: site.messages.perGrain[site.grain], from, to }),
    ),
    said,
  );
  const draw = (high: number) => {
    const next = chartOf(high);
    const nextSaid = notesOf(next);
    chart.replaceWith(next);
    said.replaceWith(nextSaid);
    [chart, said] = [next, nextSaid];
  };
  return { element, draw };
}
