import * as en from "./en.js";
import * as zhCN from "./zh-CN.js";

/** The languages that every page, print and command speaks; English stands in for what another lacks. */
export const languages = ["zh-CN", "en"] as const;

export type Language = (typeof languages)[number];

export const isLanguage = (text: string | undefined): text is Language =>
  languages.some((language) => language === text);

/** What failures, progress lines and findings say, by id. */
export const messages = /* @__PURE__ */ section({ en: en.messages, "zh-CN": zhCN.messages });

/** Everything the pages say. */
export const pages = /* @__PURE__ */ section({ en: en.pages, "zh-CN": zhCN.pages });

/** What the printed report says beyond it. */
export const report = /* @__PURE__ */ section({ en: en.report, "zh-CN": zhCN.report });

/** Everything a feedback sheet says. */
export const feedback = /* @__PURE__ */ section({ en: en.feedback, "zh-CN": zhCN.feedback });

/** What people call the dimensions. */
export const dimensions = /* @__PURE__ */ section({ en: en.dimensions, "zh-CN": zhCN.dimensions });

/** What tables of figures are headed and marked with. */
export const figures = /* @__PURE__ */ section({ en: en.figures, "zh-CN": zhCN.figures });

/** Units as they stand behind a figure. */
export const units = /* @__PURE__ */ section({ en: en.units, "zh-CN": zhCN.units });

/** How firm a grade is. */
export const firmness = /* @__PURE__ */ section({ en: en.firmness, "zh-CN": zhCN.firmness });

/** That a KPI has no target for periods of a length. */
export const targets = /* @__PURE__ */ section({ en: en.targets, "zh-CN": zhCN.targets });

/** Why there is no value. */
export const reasons = /* @__PURE__ */ section({ en: en.reasons, "zh-CN": zhCN.reasons });

/** What the report of `check` says. */
export const checks = /* @__PURE__ */ section({ en: en.checks, "zh-CN": zhCN.checks });

/** What is said of closed periods. */
export const closed = /* @__PURE__ */ section({ en: en.closed, "zh-CN": zhCN.closed });

/** The list of builds. */
export const buildsTable = /* @__PURE__ */ section({ en: en.buildsTable, "zh-CN": zhCN.buildsTable });

/** The list of forgotten persons. */
export const forgetTable = /* @__PURE__ */ section({ en: en.forgetTable, "zh-CN": zhCN.forgetTable });

/** What differs between two builds. */
export const diffTable = /* @__PURE__ */ section({ en: en.diffTable, "zh-CN": zhCN.diffTable });

/** The list of closed periods. */
export const closingsTable = /* @__PURE__ */ section({ en: en.closingsTable, "zh-CN": zhCN.closingsTable });

/** The command line's table of an assessment. */
export const assessmentTable = /* @__PURE__ */ section({
  en: en.assessmentTable,
  "zh-CN": zhCN.assessmentTable,
});

/** Its table of a change explained. */
export const explainTable = /* @__PURE__ */ section({ en: en.explainTable, "zh-CN": zhCN.explainTable });

/** What the rules of models ask for, said for people. */
export const reconcileRules = /* @__PURE__ */ section({
  en: en.reconcileRules,
  "zh-CN": zhCN.reconcileRules,
});

/** What is said of a difference to another system's figure. */
export const reconcileTable = /* @__PURE__ */ section({
  en: en.reconcileTable,
  "zh-CN": zhCN.reconcileTable,
});

/** Its table of scores. */
export const scoreTable = /* @__PURE__ */ section({ en: en.scoreTable, "zh-CN": zhCN.scoreTable });

/** Its table of a review of weights. */
export const weightTable = /* @__PURE__ */ section({ en: en.weightTable, "zh-CN": zhCN.weightTable });

/** Its table of a benefit assessment. */
export const benefitTable = /* @__PURE__ */ section({ en: en.benefitTable, "zh-CN": zhCN.benefitTable });

/** What it says of a PDF's figures worked out anew. */
export const verifyTable = /* @__PURE__ */ section({ en: en.verifyTable, "zh-CN": zhCN.verifyTable });

/** What a workbook says. */
export const workbook = /* @__PURE__ */ section({ en: en.workbook, "zh-CN": zhCN.workbook });

/** What is said of initiatives and what came of them. */
export const benefit = /* @__PURE__ */ section({ en: en.benefit, "zh-CN": zhCN.benefit });

/** Days and periods. */
export const calendar = /* @__PURE__ */ section({ en: en.calendar, "zh-CN": zhCN.calendar });

/** Currencies that have a name beside their code. */
export const currencies = /* @__PURE__ */ section({ en: en.currencies, "zh-CN": zhCN.currencies });

/** What a page says when it cannot come up. It stands in the page itself: nothing that it would load may be there. */
export const notice = /* @__PURE__ */ section({ en: en.notice, "zh-CN": zhCN.notice });

export type Messages = typeof en.pages;
export type ReportMessages = typeof en.report;
export type FeedbackMessages = typeof en.feedback;
export type BenefitMessages = typeof en.benefit;

/** The words that a language has so far. */
type Lacking<Words> = Words extends (...values: never[]) => unknown
  ? Words
  : Words extends object
    ? { [Key in keyof Words]?: Lacking<Words[Key]> }
    : Words;

/** A section of the languages' files → its words in a language, the first language's where that one has none. */
function section<Words extends object>(
  of: { en: Words } & Record<Language, Lacking<Words>>,
): (language: Language) => Words {
  const whole = new Map<Language, Words>();
  return (language) => {
    const known = whole.get(language) ?? (completed(of.en, of[language]) as Words);
    whole.set(language, known);
    return known;
  };
}

function completed(first: unknown, own: unknown): unknown {
  if (own === undefined) return first;
  if (typeof first !== "object" || first === null || typeof own !== "object" || own === null) return own;
  const entries = Object.entries(first).map(([key, words]) => [
    key,
    completed(words, (own as Record<string, unknown>)[key]),
  ]);
  return { ...own, ...Object.fromEntries(entries) };
}
