import { judge } from "../../src/kpi/coverage.js";
import { noCase } from "../../src/kpi/settle.js";
import type { CompanyScore, Score, Scorecard, TracedItem } from "../../src/published/scoreTypes.js";
import type { Grain, Kpi } from "../../src/published/siteTypes.js";
import { greatest } from "../../src/statistics/extremes.js";
import { noTargetText } from "../../src/words/noTarget.js";
import { rounded } from "../../src/words/rounding.js";
import { scoreBar } from "../charts/scoreBar.js";
import { headlineOf, sayReason } from "../data/headline.js";
import { countOf, kpiOf } from "../data/labels.js";
import { gradeText, points } from "../data/scores.js";
import type { Site } from "../data/site.js";
import { unshownReason } from "../data/unshown.js";
import { h } from "../element.js";
import { type MissingOptions, missingList } from "../pages/missing.js";
import { headed, numberHead, stack, textHead } from "./table.js";

/** Where the KPIs of a scorecard lead to. */
export interface ScoreLinks {
  kpi(id: string): string;
  /** The mark of a footnote on the value of an item; none on a page, where the remark says it. */
  mark?(item: TracedItem): HTMLElement | null;
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
  const weight = weightColumn(
    site,
    shown.flatMap(({ total, items }) => [total.weight, ...items.map((item) => item.weight)]),
  );
  const whole = headed(
    "scorecard",
    [
      textHead(columns.kpi),
      [columns.score, columns.weight, columns.value, columns.target, columns.n].map(numberHead),
      textHead(columns.remark),
    ],
    shown.map(({ group, total, items }) =>
      h(
        "tbody",
        {},
        h(
          "tr",
          { class: "group" },
          h("th", { scope: "rowgroup", class: "text" }, group.label[site.language]),
          h("td", { class: "score" }, scoreBar(site, total.total)),
          h("td", {}, weight(total.weight)),
          h("td", {}),
          h("td", {}),
          h("td", {}),
          total.total === null
            ? h(
                "td",
                { class: "text remark", "data-head": site.messages.scores.untotalledHead },
                untotalledText(site, score, group.id, card.grain),
              )
            : h("td", { class: "text", "data-head": columns.grade }, gradeText(site, total)),
        ),
        items.map((item) => itemRow(site, item, { links, weight, grain: card.grain })),
      ),
    ),
  );
  return stack(whole);
}

interface ItemOptions {
  links: ScoreLinks;
  /** How the weights of the column are written. */
  weight(weight: number): string;
  grain: Grain;
}

function itemRow(site: Site, item: TracedItem, { links, weight, grain }: ItemOptions): HTMLElement {
  const { messages, format, language } = site;
  const kpi = kpiOf(site, item.kpi_id);
  const { unit } = kpi;
  const made = madeOf(site, item);
  const reason = item.hidden ? unshownReason(site, kpi) : null;
  return h(
    "tr",
    {},
    h("th", { scope: "row", class: "text" }, h("a", { href: links.kpi(item.kpi_id) }, kpi.label[language])),
    h("td", { class: "score" }, item.hidden ? "" : scoreBar(site, item.score)),
    h("td", {}, weight(item.weight)),
    item.hidden
      ? h("td", { class: "unshown", title: reason }, messages.unshown)
      : h(
          "td",
          { title: made },
          item.value === null ? messages.none : format.value(unit, { value: item.value }),
          links.mark?.(item),
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
  const other = unscored === "no_target" ? noTargetText(grain, target_grains, site.language) : null;
  return other ?? (unscored ? site.messages.scores.unscored[unscored] : "");
}

/** Why a group has no total: what its KPIs lack where that is the same of all, else that too few of them have a score. */
function untotalledText(site: Site, { items }: Score, group: string, grain: Grain): string {
  const { scores } = site.messages;
  const own = items.filter((item) => item.group === group && item.weight > 0);
  if (own.some(({ hidden }) => hidden)) return site.messages.unshown;
  if (own.some(({ score }) => score !== null)) return scores.groupBelowHalf;
  const [first, ...others] = [...new Set(own.map((item) => unscoredText(site, item, grain)))];
  return first !== undefined && first !== "" && others.length === 0 ? first : scores.groupUnscored;
}

/** `748 ÷ 10`, what a value is made of. */
function madeOf({ format }: Site, { numerator, denominator }: TracedItem): string | null {
  const parts = [numerator, denominator].filter((part) => part !== null);
  return parts.length === 2 ? parts.map((part) => format.number("score", { value: part })).join(" ÷ ") : null;
}

/** The weights of one column, each with the digits that one of them needs. */
export function weightColumn({ format }: Site, weights: readonly number[]): (weight: number) => string {
  const digits = greatest(weights.map(digitsOfShare), 0);
  return (weight) => format.share(weight, digits);
}

/** How many digits a share somebody set has in per cent, two at most. */
const digitsOfShare = (share: number) =>
  [0, 1].find((digits) => Math.abs(share * 100 - Number(rounded(share * 100, digits))) < 1e-9) ?? 2;

/** The groups of a scorecard as tiles: total, grade and weight of each. */
export function groupTiles(site: Site, card: Scorecard, score: Score): HTMLElement {
  const { columns } = site.messages.scores;
  const weight = weightColumn(
    site,
    score.groups.map((group) => group.weight),
  );
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
        h("span", { class: "tile-weight" }, `${columns.weight} ${weight(total?.weight ?? 0)}`),
        total?.total === null &&
          h("span", { class: "tile-weight" }, untotalledText(site, score, group.id, card.grain)),
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
  return missingList(site, headlines, {
    reason,
    period: site.format.period(score.grain, score.period_start),
    ...options,
  });
}
