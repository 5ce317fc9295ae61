import { least } from "../../src/statistics/extremes.js";
import { margin, type OutlineEntry, type ReadPage, type ReadPdf } from "./readPdf.js";

/** How much of the room between its margins a page uses, from the top down to its last line. */
function filled({ height, lines }: ReadPage): number {
  const lowest = least(
    lines.map(({ y }) => y),
    height - margin,
  );
  return (height - margin - lowest) / (height - 2 * margin);
}

/** The title of the section that a page says at its head. */
const headOf = ({ text }: ReadPage, known: readonly string[]): string =>
  known.find((name) => text.includes(name)) ?? "";

/** Pages less than half full that are not the last of their section. */
export function halfEmpty({ pages }: ReadPdf, heads: readonly string[]): number[] {
  return pages.flatMap((page, at) => {
    const next = pages[at + 1];
    const isLast =
      next === undefined || headOf(page, heads) !== headOf(next, heads) || next.width !== page.width;
    return !isLast && filled(page) < 0.5 ? [at + 1] : [];
  });
}

const flat = (entries: readonly OutlineEntry[]): OutlineEntry[] =>
  entries.flatMap((entry) => [entry, ...flat(entry.children)]);

/** Headings that are the last line of their page. */
export function loneHeadings({ pages, outline }: ReadPdf): string[] {
  const titles = flat(outline);
  return pages.flatMap(({ lines }, at) => {
    const last = lines.at(-1)?.text.trim() ?? "";
    return titles
      .filter(({ page, title }) => page === at + 1 && last.length > 1 && title.trim().endsWith(last))
      .map(({ title }) => `${at + 1}: ${title}`);
  });
}

/** Lines that begin with what may begin none, with the unit of a number that the line before ends with, or within a Chinese date. */
export function brokenLines({ pages }: ReadPdf): string[] {
  return pages.flatMap(({ lines }, at) =>
    lines.flatMap(({ text }, index) => {
      const before = lines[index - 1]?.text ?? "";
      const isPunctuation = /^[，。、；：？！）》”’】」』]/u.test(text);
      const isUnit =
        /\d\s?$/.test(before) && /^(?:%|pp\b|个百分点|万|亿|分钟|小时|分(?!位)|points\b|min\b)/u.test(text);
      const isDate =
        (/\d\s?$/.test(before) && /^[年月日]/u.test(text)) ||
        (/[年月]$/.test(before) && /^\d+[月日]/.test(text));
      return isPunctuation || isUnit || isDate ? [`${at + 1}: ${before}|${text}`] : [];
    }),
  );
}
