import { ownValue } from "../catalogue/ownValue.js";
import { contractName } from "../words/contractName.js";
import { contract } from "./tables.js";

const labels: Readonly<Record<string, { "zh-CN": string; en: string }>> = Object.fromEntries(
  Object.entries(contract).map(([table, { label }]) => [table, label]),
);

/** What the command line calls a table, or `table.column`: in Chinese by its label, too. */
export function called(language: "zh" | "en"): (name: string) => string {
  return (name) => contractName(name, ownValue(labels, name.split(".")[0] ?? name)?.["zh-CN"], language);
}

/** What a table is called in Chinese by its label alone; in English by its name. */
export const labelled = (language: "zh" | "en"): ((table: string) => string) => {
  return (table) => (language === "en" ? table : (ownValue(labels, table)?.["zh-CN"] ?? table));
};
