import { unknown } from "../../src/catalogue/dimensions.js";
import { cellsIn } from "../data/cells.js";
import type { Cube } from "../data/cube.js";
import { dimensionHead, valueLabel } from "../data/labels.js";
import type { Site } from "../data/site.js";
import { unshownText } from "../data/unshown.js";
import { h } from "../element.js";
import type { KpiView } from "../pages/kpiPage.js";
import { message, notes } from "../pages/message.js";
import { table } from "../tables/table.js";

/**
 * The reasons of a KPI's numerator in one period, the most frequent first, each with its share and the share of
 * all up to it; those that are not shown stand together at the end. Null where the period has none; with filters, which
 * reasons do not combine with, it says so.
 */
export function pareto(
  site: Site,
  singles: Cube,
  { kpi, point, choice }: Pick<KpiView, "kpi" | "point" | "choice">,
): HTMLElement | null {
  if (!point) return null;
  const { trend } = site.messages;
  if (Object.keys(choice.where).length > 0) return withheld(trend.pareto, trend.allCasesOnly);
  const window = { role: "period", grain: point.grain, start: point.start } as const;
  const cells = [...cellsIn(singles, kpi, window, { where: { by: ["reason"] }, by: ["value"] })];
  const reasons = cells
    .flatMap(([reason, cell]) => (cell ? [{ reason, count: cell.numerator }] : []))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  const shown = reasons.reduce((sum, { count }) => sum + count, 0);
  const unshown = cells.filter(([, cell]) => cell === null).length;
  const rest = unshown > 0 ? Math.max(0, point.numerator - shown) : 0;
  const total = shown + rest;
  const [first] = reasons;
  if (!first) return unshown > 0 ? withheld(trend.pareto, unshownText(site, kpi, unshown)) : null;
  if (unshown === 0 && reasons.every(({ reason }) => reason === unknown)) return null;
  const groups = [
    ...reasons.map(({ reason, count }) => ({
      label: valueLabel(site, "reason", reason),
      count,
      isOne: true,
    })),
    ...(rest > 0
      ? [{ label: site.messages.unshownGroups(site.format.integer(unshown)), count: rest, isOne: false }]
      : []),
  ];
  let running = 0;
  const rows = groups.map(({ label, count, isOne }) => {
    running += count;
    const width = `width: ${(Math.min(1, count / first.count) * 100).toFixed(1)}%`;
    return [
      h("th", { scope: "row" }, label),
      h("td", {}, site.format.integer(count)),
      h("td", {}, site.format.share(count / total)),
      h("td", {}, site.format.share(running / total)),
      h("td", { class: "text bar-cell" }, isOne && h("span", { class: "bar", style: width })),
    ];
  });
  const isFirst = first.count >= rest;
  const say = isFirst ? trend.paretoTitle : trend.paretoOfShown;
  return h(
    "section",
    { class: "pareto" },
    message(
      say(valueLabel(site, "reason", first.reason), site.format.share(first.count / total)),
      trend.paretoShown(site.format.period(point.grain, point.start), site.format.integer(total)),
      "h2",
    ),
    table(
      [dimensionHead(site, "reason"), trend.paretoCount, trend.paretoShare, trend.paretoCumulative, ""],
      rows,
      {
        texts: 1,
      },
    ),
    unshown > 0 && notes([unshownText(site, kpi, unshown)]),
  );
}

/** A section of which nothing can be shown: its name, and why. */
export function withheld(title: string, why: string): HTMLElement {
  return h("section", { class: "withheld" }, h("h2", {}, title), notes([why]));
}
