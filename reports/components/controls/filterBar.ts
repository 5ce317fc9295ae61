import { unknown } from "../../src/catalogue/dimensions.js";
import type { Grain, Kpi } from "../../src/published/siteTypes.js";
import { isShareOnly } from "../charts/titles.js";
import { dimensionHead, dimensionLabel, valueLabel } from "../data/labels.js";
import type { Site } from "../data/site.js";
import { h, say } from "../element.js";
import { writeQuery } from "./writeQuery.js";

/** A value of a dimension, and whether any period shows it. */
export interface DimensionValue {
  value: string;
  isShown: boolean;
}

/** What a reader chose on a KPI's page. */
export interface Choice {
  grain: Grain;
  /** The dimension the KPI is split by; empty for none. */
  by: string;
  /** Dimension → the one value wanted, of the dimensions that the split leaves combinable. */
  where: Record<string, string>;
}

/** Something the address asks for that is not there, and in which place of it. */
interface NotFound {
  name: string;
  value: string;
}

const grains: Grain[] = ["month", "quarter", "half", "year"];

/**
 * The filter bar: period length, split, and a filter for each dimension that combines. Its `value` is the choice,
 * told by `input` events; the choice also stands in the address, so that a link or the other language keeps it.
 *
 * @param readValues the values of a dimension, the most frequent first
 */
export function filterBar(
  site: Site,
  kpi: Kpi,
  readValues: (dimension: string) => readonly DimensionValue[],
): HTMLElement & { value: Choice } {
  const { messages } = site;
  const read = new Map<string, readonly DimensionValue[]>();
  const valuesOf = (dimension: string) => {
    const values = read.get(dimension) ?? readValues(dimension);
    read.set(dimension, values);
    return values;
  };
  const { single } = kpi.published;
  const cross = kpi.published.cross.filter((name) => isTold(valuesOf(name)));
  const { choice, notFound } = readChoice(kpi, (name) => valuesOf(name).map(({ value }) => value));
  const notice = h("p", { class: "notice", role: "status" });
  const summary = h("p", { class: "selected", "aria-live": "polite" });
  const bar = h("form", {
    class: "filters",
    role: "search",
    "aria-label": messages.trend.filter,
    hidden: kpi.coverage.lacking !== null,
  });

  const tell = () => {
    const isSingle = !combines(kpi, choice.by);
    const held = { ...choice, where: isSingle ? {} : { ...choice.where } };
    say(summary, choiceText(site, held));
    const unmet = [
      ...notFound.map((one) => notFoundText(site, one)),
      isSingle && cross.length > 0 ? messages.trend.notCombinable(dimensionLabel(site, choice.by)) : "",
    ].filter(Boolean);
    say(notice, unmet.join(" "));
    notice.hidden = unmet.length === 0;
    for (const [dimension, control] of filters) {
      control.disabled = isSingle;
      control.value = held.where[dimension] ?? "";
    }
    reset.hidden = choice.by === firstSplit(kpi) && Object.keys(choice.where).length === 0;
    writeChoice(kpi, held);
    (bar as HTMLElement & { value: Choice }).value = held;
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
  const change = (set: () => void) => {
    set();
    notFound.length = 0;
    tell();
  };
  const split = select(
    [
      ["", messages.trend.noSplit],
      ...[...cross, ...single.filter((name) => name !== "reason")].map((name): [string, string] => [
        name,
        dimensionLabel(site, name),
      ]),
    ],
    choice.by,
    (value) => change(() => (choice.by = value)),
  );
  const filters = cross.map((dimension): [string, HTMLSelectElement] => [
    dimension,
    select(
      [
        ["", messages.all],
        ...valuesOf(dimension).map(({ value, isShown }): [string, string] => {
          const label = valueLabel(site, dimension, value);
          const { open, close } = messages.punctuation;
          return [value, isShown ? label : `${label}${open}${messages.unshown}${close}`];
        }),
      ],
      choice.where[dimension] ?? "",
      (value) =>
        change(() => {
          if (value === "") delete choice.where[dimension];
          else choice.where[dimension] = value;
        }),
    ),
  ]);
  const reset = h(
    "button",
    {
      type: "button",
      class: "reset",
      click: () => {
        split.value = firstSplit(kpi);
        change(() => {
          choice.by = firstSplit(kpi);
          choice.where = {};
        });
      },
    },
    messages.trend.reset,
  );
  bar.append(
    h("div", { class: "grains", role: "group", "aria-label": messages.trend.grain }, grainButtons),
    ...(cross.length + single.length > 0 ? [labelled(messages.trend.split, split)] : []),
    ...filters.map(([dimension, control]) => labelled(dimensionHead(site, dimension), control)),
    reset,
    summary,
    notice,
  );
  bar.addEventListener("submit", (event) => event.preventDefault());
  bar.addEventListener("input", (event) => {
    if (event.target !== bar) event.stopPropagation();
  });
  tell();
  return bar as HTMLElement & { value: Choice };
}

/** Whether anything but "unknown" is known of a dimension. */
const isTold = ([first, ...others]: readonly DimensionValue[]): boolean =>
  others.length > 0 || first?.value !== unknown;

function select(
  options: readonly [string, string][],
  chosen: string,
  change: (value: string) => void,
): HTMLSelectElement {
  return h(
    "select",
    { change: (event) => change((event.target as HTMLSelectElement).value) },
    options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)),
  ) as HTMLSelectElement;
}

const labelled = (label: string, control: HTMLElement) => h("label", {}, h("span", {}, label), control);

/** Whether a split can be shown within filters. */
export function combines({ published }: Kpi, by: string): boolean {
  return by === "" || published.cross.includes(by);
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

function readChoice(
  kpi: Kpi,
  valuesOf: (dimension: string) => readonly string[],
): { choice: Choice; notFound: NotFound[] } {
  const query = new URLSearchParams(globalThis.location?.search ?? "");
  const notFound: NotFound[] = [];
  const asked = (name: string, offered: readonly string[]) => {
    const value = query.get(name);
    if (value === null || value === "" || offered.includes(value)) return value ?? "";
    notFound.push({ name, value });
    return "";
  };
  const { cross, single } = kpi.published;
  const grain = (asked("grain", grains) || "month") as Grain;
  const by = asked("by", [...cross, ...single]) || (query.has("by") ? "" : firstSplit(kpi));
  const where: Record<string, string> = {};
  for (const dimension of kpi.dimensions) {
    const value = asked(dimension, cross.includes(dimension) ? valuesOf(dimension) : []);
    if (value !== "") where[dimension] = value;
  }
  return { choice: { grain, by, where }, notFound };
}

/** The split that a page opens with: the one without which the KPI says nothing. */
function firstSplit(kpi: Kpi): string {
  const { cross, single } = kpi.published;
  const told = isShareOnly(kpi) ? kpi.numerator_dimensions : [];
  return told.find((name) => cross.includes(name) || single.includes(name)) ?? "";
}

/** What the address asks for and the page does not have, as a sentence. */
function notFoundText(site: Site, { name, value }: NotFound): string {
  const { trend } = site.messages;
  const control = name === "by" ? trend.split : name === "grain" ? trend.grain : dimensionHead(site, name);
  return trend.notFound(control, value);
}

function writeChoice(kpi: Kpi, { grain, by, where }: Choice): void {
  writeQuery([...kpi.dimensions, "by", "grain"], {
    ...where,
    ...(by === firstSplit(kpi) ? {} : { by }),
    ...(grain === "month" ? {} : { grain }),
  });
}
