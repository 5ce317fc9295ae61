import { dimensionOf, isModelDimension } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import type { Language } from "./languages.js";
import { dimensions } from "./languages.js";

/** A dimension's name as people read it; in English the name that the options take. */
export function dimensionHead(name: string, language: Language, kpi: Pick<Kpi, "own_dimensions">): string {
  if (language !== "zh-CN") return name;
  const dimension = dimensionOf(name);
  const own = kpi.own_dimensions.find(({ id }) => id === dimension)?.label?.zh;
  return own ?? (isModelDimension(dimension) ? dimensions("zh-CN")[dimension] : name);
}
