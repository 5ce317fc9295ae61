import { h } from "./element.js";
import { valueLabel } from "./labels.js";
import { type Load, loadedOr, loadFromSite } from "./onDemand.js";
import { rankingTable } from "./rankingTable.js";
import type { ScoreLinks } from "./scorecardTable.js";
import type { RankedScore, Ranking, Scorecard } from "./scoreTypes.js";
import type { Site } from "./site.js";

/** A ranking's table; of a long one a page at a time, each loaded when it is wanted, with a search for a name. */
export function pagedRanking(
  site: Site,
  card: Scorecard,
  ranking: Ranking,
  links: ScoreLinks,
  load: Load = loadFromSite,
): HTMLElement {
  const labelOf = (subject: string) => valueLabel(site, ranking.kind, subject);
  const table = (subjects: RankedScore[], found?: string) => {
    const drawn = rankingTable(site, card, { ...ranking, subjects }, links);
    if (found === undefined) return drawn;
    const name = labelOf(found);
    const row = [...drawn.querySelectorAll("tbody")].find(
      (each) => each.querySelector("th")?.textContent === name,
    );
    row?.classList.add("is-found");
    return drawn;
  };
  const box = h("div", { class: "scroll" }, table(ranking.subjects));
  const { pages = [], names } = ranking;
  if (pages.length === 0) return box;
  const words = site.messages.scores.pager;
  const { format } = site;
  const told = h("p", { class: "shown", "aria-live": "polite" });
  let at = 0;
  const show = async (page: number, found?: string): Promise<void> => {
    const path = pages[page - 1];
    const read = async () => (path === undefined ? ranking.subjects : load<RankedScore[]>(path));
    const subjects = await loadedOr(site, told, read, () => show(page, found));
    if (!subjects) return;
    at = page;
    box.replaceChildren(table(subjects, found));
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
      [each, labelOf(each)].some((word) => word.toLowerCase() === wanted),
    );
    if (index < 0) told.replaceChildren(words.notFound(name.trim()));
    else await show(pageOf(index), all[index]);
  };
  const pageOf = (index: number) =>
    index < ranking.subjects.length
      ? 0
      : 1 + Math.floor((index - ranking.subjects.length) / (ranking.pageLength ?? 1));
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
