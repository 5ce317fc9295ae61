import { statusMark } from "./bone.js";
import { h } from "./element.js";
import type { FishboneView } from "./fishbone.js";
import { treeBone } from "./fishboneTree.js";
import { message, notes } from "./message.js";
import type { Site } from "./site.js";
import type { Status } from "./targets.js";

/** What the fishbone says: how many of its KPIs are on target, and in which period. */
export function fishboneTitle(site: Site, view: FishboneView): HTMLElement {
  const { messages, language, format } = site;
  const bones = view.fishbone.branches.flatMap(({ kpis }) => kpis);
  const silent = bones.filter((id) => view.headlines.get(id)?.point == null).length;
  const happened =
    view.targeted > 0
      ? messages.fishbone.title(format.integer(view.good), format.integer(view.targeted), view.period)
      : messages.fishbone.untargetedTitle(format.integer(bones.length), view.period);
  const shown = messages.fishbone.shown(
    view.fishbone.label[language],
    messages.perGrain[view.grain],
    silent > 0 ? messages.fishbone.noData(format.integer(silent)) : "",
  );
  return message(happened, shown);
}

/** The success factors beside the bones. */
export function successFactors(site: Site, view: FishboneView): HTMLElement {
  return h(
    "section",
    {},
    h("h2", {}, site.messages.fishbone.successFactors),
    h(
      "div",
      { class: "factors" },
      view.fishbone.successFactors.map((id) => treeBone(site, view, id, null)),
    ),
  );
}

/** What the symbols mean, and how to walk the bones. */
export function fishboneLegend(site: Site): HTMLElement {
  const statuses: Status[] = ["good", "near", "bad", "none", "untargeted"];
  return notes([
    h(
      "span",
      { class: "legend" },
      statuses.map((status) => statusMark(site, status)),
      h("span", {}, site.messages.fishbone.certainLegend),
    ),
    site.messages.fishbone.keys,
  ]);
}
