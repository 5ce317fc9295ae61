import { type Assessment, type BenefitsDocument, namedAll } from "../../src/published/benefitTypes.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { type BenefitNames, changeText, scopeText } from "../../src/words/benefitTeller.js";
import { benefit } from "../../src/words/languages.js";
import { dimensionLabel, valueLabel } from "./labels.js";
import type { Site } from "./site.js";

/** The document as readers of this page are shown it. */
export const benefitsOn = (site: Site, doc: BenefitsDocument): BenefitsDocument =>
  namedAll(doc, site.language);

/** What initiatives' sentences call things on this page. */
export function benefitNames(site: Site, doc: BenefitsDocument): BenefitNames {
  const { catalogue, build } = site;
  return {
    kpi: (id) => {
      const kpi = site.kpi(id);
      return kpi && { ...kpi, currency: catalogue.currency };
    },
    initiative: (id) => doc.initiatives.find(({ initiative_id }) => initiative_id === id)?.name ?? id,
    dimension: (name) => dimensionLabel(site, name),
    value: (dimension, value) => valueLabel(site, dimension, value),
    currency: catalogue.currency,
    as_of_on: build.as_of_on,
    min_cell: build.min_cell,
  };
}

/** Whom an initiative concerns. */
export const scopeOf = (site: Site, names: BenefitNames, row: Assessment): string =>
  scopeText(row, names) ?? site.messages.trend.allCases;

/** A change and its interval, each with its unit; a dash where there is none. */
export function changeOf(
  site: Site,
  kpi: Kpi | undefined,
  row: Pick<Assessment, "delta" | "low" | "high">,
): { change: string; interval: string } {
  const { none } = site.messages;
  if (!kpi || row.delta === null) return { change: none, interval: none };
  const { change, low, high } = changeText(
    row,
    { unit: kpi.unit, currency: site.catalogue.currency },
    site.language,
  );
  const isOpen = row.low === null && row.high === null;
  return { change, interval: isOpen ? none : benefit(site.language).between(low, high) };
}
