import type { ListPages } from "../../src/published/listPages.js";
import { upright } from "../../src/words/visible.js";
import { type Load, loadedOr, loadFromSite } from "../data/onDemand.js";
import type { Site } from "../data/site.js";
import { h, say } from "../element.js";

/** How a list is drawn, and what its subjects are called; each row of its table begins with that. */
export interface ListView<T> {
  table(rows: T[]): HTMLElement;
  label(subject: string): string;
  /** Further words that a subject is found by. */
  words?(subject: string): readonly string[];
}

/** A list's table; of a long one a page at a time, each loaded when it is wanted, with a search for a name. */
export function pagedList<T>(
  site: Site,
  { rows: first, pages = [], names, pageLength }: { rows: T[] } & Partial<ListPages>,
  view: ListView<T>,
  load: Load = loadFromSite,
): HTMLElement {
  const labelOf = view.label;
  const table = (rows: T[], found?: string) => {
    const drawn = view.table(rows);
    if (found === undefined) return drawn;
    const name = upright(labelOf(found));
    const head = [...drawn.querySelectorAll("tbody th")].find(
      (each) => (each.querySelector("a") ?? each).textContent === name,
    );
    const isOfBodies = drawn.querySelectorAll("tbody").length > 1;
    head?.closest(isOfBodies ? "tbody" : "tr")?.classList.add("is-found");
    return drawn;
  };
  const box = h("div", { class: "scroll", tabindex: 0 }, table(first));
  if (pages.length === 0) return box;
  const words = site.messages.scores.pager;
  const { format } = site;
  const told = h("p", { class: "shown", "aria-live": "polite" });
  let at = 0;
  const show = async (page: number, found?: string): Promise<void> => {
    const path = pages[page - 1];
    const read = async () => (path === undefined ? first : load<T[]>(path));
    const rows = await loadedOr(site, told, read, () => show(page, found));
    if (!rows) return;
    at = page;
    box.replaceChildren(table(rows, found));
    tell();
    box.querySelector(".is-found")?.scrollIntoView({ block: "center" });
  };
  const find = async (name: string): Promise<void> => {
    const wanted = name.trim().toLowerCase();
    if (wanted === "" || names === undefined) return;
    const all = await loadedOr(
      site,
      told,
      () => load<string[]>(names),
      () => find(name),
    );
    if (!all) return;
    const index = all.findIndex((each) =>
      [each, labelOf(each), ...(view.words?.(each) ?? [])].some((word) => word.toLowerCase() === wanted),
    );
    if (index < 0) say(told, words.notFound(name.trim()));
    else await show(pageOf(index), all[index]);
  };
  const pageOf = (index: number) =>
    index < first.length ? 0 : 1 + Math.floor((index - first.length) / (pageLength ?? 1));
  const previous = button(words.previous, () => show(at - 1)) as HTMLButtonElement;
  const next = button(words.next, () => show(at + 1)) as HTMLButtonElement;
  const tell = () => {
    previous.disabled = at === 0;
    next.disabled = at === pages.length;
    told.replaceChildren(words.page(format.integer(at + 1), format.integer(pages.length + 1)));
  };
  tell();
  const search = h("input", { type: "search", name: "find" }) as HTMLInputElement;
  const form = h(
    "form",
    {
      class: "filters",
      submit: (event) => {
        event.preventDefault();
        void find(search.value);
      },
    },
    h("label", {}, h("span", {}, words.find), search),
  );
  return h(
    "div",
    { class: "paged" },
    form,
    box,
    h("nav", { "aria-label": words.label }, previous, next),
    told,
  );
}

function button(text: string, act: () => Promise<void>): HTMLElement {
  return h("button", { type: "button", click: () => void act() }, text);
}
