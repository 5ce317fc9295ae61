import type { Cube } from "./cube.js";
import { separator, sumCube } from "./cube.js";
import { h } from "./element.js";
import type { KpiView } from "./kpiPage.js";
import { dimensionHead, valueLabel } from "./labels.js";
import { message, notes } from "./message.js";
import type { Site } from "./site.js";
import { table } from "./table.js";

/**
 * The reasons of a KPI's numerator in one period, the most frequent first, each with its share and the share of
 * all up to it. Null where the period has none; with filters, which reasons do not combine with, it says so.
 */
export function pareto(
  site: Site,
  singles: Cube,
  { point, choice }: Pick<KpiView, "point" | "choice">,
): HTMLElement | null {
  if (!point) return null;
  if (Object.keys(choice.where).length > 0) return withheld(site, site.messages.trend.pareto);
  const where = { role: ["period"], grain: [point.grain], period_start: [point.start], by: ["reason"] };
  const reasons = [...sumCube(singles, where, ["value"])]
    .map(([key, { numerator }]) => ({ reason: key.split(separator)[0] ?? "", count: numerator }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  const total = reasons.reduce((sum, { count }) => sum + count, 0);
  const [first] = reasons;
  if (!first) return null;
  const { trend } = site.messages;
  let running = 0;
  const rows = reasons.map(({ reason, count }) => {
    running += count;
    const bar = h("span", { class: "bar", style: `width: ${((count / first.count) * 100).toFixed(1)}%` });
    return [
      h("th", { scope: "row" }, valueLabel(site, "reason", reason)),
      h("td", {}, site.format.integer(count)),
      h("td", {}, site.format.share(count / total)),
      h("td", {}, site.format.share(running / total)),
      h("td", { class: "text bar-cell" }, bar),
    ];
  });
  return h(
    "section",
    { class: "pareto" },
    message(
      trend.paretoTitle(valueLabel(site, "reason", first.reason), site.format.share(first.count / total)),
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
  );
}

/** A section that the filters leave nothing of: its name, and why. */
export function withheld(site: Site, title: string): HTMLElement {
  return h("section", { class: "withheld" }, h("h2", {}, title), notes([site.messages.trend.allCasesOnly]));
}
