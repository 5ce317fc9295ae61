import type { Firmness } from "../score/weightSensitivity.js";
import type { Language } from "./languages.js";
import { firmness } from "./languages.js";
import { grouped } from "./rounding.js";

/** How firm a grade is, in words. */
export function firmnessText({ least_change, unstable }: Firmness, language: Language): string {
  const say = firmness(language);
  if (least_change === null) return say.fixed;
  const points = grouped(least_change * 100, 1);
  return unstable ? say.unstable(points) : say.firm(points);
}
