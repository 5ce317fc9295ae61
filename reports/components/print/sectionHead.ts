import { h } from "../element.js";

/** The head of a part of the report: the message that its bookmark repeats, and what is shown. */
export function sectionHead(
  level: "h2" | "h3",
  id: string,
  { happened, shown }: { happened: string; shown: string },
): HTMLElement {
  return h("div", { class: "message" }, h(level, { id }, happened), h("p", {}, shown));
}
