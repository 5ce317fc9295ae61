import { readingOf } from "../../src/analysis/evidence.js";
import { biggestChanges, type Change } from "../data/changes.js";
import { largestContribution } from "../data/contributions.js";
import type { Cube } from "../data/cube.js";
import { currentPeriod, type Headline, ofPeriod } from "../data/headline.js";
import { valueLabel } from "../data/labels.js";
import type { Site } from "../data/site.js";
import { isJudged } from "../data/targets.js";
import { h } from "../element.js";
import { statusMark } from "../fishbone/bone.js";
import { partText } from "./changeSection.js";

/** How many KPIs each list of the overview names. */
const listed = 5;

interface OffTarget {
  headline: Headline;
  distance: number;
}

/** The KPIs short of their target, those below the floor first and each by how far it is from the target. */
export function farthestOffTarget(headlines: readonly Headline[]): OffTarget[] {
  const severity = ({ status }: Headline) => (status === "bad" ? 1 : 0);
  return headlines
    .flatMap((headline): OffTarget[] => {
      const { kpi, point, target } = headline;
      const { distance } = readingOf(kpi, point, target);
      return distance !== null && distance > 0 ? [{ headline, distance }] : [];
    })
    .sort((a, b) => severity(b.headline) - severity(a.headline) || b.distance - a.distance);
}

/** Which KPIs are farthest from their target, each with value, target and how far off it is. */
export function offTargetList(site: Site, headlines: readonly Headline[]): HTMLElement {
  const { overview } = site.messages;
  const off = farthestOffTarget(headlines);
  const rest = off.length - listed;
  const current = ofPeriod(headlines, currentPeriod(site));
  const unsure = current.filter(({ status }) => status === "unsure").length;
  return h(
    "section",
    { class: "lower-list off-target" },
    h("h2", {}, overview.offTarget),
    off.length > 0 && h("p", { class: "shown" }, overview.offTargetShown),
    off.length === 0
      ? h("p", {}, nothingOff(site, headlines))
      : h(
          "ul",
          {},
          off.slice(0, listed).map((one) => offTargetRow(site, one)),
        ),
    rest > 0 && h("p", { class: "shown" }, overview.moreOffTarget(site.format.integer(rest))),
    unsure > 0 && h("p", { class: "shown" }, overview.unsure(site.format.integer(unsure))),
  );
}

/** What an empty list means: everything on target only where anything could be judged. */
function nothingOff({ messages, targets }: Site, headlines: readonly Headline[]): string {
  const { noneOffTarget, noFinal, setTargets, noneApplies } = messages.overview;
  if (headlines.some(({ status }) => isJudged(status))) return noneOffTarget;
  if (headlines.some(({ target }) => target !== null)) return noFinal;
  return targets.length > 0 ? noneApplies : setTargets;
}

function offTargetRow(site: Site, { headline, distance }: OffTarget): HTMLElement {
  const { kpi, label, point, target, status } = headline;
  const { messages, format } = site;
  return h(
    "li",
    {},
    h("a", { href: site.href(`kpi/${kpi.id}`) }, label),
    h("span", { class: "shown" }, point ? format.period(point.grain, point.start) : ""),
    h("span", { class: "number" }, point ? format.value(kpi.unit, point) : messages.none),
    h(
      "span",
      { class: "number shown" },
      target ? `${messages.value.target} ${format.limit(kpi.unit, target.target)}` : "",
    ),
    h("span", { class: "number shown" }, messages.overview.distance(format.share(distance))),
    statusMark(site, status),
  );
}

/** The KPIs whose change to last year is more than chance, the largest share of its reference first. */
export function changesList(site: Site, headlines: readonly Headline[], recent: Cube): HTMLElement {
  const { messages, format } = site;
  const { overview } = messages;
  const { changes, within, tested, alone } = biggestChanges(headlines);
  const rest = changes.length - listed;
  return h(
    "section",
    { class: "lower-list changes" },
    h("h2", {}, overview.changes),
    tested > 0 && h("p", { class: "shown" }, overview.changesShown),
    changes.length === 0
      ? h("p", {}, tested > 0 ? overview.noChanges({ tested, alone }) : overview.noneTested)
      : h(
          "ul",
          {},
          changes.slice(0, listed).map((change) => changeRow(site, change, recent)),
        ),
    h(
      "p",
      { class: "shown" },
      [
        rest > 0 ? overview.moreChanges(format.integer(rest)) : "",
        within > 0 && changes.length > 0 ? overview.withinChance(format.integer(within)) : "",
      ]
        .filter(Boolean)
        .join(site.language === "en" ? " " : ""),
    ),
  );
}

function changeRow(site: Site, { headline, delta, better }: Change, recent: Cube): HTMLElement {
  const { kpi, label, point } = headline;
  const { overview } = site.messages;
  const mark = better === null ? "" : better ? "▲" : "▼";
  const word = better === null ? "" : better ? overview.better : overview.worse;
  const most = point && largestContribution(kpi, recent, site.totals, point);
  const group = most && valueLabel(site, most.dimension, most.value);
  return h(
    "li",
    {},
    h("a", { href: site.href(`kpi/${kpi.id}`) }, label),
    h("span", { class: "shown" }, point ? site.format.period(point.grain, point.start) : ""),
    h("span", { class: "number" }, point ? site.format.value(kpi.unit, point) : ""),
    h("span", { class: "number certain" }, site.format.delta(kpi.unit, delta, point ?? undefined)),
    h(
      "span",
      { class: `mark ${better === null ? "" : better ? "status-good" : "status-bad"}` },
      `${mark} ${word}`.trim(),
    ),
    h(
      "span",
      { class: "shown" },
      most && group
        ? partText(
            site,
            most.delta,
            delta,
          )(group, site.format.delta(kpi.unit, most.delta, point ?? undefined))
        : "",
    ),
  );
}
