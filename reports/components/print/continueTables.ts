import { h } from "../element.js";

/** Rows that a page has of a table at least. */
const fewest = 3;

/** What of a section stands on a page: the top of the page, measured as the section's elements are. */
interface Page {
  top: number;
  /** Px that it has. */
  height: number;
}

/**
 * Cuts the tables of a section that go beyond a page at the row that is the last there, and lets the next page begin with the
 * same head and a caption that says so. Where the rest of the page has no room for some rows the table begins on the next, as
 * does what stays whole behind a heading where it leaves half a page at least.
 * @param height px of a page, less what is measured too little on a screen
 */
export function continueTables(
  section: HTMLElement,
  height: number,
  continued: (caption: string) => string,
): void {
  const page: Page = { top: section.getBoundingClientRect().top, height };
  for (let child = section.firstElementChild; child; child = child.nextElementSibling) {
    if (child.matches(".together") && goesOver(child, page)) {
      child.classList.add("continued");
      page.top = child.getBoundingClientRect().top;
    }
    const box = child.getBoundingClientRect();
    if (box.bottom - page.top <= height) continue;
    const isCut = child instanceof HTMLElement && child.matches("figure.table") && mayBreak(child, height);
    const rest = isCut ? cut(child as HTMLElement, page, continued) : null;
    if (rest) {
      page.top = rest.getBoundingClientRect().top;
      continue;
    }
    // It begins the next page, or, higher than one, goes on over some.
    page.top = box.top;
    if (isCut && box.height > height) {
      (child as HTMLElement).style.breakBefore = "page";
      page.top = child.getBoundingClientRect().top;
      const next = cut(child as HTMLElement, page, continued);
      if (next) page.top = next.getBoundingClientRect().top;
    } else while (box.bottom - page.top > height) page.top += height;
  }
}

/**
 * Whether what a heading is of ends beyond the page, and may begin the next one: at least half of the page would be left full.
 */
function goesOver(heading: Element, page: Page): boolean {
  let last = heading;
  for (let next = heading.nextElementSibling; next && next.tagName !== heading.tagName; )
    [last, next] = [next, next.nextElementSibling];
  const isOver = last.getBoundingClientRect().bottom - page.top > page.height;
  return isOver && heading.getBoundingClientRect().top - page.top >= page.height / 2;
}

/** A table stays whole where it may not be broken and a page has room for it. */
const mayBreak = (figure: HTMLElement, height: number): boolean =>
  getComputedStyle(figure).breakInside !== "avoid" || figure.getBoundingClientRect().height > height;

/** The part of a table that goes to the next page, in a figure of its own behind it; null where none or too little of it stays. */
function cut(figure: HTMLElement, page: Page, continued: (caption: string) => string): HTMLElement | null {
  const table = figure.querySelector<HTMLTableElement>(":scope > table");
  const caption = figure.querySelector<HTMLElement>(":scope > figcaption");
  if (!table?.tHead || !caption) return null;
  const below = caption.classList.contains("above") ? 0 : caption.getBoundingClientRect().height + 6;
  const end = page.top + page.height - below;
  const groups = unitsOf(table);
  const stay = groups.filter((unit) => unit.getBoundingClientRect().bottom <= end).length;
  if (stay < Math.min(fewest, groups.length) || stay === groups.length) return null;
  fixColumns(table);
  const next = table.cloneNode(false) as HTMLTableElement;
  next.append(table.tHead.cloneNode(true));
  for (const unit of groups.slice(stay)) {
    if (unit instanceof HTMLTableSectionElement) next.append(unit);
    else (next.tBodies[0] ?? next.createTBody()).append(unit);
  }
  if (table.tFoot) next.append(table.tFoot);
  const words = caption.dataset.words ?? caption.textContent ?? "";
  const label = h("figcaption", { class: caption.className || null, "data-words": words }, continued(words));
  const rest = h(
    "figure",
    { class: `${figure.className} continued` },
    below === 0 ? [label, next] : [next, label],
  );
  figure.after(rest);
  return rest;
}

/** What of a table stays together: its bodies where it has several, else its rows. */
function unitsOf({ tBodies }: HTMLTableElement): (HTMLTableSectionElement | HTMLTableRowElement)[] {
  if (tBodies.length > 1) return [...tBodies];
  return [...(tBodies[0]?.rows ?? [])];
}

/** The columns of all parts of a table are as wide as they were in the whole. */
function fixColumns(table: HTMLTableElement): void {
  for (const cell of table.tHead?.rows[0]?.cells ?? [])
    cell.style.width = `${cell.getBoundingClientRect().width}px`;
  table.style.tableLayout = "fixed";
}

/**
 * Writes into the contents on which page each entry is going to be, from where the report's blocks stand on a screen as wide as
 * the paper. Who prints it looks whether it came so, and else has the pages that the print has.
 * @param height px of a page
 */
export function foreseePages(report: HTMLElement, height: number): void {
  const pages = new Map<string, number>();
  let [page, begun] = [0, 0];
  const turn = (top: number) => {
    page += 1;
    begun = top;
  };
  for (const part of report.querySelectorAll<HTMLElement>(":scope > :not(style)")) {
    const { top } = part.getBoundingClientRect();
    if (page === 0 || !part.classList.contains("joined")) turn(top);
    const isWide = part.classList.contains("wide");
    for (const block of isWide ? [] : part.children) {
      const box = block.getBoundingClientRect();
      const end = goesWithNext(block)
        ? (block.nextElementSibling?.getBoundingClientRect() ?? box).bottom
        : box.bottom;
      const isContinued = block.classList.contains("continued");
      if (isContinued || (end - begun > height && box.top > begun && end - box.top <= height)) turn(box.top);
      for (const one of marked(block)) {
        const below = one.getBoundingClientRect().top - begun;
        pages.set(one.id, page + Math.max(0, Math.floor(below / height)));
      }
      while (box.bottom - begun > height) turn(begun + height);
    }
    for (const one of marked(part)) if (!pages.has(one.id)) pages.set(one.id, page);
  }
  for (const place of report.querySelectorAll<HTMLElement>("[data-page-of]"))
    place.textContent = String(pages.get(place.dataset.pageOf ?? "") ?? "00");
}

/** An element and all in it that have ids. */
const marked = (element: Element): Element[] =>
  [element, ...element.querySelectorAll("[id]")].filter(({ id }) => id !== "");

const goesWithNext = (block: Element) => getComputedStyle(block).breakAfter === "avoid";
