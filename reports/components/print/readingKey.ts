import { statuses, statusSymbol, symbolOf } from "../data/targets.js";
import { h, s } from "../element.js";
import type { ReportView } from "./view.js";

/** A value that cannot be told from target has the sign of its side with a question mark. */
const symbols = { ...statusSymbol, unsure: symbolOf("unsure", "near") };

/** The marks of the charts and tables with their meaning, drawn as they are drawn there. */
export function readingKey({ words }: ReportView): HTMLElement {
  const { keys, statusKeys } = words;
  const mark = (name: string, drawing: readonly SVGElement[]) =>
    h(
      "div",
      { class: "key" },
      s("svg", { viewBox: "0 0 48 16", width: 48, height: 16 }, drawing),
      h("span", {}, name),
    );
  const line = (kind: string, y = 8) => s("line", { class: `key-${kind}`, x1: 2, y1: y, x2: 46, y2: y });
  const dot = (kind: string, x: number) => s("circle", { class: `key-${kind}`, cx: x, cy: 8, r: 3 });
  return h(
    "div",
    { class: "keys" },
    mark(keys.actual, [line("actual"), dot("point", 12), dot("point", 36)]),
    mark(keys.partial, [line("partial"), dot("open", 36)]),
    mark(keys.immature, [line("light"), dot("open", 12), dot("open", 36)]),
    mark(keys.lastYear, [line("last-year")]),
    mark(keys.target, [line("target")]),
    mark(keys.interval, [
      s("rect", { class: "key-band", x: 2, y: 2, width: 44, height: 12 }),
      line("actual"),
    ]),
    statuses.map((status) =>
      h(
        "div",
        { class: "key" },
        h("span", { class: `symbol status-${status}`, "aria-hidden": "true" }, symbols[status]),
        h("span", {}, statusKeys[status]),
      ),
    ),
    h("div", { class: "key" }, h("b", { class: "symbol" }, "±"), h("span", {}, keys.change)),
  );
}
