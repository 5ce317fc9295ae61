/**
 * What a table of the contract, `table.column` or `table.column=value` is called: the table's label and, in brackets, the
 * name that mappings know it by; the name alone where the label says the same.
 *
 * @param label the table's, undefined where the contract has none of this name
 */
export function contractName(name: string, label: string | undefined, language: "zh" | "en"): string {
  if (label === undefined || label.toLowerCase().replace(/[ -]/g, "_") === name) return name;
  return language === "en" ? `${label} (${name})` : `${label}（${name}）`;
}
