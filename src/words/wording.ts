/** The languages every page, print and command speaks. */
export type Language = "zh-CN" | "en";

/** A name or text in every language. */
export type Labels = Record<Language, string>;

/** A message in the languages of the command line; a text alone stands in both. */
export type Wording = string | { en: string; zh: string };

/** A message in one of the languages. */
export function worded(wording: Wording, language: Language): string {
  if (typeof wording === "string") return wording;
  return language === "en" ? wording.en : wording.zh;
}

/** The languages by the keys that the catalogue gives its labels under. */
export type Words = "zh" | "en";
