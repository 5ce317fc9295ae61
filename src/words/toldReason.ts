import { called } from "../contract/called.js";
import type { Reason, ReasonCode } from "../kpi/coverage.js";
import type { Language } from "./languages.js";
import { reasonText } from "./reasonText.js";

/** A reason as the command line's formats give it: its code and its words. */
export interface ToldReason {
  reason: ReasonCode | null;
  reason_text: string | null;
}

/** @param language of the words */
export function toldReason(reason: Reason | null, language: Language): ToldReason {
  return {
    reason: reason?.code ?? null,
    reason_text: reason && reasonText(reason, language, called(language)),
  };
}
