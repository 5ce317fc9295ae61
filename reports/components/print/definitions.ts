import type { Kpi } from "../../src/published/siteTypes.js";
import { limitsOf } from "../data/responseLimits.js";
import { h } from "../element.js";
import { horizonText } from "../pages/kpiDictionary.js";
import { noteDefinitions } from "./figures.js";
import { reportTable } from "./table.js";
import { definitionId, firstOf, placeOf, type ReportView } from "./view.js";

/** What holds for all KPIs, and what each one means. */
export function definitionsPart(view: ReportView): HTMLElement[] | null {
  const { site, words, captions } = view;
  // Those that initiatives are assessed by are named as well, where the pack tells of initiatives.
  const ofInitiatives = view.figures.initiatives.flatMap(({ kpi_id }) => site.kpi(kpi_id) ?? []);
  const { shown: kpis, more } = firstOf(view, [...new Set([...view.kpis, ...ofInitiatives])]);
  const { dictionary } = site.messages;
  noteDefinitions(view, kpis);
  if (kpis.length === 0) return null;
  return [
    h("h3", {}, dictionary.title(site.format.integer(kpis.length))),
    reportTable(
      [
        { head: words.definitions.kpi },
        { head: dictionary.definition },
        { head: dictionary.formula },
        { head: words.definitions.horizon },
      ],
      kpis.map((kpi) => row(view, kpi)),
      captions.table(words.definitions.caption),
      { kind: "meanings" },
    ),
    ...(more > 0 ? [h("p", { class: "shown" }, words.definitions.more(site.format.integer(more)))] : []),
    h("h3", {}, words.definitions.notes),
    h(
      "ul",
      { class: "notes" },
      [
        ...(kpis.some(({ matures }) => matures === "limits") ? limitNotes(view) : []),
        ...generalNotes(view),
      ].map((note) => h("li", {}, note)),
    ),
  ];
}

/** The response limits, once for all KPIs that they decide. */
function limitNotes({ site, words }: ReportView): string[] {
  const { limits } = site.messages.dictionary;
  const { complaints, others, clock, shipped } = limitsOf(site);
  const { colon } = site.messages.punctuation;
  return [
    `${words.definitions.limits}${colon}${limits.complaints(complaints)}`,
    `${words.definitions.limits}${colon}${limits.others(others)}${site.language === "en" ? " " : ""}${clock}${shipped}`,
  ];
}

function row(view: ReportView, kpi: Kpi): Node[] {
  const { site } = view;
  const { messages, language } = site;
  const { direction, unitName } = messages;
  const place = placeOf(view, kpi.id);
  return [
    place === definitionId(kpi.id)
      ? h("span", { id: place }, kpi.label[language])
      : h("a", { href: `#${place}` }, kpi.label[language]),
    h(
      "div",
      {},
      h("p", {}, kpi.definition[language]),
      kpi.matures === "limits" && h("p", {}, view.words.definitions.limitsBelow),
    ),
    h("p", {}, kpi.formula[language]),
    h("p", {}, horizonText(site, kpi), h("br"), `${unitName[kpi.unit]} · ${direction[kpi.direction]}`),
  ];
}

function generalNotes({ site, words }: ReportView): string[] {
  const { build, format, messages } = site;
  const common = words.notes({
    zone: build.time_zone,
    asOf: format.day(build.as_of_on, true),
    churn: words.churnRule[build.churn_rule](format.integer(build.inactivity_days)),
  });
  return build.min_cell > 1 ? [...common, messages.foot.minCell(format.integer(build.min_cell))] : common;
}
