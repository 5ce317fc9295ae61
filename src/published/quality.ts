import type { Labels } from "../words/wording.js";
import type { ClosedPeriods } from "./closedTypes.js";
import type { DriftTold } from "./drift.js";

/** `quality.json`: what the build read and refused. */
export interface Quality {
  files: FileCount[];
  tables: TableCount[];
  warnings: {
    table_name: string;
    rule: string;
    column_name: string | null;
    file: string | null;
    /** The table in which a reference is not found, and whether any of it was given; null of other warnings. */
    missing: { table: string; isGiven: boolean } | null;
    count: number;
  }[];
  reasons: QuarantineReason[];
  /** Since when and up to when each table was recorded, in words. */
  records: Labels[];
  /** How fresh the sources are and how they differ from those of the builds before; null where nobody looked. */
  drift: DriftTold | null;
  /** Closed periods, and which of their figures have another value now. */
  closed: ClosedPeriods;
  /** Times at or after the data date. */
  cut_off: { table_name: string; column_name: string; count: number }[];
}

interface FileCount {
  source: string;
  table_name: string;
  file: string;
  /** Null where the rows are of no file. */
  bytes: number | null;
  encoding: string;
  /** How sure the encoding is where it was guessed. */
  encoding_certainty: "sure" | "likely" | null;
  rows_read: number;
  rows_accepted: number;
  lines_rejected: number;
}

export interface TableCount {
  source: string;
  table_name: string;
  rows_mapped: number;
  loaded: number;
  quarantined: number;
  /** Rows of the quarantine that break nothing: sums of others, and those that a later file has a newer version of. */
  subtotals: number;
  replaced: number;
  duplicates: number;
  left_out: number;
  superseded: number;
  lines_rejected: number;
  /** What its limit is held against: of several sources that which is nearest to its limit or furthest beyond. */
  quarantine_share: number;
}

export interface QuarantineReason {
  table_name: string;
  column_name: string | null;
  rule: string;
  count: number;
  file: string;
  first_line: number;
}
