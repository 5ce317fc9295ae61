import { h } from "../element.js";

/** A page's or figure's title: first what happened, then what is shown. */
export function message(happened: string, shown: string, level: "h1" | "h2" = "h1"): HTMLElement {
  return h("div", { class: "message" }, h(level, {}, happened), shown !== "" && h("p", {}, shown));
}

/** Notes at the foot of a figure or page. */
export function notes(lines: readonly (string | Node | null | false)[]): HTMLElement {
  return h(
    "div",
    { class: "notes" },
    lines.filter(Boolean).map((line) => h("p", {}, line)),
  );
}
