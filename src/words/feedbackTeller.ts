import type { Figure } from "./figureText.js";
import type { FeedbackMessages, Language } from "./languages.js";
import type { Label } from "./wording.js";

/** A KPI's name, unit, and what its n counts. */
export type NamedKpi = Figure & {
  label: Label;
  counts?: Label;
};

/** What the catalogue calls things, in both languages. */
export interface FeedbackNames {
  kpis: ReadonlyMap<string, NamedKpi>;
  grades: ReadonlyMap<string, Label>;
  /** Departments, teams, roles and review dimensions, as the extract writes them. */
  values: ReadonlyMap<string, Label>;
  /** What a reason's tables and columns are called; by default themselves. */
  called?: (name: string) => string;
}

/** What the sentences of a sheet are made with. */
export interface Teller {
  say: FeedbackMessages;
  language: Language;
  names: FeedbackNames;
}
