import { type Language, messages } from "./languages.js";
import type { MessageId, Told } from "./told.js";
import { visible } from "./visible.js";

export type { Language } from "./languages.js";

/** A name or text in every language. */
export type Labels = Record<Language, string>;

/** What is said: something by its id, or a text of no language, which stands in all. */
export type Wording = string | Told;

/** Whether a text is the id of a message. */
export const isMessageId = (text: string): text is MessageId => Object.hasOwn(messages("en"), text);

/** A message in one of the languages; what stands in it of no language cannot break its lines or command a terminal. */
export function worded(wording: Wording, language: Language): string {
  if (typeof wording === "string") return visible(wording);
  const message = messages(language)[wording.id] as string | ((values: unknown) => string);
  if (typeof message === "string") return message;
  const values = Object.entries(wording.values ?? {}).map(([name, value]) => [name, filled(value, language)]);
  return message(Object.fromEntries(values));
}

/** A message's value with what is to be said in it put into words. */
function filled(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((one) => filled(one, language));
  const isSaid = typeof value === "string" || (typeof value === "object" && value !== null);
  return isSaid ? worded(value as Wording, language) : value;
}

/** A name or text as the catalogue's files give it. */
export type Label = Readonly<{ zh: string; en: string }>;

/** A catalogue's label in a language, the English one where it has none. */
export function labelIn(label: Label, language: Language): string;
export function labelIn(label: Label | undefined, language: Language): string | undefined;
export function labelIn(label: Label | undefined, language: Language): string | undefined {
  return language === "zh-CN" ? label?.zh : label?.en;
}
