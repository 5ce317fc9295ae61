import type { Language } from "../words/languages.js";
import { ownValue } from "./ownValue.js";

/** A code's labels and the spellings that mean it. */
export interface Words {
  labels: Partial<Record<Language, string>>;
  spellings: readonly string[];
}

/** Column, or `table.column` where tables differ → code → its words. */
export type Vocabulary = Readonly<Record<string, Readonly<Record<string, Words>>>>;

/** Dimensions whose values are those of a column of another name. */
const columnOfDimension: Readonly<Record<string, string>> = {
  class: "complaint_class",
  reason: "reason_category",
  dimension: "survey_answers.dimension",
};

/** The words of a dimension's values. */
const ofDimension = (vocabulary: Vocabulary, dimension: string) =>
  ownValue(vocabulary, ownValue(columnOfDimension, dimension) ?? dimension);

/** What a value of a dimension is called in a language; undefined where the vocabulary says nothing. */
export function labelOf(
  vocabulary: Vocabulary,
  dimension: string,
  value: string,
  language: Language,
): string | undefined {
  return ownValue(ofDimension(vocabulary, dimension), value)?.labels[language];
}

/** The code that a person's word for a value of a dimension stands for; undefined where it is no such word. */
export function codeOf(vocabulary: Vocabulary, dimension: string, word: string): string | undefined {
  const codes = ofDimension(vocabulary, dimension) ?? {};
  const key = wordKey(word);
  return Object.keys(codes).find((code) =>
    spellingsOf(code, codes[code]).some((one) => wordKey(one) === key),
  );
}

/** The codes of a dimension that come with labels. */
export const codesOf = (vocabulary: Vocabulary, dimension: string): string[] =>
  Object.keys(ofDimension(vocabulary, dimension) ?? {});

/** The words of a table's column. */
export function wordsOf(
  vocabulary: Vocabulary,
  table: string,
  column: string,
): Readonly<Record<string, Words>> {
  return { ...ownValue(vocabulary, column), ...ownValue(vocabulary, `${table}.${column}`) };
}

/** Every spelling of a code: itself, its labels and the others. */
export const spellingsOf = (code: string, words?: Words): string[] => [
  code,
  ...Object.values(words?.labels ?? {}),
  ...(words?.spellings ?? []),
];

/** A word as spellings are compared: without case, width, blanks, `-` and `_`. */
export const wordKey = (word: string): string =>
  word
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s\-_\u200b-\u200f\u2060\ufeff]+/gu, "");

/** One vocabulary laid over another, code by code: labels replace, spellings add. */
export function mergedVocabulary(base: Vocabulary, over: Vocabulary): Vocabulary {
  const merged: Record<string, Record<string, Words>> = {};
  for (const [column, codes] of [...Object.entries(base), ...Object.entries(over)]) {
    const known: Record<string, Words> = { ...ownValue(merged, column) };
    for (const [code, words] of Object.entries(codes)) {
      const before = ownValue(known, code);
      known[code] = {
        labels: { ...before?.labels, ...words.labels },
        spellings: [...new Set([...(before?.spellings ?? []), ...words.spellings])],
      };
    }
    merged[column] = known;
  }
  return merged;
}
