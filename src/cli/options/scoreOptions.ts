import type { SubjectKind } from "../../score/scored.js";
import type { Language } from "../../words/languages.js";
import type { PlaceOptions } from "../places.js";

export interface ScoreOptions extends PlaceOptions {
  period?: string;
  for?: SubjectKind;
  weights?: string;
  trace?: boolean;
  format?: "table" | "csv" | "json";
  excel?: boolean;
  lang?: Language;
}
