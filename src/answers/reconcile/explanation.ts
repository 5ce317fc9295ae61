import { called } from "../../contract/called.js";
import { columnsOf, tableNames } from "../../contract/index.js";
import { ruleTold } from "../../load/reasons.js";
import type { Explanation, ReconciledReason } from "../../published/reconciliation.js";
import { type Language, languages, reconcileRules } from "../../words/languages.js";
import { worded } from "../../words/wording.js";

/** What a reason's detail means to people, in every language; null where the detail says it, or nothing of ours can. */
export function explanationOf(reason: ReconciledReason, detail: string | null): Explanation | null {
  if (detail === null) return null;
  const texts = languages.map((language) => [language, textIn(reason, detail, language)] as const);
  if (texts.some(([, text]) => text === null)) return null;
  return Object.fromEntries(texts) as Explanation;
}

function textIn(reason: ReconciledReason, detail: string, language: Language): string | null {
  switch (reason) {
    case "definition":
    case "not_counted":
      return ruleText(detail, language);
    case "other_date":
      return columnName(detail, language);
    case "left_out":
      return called(language)(detail.split(" ")[0] ?? "");
    case "quarantined": {
      const [place = "", rule = ""] = detail.split(" ");
      const says = ruleTold(rule);
      return says
        ? `${called(language)(place)}${reconcileRules(language).colon}${worded(says, language)}`
        : null;
    }
    default:
      return null;
  }
}

/** Conditions of models whose SQL says nothing by itself. */
const known = { "first_month < until_month": "inBook" } as const;

const column = "(?:\\w+\\.)?(\\w+)";
const text = "'((?:[^']|'')*)'";

/** Conditions that can be said in words, with what of them goes into these. */
const forms = [
  [`${column} = ${text}`, "is"],
  [`${column} (?:is distinct from|<>) ${text}`, "isNot"],
  [`${column} in \\((${text}(?:, ${text})*)\\)`, "oneOf"],
  [`(?:coalesce\\()?${column}(?:,.*\\))? is not null`, "has"],
  [`(?:coalesce\\(\\(?)?${column} <=? as_of(?:_on)?(?:\\)?, true\\))?`, "before"],
  [`${column} <> 0`, "notZero"],
  [`(?:coalesce\\()?${column}(?:, true\\))?`, "holds"],
  [`not ${column}`, "holdsNot"],
] as const;

/** A condition of a model in words; null where there are none for it. */
function ruleText(rule: string, language: Language): string | null {
  const say = reconcileRules(language);
  if (Object.hasOwn(known, rule)) return say.known[known[rule as keyof typeof known]];
  for (const [form, how] of forms) {
    const found = new RegExp(`^${form}$`).exec(rule);
    if (!found) continue;
    const [, name = "", value = ""] = found;
    const codes =
      how === "oneOf" ? [...value.matchAll(/'((?:[^']|'')*)'/g)].map(([, each = ""]) => each) : [value];
    const words = codes.map((code) => codeName(name, code, language));
    return say.forms[how](columnName(name, language), words.join(say.comma));
  }
  return null;
}

/** A column's name as people read it; in English the one that files know it by. */
function columnName(name: string, language: Language): string {
  const own = name.split(".").at(-1) ?? name;
  const found = Object.hasOwn(reconcileRules(language).columns, own)
    ? reconcileRules(language).columns[own]
    : undefined;
  return found === undefined || name === own ? (found ?? own) : reconcileRules(language).named(found, name);
}

/** A code as its column's labels have it, in English its words. */
function codeName(name: string, code: string, language: Language): string {
  if (language !== "zh-CN") return code.replaceAll("_", " ");
  for (const table of tableNames)
    for (const { name: own, labels } of columnsOf(table))
      if (own === name && labels && Object.hasOwn(labels, code)) return labels[code] ?? code;
  return code;
}
