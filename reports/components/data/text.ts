import type { Language } from "../../src/published/siteTypes.js";
import { upright } from "../../src/words/visible.js";

/** Width of a text in px at a size and weight. */
export type Measure = (text: string, size: number, bold?: boolean) => number;

const family = '"Noto Sans SC", sans-serif';
let context: CanvasRenderingContext2D | null | undefined;

/** Measures with the page's font; without a canvas, or until the font is there, it estimates from its letters' widths. */
export const measureText: Measure = (given, size, bold = false) => {
  const text = upright(given);
  if (context === undefined) {
    const canvas = typeof document === "undefined" ? null : document.createElement("canvas");
    context = isBrowser() ? (canvas?.getContext("2d") ?? null) : null;
  }
  const font = `${bold ? 700 : 400} ${size}px ${family}`;
  const key = `${font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (!context) return estimate(text, size, bold);
  if (!isThere(font, text)) {
    estimated.set(key, { font, text });
    return estimate(text, size, bold);
  }
  context.font = font;
  const { width } = context.measureText(text);
  widths.set(key, width);
  return width;
};

/** Whether a font has come for all characters of a text; those it once had are not asked for again. */
function isThere(font: string, text: string): boolean {
  const known = there.get(font) ?? new Set<string>();
  there.set(font, known);
  const others = [...text].filter((character) => !known.has(character));
  if (others.length > 0 && !document.fonts.check(font, others.join(""))) return false;
  for (const character of others) known.add(character);
  return true;
}

const there = new Map<string, Set<string>>();

/** What was measured with the page's font: the same texts are asked for whenever a picture is drawn anew. */
const widths = new Map<string, number>();

/** What had to be estimated, its font not being there yet. */
const estimated = new Map<string, { font: string; text: string }>();

/** What `draw` gives and, where it had to estimate widths, when their fonts have come. */
export function measured<T>(draw: () => T): { result: T; fontsCome: Promise<unknown> | null } {
  estimated.clear();
  const result = draw();
  if (estimated.size === 0) return { result, fontsCome: null };
  const fonts = [...estimated.values()].map(({ font, text }) => document.fonts.load(font, text));
  return { result, fontsCome: Promise.allSettled(fonts) };
}

/** Resolves when the font slices that the texts need are there to be measured. */
export async function fontsFor(texts: readonly string[]): Promise<void> {
  if (!isBrowser()) return;
  const sample = [...new Set(texts.join(""))].join("");
  await Promise.all([400, 700].map((weight) => document.fonts.load(`${weight} 14px ${family}`, sample)));
}

/** A text, or as much of it as fits with an ellipsis. */
export function shorten(given: string, width: number, size = 12, bold = false): string {
  const text = upright(given);
  const signs = [...text];
  const cut = (length: number) => (length < signs.length ? `${signs.slice(0, length).join("")}…` : text);
  let [fits, most] = [Math.min(1, signs.length), signs.length];
  while (fits < most) {
    const length = Math.ceil((fits + most) / 2);
    if (measureText(cut(length), size, bold) <= width) fits = length;
    else most = length - 1;
  }
  return cut(fits);
}

/**
 * Breaks a text into lines no wider than `width`: at blanks in English, between phrases in Chinese. A word
 * wider than a line is broken between letters.
 */
export function wrapText(
  text: string,
  width: number,
  {
    size,
    bold = false,
    language,
    measure,
  }: { size: number; bold?: boolean; language: Language; measure: Measure },
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces(upright(text), language)) {
    if (line !== "" && measure(line + piece.trimEnd(), size, bold) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
    while (measure(line.trimEnd(), size, bold) > width && line.length > 1) {
      let fit = line.length - 1;
      while (fit > 1 && measure(line.slice(0, fit), size, bold) > width) fit--;
      lines.push(line.slice(0, fit));
      line = line.slice(fit);
    }
  }
  if (line.trim() !== "") lines.push(line.trimEnd());
  return lines;
}

let segmenter: Intl.Segmenter | undefined;

function pieces(text: string, language: Language): string[] {
  if (language === "en") return text.match(/[^ ]+ *| +/g) ?? [];
  // One costs more to make than to ask.
  segmenter ??= new Intl.Segmenter("zh-CN", { granularity: "word" });
  const phrases: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const joins = !isWordLike || /^[率数量度性分]$/.test(segment);
    if (joins && phrases.length > 0) phrases[phrases.length - 1] += segment;
    else phrases.push(segment);
  }
  return phrases;
}

function isBrowser(): boolean {
  return typeof document !== "undefined" && "fonts" in document;
}

function estimate(text: string, size: number, bold: boolean): number {
  let ems = 0;
  for (const letter of text)
    ems += /[\u2e80-\uffef]/.test(letter) ? 1 : /[A-Z%mwMW]/.test(letter) ? 0.72 : 0.54;
  return ems * size * (bold ? 1.04 : 1);
}
