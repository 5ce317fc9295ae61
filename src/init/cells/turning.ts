import type { Heading } from "../lexicon/heading.js";

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Meanings of headings that say of cells that they are something else than what they look like. */
export const turning = {
  /** Other ids of customers and the like: whose parent they are, who sent the bill. */
  reference: set("parent external payment invoice bill reviewer"),
  /** Of people: who wrote it down, not who did it. */
  person: set(
    "recorder supplier dispatch approved created updated deleted reviewer reviewee previous parent actor respondent received",
  ),
  /** Numbers that tell rows apart, and are for other uses. */
  key: set(
    "visitor phone email zip tax address payment invoice rownumber serial asset parent external previous amount count quantity minutes score scale cumulative",
  ),
  words: set("priority level previous last payment tax acquired sent estimated"),
  name: set(
    "short supplier model warehouse recorder remark address person contact email phone agent owner manager maker reason root cause parent title created city province industry line",
  ),
  time: set(
    "birth login approved dispatch refund next updated last estimated due deleted previous payment invoice promised desired delivery shipped month year period deleted signed sent end left lost",
  ),
  amount: set(
    "id phone zip balance limit freight refund rate cumulative foreign next unit price gross tax discount count quantity minutes estimated min max cost stock probability year deleted payment subtotal",
  ),
} as const;

/** Whether a heading has a word that means one of these. */
export const saysAny = (heading: Heading | undefined, some: ReadonlySet<string>): boolean =>
  heading?.readings.some(({ means, isBySound }) => !isBySound && [...means].some((each) => some.has(each))) ??
  false;
