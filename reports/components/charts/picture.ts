import { upright } from "../../src/words/visible.js";

/** A chart as one picture with the name it has: what its marks are called is of no use to a reader. */
export function picture<E extends Element>(chart: E): E {
  for (const text of chart.querySelectorAll("text, tspan, title"))
    for (const child of text.childNodes)
      if (child.nodeType === Node.TEXT_NODE) child.nodeValue = upright(child.nodeValue ?? "");
  chart.setAttribute("role", "img");
  chart.setAttribute("aria-label", upright(chart.getAttribute("aria-label") ?? ""));
  for (const mark of chart.querySelectorAll("[aria-label]")) mark.removeAttribute("aria-label");
  return chart;
}
