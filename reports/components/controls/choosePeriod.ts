import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { notFound } from "./notFound.js";
import { writeQuery } from "./writeQuery.js";

/**
 * Chooses one of the periods; its `value` is the one chosen, told by `input` events and kept in the address.
 * @param otherwise the one that is chosen where the address asks for none that is there
 */
export function choosePeriod<P>(
  site: Site,
  periods: readonly P[],
  {
    nameOf,
    textOf,
    otherwise = periods[0],
  }: {
    nameOf(period: P): string;
    textOf(period: P): string;
    otherwise?: P | undefined;
  },
): HTMLElement & { value: P | null } {
  const label = site.messages.scores.period;
  const asked = new URLSearchParams(location.search).get("period");
  const found = periods.find((one) => nameOf(one) === asked);
  const first = found ?? otherwise ?? null;
  const control = h(
    "select",
    {
      change: (event) => {
        form.value = periods[(event.target as HTMLSelectElement).selectedIndex] ?? null;
        writeQuery(["period"], form.value ? { period: nameOf(form.value) } : {});
        form.dispatchEvent(new Event("input", { bubbles: true }));
      },
    },
    periods.map((one) => h("option", { value: nameOf(one), selected: one === first }, textOf(one))),
  );
  control.addEventListener("input", (event) => event.stopPropagation());
  const form = h(
    "form",
    { class: "filters", hidden: periods.length === 0, submit: (event) => event.preventDefault() },
    h("label", {}, h("span", {}, label), control),
    notFound(site, label, asked, found !== undefined),
  ) as HTMLElement & { value: P | null };
  form.value = first;
  return form;
}
