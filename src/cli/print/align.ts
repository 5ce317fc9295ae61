import width from "string-width";
import { greatest } from "../../statistics/extremes.js";
import { visible } from "../../words/visible.js";

/** How many terminal columns a text takes: none for combining marks, two for wide characters and for a whole emoji sequence. */
export { width };

/** A text with blanks behind it up to so many columns. */
export const pad = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(0, columns - width(text)));

/** Columns padded to their widest cell; text to the left, figures to the right. The first lines are the head. */
export function align(cells: readonly string[][], heads = 1): string {
  const lines = cells.map((line) => line.map(visible));
  const widths = (lines[0] ?? []).map((_, index) => greatest(lines.map((line) => width(line[index] ?? ""))));
  const body = lines.slice(heads);
  const isFigure = widths.map((_, index) => body.every((line) => /^([–−+\d]|$)/.test(line[index] ?? "")));
  isFigure[0] = false;
  const cell = (text: string, index: number) => {
    const padded = pad(text, widths[index] ?? 0);
    return isFigure[index] ? padded.slice(text.length) + text : padded;
  };
  return lines.map((line) => `  ${line.map(cell).join("  ").trimEnd()}\n`).join("");
}
