import type { Kpi } from "../../src/published/siteTypes.js";
import { dimensionLabel } from "../data/labels.js";
import { limitsText } from "../data/responseLimits.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { fishbonePage } from "./fishbonePage.js";
import { notes } from "./message.js";

/**
 * The way from a KPI to its neighbours: back to its bone, and on along the fishbone. Escape goes back. Who came from
 * a cause (`#slow_complaints.no_reminder`) goes back to it.
 */
export function kpiPath(site: Site, kpi: Kpi): HTMLElement {
  const { language, messages } = site;
  const fishbone = site.catalogue.fishbones.find(({ branches, success_factors }) =>
    [...branches.flatMap(({ kpis }) => kpis), ...success_factors].includes(kpi.id),
  );
  const branch = fishbone?.branches.find(({ kpis }) => kpis.includes(kpi.id));
  const order = [
    ...(fishbone?.branches.flatMap(({ kpis }) => kpis) ?? []),
    ...(fishbone?.success_factors ?? []),
  ];
  const index = order.indexOf(kpi.id);
  const link = (id: string | undefined, rel: string, before: string, after: string) => {
    const target = id === undefined ? undefined : site.kpi(id);
    return (
      target &&
      h("a", { rel, href: site.href(`kpi/${target.id}`) }, `${before}${target.label[language]}${after}`)
    );
  };
  const cause = causeOf(site, location.hash.slice(1));
  const back = cause
    ? `${site.href("problems")}#${cause.key}`
    : fishbone
      ? `${site.href(fishbonePage(site, fishbone.id))}#${kpi.id}`
      : `${site.href("kpis")}#${kpi.id}`;
  addEventListener("keydown", (event) => {
    const from = event.target as HTMLElement;
    if (event.key === "Escape" && !/^(INPUT|SELECT|TEXTAREA)$/.test(from.tagName)) location.href = back;
  });
  return h(
    "nav",
    { class: "path", "aria-label": messages.trend.back },
    h("a", { href: back }, cause?.problem.label[language] ?? fishbone?.label[language] ?? messages.nav.kpis),
    h(
      "span",
      {},
      cause?.cause.label[language] ??
        branch?.label[language] ??
        (fishbone ? messages.fishbone.successFactors : messages.dictionary.others),
    ),
    h(
      "span",
      { class: "neighbours" },
      link(order[index - 1], "prev", "← ", ""),
      link(order[index + 1], "next", "", " →"),
    ),
  );
}

/** The cause whose key (problem, dot, cause) a page was opened with. */
function causeOf(site: Site, key: string) {
  const [problemId, causeId] = key.split(".");
  const problem = site.catalogue.problems.find(({ id }) => id === problemId);
  const cause = problem?.branches.flatMap(({ causes }) => causes).find(({ id }) => id === causeId);
  return problem && cause ? { key, problem, cause } : null;
}

/** What the KPI means, and what of it is not on the page. */
export function kpiNotes(site: Site, kpi: Kpi): HTMLElement {
  const { language, messages } = site;
  const { colon, stop, list } = messages.punctuation;
  const left = kpi.published.leftOut.map((name) => dimensionLabel(site, name)).join(list);
  const limits = limitsText(site, kpi);
  return h(
    "section",
    { class: "definition" },
    h("h2", {}, messages.trend.definition),
    h("p", {}, kpi.definition[language]),
    h("p", { class: "formula" }, kpi.formula[language]),
    h("p", {}, `${messages.dictionary.direction}${colon}${messages.direction[kpi.direction]}${stop}`),
    limits !== null && h("p", {}, `${messages.dictionary.limitsHead}${colon}${limits}`),
    h("p", {}, h("a", { href: `${site.href("kpis")}#${kpi.id}` }, messages.trend.toDictionary)),
    left !== "" && notes([messages.trend.leftOut(left)]),
  );
}
