import type { Firmness } from "../score/weightSensitivity.js";
import { grouped } from "./figures.js";
import type { Words } from "./wording.js";

const words = {
  zh: {
    fixed: "结论稳固：任何一项权重怎么变，等级都不变",
    firm: (points: string) => `结论较稳：任何一项权重至少变动 ${points} 个百分点，等级才会改变`,
    unstable: (points: string) => `结论不稳：权重变动 ${points} 个百分点即改变等级`,
  },
  en: {
    fixed: "firm: no change of a single weight flips it",
    firm: (points: string) => `firm: it takes at least ${points} points of one weight to flip it`,
    unstable: (points: string) => `unstable: ${points} points of weight flip it`,
  },
};

/** How firm a grade is, in words. */
export function firmnessText({ least_change, unstable }: Firmness, language: Words): string {
  const say = words[language];
  if (least_change === null) return say.fixed;
  const points = grouped(least_change * 100, 1);
  return unstable ? say.unstable(points) : say.firm(points);
}
