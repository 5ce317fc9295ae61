/** A message in the languages of the command line; a text alone stands in both. */
export type Wording = string | { en: string; zh: string };

/** A message in one of the languages. */
export function worded(wording: Wording, language: "zh-CN" | "en"): string {
  if (typeof wording === "string") return wording;
  return language === "en" ? wording.en : wording.zh;
}
