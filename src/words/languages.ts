import * as en from "./en.js";
import * as zhCN from "./zh-CN.js";

/** The languages that every page, print and command speaks; English stands in for what another lacks. */
export const languages = ["zh-CN", "en"] as const;

export type Language = (typeof languages)[number];

export const isLanguage = (text: string | undefined): text is Language =>
  languages.some((language) => language === text);

/** What failures, progress lines and findings say, by id. */
export const messages = /* @__PURE__ */ section({ en: en.messages, "zh-CN": zhCN.messages });

/** The words that a language has so far. */
type Lacking<Words> = Words extends (...values: never[]) => unknown
  ? Words
  : Words extends object
    ? { [Key in keyof Words]?: Lacking<Words[Key]> }
    : Words;

/** A section of the languages' files → its words in a language, the first language's where that one has none. */
function section<Words extends object>(
  of: { en: Words } & Record<Language, Lacking<Words>>,
): (language: Language) => Words {
  const whole = new Map<Language, Words>();
  return (language) => {
    const known = whole.get(language) ?? (completed(of.en, of[language]) as Words);
    whole.set(language, known);
    return known;
  };
}

function completed(first: unknown, own: unknown): unknown {
  if (own === undefined) return first;
  if (typeof first !== "object" || first === null || typeof own !== "object" || own === null) return own;
  const entries = Object.entries(first).map(([key, words]) => [
    key,
    completed(words, (own as Record<string, unknown>)[key]),
  ]);
  return { ...own, ...Object.fromEntries(entries) };
}
