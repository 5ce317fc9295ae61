import type { Language } from "./languages.js";
import { currencies } from "./languages.js";

/** Signs and names that stand for a currency beside its code; ¥ is the yuan, the yen goes by its code. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  CNY: ["¥", "￥", "RMB", "人民币", "元"],
  USD: ["$", "US$", "美元"],
  EUR: ["€", "欧元"],
  GBP: ["£", "英镑"],
};

/** What amounts are in where settings name no other. */
export const defaultCurrency = "CNY";

/** The code of a currency that a source names; what is not known is taken for a code. */
export function currencyCode(text: string): string {
  const word = text.trim().toUpperCase();
  return Object.entries(spellings).find(([, names]) => names.includes(word))?.[0] ?? word;
}

/** The signs that may stand before an amount, and the currency of each. */
export const currencySigns: readonly (readonly [string, string])[] = [
  ["¥", "CNY"],
  ["￥", "CNY"],
  ["$", "USD"],
  ["€", "EUR"],
  ["£", "GBP"],
];

/** What people call a currency: 元, 美元; in English its code. */
export const currencyName = (code: string, language: Language): string => currencies(language)[code] ?? code;

const codes = "EUR|USD|CNY|RMB|GBP|CHF|JPY|HKD|TWD|NT\\$|HK\\$|US\\$|Euro|人民币|美元|欧元|元";

/** Patterns of a currency before an amount that the contract does not read there, and of one behind it. */
export const currencyBefore = `^(?:(?:${codes})\\s*|[€$£¥￥]\\s+)`;
export const currencyBehind = `\\s*(?:${codes}|[€$£¥￥])$`;
