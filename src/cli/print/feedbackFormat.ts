import type { Reason } from "../../kpi/coverage.js";
import type { FeedbackSheet } from "../../score/feedback.js";
import type { Language } from "../../words/languages.js";
import { toldReason } from "../../words/toldReason.js";
import { toJson } from "./columns.js";

/** Sheets as one JSON array, a line each, numbers unrounded; reasons are a code and its words, as those of KPIs. */
export function toFeedbackJson(sheets: readonly FeedbackSheet[], language: Language): string {
  const told = <T extends { reason: Reason | null }>({ reason, ...rest }: T) => ({
    ...rest,
    ...toldReason(reason, language),
  });
  return toJson(
    sheets.map((sheet) => ({
      ...sheet,
      strengths: sheet.strengths.map(told),
      below_target: sheet.below_target.map(told),
      unsure: sheet.unsure.map(told),
      others: sheet.others.map(told),
      not_scored: sheet.not_scored.map(told),
      improvements: sheet.improvements.map(({ before, after, ...item }) => ({
        ...item,
        before: before && told(before),
        after: after && told(after),
      })),
    })),
  );
}
