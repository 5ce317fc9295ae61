import type { Language } from "../words/languages.js";
import { reasons } from "../words/languages.js";

/** What of a build's extracts says whether a condition is met anywhere. */
interface Met {
  columns: ReadonlyMap<string, "filled" | "empty" | "unmapped">;
  kinds: ReadonlySet<string>;
}

/** One condition that makes a row a case: columns of which one is filled, or a column's values. */
export interface CaseCondition {
  /** As `table.column`. */
  columns: readonly string[];
  operator: "=" | "!=" | ">" | null;
  values: readonly string[];
}

/** Reads `table.column`, `a.b|a.c` (one of them), `table.column=value|value`, `table.column!=value` or `table.column>0`. */
export function caseCondition(text: string): CaseCondition {
  const [, names = text, operator = null, values = ""] = /^([^=!>]+)(=|!=|>)(.+)$/.exec(text) ?? [];
  return {
    columns: names.split("|"),
    operator: operator as CaseCondition["operator"],
    values: values === "" ? [] : values.split("|"),
  };
}

/**
 * Of the conditions that make a row a case those that no row of the extract meets; all of them where each is met by some
 * row, for then it is their coming together that fails.
 */
export function conditionsUnmet(conditions: readonly string[], facts: Met): string[] {
  const unmet = conditions.filter((condition) => isUnmet(caseCondition(condition), facts));
  return unmet.length > 0 ? unmet : [...conditions];
}

/** Whether no row meets a condition, as far as the build took down what occurs. */
function isUnmet({ columns, operator, values }: CaseCondition, { columns: states, kinds }: Met): boolean {
  if (!columns.some((column) => states.get(column) === "filled")) return operator !== "!=";
  const [column = ""] = columns;
  const isTakenDown = [...kinds].some((kind) => kind.startsWith(`${column}=`));
  return operator === "=" && isTakenDown && !values.some((value) => kinds.has(`${column}=${value}`));
}

/**
 * Conditions in words, those of one table together.
 * @param called what a name of the contract is called
 */
export function conditionsText(
  conditions: readonly string[],
  language: Language,
  called: (name: string) => string,
): string {
  const { and, or } = reasons(language);
  const tableOf = (condition: string) => condition.split(".")[0];
  return [...new Set(conditions.map(tableOf))]
    .map((table) => conditions.filter((condition) => tableOf(condition) === table))
    .map((ofTable) => called(ofTable.map((text) => said(text, or)).join(and)))
    .join(and);
}

const said = (condition: string, or: string) => condition.replaceAll("|", or).replace("!=", "≠");
