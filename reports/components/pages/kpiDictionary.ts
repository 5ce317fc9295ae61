import type { LineageRow } from "../../src/published/lineage.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { dimensionLabel } from "../data/labels.js";
import { limitsText } from "../data/responseLimits.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { message } from "./message.js";

/** How many KPIs the dictionary defines. */
export function kpiDictionaryTitle(site: Site): HTMLElement {
  const { dictionary } = site.messages;
  return message(dictionary.title(site.format.integer(site.catalogue.kpis.length)), dictionary.shown);
}

/** Every KPI in the order of the fishbones, with what it means and where it comes from. */
export function kpiDictionary(site: Site, lineage: readonly LineageRow[]): HTMLElement {
  const grouped = groupsOf(site);
  return h(
    "div",
    { class: "dictionary" },
    grouped.map(({ title, kpis }) => [h("h2", {}, title), kpis.map((kpi) => entry(site, kpi, lineage))]),
  );
}

function groupsOf(site: Site): { title: string; kpis: Kpi[] }[] {
  const { language, messages, catalogue } = site;
  const groups = catalogue.fishbones.flatMap((fishbone) =>
    [
      ...fishbone.branches.map(({ label, kpis }) => ({ label: label[language], ids: kpis })),
      { label: messages.fishbone.successFactors, ids: fishbone.success_factors },
    ].map(({ label, ids }) => ({ title: `${fishbone.label[language]} · ${label}`, ids })),
  );
  const placed = new Set(groups.flatMap(({ ids }) => ids));
  const rest = catalogue.kpis.filter(({ id }) => !placed.has(id)).map(({ id }) => id);
  return [...groups, { title: messages.dictionary.others, ids: rest }]
    .map(({ title, ids }) => ({ title, kpis: ids.flatMap((id) => site.kpi(id) ?? []) }))
    .filter(({ kpis }) => kpis.length > 0);
}

function entry(site: Site, kpi: Kpi, lineage: readonly LineageRow[]): HTMLElement {
  const { language, messages } = site;
  const { dictionary, punctuation } = messages;
  const source = lineage.find(({ kpi_id }) => kpi_id === kpi.id);
  const row = (name: string, content: string | Node | null) =>
    content === null ? null : [h("dt", {}, name), h("dd", {}, content)];
  const dimensions = [...kpi.dimensions, ...kpi.numerator_dimensions].map((name) =>
    dimensionLabel(site, name),
  );
  return h(
    "article",
    { id: kpi.id, class: "entry" },
    h(
      "h3",
      {},
      h("a", { href: site.href(`kpi/${kpi.id}`) }, kpi.label[language]),
      " ",
      h("code", {}, kpi.id),
    ),
    h(
      "dl",
      {},
      row(dictionary.definition, kpi.definition[language]),
      row(dictionary.formula, kpi.formula[language]),
      row(
        dictionary.direction,
        [
          messages.direction[kpi.direction],
          messages.unitName[kpi.unit],
          kpi.additive ? dictionary.additive : dictionary.notAdditive,
        ].join(punctuation.semicolon),
      ),
      row(dictionary.interval, dictionary.kind[kpi.kind]),
      row(dictionary.horizon, horizonText(site, kpi)),
      row(dictionary.limitsHead, limitsText(site, kpi)),
      row(dictionary.dimensions, dimensions.length > 0 ? dimensions.join(punctuation.list) : messages.none),
    ),
    source ? lineageOf(site, source) : null,
  );
}

/** Where a KPI is read from; folded, as few look for it and it is long. */
function lineageOf(site: Site, { models, columns }: LineageRow): HTMLElement {
  const { dictionary } = site.messages;
  const { integer } = site.format;
  return h(
    "details",
    { class: "lineage" },
    h("summary", {}, dictionary.lineageCount(integer(models.length), integer(columns.length))),
    h(
      "dl",
      {},
      h("dt", {}, dictionary.lineageModels),
      h("dd", {}, codes(models)),
      h("dt", {}, dictionary.lineageColumns),
      h("dd", {}, columnLinks(site, columns)),
    ),
  );
}

/** When a KPI's value is final. */
export function horizonText(site: Site, { horizon_days: days, matures }: Kpi): string {
  const { dictionary } = site.messages;
  if (days !== null) return dictionary.horizonDays(site.format.integer(days));
  if (matures === "limits") return dictionary.horizonLimits;
  return matures === "awaited" ? dictionary.horizonAwaited : dictionary.horizonNone;
}

function codes(names: readonly string[]): HTMLElement {
  return h(
    "span",
    { class: "codes" },
    names.map((name) => [h("code", {}, name), " "]),
  );
}

function columnLinks(site: Site, columns: readonly string[]): HTMLElement {
  const contract = site.href("contract");
  return h(
    "span",
    { class: "codes" },
    columns.map((name) => [h("a", { href: `${contract}#${name}` }, h("code", {}, name)), " "]),
  );
}
