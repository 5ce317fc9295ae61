import type { Grain } from "../../src/kpi/periods.js";
import type { Quality } from "../../src/published/quality.js";
import { grainWord } from "../../src/words/noTarget.js";
import { bullet } from "../charts/bullet.js";
import { sparkFigure } from "../charts/spark.js";
import { isShareOnly } from "../charts/titles.js";
import { currentPeriod, type Headline, headlineOf, isKnown, ofPeriod, reasonOf } from "../data/headline.js";
import { ofExtracts, readOf } from "../data/qualityCounts.js";
import type { Site } from "../data/site.js";
import { isJudged } from "../data/targets.js";
import { h } from "../element.js";
import { statusMark, wordsFor } from "../fishbone/bone.js";
import { message } from "./message.js";
import { needsOthers } from "./missing.js";

/** How many headline cards the overview shows. */
const cardCount = 8;

/**
 * The headlines of all KPIs of all fishbones, the bones before the success factors; where few of them have a value, those
 * of all other KPIs after them.
 * @param chosen the KPIs that stand in the place of all these
 */
export function boneHeadlines(site: Site, chosen: readonly string[] | null = null): Headline[] {
  const ids = chosen ?? bonesOf(site);
  const headlines = (wanted: readonly string[]) =>
    [...new Set(wanted)].flatMap((id) => {
      const kpi = site.kpi(id);
      return kpi ? [headlineOf(site, kpi)] : [];
    });
  const bones = headlines(ids);
  return needsOthers(bones) && chosen === null
    ? [...bones, ...headlines(site.catalogue.kpis.map(({ id }) => id).filter((id) => !ids.includes(id)))]
    : bones;
}

function bonesOf({ catalogue: { fishbones } }: Site): string[] {
  return [
    ...fishbones.flatMap(({ branches }) => branches.flatMap(({ kpis }) => kpis)),
    ...fishbones.flatMap(({ success_factors }) => success_factors),
  ];
}

/** The state of the business in one sentence: how many KPIs are on target, and which are off. */
export function overviewTitle(
  site: Site,
  headlines: readonly Headline[],
  chosen: readonly string[] | null = null,
): HTMLElement {
  const { messages, format } = site;
  const start = currentPeriod(site);
  const period = start === null ? "" : format.period(site.grain, start);
  const isBones = headlines.every(({ kpi }) => bonesOf(site).includes(kpi.id));
  const { shown: ofBones, shownAll, shownChosen } = messages.overview;
  const shown = (chosen ? shownChosen : isBones ? ofBones : shownAll)(site.grain);
  const current = ofPeriod(headlines, start);
  const targeted = current.filter(({ status }) => isJudged(status));
  const earlier = earlierJudged(site, headlines, start);
  if (targeted.length === 0) {
    const known = current.filter(isKnown).length || headlines.filter(isKnown).length;
    const others = othersOf(site, headlines);
    return message(
      messages.overview.stateNoTargets(
        period,
        format.integer(known),
        others === null ? null : `${others}${earlier}`,
      ),
      shown,
    );
  }
  const good = targeted.filter(({ status }) => status === "good");
  const bad = targeted.filter(({ status }) => status === "bad").map(({ label }) => label);
  const unsure = targeted.filter(({ status }) => status === "unsure").length;
  const named = bad.slice(0, 3).join(messages.punctuation.list);
  const names = bad.length > 3 ? messages.overview.stateMore(named, format.integer(bad.length)) : named;
  return message(
    messages.overview.state({
      period,
      good: format.integer(good.length),
      total: format.integer(targeted.length),
      bad: bad.length > 0 ? messages.overview.stateBad(names) : "",
      unsure:
        (unsure > 0 ? messages.overview.stateUnsure(format.integer(unsure)) : "") +
        earlier +
        othersTargeted(site, headlines),
    }),
    shown,
  );
}

/** How many KPIs are held against a target by a value of another period than a page is about; empty of none. */
export function earlierJudged(site: Site, headlines: readonly Headline[], start: string | null): string {
  const current = new Set(ofPeriod(headlines, start));
  const count = headlines.filter((one) => isJudged(one.status) && !current.has(one)).length;
  return count === 0 ? "" : site.messages.overview.stateEarlier(site.format.integer(count));
}

/** What `othersTargeted` says; null where no target is set at all. */
export const othersOf = (site: Site, headlines: readonly Headline[], grain: Grain = site.grain) =>
  site.targets.length === 0 ? null : othersTargeted(site, headlines, grain);

/** How many KPIs have a target, but not for periods of the grain shown; empty of none. */
export function othersTargeted(
  site: Site,
  headlines: readonly Headline[],
  grain: Grain = site.grain,
): string {
  const count = headlines.filter(({ targetGrains }) => targetGrains.length > 0).length;
  if (count === 0) return "";
  return site.messages.overview.stateOtherGrain(site.format.integer(count), grainWord(grain, site.language));
}

/** Eight cards of KPIs with a value, drawn from the branches in turn so that each branch is seen, then from all others. */
export function headlineCards(site: Site, headlines: readonly Headline[]): HTMLElement {
  const byId = new Map(headlines.map((headline) => [headline.kpi.id, headline]));
  const branches = site.catalogue.fishbones.flatMap(({ branches }) => branches);
  const chosen: Headline[] = [];
  const known = headlines.filter(isKnown);
  const telling = known.filter(({ kpi }) => !isShareOnly(kpi));
  const eligible = new Set(telling.length > 0 ? telling : known);
  const choose = (headline: Headline | undefined) => {
    if (headline && eligible.has(headline) && !chosen.includes(headline) && chosen.length < cardCount)
      chosen.push(headline);
  };
  for (let row = 0; chosen.length < cardCount && row < headlines.length; row++) {
    for (const { kpis } of branches) choose(byId.get(kpis[row] ?? ""));
  }
  headlines.forEach(choose);
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
    { class: "card sheet", href: site.href(`kpi/${kpi.id}`) },
    h(
      "span",
      { class: "card-head" },
      h("strong", {}, label),
      point ? statusMark(site, status, words.status, undefined, words.symbol) : null,
    ),
    h(
      "span",
      { class: "card-value" },
      h("span", { class: "figure" }, point ? words.value : messages.none),
      sparkFigure(site, { kpi, points }, { width: 96, height: 26, until: point?.start }),
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

/** What the last build read and refused, in one line; the share is that of the quality page. */
export function qualityLine(site: Site, quality: Quality): HTMLElement {
  const { overview } = site.messages;
  const { tables } = ofExtracts(quality);
  const { share } = readOf(quality);
  const loaded = tables.reduce((sum, table) => sum + table.loaded, 0);
  const names = new Set(tables.filter((table) => table.loaded > 0).map((table) => table.table_name));
  return h(
    "p",
    { class: "quality-line" },
    overview.quality(
      site.format.integer(loaded),
      site.format.share(share, share === 0 ? 0 : 2),
      site.format.integer(names.size),
    ),
    " ",
    h("a", { href: site.href("quality") }, overview.qualityLink),
    " · ",
    h("a", { href: site.href("fishbone") }, overview.fishboneLink),
  );
}
