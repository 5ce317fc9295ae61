import { greatest } from "../../src/statistics/extremes.js";
import type { Site } from "../data/site.js";
import { measureText, shorten, wrapText } from "../data/text.js";
import { s } from "../element.js";
import type { FishboneLayout } from "./fishboneLayout.js";

/** A scorecard's result as the head of a fishbone shows it. */
export interface HeadScore {
  /** 0–100; null where too little of the weight has a score. */
  total: number | null;
  /** The grade's name in the page's language; null without a total. */
  grade: string | null;
  /** That the grade is provisional, in words; empty where it is not. */
  provisional: string;
  /** The period in words. */
  period: string;
}

/** What the head says. */
export interface HeadText {
  name: string;
  period: string;
  /** What is counted, where there is no score. */
  count: string;
  /** What the marks of `count` mean, in words, on hover. */
  countWords?: string;
  score?: HeadScore | undefined;
}

/** A row of the head: its text and px of its letters, and a smaller text that follows it. */
interface Row {
  text: string;
  after?: string;
  class: string;
  size: number;
  bold: boolean;
  step: number;
}

/** The scorecard's total and grade as text; null without a score. */
export function scoreText(
  site: Site,
  score: HeadScore | undefined,
): { total: string; grade: string; remark: string } | null {
  if (!score) return null;
  const { format, messages } = site;
  const { open, close } = messages.punctuation;
  return {
    total: score.total === null ? messages.none : format.number("score", { value: score.total }),
    grade: score.grade ?? "",
    remark: score.provisional === "" ? "" : `${open}${score.provisional}${close}`,
  };
}

/** The fish's head at the end of the spine: the name, then total, grade and period of its scorecard, else a count. */
export function fishboneHead(site: Site, text: HeadText, layout: FishboneLayout): SVGElement {
  const { headX, headWidth, spineY } = layout;
  const nose = headX + headWidth - 4;
  const outline = `M${headX},${spineY - half}C${headX + shoulder},${spineY - half},${nose - snout},${spineY - brow},${nose},${spineY}C${nose - snout},${spineY + brow},${headX + shoulder},${spineY + half},${headX},${spineY + half}Z`;
  const rows = fittingRows(site, text, headWidth);
  let y = spineY - heightOf(rows) / 2;
  return s(
    "g",
    { class: "head" },
    s("path", { d: outline }),
    rows.map((row) => {
      y += row.step;
      return s(
        "text",
        { x: headX + inset, y: y - row.step * 0.27, class: row.class },
        row.class === "head-count" && text.countWords && s("title", {}, text.countWords),
        row.text,
        row.after && s("tspan", { class: "head-grade", dx: gradeGap }, row.after),
      );
    }),
  );
}

/** The outline: px of its half height, and of the points that bend it. */
const half = 92;
const shoulder = 104;
const snout = 20;
const brow = 44;
/** Px from the head's straight side to its text. */
const inset = 18;

/** Px of the name's letters, of the grade's beside the total, and between the two. */
const nameSizes = [16, 14] as const;
const gradeSize = 15;
const gradeGap = 8;

const heightOf = (rows: readonly Row[]) => rows.reduce((sum, { step }) => sum + step, 0);

/** Px from the straight side to the outline, so far above or below the spine. */
function reachAt(off: number, headWidth: number): number {
  const nose = headWidth - 4;
  let [low, high] = [0, 1];
  for (let step = 0; step < 20; step++) {
    const t = (low + high) / 2;
    const y = half * ((1 - t) ** 3 + 3 * (1 - t) ** 2 * t) + 3 * brow * (1 - t) * t ** 2;
    if (y > off) low = t;
    else high = t;
  }
  return 3 * (1 - low) ** 2 * low * shoulder + 3 * (1 - low) * low ** 2 * (nose - snout) + low ** 3 * nose;
}

/**
 * The rows with name and remark broken, and the name smaller where it is long, so that no line crosses the outline,
 * which is narrower away from the spine; a count in one line where that fits. Where nothing fits, what crosses least.
 */
function fittingRows(site: Site, text: HeadText, headWidth: number): Row[] {
  const widest = headWidth - inset * 2;
  let best: { rows: Row[]; beyond: number } | null = null;
  for (const breaksCount of [false, true]) {
    for (const size of nameSizes) {
      for (let width = widest; width >= 68; width -= 4) {
        const rows = rowsOf(site, text, { width, widest, size, breaksCount });
        const beyond = beyondOutline(rows, headWidth);
        if (beyond <= 0) return rows;
        if (best === null || beyond < best.beyond) best = { rows, beyond };
        // As wide as its longest row a text breaks as it does in more room.
        const longest = greatest(rows.map(widthOf));
        while (width - 4 >= longest) width -= 4;
      }
    }
  }
  return best?.rows ?? [];
}

/** By how many px the longest row crosses the outline; 0 or less where none does. */
function beyondOutline(rows: readonly Row[], headWidth: number): number {
  let top = -heightOf(rows) / 2;
  return greatest(
    rows.map((row) => {
      const edge = Math.max(Math.abs(top), Math.abs(top + row.step));
      top += row.step;
      return widthOf(row) - (reachAt(edge - 3, headWidth) - inset - 6);
    }),
  );
}

const widthOf = ({ text, after, size, bold }: Row) =>
  measureText(text, size, bold) + (after ? gradeGap + measureText(after, gradeSize, true) : 0);

function rowsOf(
  site: Site,
  { name, period, count, score }: HeadText,
  { width, widest, size, breaksCount }: { width: number; widest: number; size: number; breaksCount: boolean },
): Row[] {
  const result = scoreText(site, score);
  const grade = (of: { total: string; grade: string }) =>
    shorten(of.grade, widest - measureText(of.total, 30, true) - gradeGap, gradeSize, true);
  const look = {
    name: { size, bold: true, step: size + 5 },
    small: { size: 13, bold: false, step: 18 },
    count: { size: 15, bold: true, step: 24 },
  };
  const row = (text: string, kind: keyof typeof look, name: string) => ({ text, class: name, ...look[kind] });
  const lines = (text: string, kind: keyof typeof look, name: string, language = site.language): Row[] =>
    wrapText(text, width, { ...look[kind], language, measure: measureText }).map((line) =>
      row(line, kind, name),
    );
  // A count and its symbol stay together: it breaks at blanks alone.
  const counted = breaksCount
    ? lines(count, "count", "head-count", "en")
    : [row(count, "count", "head-count")];
  return [
    ...lines(name, "name", size < nameSizes[0] ? "head-name long" : "head-name"),
    ...(result
      ? [{ text: result.total, after: grade(result), class: "head-total", size: 30, bold: true, step: 36 }]
      : []),
    ...lines(score?.provisional ?? "", "small", "head-period"),
    ...lines(score?.period ?? period, "small", "head-period"),
    ...(result || count === "" ? [] : counted),
  ];
}
