import { h } from "./element.js";
import type { Site } from "./site.js";
import type { Kpi } from "./siteTypes.js";

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

/** What a value of a dimension is called: contract codes have labels, other values are their own. */
export function valueLabel(site: Site, dimension: string, value: string): string {
  if (value === "(unknown)") return site.messages.unknown;
  const own = site.messages.code[dimension]?.[value];
  if (own !== undefined) return own;
  const chinese = site.catalogue.codes[dimension]?.[value];
  if (chinese === undefined) return value;
  if (site.language === "zh-CN") return chinese;
  const words = value.replaceAll("_", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
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
  return [format.integer(n), kpi ? h("small", { class: "counts" }, ` ${kpi.counts[language]}`) : ""];
}
