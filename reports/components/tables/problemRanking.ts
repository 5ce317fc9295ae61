import { greatest } from "../../src/statistics/extremes.js";
import type { Site } from "../data/site.js";
import { h, s } from "../element.js";
import { statusMark } from "../fishbone/bone.js";
import { type CauseView, causeKey, type ProblemView } from "../fishbone/problem.js";
import { headed } from "./table.js";

/** Where the table's links lead. */
export interface RankingLinks {
  /** A KPI's address, seen from a cause. */
  kpi(id: string, cause: string): string;
  /** The mark of a footnote on a KPI's value; none on a page. */
  mark?(id: string): HTMLElement | null;
}

/** Px of the bars of the distance. */
const barWidth = 72;

/**
 * Which causes the figures point to: one group of rows a cause, in the order of their ranks, a row for each KPI
 * that would show it with value, target, distance and status.
 */
export function problemRanking(site: Site, view: ProblemView, links: RankingLinks): HTMLElement {
  const { columns } = site.messages.problems;
  const longest = greatest(
    view.causes.map(({ distance }) => distance ?? 0),
    1,
  );
  const head = (text: string, kind: "number" | "text") => h("th", { scope: "col", class: kind }, text);
  return headed(
    "ranking",
    [
      head(columns.rank, "number"),
      head(columns.cause, "text"),
      head(columns.branch, "text"),
      head(columns.kpi, "text"),
      head(columns.value, "number"),
      head(columns.target, "number"),
      head(columns.distance, "number"),
      head(columns.status, "text"),
    ],
    view.causes.map((one) => causeRows(site, view, one, links, longest)),
  );
}

function causeRows(
  site: Site,
  view: ProblemView,
  one: CauseView,
  links: RankingLinks,
  longest: number,
): HTMLElement {
  const { language, format, messages } = site;
  const { cause, branch, rank, readings } = one;
  const { columns } = messages.problems;
  const rowspan = readings.length;
  const note = cause.note?.[language];
  return h(
    "tbody",
    { class: rank === null ? "quiet" : null },
    readings.map(({ kpi: id, standing, distance }, index) => {
      const headline = view.headlines.get(id);
      const words = view.words.get(id);
      return h(
        "tr",
        {},
        index === 0 && [
          h("td", { class: "number rank", rowspan }, rank === null ? messages.none : format.integer(rank)),
          h(
            "th",
            { scope: "rowgroup", class: "text cause", rowspan },
            cause.label[language],
            note && h("small", {}, note),
          ),
          h("td", { class: `text branch branch-${branch.colour}`, rowspan }, branch.label[language]),
        ],
        h(
          "td",
          { class: "text kpi-cell" },
          h("a", { href: links.kpi(id, causeKey(view, one)) }, headline?.label ?? id),
          words?.remark ? h("small", {}, words.remark) : null,
        ),
        h("td", { class: "number value" }, words?.value ?? messages.none, links.mark?.(id)),
        h(
          "td",
          { class: "number target", "data-head": columns.target },
          headline?.target ? format.limit(headline.kpi.unit, headline.target.target) : messages.none,
        ),
        h(
          "td",
          { class: "number distance", "data-head": columns.distance },
          distanceCell(site, distance, longest),
        ),
        h(
          "td",
          { class: "text status-cell" },
          h(
            "span",
            { class: `cell cell-${standing}` },
            statusMark(site, standing, words?.status, undefined, words?.symbol),
          ),
        ),
      );
    }),
  );
}

/** The distance as a number and a bar with a tick at the floor. */
function distanceCell(site: Site, distance: number | null, longest: number): (Node | string)[] {
  if (distance === null) return [site.messages.none];
  const x = (value: number) => (value / longest) * barWidth;
  return [
    s(
      "svg",
      {
        width: barWidth + 2,
        height: 12,
        viewBox: `-1 0 ${barWidth + 2} 12`,
        preserveAspectRatio: "none",
        "aria-hidden": "true",
      },
      s("line", { class: "axis", x1: 0, x2: 0, y1: 0, y2: 12 }),
      s("rect", { class: "bar", x: 0, y: 3, width: x(distance), height: 6 }),
      s("line", { class: "floor", x1: x(1), x2: x(1), y1: 1, y2: 11 }),
    ),
    h("span", {}, site.format.share(distance, distance > 0 && distance < 0.095 ? 1 : 0)),
  ];
}
