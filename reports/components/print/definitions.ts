import type { Kpi } from "../../src/published/siteTypes.js";
import { limitsText } from "../data/responseLimits.js";
import { h } from "../element.js";
import { horizonText } from "../pages/kpiDictionary.js";
import { noteDefinitions } from "./figures.js";
import { reportTable } from "./table.js";
import { definitionId, placeOf, type ReportView } from "./view.js";

/** The last section: what holds for all KPIs, and what each one means. */
export function definitionsSection(view: ReportView): HTMLElement {
  const { site, words, captions } = view;
  // Those that initiatives are assessed by are named as well, where the pack tells of initiatives.
  const ofInitiatives = view.figures.initiatives.flatMap(({ kpi_id }) => site.kpi(kpi_id) ?? []);
  const kpis = [...new Set([...view.kpis, ...ofInitiatives])];
  const { dictionary } = site.messages;
  noteDefinitions(view, kpis);
  return h(
    "section",
    { class: "definitions" },
    h(
      "div",
      { class: "message" },
      h(
        "h2",
        { id: "definitions" },
        kpis.length > 0 ? dictionary.title(site.format.integer(kpis.length)) : words.definitions.caption,
      ),
      kpis.length > 0 && h("p", {}, words.definitions.shown),
    ),
    h("h3", {}, words.definitions.notes),
    h(
      "ul",
      { class: "notes" },
      generalNotes(view).map((note) => h("li", {}, note)),
    ),
    kpis.length > 0 &&
      reportTable(
        [
          { head: words.definitions.kpi },
          { head: dictionary.definition },
          { head: dictionary.formula },
          { head: words.definitions.horizon },
        ],
        kpis.map((kpi) => row(view, kpi)),
        captions.table(words.definitions.caption),
      ),
  );
}

function row(view: ReportView, kpi: Kpi): Node[] {
  const { site } = view;
  const { messages, language } = site;
  const { direction, unitName } = messages;
  const { limitsHead } = messages.dictionary;
  const { colon } = messages.punctuation;
  const limits = limitsText(site, kpi);
  const place = placeOf(view, kpi.id);
  return [
    place === definitionId(kpi.id)
      ? h("span", { id: place }, kpi.label[language])
      : h("a", { href: `#${place}` }, kpi.label[language]),
    h(
      "div",
      {},
      h("p", {}, kpi.definition[language]),
      limits !== null && h("p", {}, `${limitsHead}${colon}${limits}`),
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
