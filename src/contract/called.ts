import { contractName } from "../kpi/contractName.js";
import { contract } from "./tables.js";

const labels: Readonly<Record<string, { "zh-CN": string; en: string }>> = Object.fromEntries(
  Object.entries(contract).map(([table, { label }]) => [table, label]),
);

/** What the command line calls a table, or `table.column`: in Chinese by its label, too; its name is English as it is. */
export function called(language: "zh" | "en"): (name: string) => string {
  return (name) =>
    language === "en" ? name : contractName(name, labels[name.split(".")[0] ?? name]?.["zh-CN"], language);
}

/** What a table is called by its label alone. */
export const labelled = (language: "zh" | "en"): ((table: string) => string) => {
  return (table) => labels[table]?.[language === "en" ? "en" : "zh-CN"] ?? table;
};
