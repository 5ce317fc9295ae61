import type { Title } from "../charts/titles.js";
import { isKnown } from "../data/headline.js";
import type { Site } from "../data/site.js";
import { statuses } from "../data/targets.js";
import { h } from "../element.js";
import { statusMark } from "../fishbone/bone.js";
import { treeBone } from "../fishbone/fishboneTree.js";
import { type FishboneView, fishboneView } from "../fishbone/fishboneView.js";
import { message, notes } from "./message.js";
import { earlierJudged, othersOf } from "./overview.js";

/** The fishbone of a page: the one named in its address, else the first; null where there is none. */
export function pageFishbone(site: Site, id?: string): FishboneView | null {
  const { fishbones } = site.catalogue;
  const found = id === undefined ? fishbones[0] : fishbones.find((one) => one.id === id);
  return found ? fishboneView(site, found) : null;
}

/** Every text whose width the picture measures. */
export function fishboneTexts({ language }: Site, { fishbone, headlines, words }: FishboneView): string[] {
  return [
    fishbone.label[language],
    ...fishbone.branches.map(({ label }) => label[language]),
    ...[...headlines.values()].map(({ label }) => label),
    ...[...words.values()].map(({ value, change, remark }) => value + change + remark),
  ];
}

/** A fishbone's page. The first one is the page `fishbone`. */
export function fishbonePage({ catalogue }: Site, id: string): string {
  return catalogue.fishbones[0]?.id === id ? "fishbone" : `fishbone/${id}`;
}

/** The way between the fishbones and to the problems; nothing where there is only one page. */
export function fishboneNav(site: Site, current: string | undefined): HTMLElement | string {
  const { language, messages, catalogue } = site;
  const pages = [
    ...catalogue.fishbones.map(({ id, label }) => ({
      page: fishbonePage(site, id),
      label: label[language],
      isCurrent: id === current,
    })),
    ...(catalogue.problems.length > 0
      ? [{ page: "problems", label: messages.problems.name, isCurrent: current === "problems" }]
      : []),
  ];
  if (pages.length < 2) return "";
  return h(
    "nav",
    { class: "subnav", "aria-label": messages.fishbone.all },
    pages.map(({ page, label, isCurrent }) =>
      h("a", { href: site.href(page), "aria-current": isCurrent && "page" }, label),
    ),
  );
}

/** The page's title. */
export function fishboneTitle(site: Site, view: FishboneView | null): HTMLElement {
  if (!view) return message(site.messages.fishbone.none, "");
  const { happened, shown } = fishboneMessage(site, view);
  return message(happened, shown);
}

/** What the fishbone says: how many of its KPIs are on target, and in which period. */
export function fishboneMessage(site: Site, view: FishboneView): Title {
  const { messages, language, format } = site;
  const bones = view.fishbone.branches.flatMap(({ kpis }) => kpis);
  const silent = view.missing.length;
  const drawn = [...view.headlines.values()].filter(({ kpi }) => bones.includes(kpi.id));
  const earlier = earlierJudged(site, drawn, view.current);
  const others = othersOf(site, drawn, view.grain);
  const happened =
    view.targeted > 0
      ? messages.fishbone.title(format.integer(view.good), format.integer(view.targeted), view.period) +
        (view.unsure > 0 ? messages.overview.stateUnsure(format.integer(view.unsure)) : "") +
        earlier
      : bones.length === 0
        ? messages.fishbone.silentTitle(view.period)
        : messages.fishbone.untargetedTitle(
            format.integer(bones.length),
            view.period,
            others === null ? null : `${others}${earlier}`,
          );
  const shown = messages.fishbone.shown(
    view.fishbone.label[language],
    messages.perGrain[view.grain],
    silent > 0 ? messages.fishbone.noData(format.integer(silent)) : "",
  );
  return { happened, shown };
}

/** The success factors beside the bones, where there are some. */
export function successFactors(site: Site, view: FishboneView): HTMLElement | null {
  if (view.fishbone.success_factors.length === 0) return null;
  return h(
    "section",
    {},
    h("h2", {}, site.messages.fishbone.successFactors),
    h(
      "div",
      { class: "factors" },
      view.fishbone.success_factors.map((id) => treeBone(site, view, id, null)),
    ),
  );
}

/** What the symbols mean, and how to walk the bones. */
export function fishboneLegend(site: Site, view: FishboneView | null): HTMLElement | null {
  if (!view || [...view.headlines.values()].every((headline) => !isKnown(headline))) return null;
  return notes([
    h(
      "span",
      { class: "legend" },
      statuses.map((status) => statusMark(site, status)),
    ),
    site.messages.fishbone.certainLegend,
    site.messages.fishbone.keys,
    site.targets.length === 0 && site.messages.overview.setTargets,
  ]);
}
