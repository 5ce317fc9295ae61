import { h } from "./element.js";
import { isFinal } from "./kpi/coverage.js";
import { dimensionHead, valueLabel } from "./labels.js";
import type { Point } from "./series.js";
import type { Site } from "./site.js";
import type { Kpi } from "./siteTypes.js";
import { sparkFigure } from "./spark.js";
import { table } from "./table.js";
import { marksOf } from "./trendChart.js";

/** Every value of a KPI with what stands behind it, the newest period first. */
export function valueTable(site: Site, kpi: Kpi, points: readonly Point[]): HTMLElement {
  const { messages, format } = site;
  const { value: words, fishbone } = messages;
  const hasInterval = points.some(({ low, high }) => low !== null || high !== null);
  const isRatio = kpi.kind !== "count" && kpi.kind !== "sum";
  const heads = [
    words.period,
    `${words.value}${inHead(site, messages.unit[kpi.unit])}`,
    ...(hasInterval ? [words.interval] : []),
    `${fishbone.versusLastYear}${differenceHead(site, kpi)}`,
    `${messages.trend.versusPrevious}${differenceHead(site, kpi)}`,
    words.n,
    ...(isRatio ? [words.numerator, words.denominator] : []),
    words.marks,
  ];
  const rows = points
    .toReversed()
    .map((point) => [
      h(
        "th",
        { scope: "row", "data-start": point.start },
        format.period(point.grain, point.start),
        shortMark(site, point),
      ),
      h(
        "td",
        { "data-value": point.value, title: exact(site, kpi, point) },
        h("strong", {}, format.number(kpi.unit, point)),
      ),
      ...(hasInterval ? [cell(intervalText(site, kpi, point))] : []),
      changeCell(site, kpi, point, point.lastYear),
      changeCell(site, kpi, point, point.previous),
      cell(count(site, point.n, point)),
      ...(isRatio
        ? [cell(count(site, point.numerator, point)), cell(count(site, point.denominator, point))]
        : []),
      h("td", { class: "text" }, marksOf(site, point).join(site.language === "en" ? "; " : "；")),
    ]);
  return table(heads, rows, { texts: 1 });
}

/** One row a group of a split, for the period the page is about; the groups with the most cases first. */
export function groupTable(
  site: Site,
  kpi: Kpi,
  dimension: string,
  groups: readonly { key: string; points: readonly Point[]; point: Point | null }[],
): HTMLElement {
  const { messages, format } = site;
  const { value: words, fishbone } = messages;
  const hasInterval = groups.some(({ point }) => point?.low != null || point?.high != null);
  const heads = [
    dimensionHead(site, dimension),
    `${words.value}${inHead(site, messages.unit[kpi.unit])}`,
    ...(hasInterval ? [words.interval] : []),
    `${fishbone.versusLastYear}${differenceHead(site, kpi)}`,
    words.n,
    messages.trend.run,
  ];
  const rows = groups.map(({ key, points, point }) => [
    h("th", { scope: "row" }, valueLabel(site, dimension, key)),
    cell(h("strong", {}, point ? format.number(kpi.unit, point) : messages.none)),
    ...(hasInterval ? [cell(point ? intervalText(site, kpi, point) : messages.none)] : []),
    point ? changeCell(site, kpi, point, point.lastYear) : cell(messages.none),
    cell(point ? format.integer(point.n) : messages.none),
    h("td", { class: "text" }, sparkFigure(points, { width: 96, until: point?.start })),
  ]);
  return table(heads, rows, { texts: 1 });
}

const cell = (content: Node | string) => h("td", {}, content);

/** An amount to the last unit, as its cell rounds it. */
function exact(site: Site, kpi: Kpi, { value }: Point): string | null {
  return kpi.unit === "money" && value !== null ? site.format.integer(value) : null;
}

/** A unit in a table's head: `(%)`. */
function inHead(site: Site, unit: string): string {
  const { open, close } = site.messages.punctuation;
  return unit === "" ? "" : `${open}${unit}${close}`;
}

function differenceHead(site: Site, kpi: Kpi): string {
  const { unit } = site.messages;
  return inHead(site, kpi.unit === "percent" ? unit.points : unit[kpi.unit]);
}

function count(site: Site, value: number, point: Point): string {
  if (point.value === null && value === 0) return site.messages.none;
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return site.format.integer(value);
  return site.format.decimal(value, Math.abs(value) < 1 ? 3 : 1);
}

function intervalText(site: Site, kpi: Kpi, point: Point): string {
  const { messages, format } = site;
  const { low, high } = point;
  if (low === null && high === null) return messages.none;
  const end = (value: number | null) => format.number(kpi.unit, { ...point, value });
  return `${end(low)} – ${end(high)}`;
}

function changeCell(site: Site, kpi: Kpi, point: Point, difference: Point["previous"]): HTMLElement {
  if (!difference) return cell(site.messages.none);
  const text = site.format.change(kpi.unit, difference.delta, point);
  return h(
    "td",
    {
      class: difference.certain === true && "certain",
      title: difference.certain === true && site.messages.trend.certain,
    },
    text,
  );
}

/** The mark beside the period where the column of marks is out of sight. */
function shortMark({ messages }: Site, point: Point): HTMLElement | null {
  if (point.value === null || isFinal(point)) return null;
  const { partialShort, incompleteShort, immatureShort } = messages.mark;
  const word = point.partial ? partialShort : point.incomplete ? incompleteShort : immatureShort;
  return h("small", { class: "narrow-only", "aria-hidden": "true" }, word);
}
