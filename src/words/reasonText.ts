import { conditionsText } from "../catalogue/caseConditions.js";
import type { Reason } from "../kpi/coverage.js";
import type { Language } from "./languages.js";
import { reasons } from "./languages.js";

/**
 * A reason in words, naming table, column or day.
 * @param called what a name of the contract is called, a table, `table.column` or `table.column=value`
 * @param dayText how a day is written; by default as in ISO 8601
 */
export function reasonText(
  reason: Reason,
  language: Language,
  called: (name: string) => string,
  dayText: (day: string) => string = String,
): string {
  const say = reasons(language);
  const names = reason.names.map((name) => name.split("|").map(called).join(say.or)).join(say.list);
  const { code, end = "from", lookBack, fewest } = reason;
  const day = reason.day === undefined ? "" : dayText(reason.day);
  const table = reason.table ? called(reason.table) : "";
  const text = (): string => {
    switch (code) {
      case "no_table":
      case "no_column":
      case "no_kind":
      case "day_precision":
        return say[code](names);
      case "no_cases":
        return say.no_cases(conditionsText(reason.names, language, called), reason);
      case "few":
        return say.few(fewest?.count ?? 1, fewest?.of ?? "customers");
      case "before_record":
      case "after_record":
        return say[code](table, day);
      case "incomplete":
        return say.incomplete[end](table, day) + (lookBack ? say.looksBack(lookBack) : "");
    }
  };
  // Blanks set off Latin letters and digits from Chinese; a Chinese bracket or date needs none.
  return text()
    .replace(/） (或 )?/g, (_, or) => (or ? "）或" : "）"))
    .replace(/(\d日) /g, "$1")
    .replace(/须有 (?=[一-龥])/, "须有");
}
