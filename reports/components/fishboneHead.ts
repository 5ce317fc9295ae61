import { s } from "./element.js";
import type { FishboneLayout } from "./fishboneLayout.js";
import type { Site } from "./site.js";
import { measureText, wrapText } from "./text.js";

/** A scorecard's result as the head of a fishbone shows it. */
export interface HeadScore {
  /** 0–100; null where too little of the weight has a score. */
  total: number | null;
  /** The grade's name in the page's language; null without a total. */
  grade: string | null;
  /** The period in words. */
  period: string;
}

/** What the head says. */
export interface HeadText {
  name: string;
  period: string;
  /** What is counted, where there is no score. */
  count: string;
  score?: HeadScore | undefined;
}

/** A row of the head: its text, and a smaller one that follows it. */
interface Row {
  text: string;
  after?: string;
  class: string;
  step: number;
}

/** The scorecard's total and grade as text; null without a score. */
export function scoreText(site: Site, score: HeadScore | undefined): { total: string; grade: string } | null {
  if (!score) return null;
  const { format, messages } = site;
  return {
    total: score.total === null ? messages.none : format.number("score", { value: score.total }),
    grade: score.grade ?? "",
  };
}

/** The fish's head at the end of the spine: the name, then total, grade and period of its scorecard, else a count. */
export function fishboneHead(site: Site, text: HeadText, layout: FishboneLayout): SVGElement {
  const { headX, headWidth, spineY } = layout;
  const half = 84;
  const nose = headX + headWidth - 4;
  const outline = `M${headX},${spineY - half}C${headX + 80},${spineY - half},${nose - 24},${spineY - 36},${nose},${spineY}C${nose - 24},${spineY + 36},${headX + 80},${spineY + half},${headX},${spineY + half}Z`;
  const rows = rowsOf(site, text, headWidth - 66);
  let y = spineY - rows.reduce((sum, { step }) => sum + step, 0) / 2;
  return s(
    "g",
    { class: "head" },
    s("path", { d: outline }),
    rows.map((row) => {
      y += row.step;
      return s(
        "text",
        { x: headX + 18, y: y - row.step * 0.27, class: row.class },
        row.text,
        row.after && s("tspan", { class: "head-grade", dx: 8 }, row.after),
      );
    }),
  );
}

function rowsOf(site: Site, { name, period, count, score }: HeadText, width: number): Row[] {
  const { language } = site;
  const names = wrapText(name, width, { size: 16, bold: true, language, measure: measureText });
  const result = scoreText(site, score);
  const rows: Row[] = names.map((text) => ({ text, class: "head-name", step: 22 }));
  if (result) rows.push({ text: result.total, after: result.grade, class: "head-total", step: 36 });
  rows.push({ text: score?.period ?? period, class: "head-period", step: 20 });
  if (!result) rows.push({ text: count, class: "head-count", step: 24 });
  return rows.filter(({ text }) => text !== "");
}
