import { isUnshown } from "../../src/kpi/coverage.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { greatest, least } from "../../src/statistics/extremes.js";
import { pointNotes } from "../charts/pointNotes.js";
import { isShareOnly, trendTitle } from "../charts/titles.js";
import { leavesAxis, trendChart } from "../charts/trendChart.js";
import { valueExtent } from "../charts/trendScale.js";
import { type Choice, combines, type DimensionValue, scopeText } from "../controls/filterBar.js";
import { type Cube, separator, sumCube } from "../data/cube.js";
import { latestPoint, reasonIn, sayReason } from "../data/headline.js";
import { dimensionLabel, valueLabel } from "../data/labels.js";
import { groupedSeries, type Point, seriesOf } from "../data/series.js";
import type { Site } from "../data/site.js";
import { targetOf } from "../data/targets.js";
import { shownValue, unshownReason, unshownText } from "../data/unshown.js";
import { h } from "../element.js";
import { groupTable, valueTable } from "../tables/valueTable.js";
import { message, notes } from "./message.js";

/** What a KPI's page shows for a choice. */
export interface KpiView {
  kpi: Kpi;
  choice: Choice;
  points: Point[];
  point: Point | null;
  groups: Group[];
}

/** One group of a split, and its point in the period the page is about. */
export interface Group {
  key: string;
  points: Point[];
  point: Point | null;
}

/** How many periods a chart shows: three years of months, all of longer periods. */
const longest = { month: 37, quarter: 20, half: 16, year: 20 };

/** How many groups are drawn; the rest stands in the table. */
const drawn = 8;

/** Works out values, and groups of the split, for a choice. `singles` holds the dimensions that do not combine. */
export function kpiView(site: Site, kpi: Kpi, choice: Choice, cube: Cube, singles: Cube | null): KpiView {
  const { grain, by } = choice;
  const where = Object.fromEntries(
    Object.entries(choice.where).map(([name, value]) => [name, [value] as const]),
  );
  const points = seriesOf(site.build, kpi, cube, { grain, where });
  const groups =
    by === ""
      ? new Map<string, Point[]>()
      : combines(kpi, by)
        ? groupedSeries(site.build, kpi, cube, { grain, where }, [by])
        : singles
          ? groupedSeries(site.build, kpi, singles, { grain, where: { by: [by] } }, ["value"])
          : new Map<string, Point[]>();
  const point = headPoint(points);
  const pointOf = (list: readonly Point[]) =>
    point ? (list.find(({ start }) => start === point.start) ?? null) : headPoint(list);
  return {
    kpi,
    choice,
    points,
    point,
    groups: [...groups]
      .map(([key, list]) => ({ key, points: list, point: pointOf(list) }))
      .sort((a, b) => (b.point?.n ?? 0) - (a.point?.n ?? 0) || (a.key < b.key ? -1 : 1)),
  };
}

/** The latest final value; else the latest one of a period that is over, or of the first, which is not. */
const headPoint = latestPoint;

/** The values of a dimension, the ones with the most cases shown first, those that no period shows last. */
export function valuesByVolume(cube: Cube, dimension: string): DimensionValue[] {
  const cases = new Map<string, number | null>();
  for (const [key, cell] of sumCube(cube, { role: ["period"] }, [dimension, "grain", "period_start"])) {
    const [value = ""] = key.split(separator);
    const known = cases.get(value) ?? null;
    cases.set(value, cell ? (known ?? 0) + cell.n : known);
  }
  return [...cases]
    .sort(([, a], [, b]) => (b ?? -1) - (a ?? -1))
    .map(([value, n]) => ({ value, isShown: n !== null }));
}

/** The page's message. */
export function kpiTitle(site: Site, view: KpiView): HTMLElement {
  const { kpi, point, points, choice } = view;
  const scope = scopeText(site, choice);
  const reason = reasonIn(kpi, points);
  const why = reason ? sayReason(site, reason) : site.messages.quality.noRows;
  if (!point && isUnshown({ reason }))
    return message(site.messages.trend.unshown(kpi.label[site.language], scope, why), "");
  const { happened, shown } = trendTitle(site, kpi, point, scope, why);
  return message(happened, shown);
}

/** In the place of a trend, so that no room is kept for it. */
export const nothing = (): HTMLElement => h("span", { class: "nothing" });

/** The trend of the choice, with the target in force. */
export function kpiTrend(site: Site, view: KpiView, { width }: { width: number }): HTMLElement | null {
  const points = view.points.slice(-longest[view.choice.grain]);
  const isSaid = !isShareOnly(view.kpi) || view.choice.by === "";
  if (!isSaid || points.every(({ value }) => value === null)) return null;
  const isWhole = Object.keys(view.choice.where).length === 0;
  const targets = points.map(({ grain, end }) =>
    isWhole ? (targetOf(site.targets, view.kpi, grain, end)?.target ?? null) : null,
  );
  const chart = trendChart(site, view.kpi, points, { width, targets });
  return h("figure", { class: "trend" }, chart, trendNotes(site, points, targets, leavesAxis(chart)));
}

function trendNotes(
  site: Site,
  points: readonly Point[],
  targets: readonly (number | null)[],
  isBeyond: boolean,
): HTMLElement {
  const { mark } = site.messages;
  return notes([
    ...pointNotes(site, points),
    [
      points.some(({ low, high }) => low !== null || high !== null) ? mark.interval : "",
      isBeyond ? mark.beyond : "",
      points.some(({ lastYear }) => lastYear !== null) ? mark.lastYear : "",
      targets.some((target) => target !== null) ? mark.target : "",
    ]
      .filter(Boolean)
      .join(site.language === "en" ? " " : ""),
  ]);
}

/** The split: a small picture a group, all on one scale, the whole thin behind each; and every group in a table. */
export function kpiSplit(site: Site, view: KpiView, { width }: { width: number }): HTMLElement | null {
  const { kpi, choice, groups } = view;
  if (choice.by === "" || groups.length === 0) return null;
  const { trend } = site.messages;
  const label = dimensionLabel(site, choice.by);
  const shown = groups.filter(({ points }) => headPoint(points) !== null).slice(0, drawn);
  const starts = view.points.slice(-longest[choice.grain]).map(({ start }) => start);
  const aligned = shown.map((group) => ({ ...group, points: alignTo(starts, view.points, group.points) }));
  const behind = view.points.slice(-longest[choice.grain]).map(({ value }) => value);
  const domain = sharedDomain(kpi, aligned, behind);
  const columns = width < 520 ? 1 : width < 820 ? 2 : 4;
  const panelWidth = Math.floor((width - (columns - 1) * 20) / columns);
  const panels = aligned.map(({ key, points, point }) =>
    h(
      "figure",
      {},
      h(
        "figcaption",
        {},
        h("strong", {}, valueLabel(site, choice.by, key)),
        h("span", {}, shownValue(site, kpi, point)),
      ),
      trendChart(site, kpi, points, {
        width: panelWidth,
        compact: true,
        ...(domain ? { behind, domain } : {}),
      }),
    ),
  );
  const unshown = groups.filter(({ point }) => isUnshown(point)).length;
  const crosses = aligned.some(({ points }) => points.some(isUnshown));
  return h(
    "section",
    { class: "split" },
    h("h2", {}, trend.splitTitle(label, trend.splitAll(groups.length))),
    ...(panels.length > 0
      ? [
          h(
            "p",
            { class: "shown" },
            [
              domain ? trend.sameScale : trend.ownScales,
              panels.some(leavesAxis) ? site.messages.mark.beyond : "",
              groups.length > shown.length ? trend.splitRest(shown.length, groups.length - shown.length) : "",
              crosses ? site.messages.mark.unshown(unshownReason(site, kpi)) : "",
            ]
              .filter(Boolean)
              .join(site.language === "en" ? " " : ""),
          ),
          h(
            "div",
            { class: "panels", style: `grid-template-columns: repeat(${columns}, minmax(0, 1fr))` },
            panels,
          ),
        ]
      : []),
    groupTable(site, kpi, choice.by, groups),
    unshown > 0 && notes([unshownText(site, kpi, unshown)]),
  );
}

/** One scale for all groups and the whole behind them; null where a group would be a flat line on it. */
function sharedDomain(
  kpi: Kpi,
  groups: readonly { points: readonly Point[] }[],
  behind: readonly (number | null)[],
): [number, number] | null {
  const largest = groups.map(({ points }) =>
    greatest(
      points.map(({ value }) => value ?? 0),
      0,
    ),
  );
  if (greatest(largest) > 6 * least(largest.filter((value) => value > 0))) return null;
  return valueExtent(
    kpi,
    groups.flatMap(({ points }) => points),
    behind,
  );
}

/** The group's points on the whole's periods; a period the group lacks has no value. */
function alignTo(starts: readonly string[], whole: readonly Point[], points: readonly Point[]): Point[] {
  const own = new Map(points.map((point) => [point.start, point]));
  return starts.flatMap((start) => {
    const model = whole.find((point) => point.start === start);
    const empty = model && {
      ...model,
      value: null,
      low: null,
      high: null,
      n: 0,
      previous: null,
      lastYear: null,
      previousReason: null,
      lastYearReason: null,
    };
    return own.get(start) ?? empty ?? [];
  });
}

/** All values of the choice. */
export function kpiValues(site: Site, view: KpiView): HTMLElement | null {
  if (view.points.every(({ value }) => value === null)) return null;
  const open = view.choice.by === "";
  const count = longest[view.choice.grain];
  const earlier = view.points.slice(0, -count);
  return h(
    "details",
    { class: "values", open },
    h("summary", {}, h("h2", {}, site.messages.trend.table)),
    valueTable(site, view.kpi, view.points.slice(-count)),
    earlier.length > 0 &&
      h(
        "details",
        { class: "earlier" },
        h("summary", {}, site.messages.trend.earlier(site.format.integer(earlier.length))),
        valueTable(site, view.kpi, earlier),
      ),
  );
}
