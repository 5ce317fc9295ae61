import type { Grain, Period } from "../kpi/periods.js";
import type { Labels, Language } from "../words/wording.js";
import type { Role } from "./siteTypes.js";

/** The parts that a pack can have, in the order of its list. */
export const packSections = [
  "summary",
  "scorecards",
  "assessment",
  "weights",
  "benefits",
  "benefits_brief",
  "fishbones",
  "kpis",
  "problems",
  "missing",
  "feedback",
  "quality",
  "definitions",
  "signoff",
] as const;
export type PackSection = (typeof packSections)[number];

/** The papers that a pack can be printed on, with the size of a page in px at 96 dpi. */
export const papers = {
  A4: { width: 793.7, height: 1122.5 },
  Letter: { width: 816, height: 1056 },
} as const;
export type Paper = keyof typeof papers;

/** A pack as `reports/packs/ID.yaml` has it. */
export interface Pack {
  id: string;
  title: Labels;
  sections: PackSection[];
  /** A page with the title, and the table of contents. */
  cover: boolean;
  contents: boolean;
  /** The fishbones, problems and scorecards that it treats; null for all. */
  fishbones: string[] | null;
  problems: string[] | null;
  scorecards: string[] | null;
  /** KPIs that it treats in the place of the fishbones' branches; null for those. */
  kpis: string[] | null;
  paper: Paper;
  /** The most pages that it may have; null for any. */
  max_pages: number | null;
  /** The dimension of whose values each has a pack of its own, where the command does not say it. */
  each: string | null;
  /** `DIMENSION=VALUE` that it is limited to, where the command does not say it; null for the company. */
  scope: string | null;
  language: Language | null;
  /** `2026-03`, `2026-Q1` …; null for the latest. */
  period: string | null;
}

/** A cell of a scope: what the table of totals has of the company. */
export interface ScopeCell {
  kpi_id: string;
  role: Role;
  grain: Grain;
  period_start: string;
  numerator: number;
  denominator: number;
  n: number;
  sum_sq: number;
  awaiting: number;
  /** 1 where it may not be shown. */
  hidden: number;
}

/** What is to be printed: a pack, of whom, and of when. */
export interface PrintJob {
  pack: Pack;
  paper: Paper;
  scope: { dimension: string; value: string } | null;
  period: Period | null;
  /** The cells of the scope, where there is one that splits KPIs. */
  cells: ScopeCell[] | null;
  /** How many entries a list has at most, of a pack whose pages are bounded; null for all. */
  rows: number | null;
  /** The command that makes it again. */
  command: string;
}
