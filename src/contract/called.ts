import { ownValue } from "../catalogue/ownValue.js";
import { contractName } from "../words/contractName.js";
import type { Language } from "../words/languages.js";
import { type Told, told } from "../words/told.js";
import { contract } from "./tables.js";

const labels: Readonly<Record<string, { "zh-CN": string; en: string }>> = Object.fromEntries(
  Object.entries(contract).map(([table, { label }]) => [table, label]),
);

/** What the command line calls a table, or `table.column`: in Chinese by its label, too. */
export function called(language: Language): (name: string) => string {
  return (name) => contractName(name, ownValue(labels, name.split(".")[0] ?? name)?.["zh-CN"], language);
}

/** The same, to be said in any language. */
export const named = (name: string): Told =>
  told("contract.name", { name, chinese: ownValue(labels, name.split(".")[0] ?? name)?.["zh-CN"] ?? "" });

/** What a table is called in Chinese by its label alone; in English by its name. */
export const labelled = (table: string): Told =>
  told("contract.label", { table, chinese: ownValue(labels, table)?.["zh-CN"] ?? table });
