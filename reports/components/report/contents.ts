import { h } from "../element.js";
import { readingKey } from "./readingKey.js";
import { figureId, type ReportView } from "./view.js";

export interface ContentsEntry {
  id: string;
  label: string;
  /** Entries one level below. */
  below?: ContentsEntry[];
}

/** The table of contents, whose numbers the printing fills in, and how to read the charts. */
export function contents(view: ReportView): HTMLElement {
  const { words, site } = view;
  const entries: ContentsEntry[] = [
    { id: "fishbone", label: site.messages.fishbone.label(view.department) },
    ...view.sections.map(({ id, label, headlines }) => ({
      id,
      label,
      below: headlines.map(({ kpi, label: name }) => ({ id: figureId(kpi.id), label: name })),
    })),
    { id: "quality", label: site.messages.nav.quality },
    { id: "definitions", label: words.definitions.caption },
  ];
  return h(
    "section",
    { class: "contents" },
    h("h2", { id: "contents" }, words.contents),
    list(entries),
    h("h3", {}, words.key),
    h("p", { class: "shown" }, words.keyShown),
    readingKey(view),
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
