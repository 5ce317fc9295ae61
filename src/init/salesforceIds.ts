import { literal, quoted } from "../engine/sql.js";
import type { Profile } from "./profile.js";

/** Whether texts are record ids of Salesforce, of so many characters: the longer form has three more that tell capitals. */
export const areIds = ({ words }: Profile, length: 15 | 18): boolean =>
  words.length > 0 &&
  words.every(([word]) => word.length === length && /^[A-Za-z0-9]{5}0[A-Za-z0-9]+$/.test(word));

/**
 * SQL of a column's ids with 18 characters, whose last three say which of each five characters before are capitals, so that ids which
 * differ in them alone stay apart where case is lost.
 */
export function longIds(column: string): string {
  const id = quoted(column);
  const capital = (at: number) => `(substr(${id}, ${at}, 1) between 'A' and 'Z')::int`;
  const letter = (from: number) => {
    const number = [0, 1, 2, 3, 4].map((bit) => `${2 ** bit} * ${capital(from + bit)}`).join(" + ");
    return `substr(${literal("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345")}, 1 + ${number}, 1)`;
  };
  return `${id} || ${[1, 6, 11].map(letter).join(" || ")}`;
}

/** SQL of a column's ids with 15 characters. */
export const shortIds = (column: string): string => `left(${quoted(column)}, 15)`;
