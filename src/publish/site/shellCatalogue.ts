import type { Language } from "./languages.js";
import type { SiteCatalogue } from "./siteCatalogue.js";

/** Stands in shells for the id of a KPI, a fishbone, a scorecard or an initiative. No id has a hyphen. */
export const anyId = "herringbone-any-id";

/** The catalogue of a site of shells: one KPI, one fishbone, one scorecard and one initiative, in the place of all. */
export function shellCatalogue(language: Language): SiteCatalogue {
  const labels = new Map([[anyId, { "zh-CN": anyId, en: anyId }]]);
  return {
    language,
    kpiLabels: labels,
    fishboneLabels: labels,
    scorecardLabels: labels,
    initiativeLabels: labels,
  };
}
