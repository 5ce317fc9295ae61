/** A chart as one picture with the name it has: what its marks are called is of no use to a reader. */
export function picture<E extends Element>(chart: E): E {
  chart.setAttribute("role", "img");
  for (const mark of chart.querySelectorAll("[aria-label]")) mark.removeAttribute("aria-label");
  return chart;
}
