/** Control characters, breaks of lines, and what turns the direction of writing until it is ended. */
const unseen = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/**
 * A text of no language (a name, a value, what another program said) as a line for people shows it: what would command a
 * terminal, begin a line or turn others around is written as in JSON, `\n`, `\u001b`.
 */
export const visible = (text: string): string => text.replace(unseen, written);

function written(sign: string): string {
  const short = JSON.stringify(sign).slice(1, -1);
  return short === sign ? `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}` : short;
}

/** Turns the direction of all that follows, up to the end of a sentence and of the figures in it. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text as a page shows it: what would turn the words and figures beside it around is written as `visible` writes it. */
export const upright = (text: string): string => text.replace(turning, written);

/** `visible` of a text of several lines, which stay. */
export const visibleLines = (text: string): string => text.split("\n").map(visible).join("\n");

/** What leaves no mark on paper: spaces, controls, joiners, fillers. */
const unmarked = /[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Whether anything of a text can be seen. */
export const hasVisible = (text: string): boolean => text.replace(unmarked, "") !== "";

/** Whether a text has a letter or a digit that can be seen, as whatever says something has. */
export const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text.replace(unmarked, ""));
