import type { Site } from "../data/site.js";
import { h } from "../element.js";

/** Says that the address asks for something that a control does not have; nothing where it has it. */
export function notFound(
  site: Site,
  control: string,
  asked: string | null,
  isThere: boolean,
): HTMLElement | null {
  if (asked === null || asked === "" || isThere) return null;
  return h("p", { class: "notice", role: "status" }, site.messages.trend.notFound(control, asked));
}
