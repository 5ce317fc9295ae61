import { type Told, told } from "../words/told.js";

/** ` (did you mean …?)` for the nearest of the names, or nothing where none is near. */
export function suggest(word: string, names: readonly string[]): Told | "" {
  const name = nearest(word, names);
  return name === undefined ? "" : told("suggestion", { name });
}

/** The nearest of the names; undefined where none is near. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(word.length / 3));
  const [best] = names
    .map((name) => ({ name, distance: distance(word.toLowerCase(), name.toLowerCase()) }))
    .filter((each) => each.distance <= limit)
    .sort((one, other) => one.distance - other.distance);
  return best?.name;
}

/** Edits between two words, a swap of neighbours counting as one. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[other.length] ?? 0;
}

/** A text as names are compared: without width, case, blanks and what stands between words. */
export const folded = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_'’]+/g, "");
