import type { Grain } from "../kpi/periods.js";
import type { StatusCode } from "../kpi/status.js";
import type { SubjectKind } from "../score/scored.js";
import type { Language } from "../words/wording.js";
import type { Assessment } from "./benefitTypes.js";
import type { Kpi } from "./siteTypes.js";

/**
 * What a pack shows, as data: the page that draws it says so, its PDF carries it, its workbook is made of it, and `verify`
 * recomputes it. Percentages are fractions, what is absent is null, days are ISO and ends are exclusive.
 */
export interface PackFigures {
  format: 1;
  pack: string;
  title: string;
  language: Language;
  /** Whom it is limited to, as `{"region": "East"}`; empty for the company. */
  scope: Record<string, string>;
  /** What the codes in it are called in its language; the workbook's alone. */
  names: PackNames;
  /** The period it is about, in words. */
  period: string;
  build_id: string;
  /** The data's last day. */
  as_of_on: string;
  /** The code of the currency that money is in. */
  currency: string;
  /** The command that makes the pack again. */
  command: string;
  values: PackValue[];
  /** The same KPIs over time, the earlier first; the workbook's alone. */
  trends: PackValue[];
  scores: PackScore[];
  initiatives: Assessment[];
  definitions: PackDefinition[];
}

export interface PackNames {
  dimensions: Record<string, string>;
  /** By dimension. */
  values: Record<string, Record<string, string>>;
  grades: Record<string, string>;
  /** The KPIs that initiatives are assessed by, whether or not the pack treats them otherwise. */
  kpis: Record<string, Pick<Kpi, "unit"> & { label: string }>;
}

/** A KPI's value as the pack shows it. */
export interface PackValue {
  kpi_id: string;
  label: string;
  unit: Kpi["unit"];
  /** The heading under which it stands. */
  section: string;
  grain: Grain;
  period_start: string;
  period_end: string;
  by: Record<string, string>;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  n: number;
  low: number | null;
  high: number | null;
  mature: boolean;
  partial: boolean;
  floor: number | null;
  target: number | null;
  stretch: number | null;
  status: StatusCode | null;
  /** Why there is no value, in words. */
  reason_text: string | null;
  /** It is not told, since it tells of too few, nor how many cases it has. */
  hidden?: true;
}

/** A scorecard of somebody in one period. */
export interface PackScore {
  scorecard: string;
  label: string;
  kind: SubjectKind;
  /** Null for the company. */
  subject: string | null;
  grain: Grain;
  period_start: string;
  period_end: string;
  total: number | null;
  grade: string | null;
  covered_weight: number;
  /** Whether an item without score counts as 0, or its weight is spread over the others. */
  missing: "renormalise" | "zero";
  items: PackItem[];
}

export interface PackItem {
  kpi_id: string;
  label: string;
  /** The group of the scorecard that it is in. */
  group: string;
  unit: Kpi["unit"];
  value: number | null;
  target: number | null;
  weight: number;
  score: number | null;
  /** Neither value nor score is told, since it tells of too few; what it weighs in has no total. */
  hidden?: true;
}

export interface PackDefinition {
  kpi_id: string;
  label: string;
  definition: string;
  formula: string;
  unit: Kpi["unit"];
}
