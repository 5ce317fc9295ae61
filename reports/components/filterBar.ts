import { h } from "./element.js";
import { dimensionHead, dimensionLabel, valueLabel } from "./labels.js";
import type { Site } from "./site.js";
import type { Grain, Kpi } from "./siteTypes.js";

/** What a reader chose on a KPI's page. */
export interface Choice {
  grain: Grain;
  /** The dimension the KPI is split by; empty for none. */
  by: string;
  /** Dimension → the one value wanted. */
  where: Record<string, string>;
}

const grains: Grain[] = ["month", "quarter", "half", "year"];

/**
 * The filter bar: period length, split, and a filter for each dimension that combines. Its `value` is the choice,
 * told by `input` events; the choice also stands in the address, so that a link or the other language keeps it.
 *
 * @param valuesOf the values of a dimension, the most frequent first
 */
export function filterBar(
  site: Site,
  kpi: Kpi,
  valuesOf: (dimension: string) => readonly string[],
): HTMLElement & { value: Choice } {
  const { messages } = site;
  const { cross, single } = kpi.published;
  const choice = readChoice(kpi, valuesOf);
  const summary = h("p", { class: "selected", "aria-live": "polite" });
  const bar = h("form", { class: "filters", role: "search", "aria-label": messages.trend.filter });

  const tell = () => {
    summary.textContent = choiceText(site, choice);
    reset.hidden = choice.by === "" && Object.keys(choice.where).length === 0;
    writeChoice(kpi, choice);
    (bar as HTMLElement & { value: Choice }).value = { ...choice, where: { ...choice.where } };
    bar.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const grainButtons = grains.map((grain) =>
    h(
      "button",
      {
        type: "button",
        "aria-pressed": String(grain === choice.grain),
        click: () => {
          choice.grain = grain;
          grainButtons.forEach((button, i) => {
            button.setAttribute("aria-pressed", String(grains[i] === grain));
          });
          tell();
        },
      },
      messages.grain[grain],
    ),
  );
  const split = select(
    messages.trend.split,
    [
      ["", messages.trend.noSplit],
      ...[...cross, ...single.filter((name) => name !== "reason")].map((name): [string, string] => [
        name,
        dimensionLabel(site, name),
      ]),
    ],
    choice.by,
    (value) => {
      choice.by = value;
      tell();
    },
  );
  const filters = cross.map((dimension) =>
    select(
      dimensionHead(site, dimension),
      [
        ["", messages.all],
        ...valuesOf(dimension).map((value): [string, string] => [value, valueLabel(site, dimension, value)]),
      ],
      choice.where[dimension] ?? "",
      (value) => {
        if (value === "") delete choice.where[dimension];
        else choice.where[dimension] = value;
        tell();
      },
    ),
  );
  const reset = h(
    "button",
    {
      type: "button",
      class: "reset",
      click: () => {
        choice.by = "";
        choice.where = {};
        for (const control of bar.querySelectorAll("select")) control.value = "";
        tell();
      },
    },
    messages.trend.reset,
  );
  bar.append(
    h("div", { class: "grains", role: "group", "aria-label": messages.trend.grain }, grainButtons),
    ...(cross.length + single.length > 0 ? [split] : []),
    ...filters,
    reset,
    summary,
  );
  bar.addEventListener("submit", (event) => event.preventDefault());
  bar.addEventListener("input", (event) => {
    if (event.target !== bar) event.stopPropagation();
  });
  tell();
  return bar as HTMLElement & { value: Choice };
}

function select(
  label: string,
  options: readonly [string, string][],
  chosen: string,
  change: (value: string) => void,
): HTMLElement {
  const control = h(
    "select",
    { change: (event) => change((event.target as HTMLSelectElement).value) },
    options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)),
  );
  return h("label", {}, h("span", {}, label), control);
}

/** The filters in words: "East, Trader", or all cases. */
export function scopeText(site: Site, { where }: Choice): string {
  const words = Object.entries(where).map(([dimension, value]) => valueLabel(site, dimension, value));
  return words.length > 0 ? words.join(site.messages.punctuation.list) : site.messages.trend.allCases;
}

function choiceText(site: Site, choice: Choice): string {
  const { trend, perGrain, punctuation } = site.messages;
  const text = trend.selected(scopeText(site, choice), perGrain[choice.grain]);
  return choice.by === ""
    ? text
    : `${text}${punctuation.comma}${trend.splitBy(dimensionLabel(site, choice.by))}`;
}

function readChoice(kpi: Kpi, valuesOf: (dimension: string) => readonly string[]): Choice {
  const query = new URLSearchParams(globalThis.location?.search ?? "");
  const grain = grains.find((name) => name === query.get("grain")) ?? "month";
  const by = [...kpi.published.cross, ...kpi.published.single].find((name) => name === query.get("by")) ?? "";
  const where: Record<string, string> = {};
  for (const dimension of kpi.published.cross) {
    const value = query.get(dimension);
    if (value !== null && valuesOf(dimension).includes(value)) where[dimension] = value;
  }
  return { grain, by, where };
}

function writeChoice(kpi: Kpi, { grain, by, where }: Choice): void {
  writeQuery([...kpi.published.cross, "by", "grain"], {
    ...where,
    ...(by === "" ? {} : { by }),
    ...(grain === "month" ? {} : { grain }),
  });
}

/** Puts choices into the address in the place of the `owned` ones there; those of other controls stay. */
export function writeQuery(owned: readonly string[], chosen: Readonly<Record<string, string>>): void {
  const query = new URLSearchParams(location.search);
  for (const name of owned) query.delete(name);
  for (const [name, value] of Object.entries(chosen)) query.set(name, value);
  const search = query.size > 0 ? `?${query}` : "";
  if (search !== location.search)
    history.replaceState(null, "", `${location.pathname}${search}${location.hash}`);
}
