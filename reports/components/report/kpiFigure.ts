import { h } from "../element.js";
import { type Headline, reasonOf } from "../headline.js";
import { notes } from "../message.js";
import { pointNotes } from "../pointNotes.js";
import type { Language } from "../siteTypes.js";
import { targetOf } from "../targets.js";
import { trendTitle } from "../titles.js";
import { leavesAxis, trendChart } from "../trendChart.js";
import { figureId, type ReportView } from "./view.js";

/** Px between the margins of A4 at 96 dpi. */
const width = 657;
/** Px of a chart by how many share a page, at most and at least. */
const heights = [480, 260, 148];
const lowest = 96;
/** Px between the margins of A4, less what a title of two lines takes more. */
const pageHeight = 986 - 24;
/** Px of a section's head with that of its table, of all of a figure but its chart and notes, of a note. */
const taken = { head: 133, figure: 86, note: 16 };
/** Px of a line of a table, and of what a row has around its lines. */
const [line, around] = [17, 8];
/** Letters that the column of the names takes in a line. */
const lineLetters: Record<Language, number> = { en: 13, "zh-CN": 16 };

/** How high the rows of a section's table are, whose long names take several lines. */
export const rowsHeight = (names: readonly string[], language: Language): number =>
  names.reduce((sum, name) => sum + line * Math.ceil(name.length / lineLetters[language]) + around, 0);
/** Two years and the month they are compared with, the same in every figure. */
const periodsDrawn = 25;

/** How high charts are, so that a section's table and as many figures as a page takes fill no more than that page. */
export function chartHeight(perPage: number, rows: number, notes: number): number {
  const words = taken.head + rows + perPage * taken.figure + notes * taken.note;
  const room = Math.floor((pageHeight - words) / perPage);
  return Math.max(lowest, Math.min(heights[perPage - 1] ?? 148, room));
}

/** The points that a figure draws. */
export const drawnPoints = ({ points }: Pick<Headline, "points">): Headline["points"] =>
  points.slice(-periodsDrawn);

/** A KPI's trend with its message, notes and numbered caption; never cut by a page's end. */
export function kpiFigure(view: ReportView, headline: Headline, height: number): HTMLElement {
  const { site, words, captions } = view;
  const { kpi, label, point } = headline;
  const points = drawnPoints(headline);
  const title = trendTitle(site, kpi, point, site.messages.trend.allCases, reasonOf(site, kpi));
  const id = figureId(kpi.id);
  if (!points.some(({ value }) => value !== null)) {
    return h("div", { class: "kpi", id }, h("h4", {}, title.happened));
  }
  const targets = points.map(({ grain, end }) => targetOf(site.targets, kpi, grain, end)?.target ?? null);
  const { period } = site.format;
  const from = period("month", points[0]?.start ?? "");
  const to = period("month", points.at(-1)?.start ?? "");
  const chart = trendChart(site, kpi, points, { width, height, targets });
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
