import { literal } from "../../src/engine/sql.js";

const lengths = { 15: "[A-Za-z0-9]{9}", 18: "[A-Za-z0-9]{12}" } as const;

/** What a record id of Salesforce is, of so many characters: the longer form has three more that tell capitals. */
const pattern = (length: 15 | 18) => `^[A-Za-z0-9]{5}0${lengths[length]}$`;

/** Whether texts are all record ids of Salesforce, of so many characters; not of none. */
export function areIds(texts: readonly string[], length: 15 | 18): boolean {
  const known = new RegExp(pattern(length));
  return texts.length > 0 && texts.every((text) => known.test(text));
}

/** By five characters, of which 1 stands for a capital and counts 1, 2, 4, 8, 16: the letter of the sum, as SQL of JSON. */
const letters = literal(
  JSON.stringify(
    Object.fromEntries(
      [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"].map((letter, sum) => [
        [0, 1, 2, 3, 4].map((bit) => (sum >> bit) & 1).join(""),
        letter,
      ]),
    ),
  ),
);

/**
 * SQL of ids with 18 characters for those of 15: the last three say which of each five characters before are capitals, so that ids
 * which differ in them alone stay apart where case is lost. Made of few parts, none of which fails: of each a mapping keeps watch.
 * @param id SQL of a text
 */
export function longIds(id: string): string {
  const letter = (before: number) => {
    const five = `regexp_replace(${id}, '^.{${before}}(.{5}).*$', '\\1')`;
    return `(${letters} ->> regexp_replace(regexp_replace(${five}, '[^A-Z]', '0', 'g'), '[A-Z]', '1', 'g'))`;
  };
  return `${id} || ${[0, 5, 10].map(letter).join(" || ")}`;
}

/** SQL of cells of which ids with 15 characters, as reports have them, are those with 18, as the interface has them; others stay. */
export function withLongIds(cell: string): string {
  return `case when ${isShortId(cell)} then ${longIds(`trim(${cell})`)} else ${cell} end`;
}

/** SQL of whether a cell is an id with 15 characters. */
export const isShortId = (cell: string): string => `regexp_matches(trim(${cell}), ${literal(pattern(15))})`;

/** SQL of ids with 15 characters. */
export const shortIds = (id: string): string => `left(${id}, 15)`;
