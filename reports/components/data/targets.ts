import type { Standing } from "../../src/kpi/status.js";

export { targetOf } from "../../src/catalogue/targets.js";

export type Status = Standing;

/** All of them, as a reader looks for them: what is off target first. */
export const statuses: readonly Status[] = ["bad", "near", "unsure", "good", "few", "untargeted", "none"];

/** Of a value with a target that can be judged, sure or not. */
export const isJudged = (status: Status) => ["good", "near", "bad", "unsure"].includes(status);

/** A status never goes by colour alone: each has a symbol of its own. */
export const statusSymbol: Record<Status, string> = {
  good: "●",
  near: "◐",
  bad: "▼",
  unsure: "?",
  few: "◇",
  none: "–",
  untargeted: "○",
};

/** The symbol of a status: by the value alone, with a question mark where it cannot be told from the target. */
export function symbolOf(standing: Standing, byValue: Standing): string {
  return standing === "unsure" ? `${statusSymbol[byValue]}?` : statusSymbol[standing];
}
