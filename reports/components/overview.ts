import { statusMark, wordsFor } from "./bone.js";
import { bullet } from "./bullet.js";
import { biggestChanges, type Change } from "./changes.js";
import { largestContribution } from "./contributions.js";
import type { Cube } from "./cube.js";
import { h } from "./element.js";
import { currentPeriod, type Headline, headlineOf, reasonOf } from "./headline.js";
import { valueLabel } from "./labels.js";
import { message } from "./message.js";
import type { Site } from "./site.js";
import { sparkFigure } from "./spark.js";

/** How many headline cards the overview shows. */
const cardCount = 8;

/** The headlines of all bones of all fishbones, in their order. */
export function boneHeadlines(site: Site): Headline[] {
  const ids = site.catalogue.fishbones.flatMap(({ branches }) => branches.flatMap(({ kpis }) => kpis));
  return [...new Set(ids)].flatMap((id) => {
    const kpi = site.kpi(id);
    return kpi ? [headlineOf(site, kpi)] : [];
  });
}

/** The state of the business in one sentence: how many KPIs are on target, and which are off. */
export function overviewTitle(site: Site, headlines: readonly Headline[]): HTMLElement {
  const { messages, format } = site;
  const start = currentPeriod(site);
  const period = start === null ? "" : format.period("month", start);
  const targeted = headlines.filter(({ status }) => ["good", "near", "bad"].includes(status));
  if (targeted.length === 0) {
    const known = headlines.filter(({ point }) => point !== null).length;
    return message(messages.overview.stateNoTargets(period, format.integer(known)), "");
  }
  const good = targeted.filter(({ status }) => status === "good");
  const bad = targeted.filter(({ status }) => status === "bad").map(({ label }) => label);
  const named = bad.slice(0, 3).join(messages.punctuation.list);
  const names = bad.length > 3 ? messages.overview.stateMore(named, format.integer(bad.length)) : named;
  return message(
    messages.overview.state({
      period,
      good: format.integer(good.length),
      total: format.integer(targeted.length),
      bad: bad.length > 0 ? messages.overview.stateBad(names) : "",
    }),
    "",
  );
}

/** Eight cards, drawn from the branches in turn so that each branch is seen. */
export function headlineCards(site: Site, headlines: readonly Headline[]): HTMLElement {
  const byId = new Map(headlines.map((headline) => [headline.kpi.id, headline]));
  const branches = site.catalogue.fishbones.flatMap(({ branches }) => branches);
  const chosen: Headline[] = [];
  for (let row = 0; chosen.length < cardCount && row < headlines.length; row++) {
    for (const { kpis } of branches) {
      const headline = byId.get(kpis[row] ?? "");
      if (headline && !chosen.includes(headline) && chosen.length < cardCount) chosen.push(headline);
    }
  }
  return h(
    "div",
    { class: "cards" },
    chosen.map((headline) => card(site, headline)),
  );
}

function card(site: Site, headline: Headline): HTMLElement {
  const { kpi, label, point, points, target, status } = headline;
  const { messages, format } = site;
  const words = wordsFor(site, headline, currentPeriod(site));
  return h(
    "a",
    { class: "card sheet", href: site.href(`kpi/${kpi.id}`), "aria-label": words.sentence },
    h(
      "span",
      { class: "card-head" },
      h("strong", {}, label),
      point ? statusMark(site, status, words.status) : null,
    ),
    h(
      "span",
      { class: "card-value" },
      h("span", { class: "figure" }, point ? words.value : messages.none),
      sparkFigure(points, { width: 96, height: 26, until: point?.start }),
    ),
    h(
      "span",
      { class: "card-bullet" },
      bullet(headline),
      target &&
        h(
          "span",
          { class: "card-target" },
          `${messages.value.target} ${format.limit(kpi.unit, target.target)}`,
        ),
    ),
    h(
      "span",
      { class: "card-change" },
      point === null
        ? reasonOf(site, kpi)
        : words.change === ""
          ? messages.overview.noLastYear
          : [
              `${messages.overview.versusLastYear} `,
              h("span", { class: words.certain ? "change certain" : "change" }, words.change),
              words.certain && ` · ${messages.overview.certain}`,
            ],
      words.remark !== "" && ` · ${words.remark}`,
    ),
  );
}

/** The KPIs whose change to last year is more than chance, the largest share of its reference first. */
export function changesList(
  site: Site,
  headlines: readonly Headline[],
  recent: Cube,
  count = 5,
): HTMLElement {
  const { messages, format } = site;
  const start = currentPeriod(site);
  const changes = biggestChanges(headlines).slice(0, count);
  return h(
    "section",
    { class: "changes" },
    h("h2", {}, messages.overview.changes),
    h(
      "p",
      { class: "shown" },
      messages.overview.changesShown(start === null ? "" : format.period("month", start)),
    ),
    changes.length === 0
      ? h("p", {}, messages.overview.noChanges)
      : h(
          "ul",
          {},
          changes.map((change) => changeRow(site, change, recent)),
        ),
  );
}

function changeRow(site: Site, { headline, delta, better }: Change, recent: Cube): HTMLElement {
  const { kpi, label, point } = headline;
  const { overview } = site.messages;
  const mark = better === null ? "" : better ? "▲" : "▼";
  const word = better === null ? "" : better ? overview.better : overview.worse;
  const most = point && largestContribution(kpi, recent, point);
  const group = most && valueLabel(site, most.dimension, most.value);
  return h(
    "li",
    {},
    h("a", { href: site.href(`kpi/${kpi.id}`) }, label),
    h("span", { class: "change-value" }, point ? site.format.value(kpi.unit, point) : ""),
    h("span", { class: "change certain" }, site.format.delta(kpi.unit, delta, point ?? undefined)),
    h(
      "span",
      { class: better === null ? "" : better ? "status-good" : "status-bad" },
      `${mark} ${word}`.trim(),
    ),
    h(
      "span",
      { class: "shown" },
      most && group
        ? overview.contribution(group, site.format.delta(kpi.unit, most.delta, point ?? undefined))
        : "",
    ),
  );
}

interface QualityTables {
  tables: { table_name: string; rows_mapped: number; loaded: number; quarantined: number }[];
}

/** What the last build read and refused, in one line. */
export function qualityLine(site: Site, { tables }: QualityTables): HTMLElement {
  const { overview } = site.messages;
  const loaded = tables.reduce((sum, table) => sum + table.loaded, 0);
  const quarantined = tables.reduce((sum, table) => sum + table.quarantined, 0);
  const mapped = tables.reduce((sum, table) => sum + table.rows_mapped, 0);
  const names = new Set(tables.filter((table) => table.loaded > 0).map((table) => table.table_name));
  return h(
    "p",
    { class: "quality-line" },
    overview.quality(
      site.format.integer(loaded),
      site.format.share(mapped > 0 ? quarantined / mapped : 0, 2),
      site.format.integer(names.size),
    ),
    " ",
    h("a", { href: site.href("quality") }, overview.qualityLink),
    " · ",
    h("a", { href: site.href("fishbone") }, overview.fishboneLink),
  );
}
