import { h } from "./element.js";
import { headlineOf, sayReason, wordsOf } from "./headline.js";
import { judge } from "./kpi/coverage.js";
import { noTargetText } from "./kpi/noTarget.js";
import { noCase } from "./kpi/settle.js";
import { countOf } from "./labels.js";
import { type MissingOptions, missingList } from "./missing.js";
import { scoreBar } from "./scoreBar.js";
import { gradeText, points } from "./scores.js";
import type { CompanyScore, Score, Scorecard, TracedItem } from "./scoreTypes.js";
import type { Site } from "./site.js";
import type { Grain, Kpi } from "./siteTypes.js";
import { stack } from "./table.js";
import { unshownReason } from "./unshown.js";

/** Where the KPIs of a scorecard lead to. */
export interface ScoreLinks {
  kpi(id: string): string;
}

/** Groups and KPIs with a value of a filled-in scorecard: weight, value, target and score of each. The others are `withoutValue`. */
export function scorecardTable(site: Site, card: Scorecard, score: Score, links: ScoreLinks): HTMLElement {
  const { columns } = site.messages.scores;
  const shown = card.groups.flatMap((group) => {
    const total = score.groups.find(({ id }) => id === group.id);
    const items = score.items.filter(
      (item) => item.group === group.id && item.weight > 0 && (item.value !== null || item.hidden),
    );
    return total && items.length > 0 ? [{ group, total, items }] : [];
  });
  const whole = h(
    "table",
    { class: "scorecard" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col", class: "text" }, columns.kpi),
        [columns.score, columns.weight, columns.value, columns.target, columns.n].map((head) =>
          h("th", { scope: "col" }, head),
        ),
        h("th", { scope: "col", class: "text" }, columns.remark),
      ),
    ),
    shown.map(({ group, total, items }) =>
      h(
        "tbody",
        {},
        h(
          "tr",
          { class: "group" },
          h("th", { scope: "rowgroup", class: "text" }, group.label[site.language]),
          h("td", { class: "score" }, scoreBar(site, total.total)),
          h("td", {}, weightText(site, total.weight)),
          h("td", {}),
          h("td", {}),
          h("td", {}),
          h("td", { class: "text", "data-head": columns.grade }, gradeText(site, total)),
        ),
        items.map((item) => itemRow(site, item, links, card.grain)),
      ),
    ),
  );
  return stack(whole);
}

function itemRow(site: Site, item: TracedItem, links: ScoreLinks, grain: Grain): HTMLElement {
  const { messages, format, language } = site;
  const kpi = site.kpi(item.kpi_id);
  const unit = kpi?.unit ?? "score";
  const made = madeOf(site, item);
  const reason = item.hidden && kpi ? unshownReason(site, kpi) : null;
  return h(
    "tr",
    {},
    h(
      "th",
      { scope: "row", class: "text" },
      h("a", { href: links.kpi(item.kpi_id) }, kpi?.label[language] ?? item.kpi_id),
    ),
    h("td", { class: "score" }, item.hidden ? "" : scoreBar(site, item.score)),
    h("td", {}, weightText(site, item.weight)),
    item.hidden
      ? h("td", { class: "unshown", title: reason }, messages.unshown)
      : h(
          "td",
          { title: made },
          item.value === null ? messages.none : format.value(unit, { value: item.value }),
        ),
    h("td", {}, item.target === null ? messages.none : format.limit(unit, item.target)),
    h("td", {}, item.hidden ? "" : countOf(site, item.n, kpi)),
    h(
      "td",
      { class: "text remark", "data-head": messages.scores.unscoredHead },
      reason ?? unscoredText(site, item, grain),
    ),
  );
}

/** Why an item has no score. */
function unscoredText(site: Site, { unscored, target_grains }: TracedItem, grain: Grain): string {
  const other = unscored === "no_target" ? noTargetText(grain, target_grains, wordsOf(site)) : null;
  return other ?? (unscored ? site.messages.scores.unscored[unscored] : "");
}

/** `748 ÷ 10`, what a value is made of. */
function madeOf({ format }: Site, { numerator, denominator }: TracedItem): string | null {
  const parts = [numerator, denominator].filter((part) => part !== null);
  return parts.length === 2 ? parts.map((part) => format.number("score", { value: part })).join(" ÷ ") : null;
}

/** `15%`, with as many digits as the weight has. */
export function weightText({ format }: Site, weight: number): string {
  return format.limit("percent", weight);
}

/** The groups of a scorecard as tiles: total, grade and weight of each. */
export function groupTiles(site: Site, card: Scorecard, score: Score): HTMLElement {
  const { columns } = site.messages.scores;
  return h(
    "div",
    { class: "tiles" },
    card.groups.map((group) => {
      const total = score.groups.find(({ id }) => id === group.id);
      return h(
        "div",
        { class: "tile sheet" },
        h("span", { class: "tile-name" }, group.label[site.language]),
        h(
          "span",
          { class: "tile-total" },
          h("strong", {}, points(site, total?.total ?? null)),
          " ",
          total ? gradeText(site, total) : "",
        ),
        h("span", { class: "tile-weight" }, `${columns.weight} ${weightText(site, total?.weight ?? 0)}`),
      );
    }),
  );
}

/** The items that weigh and have no value. */
export const itemsWithoutValue = ({ items }: Score) =>
  items.filter(({ weight, value, hidden }) => weight > 0 && value === null && !hidden);

/**
 * The KPIs of a filled-in scorecard that have a weight and no value in its period, as one list of what each waits for.
 * @param isListed which of them; default all
 */
export function withoutValue(
  site: Site,
  score: CompanyScore,
  options?: MissingOptions,
  isListed: (id: string) => boolean = () => true,
): HTMLElement | null {
  const headlines = itemsWithoutValue(score).flatMap(({ kpi_id }) => {
    const kpi = isListed(kpi_id) ? site.kpi(kpi_id) : undefined;
    return kpi ? [{ ...headlineOf(site, kpi), point: null }] : [];
  });
  const period = { grain: score.grain, start: score.period_start, end: score.period_end };
  const reason = ({ coverage }: Kpi) =>
    sayReason(site, judge(coverage, period, site.build.as_of_on) ?? noCase(coverage));
  return missingList(site, headlines, { reason, ...options });
}
