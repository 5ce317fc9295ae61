import { spellingsOf, type Words, wordKey } from "../catalogue/vocabulary.js";
import type { ColumnKind } from "./columns.js";

/** How the cells of a source's column are written, beyond the contract's own notations. */
export interface Reading {
  words: WordTable;
  /** Texts that stand for nothing, beside the usual ones. */
  nullValues: readonly string[];
  /** `strptime` formats, tried in order. */
  dateFormats: readonly string[];
  decimal: "." | ",";
  /** A column of the primary key, which may say that the row is a sum of others. */
  isKey: boolean;
}

/** What texts of a coded column mean. */
export interface WordTable {
  /** Text as it stands → code: what most cells say. */
  exact: ReadonlyMap<string, string>;
  /** Word as spellings are compared → code. */
  folded: ReadonlyMap<string, string>;
  /** What every other word means; an open column keeps it, a closed one refuses it. */
  otherwise?: string;
}

export const noWords: WordTable = { exact: new Map(), folded: new Map() };

/** A column as the contract alone has it. */
export const plainReading: Reading = {
  words: noWords,
  nullValues: [],
  dateFormats: [],
  decimal: ".",
  isKey: false,
};

/**
 * The table of a column's words. A source's own mapping goes before all, the codes and labels before its `"*"`, that
 * before the other spellings.
 * @param values word → code, of the source's mapping
 */
export function wordTable(
  words: Readonly<Record<string, Words>>,
  values: Readonly<Record<string, string>> = {},
): WordTable {
  const { "*": otherwise, ...own } = values;
  const exact = new Map(Object.entries(own));
  const folded = new Map(Object.entries(own).map(([word, code]) => [wordKey(word), code]));
  const add = (word: string, code: string, isExact: boolean) => {
    const key = wordKey(word);
    const known = folded.get(key);
    if (known !== undefined && known !== code) return;
    folded.set(key, code);
    if (isExact) exact.set(word, code);
  };
  for (const code of Object.keys(words)) add(code, code, true);
  for (const [code, { labels }] of Object.entries(words))
    for (const label of Object.values(labels)) add(label, code, true);
  if (otherwise === undefined)
    for (const [code, of] of Object.entries(words))
      for (const word of spellingsOf(code, of)) add(word, code, false);
  return { exact, folded, ...(otherwise === undefined ? {} : { otherwise }) };
}

/** Whether a kind of column has coded words. */
export const isCoded = (kind: ColumnKind): boolean => kind === "enum" || kind === "open";
