import { h } from "./element.js";
import { valueLabel } from "./labels.js";
import type { Point } from "./series.js";
import type { Site } from "./site.js";
import type { Kpi } from "./siteTypes.js";
import { sparkFigure } from "./spark.js";
import { immatureText } from "./trendChart.js";

/** Every value of a KPI with what stands behind it, the newest period first. */
export function valueTable(site: Site, kpi: Kpi, points: readonly Point[]): HTMLElement {
  const { messages, format } = site;
  const { value: words, fishbone } = messages;
  const hasInterval = points.some(({ low, high }) => low !== null || high !== null);
  const heads = [
    words.period,
    `${words.value}${unitSuffix(site, kpi)}`,
    ...(hasInterval ? [words.interval] : []),
    words.n,
    words.numerator,
    words.denominator,
    messages.trend.versusPrevious,
    fishbone.versusLastYear,
    words.marks,
  ];
  const rows = points
    .toReversed()
    .map((point) => [
      h("th", { scope: "row", "data-start": point.start }, format.period(point.grain, point.start)),
      h("td", { "data-value": point.value }, h("strong", {}, format.number(kpi.unit, point))),
      ...(hasInterval ? [cell(intervalText(site, kpi, point))] : []),
      cell(count(site, point.n, point)),
      cell(count(site, point.numerator, point)),
      cell(
        kpi.kind === "count" || kpi.kind === "sum" ? messages.none : count(site, point.denominator, point),
      ),
      changeCell(site, kpi, point, point.previous),
      changeCell(site, kpi, point, point.lastYear),
      h("td", { class: "text" }, marksOf(site, point)),
    ]);
  return table(heads, rows, 1);
}

/** One row a group of a split, for the period the page is about; the groups with the most cases first. */
export function groupTable(
  site: Site,
  kpi: Kpi,
  dimension: string,
  groups: readonly { key: string; points: readonly Point[]; point: Point | null }[],
): HTMLElement {
  const { messages, format } = site;
  const { value: words, fishbone, dimension: dimensions } = messages;
  const hasInterval = groups.some(({ point }) => point?.low != null || point?.high != null);
  const heads = [
    (dimensions as Record<string, string>)[dimension] ?? dimension,
    `${words.value}${unitSuffix(site, kpi)}`,
    ...(hasInterval ? [words.interval] : []),
    words.n,
    fishbone.versusLastYear,
    messages.trend.run,
  ];
  const rows = groups.map(({ key, points, point }) => [
    h("th", { scope: "row" }, valueLabel(site, dimension, key)),
    cell(h("strong", {}, point ? format.number(kpi.unit, point) : messages.none)),
    ...(hasInterval ? [cell(point ? intervalText(site, kpi, point) : messages.none)] : []),
    cell(point ? format.integer(point.n) : messages.none),
    point ? changeCell(site, kpi, point, point.lastYear) : cell(messages.none),
    h("td", { class: "text" }, sparkFigure(points, { width: 96, until: point?.start })),
  ]);
  return table(heads, rows, 1);
}

/** A table whose first `textColumns` heads, and the last one, are over text; all others over numbers. */
export function table(heads: readonly string[], rows: readonly Node[][], textColumns: number): HTMLElement {
  const isText = (index: number) => index < textColumns || index === heads.length - 1;
  return h(
    "div",
    { class: "scroll" },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          heads.map((head, index) => h("th", { scope: "col", class: isText(index) && "text" }, head)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((cells) => h("tr", {}, cells)),
      ),
    ),
  );
}

const cell = (content: Node | string) => h("td", {}, content);

function unitSuffix(site: Site, kpi: Kpi): string {
  const unit = site.messages.unit[kpi.unit];
  const { open, close } = site.messages.punctuation;
  return unit === "" ? "" : `${open}${unit}${close}`;
}

function count(site: Site, value: number, point: Point): string {
  if (point.value === null && value === 0) return site.messages.none;
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return site.format.integer(value);
  return site.format.number("score", { value });
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
  const text = site.format.delta(kpi.unit, difference.delta, point);
  return h(
    "td",
    {
      class: difference.certain === true && "certain",
      title: difference.certain === true && site.messages.trend.certain,
    },
    text,
  );
}

function marksOf(site: Site, point: Point): string {
  const { messages, format, language } = site;
  const marks: string[] = [];
  if (point.partial) marks.push(messages.mark.partial(format.day(point.lastDay)));
  else if (!point.mature && point.value !== null) marks.push(immatureText(site, point));
  return marks.join(language === "en" ? "; " : "；");
}
