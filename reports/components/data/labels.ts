import { labelOf } from "../../src/catalogue/vocabulary.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { contractName } from "../../src/words/contractName.js";
import { countedText } from "../../src/words/figureText.js";
import { h } from "../element.js";
import type { Site } from "./site.js";

/** What a dimension is called in the page's language. */
export function dimensionLabel(site: Site, dimension: string): string {
  const labels: Record<string, string> = site.messages.dimension;
  return site.catalogue.dimensions[dimension]?.[site.language] ?? labels[dimension] ?? dimension;
}

/** The same at the head of a column or before a control. */
export function dimensionHead(site: Site, dimension: string): string {
  const label = dimensionLabel(site, dimension);
  return `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
}

/** What a value of a dimension is called: the vocabulary has labels of codes, other values are their own. */
export function valueLabel(site: Site, dimension: string, value: string): string {
  if (value === "(unknown)") return site.messages.unknown;
  return labelOf(site.catalogue.vocabulary, dimension, value, site.language) ?? value;
}

/** What `n` is called over a column: `n (customers)`. */
export function countHead({ messages, language }: Site, kpi: Kpi): string {
  const { open, close } = messages.punctuation;
  return `${messages.value.n}${open}${kpi.counts[language]}${close}`;
}

/** `n` where the KPIs of a column count different things: the figure, and small what it counts. */
export function countOf(
  { format, messages, language }: Site,
  n: number,
  kpi: Kpi | undefined,
): (Node | string)[] {
  if (n <= 0) return [messages.none];
  return [
    format.integer(n),
    kpi ? h("small", { class: "counts" }, ` ${countedText(kpi.counts[language], n, language)}`) : "",
  ];
}

/** What the contract's table of a row is called, of several between commas each: in English its name, in Chinese its label. */
export const tableLabel = ({ catalogue, language, messages }: Site, names: string): string =>
  names
    .split(", ")
    .map((name) => (language === "en" ? name : (catalogue.tables?.[name]?.[language] ?? name)))
    .join(messages.punctuation.list);

/** A contract's table, or `table.column`, as the page calls it: its name, in Chinese with the table's label. */
export function tableText({ catalogue, language }: Site, name: string): string {
  const label = catalogue.tables?.[name.split(".")[0] ?? name]?.[language];
  return contractName(name, label, language);
}

/**
 * A KPI that figures are of, for its unit: a document names none that the catalogue has not.
 * @throws Error for such a one: a figure in a wrong unit is a wrong figure
 */
export function kpiOf(site: Pick<Site, "kpi">, id: string): Kpi {
  const kpi = site.kpi(id);
  if (!kpi) throw new Error(`the catalogue has no KPI ${id}`);
  return kpi;
}
