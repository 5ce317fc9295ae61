import type { Language } from "./languages.js";
/**
 * What a table of the contract, `table.column` or `table.column=value` is called. In English it is the name alone, the one
 * that files and mappings know it by; in Chinese the table's label and that name in brackets.
 *
 * @param label the table's, undefined where the contract has none of this name
 */
export function contractName(name: string, label: string | undefined, language: Language): string {
  return language !== "zh-CN" || label === undefined ? name : `${label}（${name}）`;
}
