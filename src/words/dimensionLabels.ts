import { dimensionOf, isModelDimension } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import type { Language } from "./languages.js";
import { dimensions } from "./languages.js";
import { labelIn } from "./wording.js";

/** A dimension's name as people read it; in English the name that the options take. */
export function dimensionHead(name: string, language: Language, kpi: Pick<Kpi, "own_dimensions">): string {
  return language === "zh-CN" ? dimensionWords(name, language, kpi) : name;
}

/** What a dimension is called in a sentence, in either language by its words. */
export function dimensionWords(name: string, language: Language, kpi: Pick<Kpi, "own_dimensions">): string {
  const dimension = dimensionOf(name);
  const own = labelIn(kpi.own_dimensions.find(({ id }) => id === dimension)?.label ?? undefined, language);
  return own ?? (isModelDimension(dimension) ? dimensions(language)[dimension] : name);
}
