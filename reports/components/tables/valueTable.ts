import { isFinal, isUnshown, type Reason } from "../../src/kpi/coverage.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { greatest } from "../../src/statistics/extremes.js";
import { sparkFigure } from "../charts/spark.js";
import { marksOf } from "../charts/trendChart.js";
import type { Column } from "../data/format.js";
import { sayReason } from "../data/headline.js";
import { countHead, dimensionHead, valueLabel } from "../data/labels.js";
import type { Point } from "../data/series.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { table } from "./table.js";

/** Every value of a KPI with what stands behind it, the newest period first. */
export function valueTable(site: Site, kpi: Kpi, points: readonly Point[]): HTMLElement {
  const { messages, format } = site;
  const { value: words, fishbone } = messages;
  const hasInterval = points.some(({ low, high }) => low !== null || high !== null);
  const isRatio = kpi.kind !== "count" && kpi.kind !== "sum";
  const column = format.column(kpi.unit, points);
  const ofChange = kpi.unit === "percent" ? messages.unit.points : column.unit;
  const [numerators, denominators] = [counts(site, points, "numerator"), counts(site, points, "denominator")];
  const heads = [
    words.period,
    `${words.value}${inHead(site, column.unit)}`,
    ...(hasInterval ? [words.interval] : []),
    `${fishbone.versusLastYear}${inHead(site, ofChange)}`,
    `${messages.trend.versusPrevious}${inHead(site, ofChange)}`,
    countHead(site, kpi),
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
      ...(isUnshown(point)
        ? unshownCells(site, point, (hasInterval ? 5 : 4) + (isRatio ? 2 : 0))
        : [
            h(
              "td",
              { "data-value": point.value, title: exact(site, kpi, point) },
              h("strong", {}, column.number(point.value)),
            ),
            ...(hasInterval ? [cell(intervalText(site, column, point))] : []),
            changeCell(site, column, point.lastYear, point.lastYearReason),
            changeCell(site, column, point.previous, point.previousReason),
            cell(point.value === null && point.n === 0 ? messages.none : format.integer(point.n)),
            ...(isRatio ? [cell(numerators(point)), cell(denominators(point))] : []),
          ]),
      h("td", { class: "text wrap" }, marksOf(site, point).join(site.language === "en" ? "; " : "；")),
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
  const column = format.column(
    kpi.unit,
    groups.flatMap(({ point }) => point ?? []),
  );
  const ofChange = kpi.unit === "percent" ? messages.unit.points : column.unit;
  const heads = [
    dimensionHead(site, dimension),
    `${words.value}${inHead(site, column.unit)}`,
    ...(hasInterval ? [words.interval] : []),
    `${fishbone.versusLastYear}${inHead(site, ofChange)}`,
    countHead(site, kpi),
    messages.trend.run,
  ];
  const rows = groups.map(({ key, points, point }) => [
    h("th", { scope: "row" }, valueLabel(site, dimension, key)),
    ...(point && isUnshown(point)
      ? unshownCells(site, point, hasInterval ? 4 : 3)
      : [
          cell(h("strong", {}, column.number(point?.value))),
          ...(hasInterval ? [cell(point ? intervalText(site, column, point) : messages.none)] : []),
          point ? changeCell(site, column, point.lastYear, point.lastYearReason) : cell(messages.none),
          cell(point ? format.integer(point.n) : messages.none),
        ]),
    h("td", { class: "text" }, sparkFigure(site, { kpi, points }, { width: 96, until: point?.start })),
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

/** Writes a part of the points' values, all with the same decimals. */
function counts(
  { messages, format }: Site,
  points: readonly Point[],
  part: "numerator" | "denominator",
): (point: Point) => string {
  const isNone = (point: Point) => point.value === null && point[part] === 0;
  const sizes = points.filter((point) => !isNone(point)).map((point) => Math.abs(point[part]));
  const largest = greatest(sizes, 0);
  const digits = sizes.every(Number.isInteger) || largest >= 1000 ? 0 : largest < 1 ? 3 : 1;
  return (point) => (isNone(point) ? messages.none : format.decimal(point[part], digits));
}

function intervalText({ messages }: Site, column: Column, point: Point): string {
  const { low, high } = point;
  if (low === null && high === null) return messages.none;
  return `${column.number(low)} – ${column.number(high)}`;
}

/** The cells of a value that is not shown: it says so, and nothing else of it is there. */
function unshownCells(site: Site, point: Point, count: number): HTMLElement[] {
  return [unshownCell(site, point.reason), ...Array.from({ length: count - 1 }, () => cell(""))];
}

const unshownCell = (site: Site, reason: Reason | null) =>
  h("td", { class: "unshown", title: reason && sayReason(site, reason) }, site.messages.unshown);

function changeCell(
  site: Site,
  column: Column,
  difference: Point["previous"],
  reason: Reason | null,
): HTMLElement {
  if (!difference) return reason ? unshownCell(site, reason) : cell(site.messages.none);
  const text = column.change(difference.delta);
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
