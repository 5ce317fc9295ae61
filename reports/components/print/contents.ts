import { type Child, h } from "../element.js";
import { readingKey } from "./readingKey.js";
import type { ReportView } from "./view.js";

export interface ContentsEntry {
  id: string;
  label: string;
  /** Entries one level below. */
  below?: ContentsEntry[];
}

/** A part of a pack: what stands of it in the table of contents, and what is drawn. */
export interface Part {
  entry: ContentsEntry | null;
  drawn: Child[];
}

/** The table of contents, whose numbers are foreseen (`foreseePages`) and come right in print, and how to read the charts. */
export function contents(view: ReportView, entries: readonly ContentsEntry[]): HTMLElement {
  const { words, job } = view;
  const hasCharts = job.pack.sections.some((part) => ["kpis", "fishbones", "problems"].includes(part));
  return h(
    "section",
    { class: "contents" },
    h("h2", { id: "contents" }, words.contents),
    list(entries),
    hasCharts && [h("h3", {}, words.key), h("p", { class: "shown" }, words.keyShown), readingKey(view)],
  );
}

function list(entries: readonly ContentsEntry[]): HTMLElement {
  return h(
    "ol",
    {},
    entries.map(({ id, label, below }) =>
      h(
        "li",
        {},
        h(
          "a",
          { href: `#${id}` },
          h("span", { class: "contents-entry" }, label),
          h("span", { class: "contents-page", "data-page-of": id }, "00"),
        ),
        below && list(below),
      ),
    ),
  );
}
