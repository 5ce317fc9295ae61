import { type Paper, papers } from "../../src/published/packTypes.js";
import { h } from "../element.js";
import { continueTables, foreseePages } from "./continueTables.js";
import { sharedHead } from "./pageStyle.js";

/** The room between the margins of a page, in px at 96 dpi. */
export interface Sheet {
  width: number;
  height: number;
}

/** Px of a margin of 18 mm. */
const margin = (18 / 25.4) * 96;

/** The room that a paper leaves. */
export const sheetOf = (paper: Paper): Sheet => ({
  width: papers[paper].width - 2 * margin,
  height: Math.floor(papers[paper].height - 2 * margin),
});

/** Px kept free: what is measured on a screen may take a little more in print. */
const spare = 8;
/** Px of a chart by how many share a page at most, and of any at least. */
const heights = [480, 300, 190];
const lowest = 96;

/** The figures of a section that share its first page with its table; later pages have no table and no more figures. */
export interface FigurePage {
  section: HTMLElement;
  /** The last figure of the first page. */
  last: HTMLElement;
  count: number;
  /** Draws every chart of the section that high. */
  draw(height: number): void;
}

/** How high charts are drawn before they can be measured, by how many share a page. */
export const firstHeight = (count: number): number => heights[count - 1] ?? lowest;

/**
 * How high the charts of a page may be, whose table, titles and notes are measured.
 * @param filled px that the page has of all, at charts of a height
 */
export function chartHeight({
  filled,
  height,
  count,
  page,
}: {
  filled: number;
  height: number;
  count: number;
  /** Px of the page. */
  page: number;
}): number {
  const room = height + Math.floor((page - spare - filled) / count);
  return Math.max(lowest, Math.min(firstHeight(count), room));
}

/**
 * Fits the report to its pages as soon as it is in the document and has its letters: charts take what tables and notes
 * leave, lines of a section that would go a few beyond its page stand closer, counts stand in line.
 */
export function fitPages(
  report: HTMLElement,
  pages: readonly FigurePage[],
  sheet: Sheet,
  continued: (caption: string) => string,
): void {
  const { width } = report.style;
  report.style.width = `${sheet.width}px`;
  alignCounts(report);
  for (const section of report.querySelectorAll<HTMLElement>(":scope > section:not(.kpis, .wide)"))
    tighten(section, sheet.height);
  join(report.querySelector(":scope > .missing"), sheet.height);
  fill(pages, sheet.height);
  for (const section of report.querySelectorAll<HTMLElement>(":scope > section:not(.kpis, .wide, .joined)"))
    continueTables(section, sheet.height - 2 * spare, continued);
  joinLast(report.querySelector(":scope > .signoff"), sheet.height);
  foreseePages(report, sheet.height);
  report.style.width = width;
}

/** Fills pages: all are measured before any is drawn anew, so that the report is laid out once a pass. */
function fill(pages: readonly FigurePage[], page: number): void {
  let open = pages.map((one) => ({ ...one, height: firstHeight(one.count) }));
  // Another height may have another note: where an interval leaves the axis.
  for (let pass = 0; pass < 3 && open.length > 0; pass++) {
    const fitted = open.map(({ section, last, count, height, draw }) => {
      const filled = last.getBoundingClientRect().bottom - section.getBoundingClientRect().top;
      return {
        section,
        last,
        count,
        draw,
        before: height,
        height: chartHeight({ filled, height, count, page }),
      };
    });
    open = fitted.filter(({ before, height }) => height !== before && (pass === 0 || height < before));
    for (const { draw, height } of open) draw(height);
  }
}

/** Px before a section that follows on the same page. */
const gap = 38;

/** A list of a few lines needs no page of its own, nor one that leaves room for all of what comes next; both share their pages. */
function join(list: HTMLElement | null, page: number): void {
  const next = list?.nextElementSibling as HTMLElement | null | undefined;
  if (!list || !next || next.classList.contains("wide")) return;
  const height = list.getBoundingClientRect().height;
  const both = height + gap + next.getBoundingClientRect().height;
  if (height >= page / 4 && both > page - spare) return;
  share(list, next);
}

/** The sign-off stands behind what comes before it where that leaves room, else it fills a page of its own. */
function joinLast(section: HTMLElement | null, page: number): void {
  const before = section?.previousElementSibling as HTMLElement | null | undefined;
  if (!section || !before) return;
  const isApart = before.matches(".wide, .kpis, .cover, .contents, :first-of-type");
  const room = isApart ? 0 : page - 4 * spare - gap - lastFill(before, page - 2 * spare);
  if (section.getBoundingClientRect().height > room) section.classList.add("alone");
  else share(before, section);
}

/** Lets a section go on behind the one before it, under a head that names both. */
function share(before: HTMLElement, section: HTMLElement): void {
  section.classList.add("joined");
  const { part } = section.dataset;
  before.after(h("style", {}, sharedHead(part, [before.dataset.head, section.dataset.head])));
  before.dataset.part = part ?? "";
}

/** Px that the last page of a section has of it. */
function lastFill(section: HTMLElement, page: number): number {
  let begun = section.getBoundingClientRect().top;
  let end = begun;
  for (const child of section.children) {
    const { top, bottom } = child.getBoundingClientRect();
    const begins = child.matches(".continued, [style*='break-before']");
    const isWhole = child.matches("figure, dl, :is(h2, h3, h4)");
    if (begins || (isWhole && bottom - begun > page && top > begun)) begun = top;
    for (; bottom - begun > page; ) begun += page;
    end = bottom;
  }
  return end - begun;
}

/** Lets the lines of a section stand closer where few of them would have a page of their own; a sheet is made to fit on one. */
function tighten(section: HTMLElement, page: number): void {
  const loose = filledPages(blocksOf(section), page);
  const isSheet = section.matches(".feedback");
  if (loose.pages === 1 || (loose.last > page / 3 && !isSheet)) return;
  for (const names of isSheet ? [["tight"], ["tight", "smaller"]] : [["tight"]]) {
    section.classList.add(...names);
    if (filledPages(blocksOf(section), page).pages < loose.pages) return;
    section.classList.remove(...names);
  }
}

/** Px from the top of a section to where something begins, and to where it ends. */
type Block = readonly [top: number, bottom: number];

function blocksOf(section: HTMLElement): Block[] {
  const { top } = section.getBoundingClientRect();
  return [...section.children].map((child) => {
    const box = child.getBoundingClientRect();
    return [box.top - top, box.bottom - top];
  });
}

/** How many pages blocks take, none of which is cut unless it is higher than a page, and px that the last page has of them. */
export function filledPages(blocks: readonly Block[], height: number): { pages: number; last: number } {
  const page = height - spare;
  let [pages, begun, last] = [1, 0, 0];
  for (const [top, bottom] of blocks) {
    if (bottom - begun > page && top > begun) {
      pages++;
      begun = top;
    }
    for (; bottom - begun > page; begun += page) pages++;
    last = bottom - begun;
  }
  return { pages, last };
}

/**
 * Gives what is counted in a table the room of the longest such word, so that the numbers before it stand below each other.
 * Everything is measured before anything changes.
 */
function alignCounts(report: HTMLElement): void {
  const tables = [...report.querySelectorAll<HTMLElement>("table")].flatMap((table) => {
    const counts = [...table.querySelectorAll<HTMLElement>("td .counts")];
    const column = counts[0]?.closest("td")?.cellIndex;
    if (column === undefined) return [];
    const widths = counts.map((one) => one.getBoundingClientRect().width);
    const widest = `${Math.ceil(widths.reduce((most, width) => Math.max(most, width), 0))}px`;
    const others = [...table.querySelectorAll<HTMLElement>(`tr > :nth-child(${column + 1})`)]
      .filter((cell) => cell.querySelector(".counts") === null)
      .map((cell) => ({ cell, padding: getComputedStyle(cell).paddingRight }));
    return [{ counts, widest, others }];
  });
  for (const { counts, widest, others } of tables) {
    for (const one of counts) one.style.minWidth = widest;
    for (const { cell, padding } of others) cell.style.paddingRight = `calc(${widest} + ${padding})`;
  }
}
