import type { Grain } from "../kpi/periods.js";
import type { Language } from "./languages.js";
import { targets } from "./languages.js";

/** What periods of a grain are called before a target: 月度, `month`. */
export const grainWord = (grain: Grain, language: Language): string => targets(language).grain[grain];

/**
 * That a KPI has a target, but none for periods of a grain; null where there is none for any.
 * @param others the grains that have one, see `otherTargetGrains`
 */
export function noTargetText(
  grain: Grain,
  others: readonly Grain[] | undefined,
  language: Language,
): string | null {
  if (!others || others.length === 0) return null;
  const say = targets(language);
  return say.text(say.grain[grain], others.map((other) => say.grain[other]).join(say.or));
}
