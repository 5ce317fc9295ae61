import type { Labels } from "../words/wording.js";

/** What may be found of sources, and may end a build where a setting says so. */
export const findingKinds = ["late", "volume", "nulls", "schema"] as const;
export type FindingKind = (typeof findingKinds)[number];

/** How fresh the rows are that a source gave for a contract table. */
export interface Freshness {
  source: string;
  table: string;
  /** The newest day on which anything happened, by the data date; null without any dated row. */
  newest_on: string | null;
  /** How long before the data date that is. */
  age_days: number | null;
  /** What holds of the table; null where nothing does. */
  expected_every: string | null;
  /** The last day on which the next rows were to be there; null where nothing is expected. */
  due_on: string | null;
  /** How many days ago that was; null where it is not late, and where there is no dated row at all. */
  late_days: number | null;
  /** Null where nothing is expected. */
  is_late: boolean | null;
}

interface OfSources {
  sources: readonly string[];
  /** By its settings the build ends here. */
  blocks: boolean;
}

/** Rows that are late: of a table, or the files of a source where the data date is that of its own rows. */
export type LateFinding = OfSources & { kind: "late" } & (
    | { table: string; freshness: Freshness }
    | { table: null; expected_every: string; written_at: string }
  );

/** A table gained another number of rows since the build before than it usually does. */
export interface VolumeFinding extends OfSources {
  kind: "volume";
  table: string;
  gained: number;
  usual: number;
  /** The modified z-score; null where the earlier builds all gained the same. */
  z: number | null;
  builds: number;
}

/** Another share of a column's cells is empty than usually. */
export interface NullsFinding extends OfSources {
  kind: "nulls";
  table: string;
  column: string;
  share: number;
  usual: number;
  z: number | null;
  builds: number;
}

/** The titles of a raw table are others than those of the build before. */
export interface SchemaFinding extends OfSources {
  kind: "schema";
  raw_table: string;
  /** A title came, went, has another in its place; all are there in another order; the raw table is read no more. */
  change: "came" | "went" | "replaced" | "reordered" | "gone";
  title: string | null;
  /** What stands in its place. */
  instead: string | null;
  /** Contract columns, or tables of a `select`, that are read from it. */
  columns: readonly string[];
}

export type Finding = LateFinding | VolumeFinding | NullsFinding | SchemaFinding;

/** What a build found of how fresh its sources are, and of how they differ from those of the builds before. */
export interface Drift {
  as_of_on: string;
  freshness: readonly Freshness[];
  /** Earlier builds of other inputs that are known, and from how many on rows and empty cells are judged. */
  known_builds: number;
  needed_builds: number;
  findings: readonly Finding[];
}

/** The same in words, for pages. */
export interface DriftTold {
  freshness: readonly Labels[];
  /** How many builds rows and empty cells were held against. */
  known: Labels;
  findings: readonly Labels[];
  /** All in one sentence; null where nothing is expected and too few builds are known. */
  brief: Labels | null;
}
