import { upright } from "../../src/words/visible.js";

/** So many signs of a word, after which the margins of a page may break it: `overflow-wrap` is nothing to them. */
const longWord = /[^\s\p{sc=Han}]{60}(?=[^\s\p{sc=Han}])/gu;

/** A text as the style sheets of a page's margins have it. */
export function quoted(text: string): string {
  return `"${upright(text).replace(longWord, "$&\u200b").replace(/["\\]/g, "\\$&").replace(/\s+/g, " ")}"`;
}

/** The style sheet of pages that two parts share: both stand at their heads. */
export const sharedHead = (part: string | undefined, labels: readonly (string | undefined)[]): string =>
  `@page part-${part} { @top-left { content: ${quoted(labels.filter(Boolean).join(" · "))}; } }`;
