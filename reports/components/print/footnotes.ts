import { addDays } from "../../src/kpi/periods.js";
import type { TracedItem } from "../../src/published/scoreTypes.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { type Headline, sayReason } from "../data/headline.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import type { ReportView } from "./view.js";

/** Notes on values of a table or a picture that are to be read with care, each once, by letters in the order of their marks. */
export class Footnotes {
  private readonly texts: string[] = [];

  /** The mark of a note, to stand behind its value; nothing where there is none. */
  mark(text: string | null): HTMLElement | null {
    if (text === null) return null;
    if (!this.texts.includes(text)) this.texts.push(text);
    return h("sup", {}, letterOf(this.texts.indexOf(text)));
  }

  /** The notes, to stand below. */
  list(): HTMLElement | null {
    if (this.texts.length === 0) return null;
    return h(
      "div",
      { class: "notes footnotes" },
      this.texts.map((text, at) => h("p", {}, h("sup", {}, letterOf(at)), ` ${text}`)),
    );
  }
}

const letterOf = (at: number) => (at < 26 ? String.fromCharCode(97 + at) : String(at - 25));

type View = Pick<ReportView, "site" | "words">;

/** Why the value of a headline is to be read with care: partial, not wholly recorded, immature, or of few cases. */
export function headlineNote(view: View, { kpi, point, status }: Headline): string | null {
  const { site, words } = view;
  if (!point || point.value === null) return null;
  const { partial, incomplete, mature, reason, lastDay, end } = point;
  if (partial) return words.footnotes.partial(site.format.day(lastDay, true));
  if (incomplete) return reason ? sayReason(site, reason) : words.footnotes.incomplete;
  if (!mature) return immature(view, kpi, end);
  return status === "few" ? words.footnotes.few : null;
}

/** The same of an item of a scorecard, whose period ends on a day that is no longer its own. */
export function itemNote(
  view: View,
  { kpi_id, value, unscored }: Pick<TracedItem, "kpi_id" | "value" | "unscored">,
  end: string,
): string | null {
  const { site, words } = view;
  if (value === null) return null;
  switch (unscored) {
    case "partial":
      return words.footnotes.partial(site.format.day(site.build.as_of_on, true));
    case "incomplete":
      return words.footnotes.incomplete;
    case "immature":
      return immature(view, site.kpi(kpi_id), end);
    case "few_cases":
      return words.footnotes.few;
    default:
      return null;
  }
}

function immature({ site, words }: View, kpi: Kpi | undefined, end: string): string {
  const days = maturing(site, kpi);
  return days === null
    ? words.footnotes.awaiting
    : words.footnotes.immature(site.format.day(addDays(end, days), true));
}

/** Days after a period until what it counts is final; null where only its cases decide. */
const maturing = ({ build }: Site, kpi: Kpi | undefined): number | null =>
  kpi?.matures === "limits" ? build.limit_days : (kpi?.horizon_days ?? null);

/** The notes on the values of a picture, which has no room for marks: each with the KPIs that it is about. */
export function namedNotes(view: View, headlines: Iterable<Headline>): HTMLElement | null {
  const { punctuation } = view.site.messages;
  const about = new Map<string, string[]>();
  for (const headline of headlines) {
    const text = headlineNote(view, headline);
    if (text !== null) about.set(text, [...(about.get(text) ?? []), headline.label]);
  }
  if (about.size === 0) return null;
  return h(
    "div",
    { class: "notes footnotes" },
    [...about].map(([text, labels]) =>
      h("p", {}, `${[...new Set(labels)].join(punctuation.list)}${punctuation.colon}${text}`),
    ),
  );
}
