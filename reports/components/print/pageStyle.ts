/** A text as style sheets have it. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replace(/\s+/g, " ")}"`;
}

/** The style sheet of pages that two parts share: both stand at their heads. */
export const sharedHead = (part: string | undefined, labels: readonly (string | undefined)[]): string =>
  `@page part-${part} { @top-left { content: ${quoted(labels.filter(Boolean).join(" · "))}; } }`;
